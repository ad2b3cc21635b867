"""Why a unit has its score, in sentences: every item, then how they come to the total.

Invariant: the sentences are the trace's own; nothing is computed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container

from govscore.i18n import gettext as _
from govscore.points import show
from govscore.review.checklist import SHAPES, STATE_NAMES
from govscore.scoring.trace import explain_on
from govscore.tui.draw.checklist import show_short
from govscore.tui.draw.spans import Drawn, beside, line, wrap
from govscore.tui.screens.question import Question
from govscore.tui.widgets.keys import Keys
from govscore.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from govscore.review.desk import Desk
    from govscore.scheme.units import Unit
    from govscore.scoring.trace import ItemTrace


class Explanation(Question[None]):
    """A text to scroll in."""

    AUTO_FOCUS: ClassVar[str | None] = "#why"

    def __init__(self, desk: Desk, unit: Unit) -> None:
        super().__init__(_("Why {unit} has its score").format(unit=unit.name))
        self._desk = desk
        self._unit = unit
        self._lines: list[Drawn] = []

    def compose(self) -> ComposeResult:
        """The title and the text."""
        with Container(id="box"):
            yield self.texts()
            yield Lines(id="why", follows=False)
            yield Keys("question")

    def on_mount(self) -> None:
        """Lays the text out for the box."""
        self.query_one("#box").styles.width = min(110, self.app.size.width - 2)
        lines = self.query_one("#why", Lines)
        lines.can_focus = True
        lines.styles.max_height = 60
        lines.styles.height = max(4, self.app.size.height - 8)
        lines.focus()
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        lines = self.query_one("#why", Lines)
        self._lines = trace_lines(self._desk, self._unit, lines.size.width)
        lines.fill(len(self._lines), lambda at, _cells: self._lines[at])

    def key_enter(self) -> None:
        """Closes it, too."""
        self.dismiss(None)

    def key_down(self) -> None:
        """Scrolls."""
        self.query_one("#why", Lines).scroll_relative(y=1, animate=False)

    def key_up(self) -> None:
        """Scrolls."""
        self.query_one("#why", Lines).scroll_relative(y=-1, animate=False)


def trace_lines(desk: Desk, unit: Unit, cells: int) -> list[Drawn]:
    """The unit's totals, then its items one by one."""
    trace, places = explain_on(desk.board, unit.unit), desk.scheme.places
    found: list[Drawn] = []
    for step in trace.totals:
        texts = wrap(step.text, cells - 16)
        points = "" if step.points is None else show(step.points, places)
        found.append(beside([(f" {texts[0]}", "")], [(f"{points} ", "strong")], cells))
        found += [line((f" {each}", "")) for each in texts[1:]]
    found.append(line(""))
    for item in trace.items:
        if item.state != "not_assigned":
            found += _item_lines(item, places, cells)
    return found


def _item_lines(item: ItemTrace, places: int, cells: int) -> list[Drawn]:
    full = "" if item.full is None else f"/{show_short(item.full, places)}"
    got = _(STATE_NAMES[item.state]) if item.points is None else f"{show(item.points, places)}{full}"
    head = [(f" {SHAPES[item.state]} ", "dim"), (f"{item.item} ", "key"), (item.title, "strong")]
    found = [beside(head, [(f"{got} ", "")], cells)]
    for step in item.steps:
        texts = wrap(step.text, cells - 8)
        found += [line((f"     {'· ' if at == 0 else '  '}{each}", "")) for at, each in enumerate(texts)]
    if item.arithmetic:
        found += [line((f"       {each}", "accent")) for each in wrap(item.arithmetic, cells - 8)]
    for reason in item.reasons:
        found += [line((f"     ※ {each}", "dim")) for each in wrap(reason, cells - 8)]
    return found
