"""What the screen has shown of the book: the book may know more already, since another thread reads for it.

Invariant: a decision of somebody else counts as seen only once the desk was told of it; what a new decision
replaces is what was seen, never what the book happens to hold at that moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.events import Decision, DecisionWithdrawn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govscore.events import Event
    from govscore.review.book import Book, Held, Key


class Sight:
    """How far the book has been shown."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._until: int | None = None
        """Every event up to this number was shown; None: nothing was looked at yet."""
        self._own: dict[Key, int] = {}
        """The last event of this desk on an item; it may lie behind events that were not shown yet."""

    def held(self, unit: str, item: str) -> Held:
        """The decision that was shown last, and its event."""
        return self._book.held(unit, item, max(self._last(), self._own.get((unit, item), 0)))

    def told(self, events: Iterable[Event]) -> None:
        """These events of others are on the screen now, and so is everything before them."""
        self._until = max([self._last(), *(event.number for event in events)])

    def wrote(self, events: Iterable[Event]) -> None:
        """These are the desk's own: saved just now, and on the screen since their key was pressed."""
        for event in events:
            body = event.body
            if isinstance(body, Decision | DecisionWithdrawn):
                self._own[body.unit, body.item] = event.number

    def _last(self) -> int:
        # Counted from the first look: what the book holds then is what gets drawn.
        if self._until is None:
            events = self._book.events
            self._until = events[-1].number if events else 0
        return self._until
