"""Very many units are scored block by block, and each comes to what it comes to on the board."""

from __future__ import annotations

import pytest

from govscore.scoring import standings as module
from govscore.scoring.column_table import Columns
from govscore.scoring.plan import lay_out
from govscore.scoring.standings import standings
from tests.cases import random_case
from tests.unit.scoring.small import board, found, item, loses, scheme, units


@pytest.mark.parametrize("block", [1, 3, 8_192])
def test_block_by_block_or_on_the_board_is_the_same(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BLOCK", block)
    for seed in range(12):
        given = random_case(seed)
        live = given.board()
        ours = standings(live.plan, Columns(given.scheme, given.units, given.facts()))
        for place, unit in enumerate(given.units):
            one = live.unit(unit.unit)
            assert live.state_of(unit.unit) == module.UNIT_STATES[ours.state[place]], (seed, unit.unit)
            assert int(live.total_of(unit.unit)) == int(ours.total[place]), (seed, unit.unit)
            assert (live.rank_of(unit.unit) or 0) == int(ours.rank[place]), (seed, unit.unit)
            grade = int(ours.grade[place])
            assert one.grade == (ours.grades[grade] if grade >= 0 else None), (seed, unit.unit)
            assert one.covered == bool(ours.covered[place]), (seed, unit.unit)
            base = int(ours.base[place]) if ours.base_known[place] else None
            assert base == (None if one.base is None else int(one.base)), (seed, unit.unit)


def test_units_of_every_block_are_ranked_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """100 − 10 × 3, 1, 0, 2, 1 = 70, 90, 100, 80, 90: ranks 5, 2, 1, 4, 2."""
    monkeypatch.setattr(module, "BLOCK", 2)
    ids = ["u", "v", "w", "x", "y"]
    rows = [found("a", "x", faults, unit=id) for id, faults in zip(ids, (3, 1, 0, 2, 1), strict=True)]
    live = board(scheme(base=[item("a", 100, loses(10))]), rows, units(*ids))
    ours = standings(live.plan, live.columns)
    assert [int(each) // 10**8 for each in ours.total] == [70, 90, 100, 80, 90]
    assert ours.rank.tolist() == [5, 2, 1, 4, 2]


def test_items_alike_that_stand_far_apart_keep_their_points() -> None:
    """Four items of 25 alike, one of another kind between them; 1, 2, 3 and 4 points less: 90 of 100."""
    base = [item(id, 20, loses()) for id in "ab"]
    base.append(item("o", 20, loses(5)))
    base += [item(id, 20, loses()) for id in "cd"]
    rows = [found(id, "x", number) for number, id in enumerate("abcd", 1)]
    live = board(scheme(base=base), [*rows, found("o", "x", 0)], units("u"))
    assert lay_out(live.scheme, live.plan.units).runs == ((0, 1, 3, 4), (2,))
    assert str(live.total_of("u")) == "90"
    assert [str(each.points) for each in live.unit("u").items.values()] == ["19", "18", "20", "17", "16"]


def test_more_items_than_a_byte_counts_are_all_possible() -> None:
    """300 items of 1 point, one of them 1 point less: 299 of 300."""
    base = [item(f"i{number}", 1, loses()) for number in range(300)]
    section = {"id": "s", "title": "一级"}
    rows = [found(f"i{number}", "x", int(number == 7)) for number in range(300)]
    base = [each | {"section": "s"} for each in base]
    to_full = {"policy": "rescale", "to": "full", "within": "part"}
    data = scheme(section=[section], base=base, total={"full_marks": 300, "not_applicable": to_full})
    live = board(data, rows, units("u"))
    assert str(live.total_of("u")) == "299"
