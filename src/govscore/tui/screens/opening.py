"""What stands on the screen while the record is read: the units, before anything is scored.

Invariant: shows stored names and counts only, and leaves every other column blank; takes no key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from govscore.i18n import gettext as _
from govscore.review.outline import GroupOutline, Outline
from govscore.tui.draw.overview import heading, waiting_group, waiting_unit
from govscore.tui.draw.spans import Drawn, Span, beside
from govscore.tui.widgets.lines import Lines
from govscore.tui.widgets.painted import Bar

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from govscore.review.outline import UnitOutline


class OpeningScreen(Screen[None]):
    """The overview's rows, as far as they are known at once."""

    def __init__(self, outline: Outline | None) -> None:
        super().__init__()
        self._outline = outline = outline or Outline("", "", ())
        self._lines: list[GroupOutline | UnitOutline] = []
        for group in outline.groups:
            self._lines += [group, *group.units]

    def compose(self) -> ComposeResult:
        """The same lines as the overview's."""
        yield Bar(id="head")
        yield Bar(id="columns")
        yield Lines(id="units")
        yield Bar(id="status")
        yield Bar(id="keys")

    def on_mount(self) -> None:
        """There is a row for every unit from the first frame."""
        units = self.query_one("#units", Lines)
        units.fill(len(self._lines), self._draw)
        units.cursor = -1  # there is nothing to choose yet

    def on_resize(self) -> None:
        """Lines are laid out for the width."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        cells = self.size.width
        title, notice = self._outline.title, self._outline.notice
        state: list[Span] = [(_("opening …") + " ", "accent")]
        first = beside([(f" {title}", "title")], state, cells)
        second: Drawn = ((" ", ""), (notice, "warn")) if notice else ()
        self.query_one("#head", Bar).draw(first, second)
        self.query_one("#columns", Bar).draw(heading(cells))
        self.query_one("#units", Lines).refresh()

    def _draw(self, at: int, cells: int) -> Drawn:
        line = self._lines[at]
        if isinstance(line, GroupOutline):
            return waiting_group(line.title, cells)
        return waiting_unit(line.name, line.decisions, cells)
