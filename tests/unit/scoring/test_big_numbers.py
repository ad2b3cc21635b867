"""Numbers that leave 64 bits stay exact; worked by hand with whole numbers."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from govscore.rules.arithmetic import add, compare_products, divide_columns, largest, marks, multiply_divide
from govscore.scoring.engine import score_matrices
from govscore.scoring.facts import NOTHING
from tests.unit.scoring.small import (
    board,
    clean,
    extra,
    found,
    gains,
    item,
    loses,
    na,
    of_kind,
    one,
    run,
    scheme,
    unit,
    units,
    veto,
)  # fmt: skip

MILLION = 1_000_000


def test_a_million_times_a_million_points() -> None:
    # 10⁶ × 10⁶ points = 10¹² points = 10²⁰ of the finest units, beyond 2⁶³ ≈ 9.2 × 10¹⁸
    assert of_kind("major_deduction", loses(MILLION), found("i", "x", MILLION)) == "1000000000000"
    data = scheme(base=[item("a", 100, loses(1))], major_deduction=[extra("m", loses(MILLION))])
    assert str(unit(data, clean("a"), found("m", "x", MILLION)).total) == "-999999999900"


def test_counts_split_over_rows_leave_64_bits_together() -> None:
    rows = [found("i", "x", MILLION, case=str(case)) for case in range(50)]
    # 50 × 10⁶ × 10⁶ points
    assert of_kind("bonus", gains(MILLION), *rows) == "50000000000000"


def test_a_percentage_with_many_digits_is_exact() -> None:
    # 33.3333333333333333333333333333 % of 100 = 33.3333333333…: rounded once, at the line's end
    rule = loses("33.3333333333333333333333333333 %")
    assert one(rule, found("i", "x", 1), points=100) == "66.66666667"
    assert one(rule, found("i", "x", 2), points=100) == "33.33333333"
    assert one(rule, found("i", "x", 3), points=100) == "0"
    assert one(rule, found("i", "x", MILLION), points=100) == "0"


THIRTY = "0.123456789012345678901234567891"
"""Thirty decimals."""


@pytest.mark.parametrize(
    ("value", "when", "holds"),
    [
        (THIRTY, f"x = {THIRTY}", True),
        (THIRTY, "x > 0.123456789012345678901234567890", True),
        (THIRTY, "x >= 0.123456789012345678901234567892", False),
        (f"999999{THIRTY[1:]}", f"x = 999999{THIRTY[1:]}", True),
        (f"999999{THIRTY[1:]}", "x = 999999.123456789012345678901234567890", False),
        (f"-{THIRTY}", f"x < -{THIRTY[:-1]}", True),
    ],
)
def test_numbers_with_thirty_decimals_compare_exactly(value: str, when: str, holds: bool) -> None:
    rule = {"kind": "deduct", "minus": [{"when": when, "once": 1}]}
    reached = one(rule, found("i", "x", value), facts={"x": {"ask": "number"}})
    assert reached == ("2" if holds else "3")


def test_a_share_of_a_number_with_thirty_decimals_is_rounded_once() -> None:
    rule = {"kind": "share", "of": "x", "target": 1}
    # 10 × 0.123456789012… = 1.23456789(01…)
    assert one(rule, found("i", "x", THIRTY), points=10, facts={"x": {"ask": "number"}}) == "1.23456789"


@pytest.mark.parametrize(
    ("part", "whole", "points"),
    [
        # twenty digits each: 3 × 1.0000000000000000001 ÷ 3.0000000000000000003 = 1 exactly
        ("1.0000000000000000001", "3.0000000000000000003", "1"),
        ("0.00000000000000000001", "0.00000000000000000003", "1"),
        # 3 × 999999.99999999999999 ÷ 1000000 = 2.99999999999… → 3.00000000
        ("999999.99999999999999", "1000000", "3"),
        # 3 × 0.5 ÷ 1000000 = 0.0000015 → 0.0000015
        ("0.5", "1000000", "0.0000015"),
        # 3 × 0.005 ÷ 1000000 = 0.000000015 → halves away from zero: 0.00000002
        ("0.005", "1000000", "0.00000002"),
        ("0.0049999999999999999", "1000000", "0.00000001"),
    ],
)
def test_ratios_with_many_digits_are_exact(part: str, whole: str, points: str) -> None:
    rule = {"kind": "share", "of": "x"}
    assert one(rule, found("i", "x", part, of=whole), points=3, facts={"x": {"ask": "ratio"}}) == points


def test_numbers_of_different_length_share_a_column() -> None:
    """One unit's decimals change how the column is stored, not the other units' values."""
    rule = {"kind": "share", "of": "x", "target": 4}
    data = scheme(base=[item("i", 100, rule, facts={"x": {"ask": "number"}})])
    values = {"a": "3", "b": "2.5", "c": THIRTY, "d": "-1"}
    rows = [found("i", "x", value, unit=id) for id, value in values.items()]
    result = run(data, *rows, roster=units(*values))
    # 100 × x ÷ 4
    assert [str(each.total) for each in result] == ["75", "62.5", "3.08641973", "0"]


def test_a_board_follows_decisions_that_leave_64_bits_and_come_back() -> None:
    data = scheme(
        base=[item("i", 100, {"kind": "share", "of": "x", "target": 4}, facts={"x": {"ask": "number"}})],
        major_deduction=[extra("m", loses(MILLION))],
        veto=[veto("v", "m/x >= 7", {"at_most": 1}), veto("w", "i/x = 2", {"at_most": 30})],
    )
    roster = units("a", "b", "c")
    steps = [
        [("i", "2", "a"), ("m", "0", "a")],
        [("i", THIRTY, "b"), ("m", str(MILLION), "b")],
        # the decimals of b moved the column in which a's 2 stands
        [("i", "-1", "c"), ("m", "1", "c"), ("m", "3", "a")],
        [("i", "1.5", "b"), ("m", "0", "b")],
        [("i", f"-999999{THIRTY[1:]}", "a"), ("m", str(MILLION), "a")],
        [("i", "4", "a"), ("m", "0", "a")],
    ]
    standing: dict[tuple[str, str], object] = {}
    live = board(data, [], roster)
    for step in steps:
        for id, value, who in step:
            row = found(id, "x", value, unit=who)
            standing[who, id] = row
            facts = board(data, [row], roster).facts_of(who, id)
            live.put(who, id, facts)
        fresh = board(data, standing.values(), roster)  # type: ignore[arg-type]
        assert live.result().units == fresh.result().units
    # a: 100 × 4 ÷ 4; b: 100 × 1.5 ÷ 4; c: 0 − 1 × 1 000 000
    assert [str(each.total) for each in live.result()] == ["100", "37.5", "-1000000"]


@pytest.mark.parametrize(("part", "holds"), [(700_000, False), (MILLION - 1, False), (MILLION, True)])
def test_a_threshold_with_many_decimals_is_exact(part: int, holds: bool) -> None:
    # part ÷ 1 000 000 > 99.99999999999999 %: the products are 10⁶ × 10¹⁶ = 10²², beyond 2⁶³
    rule = {"kind": "deduct", "minus": [{"when": "x > 99.99999999999999 %", "once": 1}]}
    row = found("i", "x", part, of=str(MILLION))
    assert one(rule, row, facts={"x": {"ask": "ratio"}}) == ("2" if holds else "3")


def test_a_large_value_decided_later_does_not_wrap() -> None:
    data = scheme(base=[item("a", 100, loses())], bonus=[extra("g", gains(MILLION))])
    live = board(data, [clean("a")])
    totals = []
    for count in (1, MILLION, 0):
        live.put("u", "g", board(data, [found("g", "x", count)]).facts_of("u", "g"))
        totals.append(str(live.total_of("u")))
    # 100 + count × 10⁶ points; 10⁶ × 10⁶ points are 10²⁰ of the finest units, beyond 2⁶³
    assert totals == ["1000100", "1000000000100", "100"]


def test_a_finer_scale_raises_the_peak() -> None:
    """Another unit's six decimals make 123 456 a value of 1.2 × 10¹¹; times 10¹² it leaves 64 bits."""
    rule = {"kind": "deduct", "minus": [{"when": "x > 0.000000000001", "once": 1}]}
    data = scheme(base=[item("i", 100, rule, facts={"x": {"ask": "number"}})])
    roster = units("a", "b")
    live = board(data, [found("i", "x", 123_456, unit="a")], roster)
    live.put("b", "i", board(data, [found("i", "x", "0.000001", unit="b")], roster).facts_of("b", "i"))
    # 100 − 1 each, whether scored after the decision or all again from the same columns
    assert str(live.total_of("b")) == "99"
    again = score_matrices(live.plan, live.columns).points[0]
    assert [int(points) for points in again] == [99 * 10**8, 99 * 10**8]


def test_what_is_withdrawn_leaves_nothing_in_the_columns() -> None:
    data = scheme(base=[item("i", 100, loses(1), facts={"y": {"ask": "count"}})])
    live = board(data, [found("i", "x", 7, unit="a"), found("i", "y", 1, unit="a")], units("a"))
    live.put("a", "i", NOTHING)
    columns = live.columns.entries["i"].facts
    assert [int(store.values["x"][0]) for store in columns.values()] == [0, 0]


def test_rescaling_big_points_is_exact() -> None:
    base = [item(id, MILLION, {"kind": "share", "of": "x"}, facts={"x": {"ask": "ratio"}}) for id in "abc"]
    data = scheme(
        base=base,
        total={
            "full_marks": MILLION,
            "not_applicable": {"policy": "rescale", "to": "full", "within": "part"},
        },
    )
    rows = [found("a", "x", 1, of="3"), found("b", "x", 1, of="1"), na("c")]
    # (333333.33333333 + 1000000) × 1000000 ÷ 2000000 = 666666.666666665, half away from zero
    assert str(unit(data, *rows).base) == "666666.66666667"


# --- columns --------------------------------------------------------------------------------------


def column(*values: int) -> np.ndarray[tuple[int, ...], np.dtype[np.object_]]:
    return np.array(values, dtype=object if any(abs(value) > 2**62 for value in values) else np.int64)


@pytest.mark.parametrize(
    ("value", "numerator", "denominator", "expected"),
    [
        (5, 1, 2, 3), (-5, 1, 2, -3), (7, 3, 2, 11), (-7, 3, 2, -11), (1, 1, 3, 0), (2, 1, 3, 1),
        (0, 9, 7, 0), (10**14, 10**14, 1, 10**28), (-(10**14), 10**14, 3, -((10**28 + 1) // 3)),
        (10**18, 10**18, 10**18, 10**18),
        (3, 1, 10**30, 0), (1, 10**30, 2 * 10**30, 1),
    ],
)  # fmt: skip
def test_multiply_divide_rounds_halves_away_from_zero(
    value: int, numerator: int, denominator: int, expected: int
) -> None:
    assert int(multiply_divide(column(value), numerator, denominator)[0]) == expected
    by_columns = multiply_divide(column(value), column(numerator), column(denominator))
    assert int(by_columns[0]) == expected


def test_sums_widen_before_they_wrap_and_come_back() -> None:
    big = column(2**50 - 1)
    total = big
    for _ in range(20_000):
        total = add(total, big)
    assert int(total[0]) == 20_001 * (2**50 - 1)
    assert add(total, column(-20_000 * (2**50 - 1))).dtype == np.int64


def test_products_compare_beyond_64_bits() -> None:
    # 10¹⁸ × 10¹² against 10³⁰ + 1 and 10³⁰
    assert int(compare_products(column(10**18), 10**12, column(10**30 + 1), 1)[0]) == -1
    assert int(compare_products(column(10**18), 10**12, column(10**30), 1)[0]) == 0
    assert int(compare_products(column(-1), 10**30, column(1), 1)[0]) == -1


def test_marks_and_division_of_negative_numbers_mirror_positive_ones() -> None:
    assert [int(each) for each in marks(column(4_999, 5_000, -4_999, -5_000))] == [0, 1, 0, -1]
    assert [int(each) for each in divide_columns(column(3, -3, 5, -5), 2)] == [2, -2, 3, -3]
    assert largest(column(-7, 3)) == 7
    assert largest(column()) == 0


def test_decimals_in_a_mapping_stay_exact() -> None:
    rule = loses(Decimal("0.0001"))
    assert one(rule, found("i", "x", 1), points=Decimal("999999.9999")) == "999999.9998"
