"""The order of application over blocks of units: items, then totals, then ranks and grades.

Invariant: scoring all units and scoring one again after a decision run this same code on a slice.
Source: `docs/scheme.md`, "Order of application".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from govscore.rules.view import silent
from govscore.scoring.alike import Together
from govscore.scoring.block import UNIT_OPEN, UNIT_SCORED, UNIT_STATES, UNIT_STOPPED, Block, Totals
from govscore.scoring.items import score_item
from govscore.scoring.layered import score_entry
from govscore.scoring.ranking import rank_all

if TYPE_CHECKING:
    from govscore.rules.arithmetic import Array, Mask
    from govscore.rules.view import Note
    from govscore.scoring.column_table import Columns
    from govscore.scoring.items import ItemScore
    from govscore.scoring.plan import Plan
    from govscore.scoring.ranking import Ranks

TOGETHER: Final = 16_384
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
    took: Mask
    charges: Array
    """(charges, units): what items take elsewhere, as `Plan.charges` lists them."""


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
    for rows in plan.alike:
        width = max(1, TOGETHER // len(rows))
        for first in range(0, size, width):
            part = slice(first, min(first + width, size))
            if len(rows) == 1 or plan.items[rows[0]].id in columns.layered:
                for row in rows:
                    score_row(plan, columns, matrices, row, part)
            else:
                _score_alike(plan, columns, matrices, rows, part)
    return matrices


def _score_alike(
    plan: Plan, columns: Columns, matrices: Matrices, rows: tuple[int, ...], part: slice
) -> None:
    """Items that are scored alike, for a block of units, into the matrices."""
    item = plan.items[rows[0]]
    floored, times = plan.frame_of(rows[0])
    entries = [columns.entries[plan.items[row].id] for row in rows]
    together = Together(entries, part)
    score = score_item(item, together, slice(0, len(together.state)), floored, times=times)
    for place, row in enumerate(rows):
        size = part.stop - part.start
        _enter(plan, matrices, row, part, score, slice(place * size, (place + 1) * size))


def score_row(plan: Plan, columns: Columns, matrices: Matrices, row: int, part: slice) -> None:
    """One item of a block of units, into the matrices."""
    item = plan.items[row]
    floored, times = plan.frame_of(row)
    _enter(plan, matrices, row, part, score_entry(item, columns, part, floored, times=times), slice(None))


def _enter(plan: Plan, matrices: Matrices, row: int, part: slice, score: ItemScore, mine: slice) -> None:
    """What a block of units has on an item, from a part of what was computed together."""
    if score.points.dtype == object and matrices.points.dtype != object:
        matrices.points = matrices.points.astype(object)
    assigned = plan.assigned[row, part]
    matrices.points[row, part] = np.where(assigned, score.points[mine], 0)
    matrices.state[row, part] = score.state[mine]
    matrices.took[row, part] = score.took[mine] & assigned
    for place in plan.charged_by.get(row, ()):
        charged = np.where(assigned, score.charges[plan.charges[place].target][mine], 0)
        if charged.dtype == object and matrices.charges.dtype != object:
            matrices.charges = matrices.charges.astype(object)
        matrices.charges[place, part] = charged


def score_totals(
    plan: Plan, columns: Columns, matrices: Matrices, part: slice, note: Note = silent
) -> Totals:
    """Steps 6 to 16 for a block of units; ranks aside, which need the whole group."""
    return Block(plan, columns, matrices, part, note).totals()


def rank_totals(plan: Plan, totals: Totals) -> Ranks:
    """Step 15 for all units."""
    return rank_all(plan, totals.total, ranked(totals), totals.breaks)


def ranked(totals: Totals) -> Mask:
    """Who has a rank: scored, and covered well enough."""
    return np.asarray((totals.state == UNIT_SCORED) & totals.covered, dtype=bool)
