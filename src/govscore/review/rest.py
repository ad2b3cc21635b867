"""The rest without fault: the clean finding for every item of a unit that is still open.

Invariant: it enters exactly the clean finding of the specification; what that leaves open stays open and
is named, and a form that somebody has begun is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govscore.review import tally
from govscore.review.checklist import Line, needs_review
from govscore.review.live import tried

if TYPE_CHECKING:
    from govscore.events import Finding
    from govscore.review.desk import Desk
    from govscore.scheme.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What `A` would do."""

    findings: tuple[tuple[str, Finding], ...]
    """Items and vetoes that get the clean finding."""
    left: tuple[str, ...]
    """What is open after it, in the order of the checklist."""
    drafts: tuple[str, ...]
    """Those of them left alone, since their form was begun and not confirmed."""
    closed: int
    """By how many the count of the unit's checklist rises."""
    earns_nothing: tuple[str, ...]
    """Items that "nothing found" gives 0 points, though more can be had."""

    @property
    def still_open(self) -> tuple[str, ...]:
        """What stays open, since the clean finding cannot answer all that it asks."""
        return tuple(item for item in self.left if item not in self.drafts)


def rest_of(desk: Desk, unit: Unit) -> Rest:
    """The rest of a unit, tried on the desk's board: so its counts are those of the checklist."""
    findings: dict[str, Finding] = {}
    drafts: list[str] = []
    for line in desk.checklist(unit):
        if not isinstance(line, Line) or not needs_review(line):
            continue
        if (unit.unit, line.id) in desk.drafts:
            drafts.append(line.id)
            continue
        now = desk.finding(unit.unit, line.id)
        clean = desk.without_fault(unit.unit, line.id, now)
        if clean != now and any(question.clean for question in desk.scheme.entries[line.id].questions):
            findings[line.id] = clean
    facts = {item: desk.established(unit.unit, item, clean) for item, clean in findings.items()}
    board, place, before = desk.prepare(), desk.board.places[unit.unit], desk.tally
    with tried(board, unit.unit, facts):
        after = [line for line in desk.checklist(unit) if isinstance(line, Line)]
        done = tally.count(board).done
    return Rest(
        findings=tuple(findings.items()),
        left=tuple(line.id for line in after if needs_review(line)),
        drafts=tuple(drafts),
        closed=int(done[place] - before.done[place]),
        earns_nothing=tuple(line.id for line in after if line.id in findings and _earns_nothing(line)),
    )


def _earns_nothing(line: Line) -> bool:
    return line.state == "reviewed" and not line.deducts and line.points is not None and not line.points
