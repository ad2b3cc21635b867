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


def tie_columns(plan: Plan, points: Array, sections: Mapping[str, Array], locked: Mask) -> list[Array]:
    """Marks that break ties, one column for each id: the greater comes first.

    Args:
        plan: the scheme laid out.
        points: (items, units) in the finest units.
        sections: points of each section, less what is charged there, before its lower limit.
        locked: where the bonus counts nothing.
    """
    return [_column(plan, each, points, sections, locked) for each in plan.tie_breaks]


def _column(plan: Plan, each: TieBreak, points: Array, sections: Mapping[str, Array], locked: Mask) -> Array:
    if each.kind is None:
        return np.zeros(points.shape[1], dtype=np.int64)
    column = sections[each.id] if each.row is None else points[each.row]
    if each.kind == "bonus":
        column = np.where(locked, 0, column)
    elif each.kind == "base" and _is_floored(plan, each):
        column = np.maximum(column, 0)
    column = marks(column)
    return -column if each.deducts else column


def _is_floored(plan: Plan, each: TieBreak) -> bool:
    """Whether it is a top section that never goes below 0; a loose item is its own under "section"."""
    scheme, floor_at = plan.scheme, plan.scheme.model.total.floor_at
    if each.row is None:
        return scheme.sections[each.id].section is None and floor_at != "none"
    return plan.items[each.row].section is None and floor_at == "section"


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
