"""The rest without fault: the clean finding for every item of a unit that is still open.

Invariant: it enters exactly the clean finding of the specification; what that leaves open stays open and
is named, and a form that somebody has begun is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govscore.review import answers
from govscore.review.checklist import Line, needs_review

if TYPE_CHECKING:
    from govscore.events import Finding
    from govscore.review.desk import Desk
    from govscore.scheme.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What `A` would do."""

    findings: tuple[tuple[str, Finding], ...]
    """Items that get the clean finding."""
    still_open: tuple[str, ...]
    """Items that stay open, since it cannot answer all that they ask."""
    drafts: tuple[str, ...]
    """Items left alone, since their form was begun and not confirmed."""

    @property
    def closed(self) -> int:
        """How many items are reviewed after it."""
        return len([item for item, _finding in self.findings if item not in self.still_open])


def rest_of(desk: Desk, unit: Unit) -> Rest:
    """The rest of a unit."""
    findings: list[tuple[str, Finding]] = []
    still_open: list[str] = []
    drafts: list[str] = []
    for line in desk.checklist(unit):
        if not isinstance(line, Line) or not needs_review(line):
            continue
        if (unit.unit, line.id) in desk.drafts:
            drafts.append(line.id)
            continue
        now = desk.finding(unit.unit, line.id)
        clean = answers.without_fault(now or answers.EMPTY)
        if clean != now and any(question.clean for question in desk.scheme.entries[line.id].questions):
            findings.append((line.id, clean))
        if desk.established(unit.unit, line.id, clean).state == "open":
            still_open.append(line.id)
    return Rest(findings=tuple(findings), still_open=tuple(still_open), drafts=tuple(drafts))
