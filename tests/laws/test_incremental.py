"""Law: after any decisions, every number equals that of scoring from scratch."""

from __future__ import annotations

import random

from govscore.scheme.read import scheme_from_mapping
from govscore.scoring.board import Board
from govscore.scoring.facts import NOTHING, Facts, read_entry
from tests.cases import random_case
from tests.unit.scoring import small
from tests.unit.scoring.small import found, loses, na, scheme, units


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


def test_decisions_in_a_large_group_with_quotas_and_tie_breaks_give_what_scratch_gives() -> None:
    """300 units with many equal totals; each decision moves places, and every grade follows."""
    quotas = [
        {"share": "30 %", "round": "nearest", "ties": "out"}, {"share": "20 %", "round": "up", "ties": "in"},
    ]  # fmt: skip
    data = scheme(
        base=[small.item("a", 60, loses()), small.item("b", 40, loses())],
        rank={"ties": "share", "tie_break": ["b"]},
        grade=[
            {"name": "优", "when": ">= 90", "quota": quotas[0]},
            {"name": "良", "when": ">= 90", "quota": quotas[1]},
            {"name": "差"},
        ],
        total={"minimum_coverage": "50 %"},
    )
    roster = units(*(f"u{place}" for place in range(300)))
    chance = random.Random(1)
    board = Board(scheme_from_mapping(data), Facts({}), roster)
    for count in range(1_500):
        unit, id = chance.choice(roster).unit, chance.choice("ab")
        rows = [na(id, unit)] if chance.random() < 0.05 else [found(id, "x", chance.randint(0, 9), unit=unit)]
        entry, problems = read_entry(board.scheme.items[id], rows, board.scheme.period)
        assert not problems
        board.put(unit, id, entry)
        if count % 100 == 99:
            scratch = Board(board.scheme, board.result().facts, roster)
            assert board.result().units == scratch.result().units
    assert {each.grade for each in board.result()} == {"优", "良", "差", None}
