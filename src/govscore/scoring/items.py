"""Step 4 of the order of application: each item's points, for a block of units.

Invariant: the bulk run and the trace call the same function; only `note` differs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from govscore.points import UNITS_PER_POINT, from_fraction
from govscore.rules.arithmetic import narrow
from govscore.rules.times import multiplier
from govscore.rules.values import ONCE
from govscore.rules.view import View, silent
from govscore.scoring.columns import NOT_APPLICABLE, OPEN, REVIEWED, EntryColumns
from govscore.scoring.comparison import peers_of
from govscore.scoring.matters import may_vanish

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from govscore.facts.events import Pooled
    from govscore.facts.rows import Row
    from govscore.rules.arithmetic import Array, Mask
    from govscore.rules.base import Outcome
    from govscore.rules.reach import Limits
    from govscore.rules.view import Note
    from govscore.scheme.model import Item
    from govscore.scoring.alike import Together
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
    """Where it took points, so that its `effect` acts; nowhere if it has none."""
    doubtful: Mask
    """Open, and perhaps not applicable in the end, since the start lacks a fact."""
    charges: dict[str, Array] = field(default_factory=dict)
    """What it takes elsewhere, by section or "total"; outside of its limits."""
    out: Array | None = None
    """What periods that are not applicable take out of its possible points; None: nothing for anybody."""

    def of(self, row: int) -> ItemScore:
        """The scores of one of several items."""
        return ItemScore(
            self.points[row],
            self.state[row],
            self.took[row],
            self.doubtful[row],
            {target: each[row] for target, each in self.charges.items()},
        )


def score_item(
    item: Item,
    columns: EntryColumns | Together,
    part: slice | Array,
    floored: bool,
    note: Note = silent,
    rows: tuple[Row, ...] = (),
    times: Fraction = ONCE,
    left: Yielded | None = None,
    pooled: Pooled | None = None,
    comparison: Comparison | None = None,
    limits: Limits | None = None,
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
        pooled: for a trace of one unit: what its events count among those of several items.
        comparison: of an item that is measured against the group: who is compared with whom.
        limits: those of its limits that can act at all, if that was found out; None: all.
    """
    at_levels = item.variants.at_levels()
    if len(at_levels) > 1:
        return _by_level(at_levels, columns, part, floored, note, rows, times, left, comparison)
    item, state = at_levels[0], columns.state[part]
    view = View(state.shape, item.frame.full, item.asked, columns.view(part), times, rows)
    view.pooled = pooled
    if left is not None:
        view.without, view.spared = left.left, left.spared
    if isinstance(columns, EntryColumns) and item.rule.compares():  # such an item is scored alone
        view.peers = peers_of(item, columns, part, comparison)
    outcome = item.rule.evaluate(view, item.frame, note)
    if left is not None:  # what is not applicable by its start waits for nothing
        waits = left.waiting if outcome.valued is None else left.waiting & outcome.valued
        state = np.where((state == REVIEWED) & waits, OPEN, state)
    return limited(item, outcome, state, limits or item.rule.limits(item.frame, floored=floored), note)


def limited(item: Item, outcome: Outcome, state: Array, limits: Limits, note: Note = silent) -> ItemScore:
    """What a rule comes to within the item's limits.

    Args:
        item: what is scored.
        outcome: what its rule comes to.
        state: OPEN, NOT_APPLICABLE, REVIEWED or UNCLAIMED.
        limits: where its points end, below and above.
        note: records the step for a trace.
    """
    points = outcome.points
    low, high = limits
    if high is not None:
        points = np.minimum(points, high)
    if low is not None:
        points = np.maximum(points, low)
    note("limits", points=points, before=outcome.points, upper=high)
    counts = state == REVIEWED
    took = doubtful = np.zeros(state.shape, dtype=bool)
    if outcome.valued is not None:
        state = np.where(counts & ~outcome.valued, NOT_APPLICABLE, state)
        counts = counts & outcome.valued
        if may_vanish(item):
            doubtful = (state == OPEN) & ~outcome.valued
    if item.effect is not None:
        took = np.asarray((outcome.taken > 0) & counts, dtype=bool)
    return ItemScore(
        points=narrow(np.where(counts, points, 0)),
        state=state,
        doubtful=doubtful,
        took=took,
        charges={target: narrow(np.where(counts, each, 0)) for target, each in outcome.charges.items()},
    )


def _by_level(
    at_levels: tuple[Item, ...],
    columns: EntryColumns | Together,
    part: slice | Array,
    floored: bool,
    note: Note,
    rows: tuple[Row, ...],
    times: Fraction,
    left: Yielded | None,
    comparison: Comparison | None,
) -> ItemScore:
    """An item in which something depends on the level that the reviewer picked; level after level."""
    places = np.arange(len(columns.state))[part]
    picked = columns.view(places)["level"].values["x"]
    found: list[tuple[Array, ItemScore]] = []
    for number in np.unique(picked):
        mine = np.flatnonzero(picked == number)
        yielding = None if left is None else left.of(mine)
        score = score_item(
            at_levels[int(number)], columns, places[mine], floored, note, rows, times, yielding, None,
            comparison,
        )  # fmt: skip
        found.append((mine, score))

    def joined(columns: Iterable[Array]) -> Array:
        parts = list(columns)
        whole = np.zeros(len(places), dtype=np.result_type(*parts))
        for (mine, _score), one in zip(found, parts, strict=True):
            whole[mine] = one
        return whole

    return ItemScore(
        points=joined(score.points for _mine, score in found),
        state=joined(score.state for _mine, score in found),
        took=joined(score.took for _mine, score in found),
        doubtful=joined(score.doubtful for _mine, score in found),
        charges={
            target: joined(score.charges[target] for _mine, score in found) for target in found[0][1].charges
        },
    )


def span_of(item: Item, floored: bool) -> tuple[int | None, int | None]:
    """The lowest and highest points the item can still come to while it is open; None: no limit.

    It may turn out not to be applicable, so 0 is always possible, and a base item that ends below its
    points may as well leave the possible points: it counts as reaching them.
    """
    at_levels = item.variants.at_levels()
    if len(at_levels) > 1:
        ends = [span_of(each, floored) for each in at_levels]
        lows = [low for low, _high in ends if low is not None]
        highs = [high for _low, high in ends if high is not None]
        unlimited = len(lows) < len(ends), len(highs) < len(ends)
        return None if unlimited[0] else min(lows), None if unlimited[1] else max(highs)
    item = at_levels[0]
    low, high = item.rule.limits(item.frame, floored=floored)
    if low is not None:
        low = min(0, low)
    elif not item.rule.minus and item.rule.kind in ("deduct", "earn", "level", "events", "rank"):
        low = 0
    return low, None if high is None else max(high, 0, int(item.full or 0) if item.kind == "base" else 0)


def charge_span(item: Item, target: str, times: Fraction, periods: int = 1) -> int | None:
    """The most that an open item can still take from a section or from the total; None: no limit.

    Args:
        item: which.
        target: where it takes.
        times: `times` of the whole.
        periods: in how many it is asked.
    """
    at_levels = item.variants.at_levels()
    if len(at_levels) > 1:
        each_most = [charge_span(each, target, times, periods) for each in at_levels]
        return None if None in each_most else max(each or 0 for each in each_most)
    item, most = at_levels[0], 0
    rounds = periods if item.rule.combine == "lines" else 1
    for side, _place, line in item.rule.lines():
        if line.from_ != target:
            continue
        limit = None
        if line.form == "once" and line.once is not None:
            factor = times * multiplier(item.rule.times) if side == "minus" else ONCE
            limit = int(from_fraction(line.most_once(item.frame.full) * factor * rounds / UNITS_PER_POINT))
        if line.cap is not None:
            cap = line.cap.units(item.frame.full)
            limit = cap if limit is None else min(limit, cap)
        if limit is None:
            return None
        most += limit
    return most * (periods // rounds)


__all__ = ["OPEN", "ItemScore", "charge_span", "score_item", "span_of"]
