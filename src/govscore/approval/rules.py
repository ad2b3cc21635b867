"""Who may submit, approve and return, and when.

Invariant: every function only looks and gives the problems; none acts. Whoever reviewed, or began the
record, never approves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.approval import messages as m
from govscore.approval.people import began, decisions_of
from govscore.errors import problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govscore.approval.standing import Standing
    from govscore.errors import Problem
    from govscore.events import Event
    from govscore.scoring.result import Result


def against_submitting(standing: Standing, result: Result) -> tuple[Problem, ...]:
    """Why this result cannot be put before a leader; empty if it can."""
    return tuple(_against_submitting(standing, result))


def against_approving(standing: Standing, events: Sequence[Event], author: str) -> tuple[Problem, ...]:
    """Why this person cannot approve now; empty if it is allowed."""
    return (*_involved(events, author), *_not_pending(standing))


def against_returning(
    standing: Standing, events: Sequence[Event], author: str, reason: str
) -> tuple[Problem, ...]:
    """Why this person cannot send the result back now; empty if it is allowed."""
    found = (*_involved(events, author), *_not_pending(standing))
    return found if reason.strip() else (*found, problem(m.REASON))


def _against_submitting(standing: Standing, result: Result) -> Iterator[Problem]:
    if standing.state == "pending" and not standing.dropped:
        yield problem(m.ALREADY_SUBMITTED, author=standing.submitted_by, time=standing.submitted_at)
    elif standing.state == "approved":
        yield _already_approved(standing)
    for unit in result.units:
        if unit.state == "open":
            items = ", ".join((*unit.open_items, *unit.open_vetoes))
            yield problem(m.OPEN_ITEMS, unit=unit.unit, name=unit.name, items=items)


def _involved(events: Sequence[Event], author: str) -> Iterator[Problem]:
    """What this person had to do with the result."""
    decisions = decisions_of(events, author)
    if decisions:
        first = decisions[0]
        yield problem(m.REVIEWED, author=author, count=len(decisions), unit=first.unit, item=first.item)
    elif began(events, author):
        yield problem(m.BEGAN, author=author)


def _not_pending(standing: Standing) -> Iterator[Problem]:
    if standing.dropped:
        yield _changed(standing)
    elif standing.state == "approved":
        yield _already_approved(standing)
    elif standing.state == "returned":
        yield problem(
            m.STILL_RETURNED,
            author=standing.returned_by,
            time=standing.returned_at,
            reason=standing.returned_reason,
        )
    elif standing.state == "reviewing":
        yield problem(m.NOT_SUBMITTED)


def _changed(standing: Standing) -> Problem:
    decided = [change for change in standing.what_changed if change.item]
    if not decided:
        return problem(m.COMPUTED)
    first = decided[0]
    return problem(
        m.CHANGED, count=len(decided), name=first.name or first.unit, item=first.item, author=first.author
    )


def _already_approved(standing: Standing) -> Problem:
    return problem(m.ALREADY_APPROVED, author=standing.approved_by, time=standing.approved_at)
