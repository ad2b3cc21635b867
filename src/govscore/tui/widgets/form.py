"""The card with its form: the requirement above, boxes and options below, always in sight.

Invariant: it changes its `review.form.Form` and tells so; what that means for the score is for others. The
form is never scrolled away by a long requirement: that one scrolls in what the form leaves it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from govscore.tui.draw.form import FormLine, form_lines
from govscore.tui.draw.spans import line
from govscore.tui.widgets.painted import Painted
from govscore.tui.widgets.sheet import window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.events import Click, Key, MouseScrollDown, MouseScrollUp, Resize
    from textual.strip import Strip

    from govscore.review.form import Form, Slot
    from govscore.tui.draw.spans import Drawn

_STEPS = {"up": -1, "down": 1, "left": -1, "right": 1, "shift+tab": -1, "tab": 1}
_PAGES = {"pageup": -1, "pagedown": 1}
_FORM_SHARE = 0.6
"""A form takes no more of the height than this."""


class FormView(Painted, can_focus=True):
    """The card, a rule, the form."""

    @dataclass
    class Edited(Message):
        """The finding in the form changed."""

        edited: Form

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
        self._card: Sequence[Drawn] = ()
        self._card_top = 0
        self._lines: list[FormLine] = []
        self._form_top = 0

    def show(self, form: Form, card: Sequence[Drawn]) -> None:
        """Another item."""
        self.form = form
        self._card, self._card_top, self._form_top = card, 0, 0
        self.draw_again()

    def draw_again(self) -> None:
        """Draws the form as it is now."""
        if self.form is not None:
            self._lines = form_lines(self.form, self.size.width or 60, focused=self.has_focus)
            self._show_cursor()
            self.refresh()

    # --- drawing --------------------------------------------------------------

    def _form_height(self) -> int:
        return min(len(self._lines), max(3, int(self.size.height * _FORM_SHARE)))

    def _card_height(self) -> int:
        return max(1, min(len(self._card), self.size.height - self._form_height() - 1))

    def line_at(self, y: int) -> Strip:
        """A line of the card, the rule, or a line of the form."""
        card = self._card_height()
        if y < card:
            return self.paint(window(self._card, self._card_top, card, y))
        if y == card:
            return self.paint(line(("─" * self.size.width, "faint")))
        place = y - card - 1 + self._form_top
        return self.paint(self._lines[place].spans if place < len(self._lines) else ())

    def _show_cursor(self) -> None:
        form, height = self.form, self._form_height()
        if form is None or form.slot is None:
            return
        here = form.slots.index(form.slot)
        place = next(
            (at for at, each in enumerate(self._lines) if any(hit.slot == here for hit in each.hits)), 0
        )
        self._form_top = max(place - height + 1, min(self._form_top, place, len(self._lines) - height))

    def scroll_card(self, by: int) -> None:
        """Scrolls the requirement."""
        last = max(0, len(self._card) - self._card_height())
        self._card_top = max(0, min(self._card_top + by, last))
        self.refresh()

    def on_resize(self, _event: Resize) -> None:
        """Lines are laid out for the width."""
        self.draw_again()

    def watch_has_focus(self, has_focus: bool) -> None:
        """The cursor is shown with the focus."""
        super().watch_has_focus(has_focus)
        self.draw_again()

    # --- keys and mouse -------------------------------------------------------

    def on_key(self, event: Key) -> None:
        """What a key does to the slot under the cursor; other keys go on to the screen."""
        if self.form is None:
            return
        if event.key in _PAGES:
            self.scroll_card(_PAGES[event.key] * max(1, self._card_height() - 2))
        elif event.key in _STEPS:
            if not self._moved(event.key):
                return
        elif not self._edits(event):
            return
        event.stop()
        event.prevent_default()

    def _moved(self, key: str) -> bool:
        step = _STEPS[key]
        if self.form is not None and self.form.move(step):
            self.draw_again()
        elif key in ("left", "right"):
            return False
        else:
            self.post_message(self.Left(step))
        return True

    def _edits(self, event: Key) -> bool:
        form = self.form
        if form is None or form.slot is None:
            return False
        slot, before = form.slot, form.finding
        if slot.is_list and event.key in ("plus", "space"):
            adds = event.key == "plus" or slot.row is None
            self.post_message(self.RowWanted(type(slot)(slot.question) if adds else slot))
            return True
        if event.key in ("backspace", "delete", "minus") and slot.is_list:
            done = form.drop()
        elif event.key in ("backspace", "delete"):
            done = form.erase()
        elif event.key == "space":
            done = form.step(1)
        else:
            done = self._typed(form, event.character or "")
        if form.finding != before:
            self.post_message(self.Edited(form))  # whoever hears of it draws form and score in one frame
        elif done:
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
        form, place = self.form, event.y - self._card_height() - 1 + self._form_top
        if form is None or not 0 <= place < len(self._lines):
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
            form.choose(here, here.field.options[option][0])
            self.post_message(self.Edited(form))
            return
        if here is not None and here.is_list and (again or here.row is None):
            self.post_message(self.RowWanted(here))
        self.draw_again()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel scrolls the requirement."""
        event.stop()
        self.scroll_card(2)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel scrolls the requirement."""
        event.stop()
        self.scroll_card(-2)
