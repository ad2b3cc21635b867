"""Totals, ranks and grades of very many units, without keeping what each came to on every item.

Invariant: the same code as for the board, block by block; every number is the same as there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from govscore.scoring.block import UNIT_SCORED, UNIT_STATES, UNIT_STOPPED, put_block
from govscore.scoring.engine import score_matrices, score_totals
from govscore.scoring.peers import compare
from govscore.scoring.quotas import award_all
from govscore.scoring.ranking import NO_GRADE, Graded, grade_names, rank_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.rules.arithmetic import Array, Mask
    from govscore.scoring.block import Totals
    from govscore.scoring.column_table import Columns
    from govscore.scoring.plan import Plan

BLOCK: Final = 16_384
"""So many units are scored at once: what they come to stays in the processor's cache."""
_COLUMNS: Final = ("base", "bonus", "major", "total")
_MASKS: Final = ("base_known", "bonus_known", "major_known", "covered")


@dataclass(slots=True)
class Standings:
    """What every unit came to, in the order of the roster; points in the finest units."""

    state: Array
    """Place in `UNIT_STATES`."""
    base: Array
    bonus: Array
    major: Array
    total: Array
    """Of an open unit its points so far."""
    base_known: Mask
    """Where no open item can change the base any more; the two that follow likewise."""
    bonus_known: Mask
    major_known: Mask
    covered: Mask
    """False: too little is applicable for a rank or a grade."""
    rank: Array
    """In the group; 0: none."""
    grade: Array
    """Place in `grades`; -1: none."""
    grades: tuple[str, ...]


def standings(plan: Plan, columns: Columns) -> Standings:
    """Scores, ranks and grades of all units.

    Args:
        plan: the scheme laid out.
        columns: all facts.
    """
    size = len(plan.units)
    found = _blank(size, grade_names(plan.scheme))
    breaks = [np.zeros(size, dtype=np.int64) for _each in plan.tie_breaks]
    with_quota = any(each.quota is not None for each in plan.scheme.grades)
    meets = np.zeros((len(plan.scheme.grades) if with_quota else 0, size), dtype=bool)
    graded = Graded(found.grade, np.zeros(size, dtype=bool), meets)
    for part, totals in _blocks(plan, columns):
        found.state[part] = totals.state
        for name in (*_COLUMNS, *_MASKS):
            setattr(found, name, put_block(getattr(found, name), getattr(totals, name), part))
        graded.grade[part], graded.forced[part] = totals.graded.grade, totals.graded.forced
        graded.meets[:, part] = totals.graded.meets
        breaks = [put_block(old, new, part) for old, new in zip(breaks, totals.breaks, strict=True)]
    scored = (found.state == UNIT_SCORED) & found.covered
    ranks = rank_all(plan, found.total, scored, breaks)
    awarded = award_all(plan, graded, ranks).grade
    found.rank = ranks.place
    found.grade = np.where(scored | (found.state == UNIT_STOPPED), awarded, NO_GRADE)
    return found


def _blank(size: int, grades: tuple[str, ...]) -> Standings:
    """Nobody has come to anything yet."""

    def nothing(kind: type = np.int64) -> Array:
        return np.zeros(size, dtype=kind)

    return Standings(
        state=nothing(np.int8), base=nothing(), bonus=nothing(), major=nothing(), total=nothing(),
        base_known=nothing(bool), bonus_known=nothing(bool), major_known=nothing(bool), covered=nothing(bool),
        rank=nothing(), grade=np.full(size, NO_GRADE, dtype=np.int64), grades=grades,
    )  # fmt: skip


def _blocks(plan: Plan, columns: Columns) -> Iterator[tuple[slice, Totals]]:
    """The totals of all units, block by block."""
    size = len(plan.units)
    if plan.bonds.rows:  # what binds the units of a group together needs all of them at once
        matrices = score_matrices(plan, columns)
        compare(plan, columns, matrices, plan.bonds.rows, again=False)
    for first in range(0, size, BLOCK):
        part = slice(first, min(first + BLOCK, size))
        if not plan.bonds.rows:
            matrices = score_matrices(plan, columns, part)
        yield part, score_totals(plan, columns, matrices, part)


__all__ = ["UNIT_STATES", "Standings", "standings"]
