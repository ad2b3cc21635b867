"""Law: after any decisions, every number equals that of scoring from scratch."""

from __future__ import annotations

import random

from govscore.scoring.board import Board
from govscore.scoring.facts import NOTHING, Facts
from tests.cases import random_case


def test_decisions_one_by_one_give_what_scoring_from_scratch_gives() -> None:
    """Facts put in random order, some withdrawn, then put again: the same results, spans included."""
    for seed in range(200):
        case = random_case(seed)
        facts = case.facts()
        board = Board(case.scheme, Facts({}), case.units)
        keys = sorted(facts.entries)
        random.Random(seed).shuffle(keys)
        for unit, item in keys:
            board.put(unit, item, facts.entries[unit, item])
        for unit, item in keys[::3]:
            board.put(unit, item, NOTHING)
        left = Facts({key: facts.entries[key] for key in keys if key not in keys[::3]})
        assert board.result().units == Board(case.scheme, left, case.units).result().units, seed
        for unit, item in keys[::3]:
            board.put(unit, item, facts.entries[unit, item])
        assert board.result().units == case.board().result().units, seed


def test_reading_the_board_piece_by_piece_gives_the_result() -> None:
    """`total_of`, `rank_of`, `grade_of`, `state_of`, `progress_of` and `unit` agree with `result`."""
    for seed in range(60):
        board = random_case(seed).board()
        for unit in board.result():
            assert board.unit(unit.unit) == unit, seed
            assert board.state_of(unit.unit) == unit.state
            assert board.rank_of(unit.unit) == unit.rank
            assert board.grade_of(unit.unit) == unit.grade
            assert board.progress_of(unit.unit) == (unit.reviewed, unit.assigned)
            if unit.state in ("scored", "open"):
                assert board.total_of(unit.unit) == (unit.so_far if unit.total is None else unit.total)
