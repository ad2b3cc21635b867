"""What a person had to do with a record, as far as it bears on approving.

Invariant: plain functions of the events; a name counts as it was recorded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.events import Decision, DecisionWithdrawn, Opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govscore.events import Event


def decisions_of(events: Iterable[Event], name: str) -> tuple[Decision | DecisionWithdrawn, ...]:
    """Every decision and withdrawal of a person, in force or not."""
    return tuple(
        event.body
        for event in events
        if isinstance(event.body, Decision | DecisionWithdrawn)
        and name in (event.author, event.body.reviewer)
    )


def began(events: Iterable[Event], name: str) -> bool:
    """Whether this person began the record."""
    return any(isinstance(event.body, Opened) and event.author == name for event in events)


def entitled(events: Sequence[Event], step: Event) -> bool:
    """Whether whoever approved or returned was a leader who had not reviewed or begun the record."""
    opened = events[0].body if events else None
    people = opened.people if isinstance(opened, Opened) else ()
    leads = any(person.name == step.author and "leader" in person.roles for person in people)
    before = [event for event in events if event.number < step.number]
    return leads and not began(before, step.author) and not decisions_of(before, step.author)
