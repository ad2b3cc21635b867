"""The footer: the most useful keys of a place, translated, each clickable.

Invariant: it shows what the registry says and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.i18n import gettext as _
from govscore.text import width
from govscore.tui import actions
from govscore.tui.widgets.painted import Painted

if TYPE_CHECKING:
    from textual.events import Click
    from textual.strip import Strip

    from govscore.tui.actions import Action
    from govscore.tui.draw.spans import Span


class Keys(Painted):
    """One line of keys."""

    def __init__(self, place: str, *, id: str = "keys") -> None:
        super().__init__(id=id)
        self.place = place
        """Where these keys work, as the registry calls it."""
        self._hits: list[tuple[int, int, Action]] = []

    def line_at(self, y: int) -> Strip:
        """Keys and their names; what does not fit is left to the help."""
        if y:
            return self.paint(())
        spans: list[Span] = []
        self._hits = []
        used = 0
        for action in self._fitting():
            key, name = f" {action.key} ", f"{_(action.name)} "
            size = width(key) + width(name)
            self._hits.append((used, used + size, action))
            spans += [(key, "key"), (name, "")]
            used += size
        return self.paint(tuple(spans))

    def _fitting(self) -> list[Action]:
        """As many as fit, the help always among them."""
        all = actions.in_footer(self.place)
        last = [action for action in all if action.id == "help" and self.place != "question"]
        room = self.size.width - sum(self._cells(action) for action in last)
        found: list[Action] = []
        for action in all:
            if action in last or (self.place == "question" and "question" not in action.places):
                continue
            room -= self._cells(action)
            if room < 0:
                break
            found.append(action)
        return found + last

    @staticmethod
    def _cells(action: Action) -> int:
        return width(f" {action.key} {_(action.name)} ")

    async def on_click(self, event: Click) -> None:
        """A click on a key does what the key does."""
        for start, end, action in self._hits:
            if start <= event.x < end:
                self.app.simulate_key(action.keys[0])
                return
