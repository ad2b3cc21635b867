"""Where an assessment stands: being reviewed, awaiting approval, approved or returned.

Invariant: derived from the events and from a result computed now, never stored; an approval holds
only while the result's digest is the one that was approved, and only if a leader gave it who had no
part in the review.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from govscore.approval.changes import Change, changes_since
from govscore.approval.digest import decisive_hashes
from govscore.approval.people import entitled
from govscore.events import Approved, Returned, Submitted
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from govscore.events import Event
    from govscore.scoring.result import Result

State = Literal["reviewing", "pending", "approved", "returned"]
STATE_WORDS: Final[dict[State, str]] = {
    "reviewing": N_("under review"),
    "pending": N_("approval pending"),
    "approved": N_("approved"),
    "returned": N_("returned"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What may be said about a result, and on whose word."""

    state: State
    provisional: bool
    """Some unit is open, so every ranking may still change."""
    open_units: int
    open_items: int
    result_digest: str
    scheme_digest: str
    submitted_by: str = ""
    submitted_at: str = ""
    approved_by: str = ""
    """Who approved, also when the approval no longer holds (`dropped`)."""
    approved_at: str = ""
    returned_by: str = ""
    returned_at: str = ""
    returned_reason: str = ""
    """Why it was returned, until it is submitted again."""
    dropped: bool = False
    """The result that was submitted or approved last is no longer the result."""
    what_changed: tuple[Change, ...] = ()
    """Since then: decisions, then totals, ranks and grades."""

    def words(self) -> str:
        """The state as it is shown: 评审中, 待审批, 已批准, 已退回, with 暂排 while a unit is open."""
        state = _(STATE_WORDS[self.state])
        return _("{state} · provisional").format(state=state) if self.provisional else state


def derive(
    events: Sequence[Event],
    result: Result,
    *,
    result_digest: str,
    scheme_digest: str,
    result_at: Callable[[int], Result] | None = None,
) -> Standing:
    """Where the assessment stands.

    Args:
        events: all of the record, in order; none without a record.
        result: computed now from these events.
        result_digest: of this result.
        scheme_digest: of its scheme.
        result_at: the result after the event of this number, to tell what changed; called only if
            something did.
    """
    steps = [event for event in events if _counts(event, events)]
    last = steps[-1] if steps else None
    holds = _digest_of(last) == result_digest
    dropped = last is not None and not holds and not isinstance(last.body, Returned)
    changed: tuple[Change, ...] = ()
    if dropped and last is not None:
        before = result_at(last.number) if result_at else None
        changed = changes_since(last.number, events, before, result)
    named = {_FIELDS[type(step.body)]: step for step in _round(steps)}
    said: dict[str, str] = {}
    for name, step in named.items():
        said[f"{name}_by"], said[f"{name}_at"] = step.author, step.time
    open_units = [unit for unit in result.units if unit.state == "open"]
    return Standing(
        state=_state(last, holds=holds),
        provisional=bool(open_units),
        open_units=len(open_units),
        open_items=sum(len(unit.open_items) + len(unit.open_vetoes) for unit in open_units),
        result_digest=result_digest,
        scheme_digest=scheme_digest,
        returned_reason=last.body.reason if last and isinstance(last.body, Returned) else "",
        dropped=dropped,
        what_changed=changed,
        **said,
    )


def state_without_scoring(events: Sequence[Event]) -> State | None:
    """The state as far as the events alone tell it; None if the result must be computed.

    Other decisions in force than when the result was shown always mean another digest.
    """
    steps = [event for event in events if _counts(event, events)]
    if not steps:
        return "reviewing"
    last = steps[-1]
    shown = next((event.number for event in events if event.hash == _head_of(last)), last.number)
    then = decisive_hashes(event for event in events if event.number <= shown)
    return None if then == decisive_hashes(events) else _state(last, holds=False)


def _counts(event: Event, events: Sequence[Event]) -> bool:
    """Whether it is a step; an approval or return by somebody who was not entitled to it is none."""
    if isinstance(event.body, Submitted):
        return True
    return isinstance(event.body, Approved | Returned) and entitled(events, event)


_FIELDS: Final[dict[type, str]] = {Submitted: "submitted", Approved: "approved", Returned: "returned"}


def _round(steps: Sequence[Event]) -> Sequence[Event]:
    """The steps from the last submission on."""
    for place in range(len(steps) - 1, -1, -1):
        if isinstance(steps[place].body, Submitted):
            return steps[place:]
    return steps


def _digest_of(event: Event | None) -> str:
    if event is not None and isinstance(event.body, Submitted | Approved | Returned):
        return event.body.result_digest
    return ""


def _head_of(event: Event) -> str:
    return event.body.head if isinstance(event.body, Submitted | Approved | Returned) else ""


def _state(last: Event | None, *, holds: bool) -> State:
    """The state after the last step, whose digest still holds or does not."""
    if last is None:
        return "reviewing"
    if isinstance(last.body, Approved):
        return "approved" if holds else "pending"
    if not holds:
        return "reviewing"
    return "returned" if isinstance(last.body, Returned) else "pending"
