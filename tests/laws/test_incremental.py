"""Law: after any decisions, every number equals that of scoring from scratch."""

from __future__ import annotations

import random

from govscore.facts.rows import COLUMNS, Row
from govscore.scheme.read import read_scheme
from govscore.scheme.units import Unit
from govscore.scoring.board import Board
from govscore.scoring.facts import NOTHING, Facts, read_facts
from tests.oracle.generate import case
from tests.test_oracle_agreement import as_answers


def test_decisions_one_by_one_give_what_scoring_from_scratch_gives() -> None:
    """Facts put in random order, withdrawn and put again, end in the same result."""
    for seed in range(200):
        each = case(seed)
        scheme = read_scheme(each.scheme_text)
        units = [
            Unit(unit=u["unit"], name=u["name"], group=u["group"], tags=tuple(u.get("tags", "").split()))
            for u in each.units
        ]
        rows = [Row(**{column: row.get(column, "") for column in COLUMNS}) for row in each.findings]
        facts = read_facts(rows, scheme, units)
        expected = Board(scheme, facts, units).result()
        board = Board(scheme, Facts({}), units)
        keys = sorted(facts.entries)
        random.Random(seed).shuffle(keys)  # noqa: S311 - a reproducible order, not a secret
        for unit, item in [*keys, *keys[::3]]:
            if (unit, item) in keys[::3]:
                board.put(unit, item, NOTHING)
            board.put(unit, item, facts.entries[unit, item])
        got = board.result()
        assert as_answers(got) == as_answers(expected), seed
        assert [(u.low, u.high, u.so_far) for u in got] == [(u.low, u.high, u.so_far) for u in expected], seed


def test_reading_the_board_piece_by_piece_gives_the_result() -> None:
    """`total_of`, `rank_of`, `grade_of`, `state_of`, `progress_of` and `unit` agree with `result`."""
    for seed in range(60):
        each = case(seed)
        scheme = read_scheme(each.scheme_text)
        units = [
            Unit(unit=u["unit"], name=u["name"], group=u["group"], tags=tuple(u.get("tags", "").split()))
            for u in each.units
        ]
        rows = [Row(**{column: row.get(column, "") for column in COLUMNS}) for row in each.findings]
        board = Board(scheme, read_facts(rows, scheme, units), units)
        for unit in board.result():
            assert board.unit(unit.unit) == unit, seed
            assert board.state_of(unit.unit) == unit.state
            assert board.rank_of(unit.unit) == unit.rank
            assert board.grade_of(unit.unit) == unit.grade
            assert board.progress_of(unit.unit) == (unit.reviewed, unit.assigned)
