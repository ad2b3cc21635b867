"""Steps 15 and 16: ranks in each group, and grades.

Invariant: ranks and lines compare marks, never displayed numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from govscore.rules.arithmetic import marks
from govscore.scoring.totals import on_marks

if TYPE_CHECKING:
    from govscore.rules.arithmetic import Array, Mask
    from govscore.scheme.model import Scheme
    from govscore.scoring.plan import Plan
    from govscore.scoring.vetoes import Acting

NO_RANK: Final = 0
NO_GRADE: Final = -1


def grade_names(scheme: Scheme) -> tuple[str, ...]:
    """All grades from the top; without a list, the one that vetoes or the gate may force."""
    if scheme.grades:
        return tuple(grade.name for grade in scheme.grades)
    effects = [entry.effect for entry in scheme.entries.values() if entry.effect is not None]
    forced = [effect.forced for effect in effects if effect.forced]
    if scheme.model.total.fail is not None:
        forced.append(scheme.model.total.fail.grade)
    return tuple(dict.fromkeys(forced))


def rank_all(plan: Plan, totals: Array, scored: Mask) -> Array:
    """The rank of every scored unit in its group; 0 for the others."""
    ranks = np.zeros(totals.shape, dtype=np.int64)
    for places in plan.groups.values():
        rank_group(plan, places, totals, scored, ranks)
    return ranks


def rank_group(plan: Plan, places: Array, totals: Array, scored: Mask, ranks: Array) -> None:
    """Ranks one group: equal marks share the better rank; the next is skipped, or not (dense)."""
    ranks[places] = NO_RANK
    mine = places[scored[places]]
    if not mine.size:
        return
    order = marks(totals[mine])
    values, inverse, counts = np.unique(order, return_inverse=True, return_counts=True)
    if plan.scheme.model.rank.ties == "dense":
        by_value = len(values) - np.arange(len(values))
    else:
        by_value = 1 + (len(order) - np.cumsum(counts))
    ranks[mine] = by_value[inverse]


def grade_all(plan: Plan, totals: Array, failed: Mask, effects: list[Acting], stopped: Mask) -> Array:
    """Each unit's grade as its place in `grade_names`; -1: none.

    The first line met, lowered by caps; a forced grade never lifts; a stopped unit has its stop's.
    """
    scheme = plan.scheme
    names = grade_names(scheme)
    grades = np.full(totals.shape, NO_GRADE, dtype=np.int64)
    undone = np.ones(totals.shape, dtype=bool)
    full = int(scheme.model.total.full_marks)
    for place, grade in enumerate(scheme.grades):
        holds = undone & on_marks(grade.when, totals, full)
        grades[holds] = place
        undone &= ~holds
    if scheme.model.total.fail is not None:
        grades = _lower(grades, failed, names.index(scheme.model.total.fail.grade))
    stop = np.full(totals.shape, NO_GRADE, dtype=np.int64)
    for each in effects:
        for name in (each.effect.zero or each.effect.grade, each.effect.cap_grade):
            if name is not None:
                grades = _lower(grades, each.acts, names.index(name))
        if each.effect.stop is not None:
            stop = _lower(stop, each.acts, names.index(each.effect.stop))
    return np.where(stopped, stop, grades)


def _lower(grades: Array, where: Mask, place: int) -> Array:
    return np.where(where, np.maximum(grades, place), grades)
