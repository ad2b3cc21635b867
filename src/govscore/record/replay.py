"""What a list of events means: which decisions are in force, and how they came about.

Invariant: plain functions of the events in order; the same events always give the same answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from govscore.events import Approved, Decision, DecisionWithdrawn, Returned, Submitted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govscore.events import Event


Whose: TypeAlias = tuple[str, str, str]
"""A unit, an item, and the reviewer where several review it ("" where one does)."""


def latest(events: Iterable[Event]) -> dict[Whose, Event]:
    """The last decision or withdrawal on each unit and item: what the next decision replaces."""
    found: dict[Whose, Event] = {}
    for event in events:
        if isinstance(event.body, Decision | DecisionWithdrawn):
            found[event.body.unit, event.body.item, event.body.reviewer] = event
    return found


def decisive(events: Iterable[Event]) -> dict[Whose, Event]:
    """The decision in force on each unit and item; where it was withdrawn there is none."""
    return {where: event for where, event in latest(events).items() if isinstance(event.body, Decision)}


def history(events: Iterable[Event], unit: str, item: str) -> tuple[Event, ...]:
    """All decisions and withdrawals on one item of one unit, the oldest first."""
    return tuple(
        event
        for event in events
        if isinstance(event.body, Decision | DecisionWithdrawn)
        and (event.body.unit, event.body.item) == (unit, item)
    )


def approvals(events: Iterable[Event]) -> tuple[Event, ...]:
    """The approvals, valid or not: whether one still holds is for `govscore.approval` to derive."""
    return tuple(event for event in events if isinstance(event.body, Approved))


def approval_steps(events: Iterable[Event]) -> tuple[Event, ...]:
    """Everything on the way to approval, in order: put forward, approved, returned."""
    return tuple(event for event in events if isinstance(event.body, Submitted | Approved | Returned))
