"""The form on the screen: the cursor, keys for counts and levels, the mouse.

Invariant: it changes its `review.form.Form` and tells so; what that means for the score is for others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView

from govscore.tui.draw.form import FormLine, form_lines
from govscore.tui.widgets.painted import COMPONENTS, Painted

if TYPE_CHECKING:
    from textual.events import Click, Key, Resize
    from textual.strip import Strip

    from govscore.review.form import Form, Slot

_STEPS = {"up": -1, "down": 1, "left": -1, "right": 1, "shift+tab": -1, "tab": 1}


class FormView(ScrollView, Painted, can_focus=True):
    """Boxes, options and rows of the item in hand."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)
    ALLOW_MAXIMIZE: ClassVar[bool] = False

    @dataclass
    class Edited(Message):
        """The finding in the form changed."""

        finding_of: Form

    @dataclass
    class RowWanted(Message):
        """A row of a list is to be added or changed."""

        slot: Slot

    @dataclass
    class Left(Message):
        """The cursor went beyond an end of the form (-1 above, 1 below)."""

        step: int

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.form: Form | None = None
        self._lines: list[FormLine] = []

    def show(self, form: Form) -> None:
        """Another item."""
        self.form = form
        self.scroll_to(y=0, animate=False)
        self.draw_again()

    def draw_again(self) -> int:
        """Draws the form as it is now, as high as it needs to be; gives back its lines."""
        if self.form is None:
            return 0
        width = self.size.width or 60
        self._lines = form_lines(self.form, width, focused=self.has_focus)
        height = max(1, len(self._lines))
        self.virtual_size = Size(width, height)
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        self._show_cursor()
        self.refresh()
        return height

    def render_line(self, y: int) -> Strip:
        """A line of the form."""
        place = y + round(self.scroll_y)
        return self.paint(self._lines[place].spans if place < len(self._lines) else ())

    def _show_cursor(self) -> None:
        form = self.form
        height = self.size.height
        if form is None or form.slot is None or not height or len(self._lines) <= height:
            return
        here = form.slots.index(form.slot)
        place = next(
            (at for at, each in enumerate(self._lines) if any(hit.slot == here for hit in each.hits)), 0
        )
        offset = round(self.scroll_y)
        if place < offset:
            self.scroll_to(y=place, animate=False)
        elif place >= offset + height:
            self.scroll_to(y=place - height + 1, animate=False)

    def on_resize(self, _event: Resize) -> None:
        """Lines are laid out for the width."""
        self.draw_again()

    def on_focus(self) -> None:
        """The cursor is shown with the focus."""
        self.draw_again()

    def on_blur(self) -> None:
        """The cursor is hidden without the focus."""
        self.draw_again()

    # --- keys and mouse -------------------------------------------------------

    def on_key(self, event: Key) -> None:
        """What a key does to the slot under the cursor; other keys go on to the screen."""
        if self.form is None:
            return
        if event.key in _STEPS:
            step = _STEPS[event.key]
            if self.form.move(step):
                self.draw_again()
            elif event.key in ("up", "down", "tab", "shift+tab"):
                self.post_message(self.Left(step))
        elif not self._edits(event):
            return
        event.stop()
        event.prevent_default()

    def _edits(self, event: Key) -> bool:
        form = self.form
        if form is None or form.slot is None:
            return False
        character = event.character or ""
        before = form.finding
        if form.slot.is_list and event.key in ("plus", "space"):
            adds = event.key == "plus"
            slot = form.slots[-1] if adds and form.slot.row is not None else form.slot
            self.post_message(self.RowWanted(type(slot)(slot.question) if adds else slot))
            return True
        if event.key in ("backspace", "delete", "minus") and form.slot.is_list:
            done = form.drop()
        elif event.key in ("backspace", "delete"):
            done = form.erase()
        elif event.key == "space":
            done = form.step(1)
        else:
            done = self._typed(form, character)
        if form.finding != before:
            self.post_message(self.Edited(form))
        self.draw_again()
        return done

    @staticmethod
    def _typed(form: Form, character: str) -> bool:
        if not character.isprintable() or len(character) != 1:
            return False
        field = form.slot.field if form.slot else None
        signed = field is not None and field.kind in ("number", "points")
        if character in "+=-" and not (signed and character == "-"):
            return form.step(-1 if character == "-" else 1)
        return form.type(character)

    def on_click(self, event: Click) -> None:
        """A click goes to a box, or picks an option."""
        form, place = self.form, event.y + round(self.scroll_y)
        if form is None or place >= len(self._lines):
            return
        for hit in self._lines[place].hits:
            if hit.start <= event.x < hit.end:
                self._hit(form, hit.slot, hit.option)
                return

    def _hit(self, form: Form, slot: int, option: int | None) -> None:
        again = form.slot is not None and form.slots.index(form.slot) == slot
        form.go(slot)
        here = form.slot
        if here is not None and option is not None and here.field is not None:
            form.choose(here.field, here.field.options[option][0])
            self.post_message(self.Edited(form))
        elif here is not None and here.is_list and (again or here.row is None):
            self.post_message(self.RowWanted(here))
        self.draw_again()
