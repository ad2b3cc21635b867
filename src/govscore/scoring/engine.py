"""The order of application over blocks of units: items, then totals, then ranks and grades.

Invariant: scoring all units and scoring one again after a decision run this same code on a slice.
Source: `docs/scheme.md`, "Order of application".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from govscore.rules.view import silent
from govscore.scheme.policies import policy_of
from govscore.scoring.alike import Together
from govscore.scoring.block import UNIT_OPEN, UNIT_SCORED, UNIT_STATES, UNIT_STOPPED, Block, Totals
from govscore.scoring.cases import cases_in, places_of, replace_totals
from govscore.scoring.columns import GIVEN, NOT_APPLICABLE
from govscore.scoring.given import give_rate
from govscore.scoring.items import score_item
from govscore.scoring.layered import score_entry
from govscore.scoring.ranking import rank_all
from govscore.scoring.yielding import yielded

if TYPE_CHECKING:
    from govscore.rules.arithmetic import Array, Mask
    from govscore.rules.view import Note
    from govscore.scoring.alike import Run
    from govscore.scoring.column_table import Columns
    from govscore.scoring.comparison import Comparison
    from govscore.scoring.items import ItemScore
    from govscore.scoring.plan import Plan
    from govscore.scoring.ranking import Ranks

_ALL: Final = slice(None)
TOGETHER: Final = 65_536
"""So many values of a column are computed at once: they stay in the processor's cache."""

__all__ = [
    "UNIT_OPEN", "UNIT_SCORED", "UNIT_STATES", "UNIT_STOPPED", "Matrices", "Totals", "rank_totals", "ranked",
    "score_matrices", "score_row", "score_totals",
]  # fmt: skip


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
    """Where an item is open only because others of the group are, or since it left their comparison."""
    doubtful: Mask
    """Open, and perhaps not applicable in the end, since the start lacks a fact."""
    charges: Array
    """(charges, units): what items take elsewhere, as `Plan.charges` lists them."""
    out: Array | None
    """What periods that are not applicable take out of possible points; None: no item adds periods up."""
    first: int = 0
    """Place of the first unit in the roster."""

    def at(self, part: slice | Array) -> slice | Array:
        """Where units of the roster stand here."""
        if not self.first:
            return part
        if isinstance(part, slice):
            return slice(part.start - self.first, part.stop - self.first)
        return part - self.first


def score_matrices(plan: Plan, columns: Columns, part: slice | None = None) -> Matrices:
    """All items of all units, or of a block of them."""
    part = slice(0, len(plan.units)) if part is None else part
    matrices = _blank(plan, part)
    for rows in plan.runs:
        if len(rows) == 1:
            score_row(plan, columns, matrices, rows[0], part)
            continue
        width = max(1, TOGETHER // len(rows))
        for first in range(part.start, part.stop, width):
            block = slice(first, min(first + width, part.stop))
            _score_alike(plan, columns, matrices, plan.together[rows], block)
    return matrices


def _blank(plan: Plan, part: slice) -> Matrices:
    """Matrices of a block of units, nothing scored yet."""
    size = part.stop - part.start
    shape = (len(plan.items), size)
    return Matrices(
        np.zeros(shape, dtype=np.int64),
        np.zeros(shape, dtype=np.int8),
        took=np.zeros(shape, dtype=bool),
        excused=np.zeros(shape, dtype=bool),
        waiting=np.zeros(shape, dtype=bool),
        doubtful=np.zeros(shape, dtype=bool),
        charges=np.zeros((len(plan.charges), size), dtype=np.int64),
        out=np.zeros(shape, dtype=np.int64) if plan.adds_periods else None,
        first=part.start,
    )


def _score_alike(plan: Plan, columns: Columns, matrices: Matrices, run: Run, part: slice) -> None:
    """Items that are scored alike, for a block of units, into the matrices."""
    together = Together(columns.shelf(run.ids), part)
    score = score_item(run.item, together, _ALL, run.floored, times=run.times, limits=run.limits)
    if run.given or score.charges or score.points.dtype == object:
        for place, row in enumerate(run.rows):
            _enter(plan, matrices, row, part, score.of(place))
            _excuse(plan, columns, matrices, row, part, score.of(place))
        return
    here, points, absent = matrices.at(part), score.points, score.state == NOT_APPLICABLE
    if not run.everybody:
        mine = plan.assigned[run.at, part]
        points, absent = np.where(mine, points, 0), absent & mine
    matrices.points[run.at, here] = points
    matrices.state[run.at, here] = score.state
    matrices.excused[run.at, here] = absent
    if run.item.effect is not None:
        matrices.took[run.at, here] = score.took if run.everybody else score.took & mine
    matrices.doubtful[run.at, here] = score.doubtful


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
    floored, times = plan.frame_of(row)
    left = yielded(plan, columns, matrices, row, part)
    for item, block in plan.of_units.blocks(row, part):
        mine = left
        if isinstance(block, np.ndarray):
            mine = {layer: each.of(block - part.start) for layer, each in left.items()}
        score = score_entry(item, columns, block, floored, times=times, left=mine, comparison=comparison)
        _enter(plan, matrices, row, block, score)
        _excuse(plan, columns, matrices, row, block, score)


def _excuse(
    plan: Plan, columns: Columns, matrices: Matrices, row: int, part: slice | Array, score: ItemScore
) -> None:
    """Where an item is not applicable, and what it is worth then under `rate`."""
    item, mine, here = plan.items[row], plan.assigned[row, part], matrices.at(part)
    absent = (score.state == NOT_APPLICABLE) & mine
    matrices.excused[row, here] = absent
    matrices.waiting[row, here] = False
    if item.kind == "base" and absent.any():
        policy, noted = policy_of(plan.scheme, item), columns.has_note(item.id, part)
        given = give_rate(policy, plan.full[row, part], absent, noted)
        if given is not None:
            matrices.points[row, here] = np.where(absent, given, matrices.points[row, here])
            matrices.state[row, here] = np.where(absent, GIVEN, score.state)


def _enter(plan: Plan, matrices: Matrices, row: int, part: slice | Array, score: ItemScore) -> None:
    """The scores of some units on an item, into the matrices."""
    if score.points.dtype == object and matrices.points.dtype != object:
        matrices.points = matrices.points.astype(object)
    mine, here = plan.assigned[row, part], matrices.at(part)
    matrices.points[row, here] = np.where(mine, score.points, 0)
    matrices.state[row, here] = score.state
    matrices.took[row, here] = score.took & mine
    if matrices.out is not None:
        matrices.out[row, here] = 0 if score.out is None else np.where(mine, score.out, 0)
    matrices.doubtful[row, here] = score.doubtful
    for place in plan.charged_by.get(row, ()):
        charged = np.where(mine, score.charges[plan.charges[place].target], 0)
        if charged.dtype == object and matrices.charges.dtype != object:
            matrices.charges = matrices.charges.astype(object)
        matrices.charges[place, here] = charged


def score_totals(
    plan: Plan, columns: Columns, matrices: Matrices, part: slice, note: Note = silent
) -> Totals:
    """Steps 6 to 16 for a block of units; ranks aside, which need the whole group."""
    first = plan.at(part)
    totals = Block(first, columns, matrices, part, note).totals()
    for inside in cases_in(plan, part) if plan.cases else ():
        at = places_of(plan, part, inside)
        if plan.at(at) is not first:  # it was taken for all of them
            replace_totals(totals, Block(plan.at(at), columns, matrices, at, note).totals(), inside)
    return totals


def rank_totals(plan: Plan, totals: Totals) -> Ranks:
    """Step 15 for all units."""
    return rank_all(plan, totals.total, ranked(totals), totals.breaks)


def ranked(totals: Totals) -> Mask:
    """Who has a rank: scored, and covered well enough."""
    return np.asarray((totals.state == UNIT_SCORED) & totals.covered, dtype=bool)
