"""Step 4 of the order of application: each item's points, for a block of units.

Invariant: the bulk run and the trace call the same function; only `note` differs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from govscore.points import UNITS_PER_POINT, from_fraction
from govscore.rules.arithmetic import narrow
from govscore.rules.values import ONCE
from govscore.rules.view import View, silent
from govscore.scoring.columns import NOT_APPLICABLE, OPEN, REVIEWED
from govscore.scoring.comparison import peers_of
from govscore.scoring.matters import may_vanish

if TYPE_CHECKING:
    from fractions import Fraction

    from govscore.facts.rows import Row
    from govscore.rules.arithmetic import Array, Mask
    from govscore.rules.base import Outcome
    from govscore.rules.view import Note
    from govscore.scheme.model import Item
    from govscore.scoring.columns import EntryColumns
    from govscore.scoring.comparison import Comparison
    from govscore.scoring.yielding import Yielded


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item for a block of units that it is assigned to or not."""

    points: Array
    """After the item's own limits; 0 where it is not reviewed or not applicable."""
    state: Array
    """OPEN, NOT_APPLICABLE, REVIEWED or UNCLAIMED."""
    took: Mask
    """Where it took points, so that its `effect` acts."""
    doubtful: Mask
    """Open, and perhaps not applicable in the end, since the start lacks a fact."""
    charges: dict[str, Array] = field(default_factory=dict)
    """What it takes elsewhere, by section or "total"; outside of its limits."""


def score_item(
    item: Item,
    columns: EntryColumns,
    part: slice,
    floored: bool,
    note: Note = silent,
    rows: tuple[Row, ...] = (),
    times: Fraction = ONCE,
    left: Yielded | None = None,
    comparison: Comparison | None = None,
) -> ItemScore:
    """The item's points: start → ceiling → lines → `zero_if` → upper limit → lower limit.

    Args:
        item: what to score.
        columns: its columns.
        part: the block of units.
        floored: whether a base item ends at 0 (`floor_at = "item"`).
        note: records the steps for a trace.
        rows: for a trace of one unit, its findings on the item.
        times: what everything that minus lines take counts (`times` of the whole).
        left: what its lines that yield to other items have left to charge.
        comparison: of an item that is measured against the group: who is compared with whom.
    """
    state = columns.state[part]
    view = View(len(state), item.frame.full, item.asked, columns.view(part), times, rows)
    if left is not None:
        view.without, view.spared = left.left, left.spared
    if item.rule.compares():
        view.peers = peers_of(item, columns, part, comparison)
    outcome = item.rule.evaluate(view, item.frame, note)
    if left is not None:  # what is not applicable by its start waits for nothing
        state = np.where((state == REVIEWED) & left.waiting & outcome.valued, OPEN, state)
    return limited(item, outcome, state, floored=floored, note=note)


def limited(item: Item, outcome: Outcome, state: Array, *, floored: bool, note: Note = silent) -> ItemScore:
    """What a rule comes to within the item's limits.

    Args:
        item: what is scored.
        outcome: what its rule comes to.
        state: OPEN, NOT_APPLICABLE, REVIEWED or UNCLAIMED.
        floored: whether a base item ends at 0.
        note: records the step for a trace.
    """
    points = outcome.points
    low, high = item.rule.limits(item.frame, floored=floored)
    if high is not None:
        points = np.minimum(points, high)
    if low is not None:
        points = np.maximum(points, low)
    note("limits", points=points, before=outcome.points, upper=high)
    state = np.where((state == REVIEWED) & ~outcome.valued, NOT_APPLICABLE, state)
    counts = state == REVIEWED
    doubtful = (state == OPEN) & ~outcome.valued if may_vanish(item) else np.zeros(len(state), dtype=bool)
    return ItemScore(
        points=narrow(np.where(counts, points, 0)),
        state=state,
        doubtful=doubtful,
        took=np.asarray((outcome.taken > 0) & counts, dtype=bool),
        charges={target: narrow(np.where(counts, each, 0)) for target, each in outcome.charges.items()},
    )


def span_of(item: Item, floored: bool) -> tuple[int | None, int | None]:
    """The lowest and highest points the item can still come to while it is open; None: no limit.

    It may turn out not to be applicable, so 0 is always possible, and a base item that ends below its
    points may as well leave the possible points: it counts as reaching them.
    """
    low, high = item.rule.limits(item.frame, floored=floored)
    if low is not None:
        low = min(0, low)
    elif not item.rule.minus and item.rule.kind in ("deduct", "earn", "level", "events", "rank"):
        low = 0
    return low, None if high is None else max(high, 0, int(item.points or 0))


def charge_span(item: Item, target: str, times: Fraction) -> int | None:
    """The most that an open item can still take from a section or from the total; None: no limit."""
    most = 0
    for side, _place, line in item.rule.lines():
        if line.from_ != target:
            continue
        limit = None
        if line.form == "once" and line.once is not None:
            factor = (times * (item.rule.times or 1) if side == "minus" else 1) * (line.times or 1)
            limit = int(from_fraction(line.once.of(item.frame.full) * factor / UNITS_PER_POINT))
        if line.cap is not None:
            cap = line.cap.units(item.frame.full)
            limit = cap if limit is None else min(limit, cap)
        if limit is None:
            return None
        most += limit
    return most


__all__ = ["OPEN", "ItemScore", "charge_span", "score_item", "span_of"]
