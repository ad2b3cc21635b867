"""What an open unit can still come to: the lowest and highest total of any completion.

Invariant: sound, not always tight; where nothing limits a side, it is None. A veto that acts already
is decided, whatever facts of its own are still missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from govscore.points import UNITS_PER_MARK_STEP
from govscore.rules.arithmetic import wide
from govscore.rules.values import ONCE
from govscore.scoring.columns import NOT_APPLICABLE, OPEN
from govscore.scoring.items import charge_span, span_of
from govscore.scoring.totals import aimed, bound, score_units, sum_tree
from govscore.scoring.vetoes import highest_after, lowest_after

if TYPE_CHECKING:
    from govscore.rules.arithmetic import Array, Mask
    from govscore.scoring.engine import Matrices, Totals
    from govscore.scoring.plan import Plan
    from govscore.scoring.totals import Charges, Score

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
    applicable = assigned & (state != NOT_APPLICABLE)
    low = _with(plan, matrices.points[:, part], opened, low=True)
    high = _with(plan, matrices.points[:, part], opened, low=False)
    most = _most_charged(plan, matrices.charges[:, part], opened)
    least = aimed(plan, matrices.charges[:, part])  # an open item may still take nothing
    base_open = opened[plan.of_kind["base"]].any(axis=0)
    full = totals.full if totals.full.shape == base_open.shape else totals.full[part]
    sides = _Sides(plan, applicable, assigned, totals, base_open, full)
    lowest = _lowest(sides, _mixed(plan, low, high), most)
    highest = _highest(sides, _mixed(plan, high, low), least)
    return [
        Span(None if int(down) <= -_LOST else int(down), None if int(up) >= _LOST else int(up))
        for down, up in zip(lowest, highest, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Sides:
    """What both ends of the span are computed from."""

    plan: Plan
    applicable: Mask
    assigned: Mask
    totals: Totals
    base_open: Mask
    full: Array
    """F: what the base is rescaled to, which open items do not change."""


def _most_charged(plan: Plan, charges: Array, opened: Mask) -> Charges:
    """What items take elsewhere if every open one takes the most that it can."""
    times = plan.scheme.model.total.times or ONCE
    filled = charges
    for place, charge in enumerate(plan.charges):
        if opened[charge.row].any():
            most = charge_span(plan.items[charge.row], charge.target, times)
            filled = filled.astype(object)
            filled[place, opened[charge.row]] = _FAR if most is None else most
    return aimed(plan, filled)


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


def _lowest(sides: _Sides, points: Array, charges: Charges) -> Array:
    plan, totals = sides.plan, sides.totals
    score = score_units(plan, points, sides.applicable, sides.assigned, charges=charges)
    bonus = score.bonus
    if plan.scheme.model.total.bonus_when is not None:
        # A gate that may still open lets in a bonus below 0, and one that may still close shuts one out.
        uncertain = sides.base_open & (score.locked if _rising(plan) else True)
        bonus = np.where(uncertain, np.minimum(_unlocked_bonus(plan, points), 0), bonus)
    bottom = bound(plan.scheme.model.total, score.base.points + bonus - score.major - score.charged)
    lowest = lowest_after(bottom, totals.effects)
    # What is below 0 falls further when an open item turns out not to be applicable: there is less to
    # divide by.
    falls = _below_zero(plan, score) & sides.base_open
    return np.where(falls, np.minimum(wide(lowest), -_FAR), lowest) if falls.any() else lowest


def _below_zero(plan: Plan, score: Score) -> Mask:
    """Where the base, or something that is rescaled by itself, is below 0."""
    below = score.base.points < 0
    total = plan.scheme.model.total
    if total.not_applicable.place == "section" and total.floor_at == "none":
        for branch in plan.trees["base"].branches:
            below = below | (score.base.sections[branch.section.id] < 0)
    return np.asarray(below, dtype=bool)


def _highest(sides: _Sides, points: Array, charges: Charges) -> Array:
    plan, totals = sides.plan, sides.totals
    score = score_units(plan, points, sides.applicable, sides.assigned, charges=charges)
    base, bonus = score.base.points, score.bonus
    passes = _passing(plan, points, sides.assigned) & sides.base_open
    if passes.any():
        base = np.where(passes, np.maximum(wide(base), _most_base(sides, points)), base)
    if plan.scheme.model.total.bonus_when is not None:
        # Open above the gate it may still come to lie below it, and the other way round.
        uncertain = sides.base_open & (passes | ~score.locked if _rising(plan) else True)
        bonus = np.where(uncertain, np.maximum(_unlocked_bonus(plan, points), 0), bonus)
    top = bound(plan.scheme.model.total, base + bonus - score.major - score.charged)
    return highest_after(top, totals.effects)


def _passing(plan: Plan, points: Array, assigned: Mask) -> Mask:
    """Where a base item has, or may have, more than its points (its own `bounds` let it)."""
    rows = plan.of_kind["base"]
    return np.asarray((assigned[rows] & (points[rows] > plan.full[rows, None])).any(axis=0), dtype=bool)


def _most_base(sides: _Sides, points: Array) -> Array:
    """No base is higher, whichever open items turn out not to be applicable.

    Every item is at most so many times its points; so is what they add up to, capped or rescaled.
    """
    rows = sides.plan.of_kind["base"]
    mine = np.where(sides.assigned[rows], wide(np.maximum(points[rows], 0)), 0)
    highest = -(-mine * sides.full // sides.plan.full[rows, None].astype(object))
    # Each rounding may add half a unit, which rescaling makes larger.
    slack = len(rows) * (wide(sides.full) // UNITS_PER_MARK_STEP + 1)
    return np.asarray(highest.max(axis=0) + slack)


def _unlocked_bonus(plan: Plan, points: Array) -> Array:
    """The bonus as if the gate opened it."""
    unused: dict[str, Array] = {}
    bonus = sum_tree(plan.trees["bonus"], points, unused)
    cap = plan.scheme.model.total.bonus_cap
    return bonus if cap is None else np.minimum(bonus, int(cap))
