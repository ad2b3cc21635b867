"""What a unit came to in each part.

Invariant: read from the totals as they are; a part without `[[part]]` has no result of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.facts.switches import known
from govscore.points import Points
from govscore.scoring.block import UNIT_SCORED, UNIT_STATES, UNIT_STOPPED
from govscore.scoring.ranking import grade_names
from govscore.scoring.result import PartResult

if TYPE_CHECKING:
    from govscore.scoring.block import PartTotals
    from govscore.scoring.board import Board


def part_results(board: Board, place: int, *, counts: bool) -> dict[str, PartResult]:
    """Every part of one unit, in the order of the scheme.

    Args:
        board: where the unit is scored.
        place: the unit's.
        counts: whether the unit is open or scored; else it has no part with a score either.
    """
    levels = board.plan.at(slice(place, place + 1)).parts
    names, parts = grade_names(board.scheme), tuple(zip(levels, board.totals.parts, strict=True))
    weight = sum(known(level.settings.weight) for level, each in parts if each.counts[place])
    found = {}
    for level, each in parts:
        state = int(each.state[place])
        grade = int(each.grade[place])
        graded = counts and state in (UNIT_SCORED, UNIT_STOPPED) and grade >= 0
        own = known(level.settings.weight) / weight if counts and weight and each.counts[place] else None
        found[level.id] = PartResult(
            part=level.id,
            state=UNIT_STATES[state],
            base=_points(each, "base", place, known=counts and bool(each.base_known[place])),
            bonus=_points(each, "bonus", place, known=counts and _has(each, "bonus_known", place)),
            major_deduction=_points(each, "major", place, known=counts and _has(each, "major_known", place)),
            score=_points(each, "points", place, known=counts and state == UNIT_SCORED),
            weight=own,
            grade=names[grade] if graded else None,
            failed=bool(each.failed[place]) and counts and state == UNIT_SCORED,
            bonus_locked=bool(each.locked[place]),
        )
    return found


def _has(each: PartTotals, name: str, place: int) -> bool:
    """Whether something is decided in a part that is neither stopped nor without anything applicable."""
    return bool(getattr(each, name)[place]) and UNIT_STATES[int(each.state[place])] in ("open", "scored")


def _points(each: PartTotals, name: str, place: int, *, known: bool) -> Points | None:
    return Points(getattr(each, name)[place]) if known else None
