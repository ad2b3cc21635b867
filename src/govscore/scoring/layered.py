"""Items that are asked more than once: each layer's points, then reviewers, then periods.

Invariant: a layer is scored by the code that scores an item that is asked once; nothing here reads a fact.
Source: `docs/scheme.md`, "Asked in every period".
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from govscore.rules.arithmetic import divide_columns, narrow
from govscore.rules.values import ONCE
from govscore.rules.view import Stack, View, silent, sum_of
from govscore.scoring.columns import NOT_APPLICABLE, OPEN, REVIEWED, UNCLAIMED
from govscore.scoring.comparison import stacked_peers
from govscore.scoring.established import Layer
from govscore.scoring.items import ItemScore, limited, score_item, span_of
from govscore.scoring.panels import over_reviewers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from govscore.facts.events import Pooled
    from govscore.facts.rows import Row
    from govscore.rules.arithmetic import Array, Mask
    from govscore.rules.view import Note
    from govscore.scheme.model import Item
    from govscore.scoring.column_table import Columns
    from govscore.scoring.comparison import Comparison
    from govscore.scoring.layered_columns import LayeredColumns
    from govscore.scoring.yielding import Yielded


def score_entry(
    item: Item,
    columns: Columns,
    part: slice | Array,
    floored: bool,
    note: Note = silent,
    rows: tuple[Row, ...] = (),
    times: Fraction = ONCE,
    left: Mapping[Layer, Yielded] | None = None,
    pooled: Pooled | None = None,
    comparison: Comparison | None = None,
) -> ItemScore:
    """The points of an item, asked once or more often; the arguments are those of `score_item`.

    What its yielding lines have left to charge is given by layer.
    """
    left = left or {}
    if item.id not in columns.layered:
        return score_item(
            item, columns.entries[item.id], part, floored, note, rows, times, left.get(Layer()), pooled,
            comparison,
        )  # fmt: skip
    return score_layers(
        Scoring(
            item=item, columns=columns.layered[item.id], part=part, floored=floored, note=note, rows=rows,
            times=times, left=left, comparison=comparison,
        )
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """How the layers of an item are scored: what all of them have in common."""

    item: Item
    columns: LayeredColumns
    part: slice | Array
    floored: bool
    note: Note = silent
    rows: tuple[Row, ...] = ()
    times: Fraction = ONCE
    left: Mapping[Layer, Yielded] = field(default_factory=dict)
    """What yielding lines have left to charge, by layer."""
    pooled: Pooled | None = None
    comparison: Comparison | None = None
    """Of an item that is measured against the group: who is compared with whom."""


def score_layers(scoring: Scoring) -> ItemScore:
    """The points of an item that is asked more than once, for a block of units."""
    item, columns, part = scoring.item, scoring.columns, scoring.part
    if item.rule.combine == "lines":
        score = over_reviewers(
            item, {each: (_lines(scoring, each), columns.began(each, part)) for each in columns.reviewers},
            len(columns.unclaimed[part]), scoring.note,
        )  # fmt: skip
    elif item.rule.combine is None:
        score = _of_period(scoring, "")
    else:
        each = [_of_period(scoring, period) for period in columns.spans]
        score = _over_periods(scoring, each)
    state = np.where(columns.unclaimed[part], UNCLAIMED, score.state)
    return replace(score, state=state)


def _of_period(scoring: Scoring, period: str) -> ItemScore:
    """The points of one period, after all its reviewers."""
    columns, part = scoring.columns, scoring.part
    layers = {each: Layer(each, period) for each in columns.reviewers}
    scores = {each: (_layer(scoring, layer), columns.rated[layer][part]) for each, layer in layers.items()}
    return over_reviewers(scoring.item, scores, len(columns.unclaimed[part]), scoring.note)


def _layer(scoring: Scoring, layer: Layer) -> ItemScore:
    """The points of one reviewer's facts of one period."""
    scoring.note("layer", layer=layer)
    rows = tuple(row for row in scoring.rows if row.period == layer.period and row.reviewer == layer.reviewer)
    columns = scoring.columns.layers[layer]
    left = scoring.left.get(layer)
    return score_item(
        scoring.item, columns, scoring.part, scoring.floored, scoring.note, rows, scoring.times, left,
        scoring.pooled, scoring.comparison,
    )  # fmt: skip


# --- periods ------------------------------------------------------------------


def _over_periods(scoring: Scoring, each: Sequence[ItemScore]) -> ItemScore:
    """`sum` and `mean`: what the applicable periods come to; open while one of them is."""
    applies = np.array([score.state != NOT_APPLICABLE for score in each], dtype=bool)
    state = _state(np.array([score.state for score in each]))
    periods = [score.points for score in each]
    points = sum_of(periods)
    summed, out = points, np.zeros(state.shape, dtype=np.int64)
    if scoring.item.rule.combine == "mean":
        points = divide_columns(points, np.maximum(applies.sum(axis=0), 1))
    else:
        out = _taken_out(scoring.item, applies)
        if scoring.item.full is not None:
            points = np.minimum(points, int(scoring.item.full) - out)
    scoring.note("periods", each=periods, applies=applies, summed=summed, points=points)
    counts = state == REVIEWED
    charges = {
        target: np.where(counts, sum_of([score.charges[target] for score in each]), 0)
        for target in each[0].charges
    }
    doubtful = np.asarray(np.array([score.doubtful for score in each]).any(axis=0), dtype=bool)
    took = np.array([score.took for score in each], dtype=bool).any(axis=0) & counts
    out = np.where(counts, out, 0)
    return ItemScore(narrow(np.where(counts, points, 0)), state, took, doubtful, charges, out)


def _taken_out(item: Item, applies: Mask) -> Array:
    """What periods that are not applicable take out of the possible points of a base item."""
    gone = (~applies).sum(axis=0)
    if item.kind != "base" or item.full is None:
        return np.zeros_like(gone)
    return np.asarray(np.minimum(gone * (item.frame.full or 0), int(item.full)))


def _state(states: Array) -> Array:
    """(periods, units) to (units,): open while a period is, not applicable where all are."""
    opened, none = (states == OPEN).any(axis=0), (states == NOT_APPLICABLE).all(axis=0)
    return np.select([opened, none], [OPEN, NOT_APPLICABLE], REVIEWED)


def _lines(scoring: Scoring, reviewer: str) -> ItemScore:
    """`lines`: one start, and the lines of all periods."""
    item, columns, part = scoring.item, scoring.columns, scoring.part
    scoring.note("layer", layer=Layer(reviewer))
    state = _state(np.array([columns.layers[Layer(reviewer, each)].state[part] for each in columns.spans]))
    facts, applies = columns.stacked(part, reviewer)
    stack = Stack(tuple(columns.spans), applies)
    rows = tuple(row for row in scoring.rows if row.reviewer == reviewer)
    view = View(len(state), item.frame.full, item.asked, facts, scoring.times, rows, stack=stack)
    if scoring.left:
        mine = {Layer(reviewer, period): scoring.left[Layer(reviewer, period)] for period in columns.spans}
        waiting = np.array([each.waiting for each in mine.values()]).any(axis=0)
        _yield(view, columns, part, mine)
    if item.rule.compares():
        view.peers = stacked_peers(item, columns, reviewer, part, scoring.comparison)
    outcome = item.rule.evaluate(view, item.frame, scoring.note)
    if scoring.left:
        waits = waiting if outcome.valued is None else waiting & outcome.valued
        state = np.where((state == REVIEWED) & waits, OPEN, state)
    limits = item.rule.limits(item.frame, floored=scoring.floored)
    return limited(item, outcome, state, limits, scoring.note)


def span_of_layers(item: Item, floored: bool, periods: int) -> tuple[int | None, int | None]:
    """As `span_of`, of an item that is asked in so many periods."""
    low, high = span_of(item, floored)
    if item.rule.combine != "sum":
        return low, high
    low = None if low is None else low * periods
    if item.kind == "base":
        return low, int(item.full or 0)
    high = None if high is None else high * periods
    ends = [end for end in (high, item.full) if end is not None]
    return low, min(map(int, ends)) if ends else None


def _yield(view: View, columns: LayeredColumns, part: slice | Array, left: Mapping[Layer, Yielded]) -> None:
    """Gives the view of all periods what yielding lines have left to charge in them."""
    reviewer = next(iter(left)).reviewer
    for named in dict.fromkeys(named for each in left.values() for named in each.left):
        instead = {layer: each.left.get(named, {}) for layer, each in left.items()}
        view.without = {**view.without, named: columns.stacked(part, reviewer, instead)[0]}
    for each in left.values():
        for key, gone in each.spared.items():
            view.spared = {**view.spared, key: (*view.spared.get(key, ()), *gone)}
