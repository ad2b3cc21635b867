"""Scoring from columns against the same scheme written by hand in float numpy; reported only."""

from __future__ import annotations

import statistics
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from bench import float_limit
from bench.material import facts, scheme, units
from bench.measure import Measure, timed
from govscore.scoring.board import Board
from govscore.scoring.engine import rank_totals, score_matrices, score_totals

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES: Final = ((120, 60), (3_000, 20))
CLOSE: Final = 2 / 10_000
"""How far a float total may be from the exact one."""


def run() -> list[Measure]:
    """Both scorers in turn, at two sizes."""
    found = []
    for size, rounds in SIZES:
        board = Board(scheme(), facts(size), units(size))
        material = float_limit.prepare(board)
        _agree(board, material)
        block = np.zeros((60, size))
        by_hand, add, ours = _medians(
            rounds,
            partial(float_limit.totals, material),
            partial(np.add, block, 1.0, out=block),
            partial(_exact, board),
        )
        shape = f"{size} × 60"
        note = f"exact {ours * 1_000:.2f} ms, float by hand {by_hand * 1_000:.2f} ms"
        found.append(
            Measure(name=f"exact scoring ÷ float by hand, {shape}", value=ours / by_hand, unit="×", note=note)
        )
        found.append(
            Measure(name=f"float by hand ÷ one np.add over the block, {shape}", value=by_hand / add, unit="×")
        )
    return found


def _exact(board: Board) -> None:
    matrices = score_matrices(board.plan, board.columns)
    everything = slice(0, len(board.plan.units))
    rank_totals(board.plan, score_totals(board.plan, board.columns, matrices, everything))


def _medians(rounds: int, *actions: Callable[[], object]) -> list[float]:
    spent: list[list[float]] = [[] for _action in actions]
    for count in range(rounds + 3):
        for times, action in zip(spent, actions, strict=True):
            seconds = timed(action)
            if count >= 3:
                times.append(seconds)
    return [statistics.median(times) for times in spent]


def _agree(board: Board, material: float_limit.Material) -> None:
    """The hand-written scorer must score the same scheme: same totals, same units scored.

    Raises:
        AssertionError: it does not.
    """
    by_hand, _ranks, scored = float_limit.totals(material)
    ours = np.asarray(board.totals.total, dtype=np.float64) / 1e8
    known = board.ranks > 0
    assert (known == scored).all(), np.flatnonzero(known != scored)[:5]
    worst = float(np.abs(by_hand - ours)[known].max())
    assert worst <= CLOSE, (worst, np.flatnonzero(known & (np.abs(by_hand - ours) > CLOSE))[:5])
