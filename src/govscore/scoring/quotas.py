"""The end of step 16: grades with a quota have so many places, filled in rank order, from the top.

Invariant: a group is graded anew as a whole, by the same code after one decision as from scratch; a
forced grade neither takes a place nor is changed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from govscore.facts.switches import known
from govscore.points import divide_round

if TYPE_CHECKING:
    from govscore.rules.arithmetic import Array, Mask
    from govscore.scheme.standing import Quota
    from govscore.scoring.plan import Plan
    from govscore.scoring.ranking import Graded, Ranks


@dataclass(slots=True)
class Awards:
    """The grades of all units in the end."""

    grade: Array
    """Place of the grade among all grades; -1: none."""
    missed: Mask
    """(grades, units): whose line a unit meets without getting one of its places."""


def award_all(plan: Plan, graded: Graded, ranks: Ranks) -> Awards:
    """The grades of every group."""
    awards = Awards(graded.grade.copy(), np.zeros((len(plan.scheme.grades), len(plan.units)), dtype=bool))
    for places in plan.groups.values():
        award_group(plan, places, graded, ranks, awards)
    return awards


def award_group(plan: Plan, places: Array, graded: Graded, ranks: Ranks, awards: Awards) -> None:
    """The grades of one group: who gets none of a grade's places takes the next grade whose line it meets."""
    grade = graded.grade[places]
    grades = plan.at(places).scheme.grades
    if any(each.quota is not None for each in grades):
        ranked = ranks.place[places]
        eligible = (ranked > 0) & ~graded.forced[places]
        for row, each in enumerate(grades):
            if each.quota is None:
                continue
            waiting = eligible & (grade == row)
            left = waiting & ~_seated(each.quota, ranked, waiting)
            awards.missed[row, places] = left
            for below in range(row + 1, len(grades) if left.any() else 0):
                meets = left & graded.meets[below, places]
                grade[meets] = below
                left &= ~meets
    awards.grade[places] = grade


def seats(quota: Quota, units: int) -> int:
    """How many places a quota gives in a group of so many units, open and stopped ones included."""
    share = known(quota.share) * units
    if quota.round == "nearest":
        return divide_round(share.numerator, share.denominator)
    down = share.numerator // share.denominator
    return down if quota.round == "down" or share == down else down + 1


def _seated(quota: Quota, ranked: Array, waiting: Mask) -> Mask:
    """Who of those waiting gets a place; equals across the last place all do, or none of them does."""
    free = seats(quota, len(ranked))
    order = np.sort(ranked[waiting])
    if len(order) <= free:
        return waiting
    if not free:
        return np.zeros(waiting.shape, dtype=bool)
    last, first_without = int(order[free - 1]), int(order[free])
    if last == first_without and quota.ties == "out":
        last -= 1
    return np.asarray(waiting & (ranked <= last), dtype=bool)
