"""Law: applying a change to the facts and scoring gives exactly what `whatif` promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore import score
from govscore.analysis.whatif import what_if_on
from govscore.scoring.board import Board
from govscore.scoring.facts import read_facts
from tests.cases import random_case

if TYPE_CHECKING:
    from govscore.analysis.whatif import Gain
    from govscore.scoring.result import UnitResult
    from tests.cases import Given

SEEDS = range(0, 200, 12)


def applied(case: Given, gain: Gain) -> UnitResult:
    """The unit, scored from scratch with the rows of the change in place of its own on that item."""
    change = gain.change
    kept = [row for row in case.rows if (row.unit, row.item) != (change.unit, change.item)]
    facts = read_facts([*kept, *change.rows], case.scheme, case.units)
    return score(case.scheme, facts, case.units)[change.unit]


def test_a_change_gives_what_was_promised() -> None:
    kinds = set()
    for seed in SEEDS:
        case = random_case(seed)
        board = case.board()
        before = board.result()
        for unit in before:
            answer = what_if_on(board, unit.unit)
            for gain in answer.gains:
                then = applied(case, gain)
                kinds.add(gain.change.kind)
                promised = (gain.state, gain.total, gain.so_far, gain.rank, gain.grade)
                assert promised == (then.state, then.total, then.so_far, then.rank, then.grade), (seed, gain)
                if gain.gain is not None:
                    was = unit.total if unit.total is not None else unit.so_far
                    now = then.total if then.total is not None else then.so_far
                    assert was is not None
                    assert now is not None
                    assert gain.gain == now - was, (seed, gain)
        assert board.result().units == before.units, seed
    assert kinds >= {"line", "fact", "level", "event", "item", "veto", "best", "worst"}


def test_nothing_that_loses_is_told_but_open_items_at_their_worst() -> None:
    for seed in SEEDS[::4]:
        board = random_case(seed).board()
        for unit in board.result():
            for gain in what_if_on(board, unit.unit).gains:
                if gain.change.kind not in ("best", "worst") and gain.gain is not None:
                    assert gain.gain >= 0, (seed, gain)


def test_an_open_item_at_its_best_lies_within_the_span_still_possible() -> None:
    for seed in SEEDS:
        case = random_case(seed)
        board = Board(case.scheme, case.facts(), case.units)
        for unit in board.result():
            if unit.state != "open":
                continue
            for gain in what_if_on(board, unit.unit).gains:
                if gain.state == "scored" and gain.total is not None:
                    open_now = gain.change.kind in ("best", "worst")
                    assert not open_now or unit.high is None or gain.total <= unit.high, (seed, gain)
                    assert not open_now or unit.low is None or gain.total >= unit.low, (seed, gain)


def test_the_largest_gain_comes_first() -> None:
    for seed in SEEDS[::4]:
        board = random_case(seed).board()
        for unit in board.result():
            gains = [
                gain.gain for gain in what_if_on(board, unit.unit).gains
                if gain.gain is not None and gain.change.kind != "worst"
            ]  # fmt: skip
            assert gains == sorted(gains, reverse=True), seed
