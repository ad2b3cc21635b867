"""A list of any length: only the lines on the screen are drawn, each when it is needed.

Invariant: a key costs what is visible, not what exists; the cursor never stands on a heading.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView

from govscore.tui.widgets.painted import COMPONENTS, Painted

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.events import Click, Resize
    from textual.strip import Strip

    from govscore.tui.draw.spans import Drawn

    Draw = Callable[[int, int], Drawn]
    """Place and width → the line."""
    CanStand = Callable[[int], bool]


class Lines(ScrollView, Painted, can_focus=True):
    """A list with a cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*COMPONENTS, "lines--cursor", "lines--resting"}
    BINDINGS: ClassVar = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "end(-1)", show=False),
        Binding("end", "end(1)", show=False),
        Binding("enter", "choose", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The cursor stands on another line."""

        lines: Lines
        place: int

        @property
        def control(self) -> Lines:
            """The list."""
            return self.lines

    @dataclass
    class Chosen(Message):
        """The line under the cursor was chosen."""

        lines: Lines
        place: int

        @property
        def control(self) -> Lines:
            """The list."""
            return self.lines

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.cursor = 0
        self._count = 0
        self._known: tuple[int, dict[int, Drawn]] | None = None
        """A width, and the lines that were made for it."""
        self._draw: Draw = lambda _place, _cells: ()
        self._can_stand: CanStand = lambda _place: True

    def fill(self, count: int, draw: Draw, can_stand: CanStand | None = None) -> None:
        """Shows other lines; the cursor stays on its place if it can stand there."""
        self._count, self._draw, self._known = count, draw, None
        self._can_stand = can_stand or (lambda _place: True)
        if count != self.virtual_size.height:
            self.virtual_size = Size(self.scrollable_content_region.width, count)
        self.cursor = self._standing(min(self.cursor, max(0, count - 1)), 1)
        self.refresh()

    def go(self, place: int, *, tell: bool = True) -> None:
        """Puts the cursor on a line and shows it."""
        if not self._count:
            return
        place = self._standing(max(0, min(place, self._count - 1)), 1 if place >= self.cursor else -1)
        before, self.cursor = self.cursor, place
        if not self.show_cursor() and place != before:  # scrolling draws every line anyway
            self.refresh_line(before)
            self.refresh_line(place)
        if tell and place != before:
            self.post_message(self.Moved(self, place))

    def show_cursor(self) -> bool:
        """Scrolls as little as needed, with a heading above the cursor kept in sight; True if it did."""
        height = self.scrollable_content_region.height
        if not height:
            return False
        top = self.cursor
        while top and not self._can_stand(top - 1):
            top -= 1
        offset = round(self.scroll_y)
        if top < offset:
            self.scroll_to(y=top, animate=False)
        elif self.cursor >= offset + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False)
        return round(self.scroll_y) != offset

    def _standing(self, place: int, step: int) -> int:
        """The nearest line that the cursor can stand on, first in this direction."""
        for direction in (step, -step):
            at = place
            while 0 <= at < self._count:
                if self._can_stand(at):
                    return at
                at += direction
        return place

    # --- drawing --------------------------------------------------------------

    def line_at(self, y: int) -> Strip:
        """A line on the screen."""
        place = y + round(self.scroll_y)
        if place >= self._count:
            return self.paint(())
        if self._known is None or self._known[0] != self.size.width:
            self._known = (self.size.width, {})
        drawn = self._known[1].get(place)
        if drawn is None:
            drawn = self._known[1][place] = self._draw(place, self.size.width)
        if place != self.cursor:
            return self.paint(drawn)
        if drawn and drawn[0][0].startswith(" "):
            drawn = (("▸" + drawn[0][0][1:], drawn[0][1]), *drawn[1:])
        return self.paint(drawn, "lines--cursor" if self.has_focus else "lines--resting")

    def redraw_line(self, place: int) -> None:
        """Makes one line again, since what it shows changed."""
        if self._known is not None:
            self._known[1].pop(place, None)
        self.refresh_line(place)

    def refresh_line(self, y: int) -> None:
        """Puts one line on the screen again."""
        self.refresh(Region(0, y - round(self.scroll_y), self.size.width, 1))

    def on_resize(self, event: Resize) -> None:
        """Keeps the width of the list that of the widget, and the cursor in sight."""
        self.virtual_size = Size(event.size.width, self._count)
        self.call_after_refresh(self.show_cursor)

    def on_focus(self) -> None:
        """The cursor looks different with the focus."""
        self.refresh_line(self.cursor)

    def on_blur(self) -> None:
        """The cursor looks different without the focus."""
        self.refresh_line(self.cursor)

    # --- keys and mouse -------------------------------------------------------

    def action_step(self, by: int) -> None:
        """One line up or down."""
        self._move(self.cursor + by, by)

    def action_page(self, by: int) -> None:
        """One page up or down."""
        page = max(1, self.scrollable_content_region.height - 1)
        self._move(self.cursor + page * by, by)

    def action_end(self, by: int) -> None:
        """First or last line."""
        self._move(0 if by < 0 else self._count - 1, by)

    def _move(self, place: int, by: int) -> None:
        place = max(0, min(place, self._count - 1))
        self.go(self._standing(place, by) if self._count else 0)

    def on_click(self, event: Click) -> None:
        """A click moves the cursor; a click where it stands chooses."""
        place = event.y + round(self.scroll_y)
        if not 0 <= place < self._count or not self._can_stand(place):
            return
        if place == self.cursor:
            self.post_message(self.Chosen(self, place))
        else:
            self.go(place)

    def action_choose(self) -> None:
        """Chooses the line under the cursor."""
        if self._count and self._can_stand(self.cursor):
            self.post_message(self.Chosen(self, self.cursor))
