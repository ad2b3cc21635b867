"""Steps 4 and 5 for items that bind the units of a group: compared with each other, or a share of the mean.

Invariant: stopped units leave every comparison; as long as one of a group is open on an item, no unit of
the group has points there that depend on the others.
Source: `docs/scheme.md`, "Measured against the group".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govscore.rules.arithmetic import multiply_divide
from govscore.rules.peers import sum_of
from govscore.scoring.columns import OPEN, REVIEWED
from govscore.scoring.comparison import Comparison
from govscore.scoring.engine import score_row
from govscore.scoring.given import put_points
from govscore.scoring.vetoes import stops

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from govscore.rules.arithmetic import Array, Mask
    from govscore.scoring.column_table import Columns
    from govscore.scoring.engine import Matrices
    from govscore.scoring.plan import Plan


def compare(
    plan: Plan, columns: Columns, matrices: Matrices, rows: Iterable[int], *, again: bool = True
) -> None:
    """Scores items that bind the units of a group, for the whole roster.

    Args:
        plan: the scheme laid out.
        columns: all facts.
        matrices: where the items' points go; every other item is in them.
        rows: the items.
        again: they were compared before, so that each is scored by itself first.
    """
    everybody = slice(0, len(plan.units))
    for row in rows if again else ():
        score_row(plan, columns, matrices, row, everybody)
    stopped, undecided = stops(plan, columns, everybody, matrices)
    for row in rows:
        there = plan.assigned[row] & ~stopped
        state = matrices.state[row].copy()
        pending = there & ((state == OPEN) | (undecided & (state == REVIEWED)))
        waits = _anywhere(plan, pending)
        if row in plan.bonds.measured:
            score_row(plan, columns, matrices, row, everybody, comparison_of(plan, row, stopped))
            reviewed = state == REVIEWED
            _hold(plan, matrices, row, reviewed & waits & there, reviewed & stopped)
        if row in plan.bonds.averaged:
            _average(plan, matrices, row, there, waits)


def comparison_of(plan: Plan, row: int, stopped: Mask) -> Comparison:
    """Who is compared on an item."""
    names = tuple(unit.name for unit in plan.units)
    return Comparison(tuple(plan.groups.values()), plan.assigned[row] & ~stopped, names)


def comparison_on(plan: Plan, columns: Columns, matrices: Matrices, row: int) -> Comparison | None:
    """Who is compared on an item, as things stand; None: it is not measured against the group."""
    if row not in plan.bonds.measured:
        return None
    stopped, _undecided = stops(plan, columns, slice(0, len(plan.units)), matrices)
    return comparison_of(plan, row, stopped)


def _anywhere(plan: Plan, pending: Mask) -> Mask:
    """Whose group has a unit where something is pending."""
    found = np.zeros(pending.shape, dtype=bool)
    for group in plan.groups.values():
        found[group] = pending[group].any()
    return found


def _hold(plan: Plan, matrices: Matrices, row: int, waiting: Mask, gone: Mask) -> None:
    """Takes back the points of units that wait for others, and of those that left the comparison."""
    held = waiting | gone
    matrices.state[row, held] = OPEN
    matrices.points[row, held] = 0
    matrices.took[row, held] = False
    if matrices.out is not None:
        matrices.out[row, held] = 0
    matrices.waiting[row] = held
    for place in plan.charged_by.get(row, ()):
        matrices.charges[place, held] = 0


def _average(plan: Plan, matrices: Matrices, row: int, there: Mask, waits: Mask) -> None:
    """Gives those to whom the item is not applicable the group's mean share of their points."""
    absent = there & matrices.excused[row]
    matrices.state[row, absent & waits] = OPEN
    matrices.waiting[row] |= absent & waits
    full = np.broadcast_to(plan.full[row], there.shape)
    for group in plan.groups.values():
        given = group[(absent & ~waits)[group]]
        share, _units = mean_share(plan, matrices, row, group[there[group]]) if given.size else (None, 0)
        if share is not None:
            points = multiply_divide(full[given], share.numerator, share.denominator)
            put_points(matrices, row, given, points)


def mean_share(plan: Plan, matrices: Matrices, row: int, units: Array) -> tuple[Fraction | None, int]:
    """The mean share of an item's points that units have, and how many have any; None: nobody.

    Args:
        plan: the scheme laid out.
        matrices: the points.
        row: the item.
        units: places of those units of a group that are not stopped.
    """
    peers = units[matrices.state[row, units] == REVIEWED]
    if not peers.size:
        return None, 0
    full = np.broadcast_to(plan.full[row], (len(plan.units),))
    return sum_of(matrices.points[row, peers], full[peers]) / peers.size, peers.size


def waited_for(plan: Plan, columns: Columns, matrices: Matrices, row: int, place: int) -> tuple[str, ...]:
    """Whom a unit waits for on an item: names of units still to be reviewed, or perhaps stopped."""
    stopped, undecided = stops(plan, columns, slice(0, len(plan.units)), matrices)
    state, waiting = matrices.state[row], matrices.waiting[row]
    reviewed = (state == REVIEWED) | (waiting & ~matrices.excused[row])
    pending = plan.assigned[row] & ~stopped & (((state == OPEN) & ~waiting) | (undecided & reviewed))
    group = plan.groups[plan.units[place].group]
    return tuple(plan.units[each].name for each in group[pending[group]])
