"""Modifiers of a rule: ceiling, caps of all minus and of all plus lines, bounds, times; worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.scoring.small import Table, clean, extra, found, item, loses, of_kind, one, scheme, unit

LIST: Table = {"list": {"ask": "yes_no"}}
TWO: list[Table] = [
    {"id": "a", "title": "甲", "each": 1, "cap": 2},
    {"id": "b", "title": "乙", "each": "25 %"},
]


def two(a: int, b: int) -> list[Any]:
    return [found("i", "a", a), found("i", "b", b)]


@pytest.mark.parametrize(
    ("answer", "faults", "points"),
    [
        ("yes", 0, "6"),  # the ceiling does not hold: 6
        ("no", 0, "3.6"),  # min(6, 60 % × 6)
        ("no", 2, "1.6"),  # min(6, 3.6) − 2 × 1: the lines come after the ceiling
        ("yes", 3, "3"),  # 6 − 3 × 1: no ceiling of what is left
    ],
)
def test_a_ceiling_lowers_the_start_before_the_lines(answer: str, faults: int, points: str) -> None:
    rule = loses(1) | {"ceiling": {"when": "list = no", "at": "60 %"}}
    rows = [found("i", "x", faults), found("i", "list", answer)]
    assert one(rule, *rows, points=6, facts=LIST) == points


def test_a_ceiling_above_the_start_does_nothing() -> None:
    rule = loses(1) | {"ceiling": {"when": "list = no", "at": 7}}
    assert one(rule, found("i", "x", 1), found("i", "list", "no"), points=6, facts=LIST) == "5"


def test_a_ceiling_whose_fact_has_no_value_does_not_hold() -> None:
    """Comparisons on a ratio without value are false, and the item stays applicable."""
    rule = {"kind": "deduct", "ceiling": {"when": "rate < 50 %", "at": 1}}
    facts = {"rate": {"ask": "ratio"}}
    assert one(rule, found("i", "rate", 0, of="0"), facts=facts) == "3"
    assert one(rule, found("i", "rate", 1, of="4"), facts=facts) == "1"


@pytest.mark.parametrize(
    ("a", "b", "points"),
    [
        (1, 1, "5"),  # 8 − min(3, 1 + 25 % × 8): 3 exactly
        (1, 0, "7"),
        (9, 1, "5"),  # 8 − min(3, min(2, 9) + 2) = 8 − 3
    ],
)
def test_minus_cap_limits_all_minus_lines_after_their_own_caps(a: int, b: int, points: str) -> None:
    rule = {"kind": "deduct", "minus": TWO, "minus_cap": 3}
    assert one(rule, *two(a, b), points=8) == points


def test_plus_cap_limits_all_plus_lines_and_no_minus_line() -> None:
    rule = {
        "kind": "earn",
        "plus": TWO,
        "plus_cap": "50 %",
        "minus": [{"id": "c", "title": "丙", "each": 3}],
    }
    # min(50 % × 8, min(2, 2) + 3 × 2) − 3 = 4 − 3
    assert one(rule, *two(2, 3), found("i", "c", 1), points=8) == "1"


def test_minus_cap_in_a_major_deduction_and_plus_cap_under_earn() -> None:
    minus = {"kind": "deduct", "minus": TWO, "minus_cap": 3}
    assert of_kind("major_deduction", minus, *two(5, 5), cap=8) == "3"
    plus = {"kind": "earn", "plus": TWO, "plus_cap": 5}
    assert of_kind("major_deduction", plus, *two(5, 5), cap=8) == "5"


@pytest.mark.parametrize(
    ("bounds", "faults", "praise", "points"),
    [
        ({"from": -1}, 9, 0, "-1"),  # max(-1, 3 − 9)
        ({"from": -1}, 0, 9, "3"),  # the side that is not named stays: 3
        ({"to": 4}, 0, 9, "4"),  # min(4, 3 + 9)
        ({"to": 4}, 9, 0, "0"),
        ({"to": "50 %"}, 0, 0, "1.5"),
        ({"from": 1, "to": 2}, 9, 0, "1"),
    ],
)
def test_bounds_replace_the_sides_that_they_name(
    bounds: Table, faults: int, praise: int, points: str
) -> None:
    rule = loses(1) | {"plus": [{"id": "y", "title": "加", "each": 1}], "bounds": bounds}
    assert one(rule, found("i", "x", faults), found("i", "y", praise)) == points


def test_bounds_hold_after_zero_if() -> None:
    """`zero_if` makes the points 0; the lower bound of 1 comes after it."""
    rule = loses(1) | {"zero_if": "x >= 1", "bounds": {"from": 1}}
    assert one(rule, found("i", "x", 1)) == "1"


def test_bounds_of_bonus_items_replace_nothing_and_cap() -> None:
    rule = {"kind": "earn", "plus": [{"id": "x", "title": "加", "each": 3}], "bounds": {"to": "150 %"}}
    assert of_kind("bonus", rule, found("i", "x", 9), cap=4) == "6"  # 150 % × 4
    lost = loses(3) | {"bounds": {"from": -2}}
    assert of_kind("bonus", lost, found("i", "x", 1)) == "-2"  # max(-2, 0 − 3)


def test_bounds_of_a_major_deduction_are_of_the_amount() -> None:
    rule = loses(3) | {"bounds": {"from": 1, "to": 5}}
    assert of_kind("major_deduction", rule, found("i", "x", 0)) == "1"
    assert of_kind("major_deduction", rule, found("i", "x", 2)) == "5"


@pytest.mark.parametrize(("floor_at", "total"), [("item", "9"), ("section", "10"), ("none", "9")])
def test_a_loose_item_below_0_lowers_the_base_unless_its_own_section_ends_at_0(
    floor_at: str, total: str
) -> None:
    """10 − 1 where the item's bound is its limit; under "section" it is its own top section: 10 + 0."""
    data = scheme(
        base=[item("i", 3, loses(1) | {"bounds": {"from": -1}}), item("j", 10, {"kind": "deduct"})],
        total={"floor_at": floor_at},
    )
    reached = unit(data, found("i", "x", 9), clean("j"))
    assert (str(reached.items["i"].points), str(reached.total)) == ("-1", total)


def test_a_top_section_ends_at_0_though_its_item_may_be_below() -> None:
    data = scheme(
        section=[{"id": "s", "title": "节"}],
        base=[
            item("i", 3, loses(1) | {"bounds": {"from": -5}}, section="s"),
            item("j", 10, {"kind": "deduct"}),
        ],
    )
    reached = unit(data, found("i", "x", 9), clean("j"))
    assert (str(reached.sections["s"]), str(reached.total)) == ("-5", "10")


@pytest.mark.parametrize(
    ("own", "rule", "total", "points"),
    [
        (None, None, None, "9"),  # 10 − 1
        (2, None, None, "8"),
        (None, 2, None, "8"),
        (2, 1.5, None, "7"),  # 10 − 1 × 2 × 1.5
        (2, 1.5, 2, "4"),  # 10 − 1 × 2 × 1.5 × 2
    ],
)
def test_times_of_line_rule_and_total_multiply(own: Any, rule: Any, total: Any, points: str) -> None:
    more = {} if own is None else {"times": own}
    made = loses(1, **more) | ({} if rule is None else {"times": rule})
    data = scheme(base=[item("i", 10, made)], total={} if total is None else {"times": total})
    assert str(unit(data, found("i", "x", 1)).items["i"].points) == points


def test_times_multiply_typed_points_before_caps() -> None:
    line = {"id": "x", "title": "其他", "range": [0.5, 2], "cap": 3}
    rule = {"kind": "deduct", "minus": [line], "times": 2}
    row = found("i", "x", "1.25", reason="酌情")
    assert one(rule, row, points=10) == "7.5"  # 10 − 1.25 × 2
    assert one(rule, found("i", "x", "2", reason="酌情"), points=10) == "7"  # 10 − min(3, 2 × 2)


def test_times_of_the_rule_leaves_plus_lines_alone() -> None:
    plus = [{"id": "y", "title": "加", "each": 1}, {"id": "z", "title": "加倍", "each": 1, "times": 3}]
    rule = loses(1) | {"plus": plus, "times": 2}
    rows = [found("i", "x", 4), found("i", "y", 1), found("i", "z", 1)]
    assert one(rule, *rows, points=10) == "6"  # 10 − 4 × 2 + 1 + 1 × 3


def test_a_line_with_times_is_rounded_once() -> None:
    """0.3333 × 33.33333333 % × 1 = 0.111099999988889 → 0.11110000: 1 − 0.1111 = 0.8889."""
    rule = loses("33.33333333 %", times=0.3333)
    assert one(rule, found("i", "x", 1), points=1) == "0.8889"


def test_an_effect_looks_at_what_lines_take_before_minus_cap() -> None:
    data = scheme(
        base=[item("i", 10, loses(1) | {"minus_cap": 0}, effect={"at_most": 5})],
    )
    reached = unit(data, found("i", "x", 1))
    assert (str(reached.items["i"].points), str(reached.total)) == ("10", "5")


def test_total_times_reaches_bonus_items_and_deductions() -> None:
    data = scheme(
        base=[item("b", 100, {"kind": "deduct"})],
        bonus=[extra("p", {"kind": "earn", "plus": [{"id": "y", "title": "加", "each": 5}], **minus(1)})],
        major_deduction=[extra("m", loses(1))],
        total={"times": 2},
    )
    rows = [clean("b"), found("p", "y", 1), found("p", "w", 1), found("m", "x", 3)]
    reached = unit(data, *rows)
    # bonus 5 − 1 × 2 = 3, deduction 3 × 1 × 2 = 6
    assert (str(reached.bonus), str(reached.major_deduction), str(reached.total)) == ("3", "6", "97")


def minus(each: int) -> Table:
    return {"minus": [{"id": "w", "title": "减", "each": each}]}
