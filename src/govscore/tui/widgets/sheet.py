"""A sheet of lines that scrolls within itself: the score, help, explanations.

Invariant: other lines never change the layout of the screen, so showing them costs one repaint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.i18n import ngettext
from govscore.tui.widgets.painted import Painted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.events import MouseScrollDown, MouseScrollUp
    from textual.strip import Strip

    from govscore.tui.draw.spans import Drawn

_WHEEL = 3


class Sheet(Painted):
    """Lines, and how far they are scrolled."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._lines: Sequence[Drawn] = ()
        self._top = 0

    def show(self, lines: Sequence[Drawn], *, from_top: bool = False) -> None:
        """Shows other lines, from the first one or from where it was scrolled to."""
        if from_top:
            self._top = 0
        if lines != self._lines or from_top:
            self._lines = lines
            self._top = min(self._top, self._last_top())
            self.refresh()

    def scroll_lines(self, by: int) -> None:
        """Scrolls, but not beyond the end."""
        top = max(0, min(self._top + by, self._last_top()))
        if top != self._top:
            self._top = top
            self.refresh()

    def scroll_page(self, by: int) -> None:
        """Scrolls by what is visible."""
        self.scroll_lines(by * max(1, self.size.height - 2))

    def _last_top(self) -> int:
        return max(0, len(self._lines) - self.size.height)

    def line_at(self, y: int) -> Strip:
        """A line; the last one says if there is more."""
        return self.paint(window(self._lines, self._top, self.size.height, y))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel scrolls."""
        event.stop()
        self.scroll_lines(_WHEEL)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel scrolls."""
        event.stop()
        self.scroll_lines(-_WHEEL)


def window(lines: Sequence[Drawn], top: int, height: int, y: int) -> Drawn:
    """What stands at a row of a window on lines: the last row says how many more there are."""
    place = top + y
    more = len(lines) - top - height
    if y == height - 1 and more > 0:
        text = ngettext("{count} more line, PgDn", "{count} more lines, PgDn", more + 1).format(
            count=more + 1
        )
        return ((f" ▾ {text}", "dim"),)
    return lines[place] if 0 <= place < len(lines) else ()
