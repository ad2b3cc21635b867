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
from govscore.scoring.columns import GIVEN, NOT_APPLICABLE, OPEN
from govscore.scoring.given import give_rate
from govscore.scoring.layered import score_entry
from govscore.scoring.ranking import covered, grade_all, rank_all
from govscore.scoring.ties import tie_columns
from govscore.scoring.totals import aimed, score_units
from govscore.scoring.vetoes import Acting, Scored, apply, item_effects, judge

if TYPE_CHECKING:
    from govscore.rules.arithmetic import Array, Mask
    from govscore.rules.view import Note
    from govscore.scoring.column_table import Columns
    from govscore.scoring.comparison import Comparison
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
    """What columns say, OPEN where points depend on units that are open, GIVEN as step 5 decides."""
    took: Mask
    excused: Mask
    """Where it is established that the item is not applicable, whatever it is worth then."""
    waiting: Mask
    """Where an item is open only because other units of the group are."""
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
        np.zeros(shape, dtype=bool),
        np.zeros(shape, dtype=bool),
        np.zeros((len(plan.charges), size), dtype=np.int64),
    )
    for row in range(len(plan.items)):
        score_row(plan, columns, matrices, row, slice(0, size))
    return matrices


def score_row(
    plan: Plan,
    columns: Columns,
    matrices: Matrices,
    row: int,
    part: slice,
    comparison: Comparison | None = None,
) -> None:
    """One item of a block of units, into the matrices.

    Args:
        plan: the scheme laid out.
        columns: all facts.
        matrices: where the points go.
        row: which item.
        part: which units.
        comparison: of an item that is measured against the group: who is compared. Without one, only
            where it is applicable is sound; `peers.compare` does the rest.
    """
    item = plan.items[row]
    total = plan.scheme.model.total
    floored, times = total.floor_at == "item", total.times or ONCE
    score = score_entry(item, columns, part, floored, times=times, comparison=comparison)
    if score.points.dtype == object and matrices.points.dtype != object:
        matrices.points = matrices.points.astype(object)
    mine = plan.assigned[row, part]
    matrices.points[row, part] = np.where(mine, score.points, 0)
    matrices.state[row, part] = score.state
    matrices.took[row, part] = score.took & mine
    absent = score.state == NOT_APPLICABLE
    matrices.excused[row, part] = absent & mine
    matrices.waiting[row, part] = False
    if item.kind == "base" and absent.any():
        given = give_rate(
            plan.scheme.policy_of(item), plan.full[row], absent, columns.has_note(item.id, part)
        )
        if given is not None:
            matrices.points[row, part] = np.where(mine & absent, given, matrices.points[row, part])
            matrices.state[row, part] = np.where(absent, GIVEN, score.state)
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
    applicable = assigned & (state != NOT_APPLICABLE)
    charges = matrices.charges[:, part]
    score = score_units(plan, narrow(points), applicable, assigned, note, aimed(plan, charges))
    excused = matrices.excused[:, part]
    opened = assigned & (state == OPEN)
    base_open = opened[plan.of_kind["base"]].any(axis=0)
    there = assigned & ~excused
    assessed = score.base.assessed & there[plan.of_kind["base"]].any(axis=0)
    locked = score.locked & ~base_open & assessed
    gate_open = base_open if plan.scheme.model.total.bonus_when is not None else np.zeros_like(base_open)
    scored = Scored(points, state, assigned, locked, gate_open, excused)
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
        covered=covered(plan, there, assigned),
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
