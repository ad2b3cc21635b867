"""Step 4 of the order of application: each item's points, for a block of units.

Invariant: the bulk run and the trace call the same function; only `note` differs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from govscore.rules.arithmetic import narrow
from govscore.rules.view import View, silent
from govscore.scoring.columns import NOT_APPLICABLE, OPEN, REVIEWED

if TYPE_CHECKING:
    from govscore.facts.rows import Row
    from govscore.rules.arithmetic import Array, Mask
    from govscore.rules.view import Note
    from govscore.scheme.model import Item
    from govscore.scoring.columns import EntryColumns


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item for a block of units that it is assigned to or not."""

    points: Array
    """After the item's own limits; 0 where it is not reviewed or not applicable."""
    state: Array
    """OPEN, NOT_APPLICABLE, REVIEWED or UNCLAIMED."""
    took: Mask
    """Where it took points, so that its `effect` acts."""


def score_item(
    item: Item,
    columns: EntryColumns,
    part: slice,
    floored: bool,
    note: Note = silent,
    rows: tuple[Row, ...] = (),
) -> ItemScore:
    """The item's points: start → lines → `zero_if` → upper limit → lower limit.

    Args:
        item: what to score.
        columns: its columns.
        part: the block of units.
        floored: whether a base item ends at 0 (`floor_at = "item"`).
        note: records the steps for a trace.
        rows: for a trace of one unit, its findings on the item.
    """
    state = columns.state[part]
    view = View(len(state), item.frame.full, item.asked, columns.view(part), rows)
    outcome = item.rule.evaluate(view, item.frame, note)
    points = outcome.points
    if item.full is not None:
        points = np.minimum(points, int(item.full))
    if item.kind != "base" or floored:
        points = np.maximum(points, 0)
    note(
        "limits",
        points=points,
        before=outcome.points,
        upper=item.full,
        floored=item.kind != "base" or floored,
    )
    state = np.where((state == REVIEWED) & ~outcome.valued, NOT_APPLICABLE, state)
    counts = state == REVIEWED
    return ItemScore(
        points=narrow(np.where(counts, points, 0)),
        state=state,
        took=np.asarray((outcome.taken > 0) & counts, dtype=bool),
    )


def span_of(item: Item, floored: bool) -> tuple[int | None, int | None]:
    """The lowest and highest points the item can still come to while it is open; None: no limit."""
    low: int | None = 0
    if item.kind == "base" and not floored:
        low = None if item.rule.minus or item.rule.kind not in ("deduct", "earn", "level", "events") else 0
    return low, None if item.full is None else int(item.full)


__all__ = ["OPEN", "ItemScore", "score_item", "span_of"]
