"""What parts units with equal totals: the points of sections and items that `tie_break` names.

Invariant: points are compared as marks, the greater first; of a major deduction the smaller first.
What a unit does not have (not assigned, not applicable, locked) counts as 0 here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govscore.rules.arithmetic import marks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govscore.rules.arithmetic import Array, Mask
    from govscore.scoring.plan import Plan, TieBreak


def tie_columns(
    plan: Plan,
    points: Array,
    sections: Mapping[str, Array],
    locked: Mapping[str, Mask],
    stopped: Mapping[str, Mask],
) -> list[Array]:
    """Marks that break ties, one column for each id: the greater comes first.

    Args:
        plan: the scheme laid out.
        points: (items, units) in the finest units.
        sections: points of each section, less what is charged there, before its lower limit.
        locked: where the bonus counts nothing, by part ("": of the total).
        stopped: where a veto stops the part, so that nothing in it counts.
    """
    found = []
    for each in plan.tie_breaks:
        column = _column(each, points, sections)
        if each.owner in stopped:
            column = np.where(stopped[each.owner], 0, column)
        if each.kind == "bonus":
            column = np.where(locked[each.owner], 0, column)
        column = marks(column)
        found.append(-column if each.deducts else column)
    return found


def _column(each: TieBreak, points: Array, sections: Mapping[str, Array]) -> Array:
    if each.kind is None:
        return np.zeros(points.shape[1], dtype=np.int64)
    column = sections[each.id] if each.row is None else points[each.row]
    return np.maximum(column, 0) if each.floored else column


def part(codes: Array, columns: Sequence[Array], decided: Mask) -> Array:
    """Codes of units, the greater the better, parted by columns where they are equal.

    Args:
        codes: from 0 without a gap, equal for units with equal totals.
        columns: what parts them, one after the other.
        decided: (columns, units); set where a column parted a unit from another.
    """
    level = np.flatnonzero(np.bincount(codes)[codes] > 1)
    if not level.size:
        return codes
    mine = codes[level]
    for row, column in enumerate(columns):
        sizes = np.bincount(mine)
        values, place = np.unique(column[level], return_inverse=True)
        _values, finer = np.unique(mine * len(values) + place, return_inverse=True)
        decided[row, level] = np.bincount(finer)[finer] < sizes[mine]
        mine = finer
    whole = codes * (len(mine) + 1)
    whole[level] += mine
    _values, parted = np.unique(whole, return_inverse=True)
    return np.asarray(parted)
