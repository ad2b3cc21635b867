"""What an open unit can still come to: the lowest and highest total of any completion.

Invariant: sound, not always tight; where nothing limits a side, it is None. A veto that acts already
is decided, whatever facts of its own are still missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from govscore.rules.arithmetic import wide
from govscore.scoring.columns import NOT_APPLICABLE, OPEN
from govscore.scoring.items import span_of
from govscore.scoring.totals import bound, on_marks, score_units, sum_tree
from govscore.scoring.vetoes import highest_after, lowest_after

if TYPE_CHECKING:
    from govscore.rules.arithmetic import Array, Mask
    from govscore.scoring.engine import Matrices, Totals
    from govscore.scoring.plan import Plan

_FAR: Final = 10**60
"""What an unlimited item is taken for: beyond everything that facts can come to, rescaled or not."""
_LOST: Final = 10**40
"""A total beyond this was reached by an unlimited item."""


@dataclass(frozen=True, slots=True)
class Span:
    """Lowest and highest total still possible, in the finest units; None: no limit."""

    low: int | None
    high: int | None


def spans(plan: Plan, matrices: Matrices, totals: Totals, part: slice) -> list[Span]:
    """The span of every unit of a block (of a scored unit: its total twice)."""
    state, assigned = matrices.state[:, part], plan.assigned[:, part]
    opened = assigned & (state == OPEN)
    low = _with(plan, matrices.points[:, part], opened, low=True)
    high = _with(plan, matrices.points[:, part], opened, low=False)
    base_open = opened[plan.of_kind["base"]].any(axis=0)
    lowest = _lowest(plan, low, high, assigned & (state != NOT_APPLICABLE), assigned, totals, base_open)
    highest = _highest(plan, low, high, assigned & (state != NOT_APPLICABLE), assigned, totals)
    return [
        Span(None if int(down) <= -_LOST else int(down), None if int(up) >= _LOST else int(up))
        for down, up in zip(lowest, highest, strict=True)
    ]


def _with(plan: Plan, points: Array, opened: Mask, *, low: bool) -> Array:
    """The points with every open item at its lowest or highest."""
    floored = plan.scheme.model.total.floor_at == "item"
    ends = [span_of(item, floored)[0 if low else 1] for item in plan.items]
    unlimited = np.array([end is None for end in ends], dtype=bool)
    filled = wide(points) if opened[unlimited].any() else points
    filled = filled.copy()
    for row, end in enumerate(ends):
        if opened[row].any():
            far = -_FAR if low else _FAR
            filled[row, opened[row]] = far if end is None else end
    return filled


def _mixed(plan: Plan, base_and_bonus: Array, major: Array) -> Array:
    """Points that favour one end: deductions count the other way round."""
    mixed = (wide(base_and_bonus) if major.dtype == object else base_and_bonus).copy()
    rows = plan.of_kind["major_deduction"]
    mixed[rows] = major[rows]
    return mixed


def _rising(plan: Plan) -> bool:
    """Whether a higher base can only open the bonus, never lock it."""
    gate = plan.scheme.model.total.bonus_when
    return gate is None or all(each.operator in (">", ">=") for each in gate.comparisons)


def _lowest(
    plan: Plan, low: Array, high: Array, applicable: Mask, assigned: Mask, totals: Totals, base_open: Mask
) -> Array:
    score = score_units(plan, _mixed(plan, low, high), applicable, assigned)
    bottom = score.score
    if not _rising(plan):
        bottom = bound(plan.scheme.model.total, score.base.points - score.major)
    lowest = lowest_after(bottom, totals.effects)
    # A base below 0 falls further when an open item turns out not to be applicable: there is less to
    # divide by. Only floor_at = "none" lets a base go below 0.
    falls = (score.base.points < 0) & base_open
    return np.where(falls, np.minimum(wide(lowest), -_FAR), lowest) if falls.any() else lowest


def _highest(plan: Plan, low: Array, high: Array, applicable: Mask, assigned: Mask, totals: Totals) -> Array:
    total = plan.scheme.model.total
    mixed = _mixed(plan, high, low)
    score = score_units(plan, mixed, applicable, assigned)
    top = score.score
    if not _rising(plan):
        unlocked = score_units_unlocked(plan, mixed, applicable, assigned)
        top = bound(total, unlocked)
    return highest_after(top, totals.effects)


def score_units_unlocked(plan: Plan, points: Array, applicable: Mask, assigned: Mask) -> Array:
    """The score before bounds as if the gate opened the bonus."""
    total = plan.scheme.model.total
    score = score_units(plan, points, applicable, assigned)
    if not on_marks(total.bonus_when, score.base.points, int(total.full_marks)).all():
        unused: dict[str, Array] = {}
        bonus = sum_tree(plan.trees["bonus"], points, unused)
        if total.bonus_cap is not None:
            bonus = np.minimum(bonus, int(total.bonus_cap))
        return score.base.points + bonus - score.major
    return score.base.points + score.bonus - score.major
