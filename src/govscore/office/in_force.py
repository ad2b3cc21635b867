"""Which decisions hold: the last on each unit and item, and by reviewer where several review it.

Invariant: what `note` was given, in order, is all that counts; a withdrawal leaves nothing in force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.errors import Place
from govscore.events import Decision, DecisionWithdrawn
from govscore.scoring.findings import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.events import Event
    from govscore.facts.rows import Row


class InForce:
    """The last event on each unit and item, by reviewer ("": the only one)."""

    def __init__(self) -> None:
        self._latest: dict[tuple[str, str], dict[str, Event]] = {}

    def note(self, event: Event) -> None:
        """Takes an event; only decisions and withdrawals change anything."""
        body = event.body
        if isinstance(body, Decision | DecisionWithdrawn):
            self._latest.setdefault((body.unit, body.item), {})[body.reviewer] = event

    def last(self, unit: str, item: str, reviewer: str = "") -> Event | None:
        """The last decision or withdrawal: what the next one replaces."""
        return self._latest.get((unit, item), {}).get(reviewer)

    def decision(self, unit: str, item: str, reviewer: str = "") -> Event | None:
        """The decision that holds."""
        event = self.last(unit, item, reviewer)
        return event if event is not None and isinstance(event.body, Decision) else None

    def on(self, unit: str, item: str) -> list[Event]:
        """The decisions that hold on an item, of every reviewer."""
        each = self._latest.get((unit, item), {}).values()
        return [event for event in each if isinstance(event.body, Decision)]

    def by_item(self) -> Iterator[tuple[tuple[str, str], list[Event]]]:
        """Units and items with the decisions that hold on them; those without any are left out."""
        for where in self._latest:
            if events := self.on(*where):
                yield where, events

    def __iter__(self) -> Iterator[Event]:
        """Every decision that holds."""
        for _where, events in self.by_item():
            yield from events


def rows_in_force(events: list[Event]) -> tuple[Row, ...]:
    """The findings rows of decisions on one item; each row's place names its decision."""
    rows: list[Row] = []
    for event in events:
        body = event.body
        if isinstance(body, Decision):
            rows += rows_of(body.unit, body.item, body.finding, place_of(event), body.reviewer)
    return tuple(rows)


def place_of(event: Event) -> Place:
    """Where a problem of a decision is told: its number, unit and item."""
    body = event.body
    where = f" {body.unit}/{body.item}" if isinstance(body, Decision) else ""
    return Place(path=f"#{event.number}{where}")
