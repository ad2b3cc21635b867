"""Scoring from columns against the same scheme written by hand in float numpy."""

from __future__ import annotations

import statistics
import time
import tracemalloc
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from bench import float_limit, large
from bench.measure import Measure
from govscore.scoring.standings import standings

if TYPE_CHECKING:
    from collections.abc import Callable

    from govscore.scoring.column_table import Columns
    from govscore.scoring.plan import Plan

SIZES: Final = ((120, 1, 60, 1.5), (3_000, 1, 20, 1.5), (3_000, 84, 3, 1.0))
"""Units, how often they are taken over, rounds, and the goal."""
CLOSE: Final = 2 / 10_000
"""How far a float total may be from the exact one."""
LINES: Final = (60, 80, 90)
HONEST: Final = 20.0
"""The float scorer may take so many times one addition over all its cells."""
EXTRA: Final = 60.0
MEGABYTE: Final = 1e6


def run() -> list[Measure]:
    """Both scorers in turn, from small to large."""
    return [each for size in SIZES for each in _at_size(*size)]


def _at_size(units: int, times: int, rounds: int, goal: float) -> list[Measure]:
    plan, columns = large.assessment(units, times)
    material = float_limit.prepare(plan, columns)
    _agree(plan, columns, material)
    block = np.zeros(material.states.shape)
    by_hand, add, ours = _medians(
        rounds,
        partial(float_limit.score, material),
        partial(np.add, block, 1.0, out=block),
        partial(standings, plan, columns),
    )
    shape = f"{units * times} × 60"
    note = f"exact {ours * 1_000:.2f} ms, float by hand {by_hand * 1_000:.2f} ms"
    found = [
        Measure(
            name=f"exact scoring ÷ float by hand, {shape}",
            value=ours / by_hand,
            unit="×",
            limit=goal,
            note=note,
        ),
        Measure(
            name=f"float by hand ÷ one np.add over the block, {shape}",
            value=by_hand / add,
            unit="×",
            limit=HONEST if times > 1 else None,
        ),
    ]
    if times > 1:
        found.append(
            Measure(
                name=f"memory beside the columns, {shape}",
                value=_extra(plan, columns) / MEGABYTE,
                unit="MB",
                limit=EXTRA,
            )
        )
    return found


def _extra(plan: Plan, columns: Columns) -> int:
    """The most memory that scoring held at any moment, beside plan and columns."""
    tracemalloc.start()
    standings(plan, columns)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _medians(rounds: int, *actions: Callable[[], object]) -> list[float]:
    """Seconds of processor time, in turn: other work on the machine counts for nobody."""
    spent: list[list[float]] = [[] for _action in actions]
    for count in range(rounds + 2):
        for times, action in zip(spent, actions, strict=True):
            start = time.process_time()
            action()
            if count >= 2:
                times.append(time.process_time() - start)
    return [statistics.median(times) for times in spent]


def _agree(plan: Plan, columns: Columns, material: float_limit.Material) -> None:
    """The hand-written scorer must score the same scheme: totals, grades, who is scored.

    Raises:
        AssertionError: it does not.
    """
    exact = standings(plan, columns)
    by_hand = float_limit.score(material)
    ours = np.asarray(exact.total, dtype=np.float64) / 1e8
    known = exact.rank > 0
    assert (known == by_hand.scored).all(), np.flatnonzero(known != by_hand.scored)[:5]
    apart = np.abs(by_hand.total - ours)[known]
    assert apart.max() <= CLOSE, (apart.max(), np.flatnonzero(known)[apart > CLOSE][:5])
    clear = known & np.all([np.abs(ours - line) > CLOSE for line in LINES], axis=0)
    assert (exact.grade == by_hand.grades)[clear].all(), np.flatnonzero(
        (exact.grade != by_hand.grades) & clear
    )[:5]
    parted = int((exact.rank != by_hand.ranks).sum())
    assert parted <= known.sum() // 100, parted
