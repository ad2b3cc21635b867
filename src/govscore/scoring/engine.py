"""The order of application over blocks of units: items, then totals, then ranks and grades.

Invariant: scoring all units and scoring one again after a decision run this same code on a slice.
Source: `docs/scheme.md`, "Order of application".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from govscore.rules.arithmetic import narrow
from govscore.rules.values import ONCE
from govscore.rules.view import silent
from govscore.scoring.columns import NOT_APPLICABLE, OPEN
from govscore.scoring.layered import score_entry
from govscore.scoring.ranking import covered, grade_all, rank_all
from govscore.scoring.ties import tie_columns
from govscore.scoring.totals import Due, aimed, score_units
from govscore.scoring.vetoes import Acting, Scored, apply, item_effects, judge

if TYPE_CHECKING:
    from govscore.rules.arithmetic import Array, Mask
    from govscore.rules.view import Note
    from govscore.scheme.model import Item
    from govscore.scoring.column_table import Columns
    from govscore.scoring.plan import Plan
    from govscore.scoring.ranking import Graded, Ranks
    from govscore.scoring.result import UnitState

UNIT_OPEN: Final = 0
UNIT_SCORED: Final = 1
UNIT_STOPPED: Final = 2
UNIT_UNASSESSED: Final = 3
UNIT_STATES: Final[tuple[UnitState, ...]] = ("open", "scored", "stopped", "unassessed")


@dataclass(slots=True)
class Matrices:
    """Steps 1 to 5: (items, units)."""

    points: Array
    state: Array
    took: Mask
    charges: Array
    """(charges, units): what items take elsewhere, as `Plan.charges` lists them."""


@dataclass(slots=True)
class Totals:
    """Steps 6 to 16 for a block of units."""

    state: Array
    base: Array
    base_known: Mask
    bonus: Array
    bonus_known: Mask
    """False while a bonus item is open, or an open base item may still lock the bonus."""
    major: Array
    major_known: Mask
    charged: Array
    """What items take from the total itself, beside major deductions."""
    score: Array
    """Before vetoes."""
    total: Array
    locked: Mask
    failed: Mask
    graded: Graded
    effects: list[Acting]
    sections: dict[str, Array]
    possible: Array
    full: Array
    covered: Mask
    """False: too little is applicable for a rank or a grade."""
    breaks: list[Array]
    """What parts units with equal totals, one column for each `tie_break`."""


def score_matrices(plan: Plan, columns: Columns) -> Matrices:
    """All items of all units."""
    size = len(plan.units)
    shape = (len(plan.items), size)
    matrices = Matrices(
        np.zeros(shape, dtype=np.int64),
        np.zeros(shape, dtype=np.int8),
        np.zeros(shape, dtype=bool),
        np.zeros((len(plan.charges), size), dtype=np.int64),
    )
    for row in range(len(plan.items)):
        score_row(plan, columns, matrices, row, slice(0, size))
    return matrices


def score_row(plan: Plan, columns: Columns, matrices: Matrices, row: int, part: slice) -> None:
    """One item of a block of units, into the matrices."""
    for item, block in plan.blocks(row, part):
        _score_block(plan, columns, matrices, row, item, block)


def _score_block(
    plan: Plan, columns: Columns, matrices: Matrices, row: int, item: Item, part: slice | Array
) -> None:
    """One item of units for which it is the same, into the matrices."""
    total = plan.scheme.model.total
    score = score_entry(item, columns, part, total.floor_at == "item", times=total.times or ONCE)
    if score.points.dtype == object and matrices.points.dtype != object:
        matrices.points = matrices.points.astype(object)
    mine = plan.assigned[row, part]
    matrices.points[row, part] = np.where(mine, score.points, 0)
    matrices.state[row, part] = score.state
    matrices.took[row, part] = score.took & mine
    for place in plan.charged_by.get(row, ()):
        charged = np.where(mine, score.charges[plan.charges[place].target], 0)
        if charged.dtype == object and matrices.charges.dtype != object:
            matrices.charges = matrices.charges.astype(object)
        matrices.charges[place, part] = charged


def score_totals(
    plan: Plan, columns: Columns, matrices: Matrices, part: slice, note: Note = silent
) -> Totals:
    """Steps 6 to 16 for a block of units; ranks aside, which need the whole group."""
    points, state, assigned = matrices.points[:, part], matrices.state[:, part], plan.assigned[:, part]
    due = Due(assigned & (state != NOT_APPLICABLE), assigned, plan.full[:, part])
    score = score_units(plan, narrow(points), due, note, aimed(plan, matrices.charges[:, part]))
    opened = assigned & (state == OPEN)
    base_open = opened[plan.of_kind["base"]].any(axis=0)
    assessed = score.base.assessed
    locked = score.locked & ~base_open & assessed
    gate_open = base_open if plan.scheme.model.total.bonus_when is not None else np.zeros_like(base_open)
    scored = Scored(points, state, assigned, locked, gate_open)
    effects = [*judge(plan, columns, part, scored), *item_effects(plan, matrices.took[:, part], scored)]
    stopped, undecided = _stopped(effects[: len(plan.vetoes)], base_open)
    bonus_open = opened[plan.of_kind["bonus"]].any(axis=0) & ~locked
    major_open = opened[plan.of_kind["major_deduction"]].any(axis=0)
    is_open = base_open | bonus_open | major_open | undecided
    total = narrow(apply(score.score, effects))
    return Totals(
        state=_states(stopped, assessed, is_open),
        base=score.base.points,
        base_known=~stopped & assessed & ~base_open,
        bonus=score.bonus,
        bonus_known=~(bonus_open | gate_open),
        major=score.major,
        major_known=~major_open,
        charged=score.charged,
        score=score.score,
        total=total,
        locked=locked & ~stopped,
        failed=score.failed,
        graded=grade_all(plan, total, score.failed, effects, stopped),
        effects=effects,
        sections=score.sections,
        possible=score.base.possible,
        full=score.base.full,
        covered=covered(plan, due),
        breaks=tie_columns(plan, points, score.sections, locked),
    )


def _states(stopped: Mask, assessed: Mask, is_open: Mask) -> Array:
    return np.select([stopped, ~assessed, is_open], [UNIT_STOPPED, UNIT_UNASSESSED, UNIT_OPEN], UNIT_SCORED)


def _stopped(vetoes: list[Acting], like: Mask) -> tuple[Mask, Mask]:
    """Where a veto stops the unit, and where one is still undecided."""
    stopped, undecided = np.zeros_like(like), np.zeros_like(like)
    for each in vetoes:
        undecided |= each.undecided
        if each.effect.stop is not None:
            stopped |= each.acts
    return stopped, undecided


def rank_totals(plan: Plan, totals: Totals) -> Ranks:
    """Step 15 for all units."""
    return rank_all(plan, totals.total, ranked(totals), totals.breaks)


def ranked(totals: Totals) -> Mask:
    """Who has a rank: scored, and covered well enough."""
    return np.asarray((totals.state == UNIT_SCORED) & totals.covered, dtype=bool)
