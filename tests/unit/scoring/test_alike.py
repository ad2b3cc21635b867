"""Items that are scored alike are scored together, and come to what each comes to by itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from govscore.rules.reach import biting
from govscore.scheme.read import scheme_from_mapping
from govscore.scoring import engine
from govscore.scoring.engine import score_matrices, score_row
from govscore.scoring.facts import read_facts
from govscore.scoring.plan import lay_out
from tests.cases import random_case
from tests.unit.scoring.small import board, clean, extra, found, gains, item, loses, na, run, scheme, units


def rows_alike(*base: dict[str, Any], **more: Any) -> list[tuple[int, ...]]:
    """Which of these items are scored together."""
    data = scheme(base=list(base), **more)
    total = sum(each["points"] for each in base)
    data["total"]["full_marks"] = total
    return list(lay_out(scheme_from_mapping(data), units("u")).runs)


def test_titles_make_no_difference_and_numbers_do() -> None:
    first, second = item("a", 10, loses(2)), item("b", 10, loses(2))
    second["title"] = "别的"
    second["rule"]["minus"][0]["title"] = "别的扣分点"
    assert rows_alike(first, second) == [(0, 1)]
    assert rows_alike(first, item("b", 11, loses(2))) == [(0,), (1,)]
    assert rows_alike(first, item("b", 10, loses(3))) == [(0,), (1,)]
    assert rows_alike(first, item("b", 10, loses(2, cap=4))) == [(0,), (1,)]
    assert rows_alike(first, item("b", 10, loses(2, id="y"))) == [(0,), (1,)]
    assert rows_alike(first, item("b", 10, loses(2), facts={"y": {"ask": "count"}})) == [(0,), (1,)]


def test_a_bonus_and_a_major_deduction_are_never_alike() -> None:
    extras = {"bonus": [extra("g", gains())], "major_deduction": [extra("m", gains())]}
    assert rows_alike(item("a", 10, loses()), **extras) == [(0,), (1,), (2,)]


def test_an_effect_acts_beside_an_item_that_has_none() -> None:
    """a takes 1 of 10 and b, whose effect caps the total, 2 of 10: 9 + 8 = 17, and at most 3."""
    base = [item("a", 10, loses()), item("b", 10, loses(), effect={"at_most": 3})]
    rows = [found("a", "x", 1), found("b", "x", 2)]
    for order in (base, base[::-1]):
        reached = run(scheme(base=order, total={"full_marks": 20}), *rows)["u"]
        assert (str(reached.base), str(reached.total)) == ("17", "3")


def test_each_of_the_items_keeps_its_own_facts_states_and_charges() -> None:
    # 10 − 2 × 1 = 8; not applicable; 10 − 2 × 3 = 4; from the total 1 × 2 for b and 1 × 5 for d
    lines = {"kind": "deduct", "minus": [
        {"id": "x", "title": "错", "each": 2}, {"id": "y", "title": "重", "each": 1, "from": "total"},
    ]}  # fmt: skip
    data = scheme(base=[item(id, 25, lines, applies_to=["all"] if id != "c" else ["u"]) for id in "abcd"])
    rows = [
        *(found("a", "x", 1), found("a", "y", 0), na("b"), found("c", "x", 3), found("c", "y", 2)),
        *(found("d", "x", 0), found("d", "y", 5), clean("a", unit="v"), clean("b", unit="v")),
    ]
    live = board(data, rows, units("u", "v"))
    assert live.plan.runs == ((0, 1, 2, 3),)
    states = {id: each.state for id, each in live.unit("v").items.items()}
    assert states == {"a": "reviewed", "b": "reviewed", "c": "not_assigned", "d": "open"}
    points = {
        id: None if each.points is None else str(each.points) for id, each in live.unit("u").items.items()
    }
    assert points == {"a": "23", "b": None, "c": "19", "d": "25"}
    # (23 + 19 + 25) × 100 ÷ 75 = 89.33333333; − 2 − 5
    assert str(live.total_of("u")) == "82.33333333"


@pytest.mark.parametrize("width", [1, 3, 16_384])
def test_together_or_one_by_one_in_blocks_of_any_width_is_the_same(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "TOGETHER", width)
    for seed in range(40):
        live = random_case(seed).board()
        apart = score_matrices(live.plan, live.columns)
        together = score_matrices(live.plan, live.columns)
        everyone = slice(0, len(live.plan.units))
        for row in live.plan.order:
            score_row(live.plan, live.columns, apart, row, everyone)
        for name in ("points", "state", "took", "doubtful", "charges"):
            assert np.array_equal(getattr(apart, name), getattr(together, name)), (seed, name)


@pytest.mark.parametrize("width", [1, 4, 8, 16_384])
def test_every_unit_of_every_block_is_scored(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unit number n loses n points on each of four items of 25: 100 − 4 × n."""
    monkeypatch.setattr(engine, "TOGETHER", width)
    ids = [f"u{number}" for number in range(7)]
    rows = [found(id, "x", number, unit=unit) for number, unit in enumerate(ids) for id in "abcd"]
    live = board(scheme(base=[item(id, 25, loses()) for id in "abcd"]), rows, units(*ids))
    assert [str(live.total_of(unit)) for unit in ids] == ["100", "96", "92", "88", "84", "80", "76"]


def test_columns_on_different_scales_are_scored_together() -> None:
    """One item's values have two decimals, the other's none: 100 × 2.25 ÷ 4 and 100 × 3 ÷ 4."""
    rule = {"kind": "share", "of": "x", "target": 4}
    asked = {"x": {"ask": "number"}}
    data = scheme(base=[item("a", 50, rule, facts=asked), item("b", 50, rule, facts=asked)])
    live = board(data, [found("a", "x", "2.25"), found("b", "x", "3")], units("u"))
    assert live.plan.runs == ((0, 1),)
    assert [str(each.points) for each in live.unit("u").items.values()] == ["28.125", "37.5"]


def test_a_value_with_decimals_or_beyond_64_bits_no_longer_stands_beside_the_others() -> None:
    """50 × 1 ÷ 4 and 50 × 3 ÷ 4; then 50 × 2.25 ÷ 4 = 28.125; beyond the target: 50; then 50 × 2 ÷ 4."""
    rule = {"kind": "share", "of": "x", "target": 4}
    asked = {"x": {"ask": "number"}}
    data = scheme(base=[item("a", 50, rule, facts=asked), item("b", 50, rule, facts=asked)])
    live = board(data, [found("a", "x", 1), found("b", "x", 3)], units("u"))

    def after(*rows: Any) -> list[str]:
        facts = read_facts(rows, live.scheme, live.plan.units)
        for (unit, entry), each in facts.entries.items():
            live.put(unit, entry, each)
        fresh = score_matrices(live.plan, live.columns)  # together, whatever became of the columns
        assert np.array_equal(fresh.points, live.matrices.points)
        return [str(each.points) for each in live.unit("u").items.values()]

    assert after() == ["12.5", "37.5"]
    assert after(found("a", "x", "2.25")) == ["28.125", "37.5"]
    assert after(found("b", "x", "0.0000000000000000000000000000000000000000004")) == ["28.125", "0"]
    assert after(found("b", "x", "999999.5"), found("a", "x", 2)) == ["25", "50"]


def test_a_limit_is_left_out_only_where_nothing_can_pass_it() -> None:
    def limits(rule: dict[str, Any], **more: Any) -> tuple[int | None, int | None]:
        read = scheme_from_mapping(scheme(base=[item("a", 10, rule, **more)], total={"full_marks": 10}))
        return biting(read.items["a"].rule, read.items["a"].frame, floored=True)

    full = 10 * 10**8
    assert limits(loses()) == (0, None)
    assert limits(gains()) == (None, full)
    assert limits(loses() | {"plus": gains(id="y")["plus"]}) == (0, full)
    assert limits({"kind": "deduct"}) == (None, None)
    # it starts at 10, which is above 4
    assert limits({"kind": "deduct", "bounds": {"to": 4}}) == (None, 4 * 10**8)
    ratio = {"r": {"ask": "ratio"}}
    assert limits({"kind": "share", "of": "r"}, facts=ratio) == (None, None)
    # a ceiling of 1 is below the lower bound of 2, and so is the 0 of zero_if
    at_least = {"kind": "share", "of": "r", "bounds": {"from": 2}}
    assert limits(at_least, facts=ratio) == (2 * 10**8, None)
    zero = {"kind": "deduct", "bounds": {"from": 2}, "zero_if": "r < 10 %"}
    assert limits(zero, facts=ratio) == (2 * 10**8, None)
    low = {"kind": "deduct", "bounds": {"from": 2}, "ceiling": {"when": "r < 10 %", "at": 1}}
    assert limits(low, facts=ratio) == (2 * 10**8, None)
