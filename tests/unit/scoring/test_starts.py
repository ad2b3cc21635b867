"""Each start, worked by hand from the language reference."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.scoring.small import Table, clean, found, item, na, of_kind, one, run, scheme, units

LEVELS = [
    {"id": "full", "title": "已发布", "points": 3},
    {"id": "note", "title": "发布情况说明", "points": "60 %"},
    {"id": "none", "title": "均无", "points": 0},
]


def test_deduct_starts_at_its_points() -> None:
    # 3, nothing taken
    assert one({"kind": "deduct"}, clean("i")) == "3"


def test_earn_starts_at_nothing_and_ends_at_its_points() -> None:
    rule = {"kind": "earn", "plus": [{"id": "posts", "title": "每篇", "each": 0.5}]}
    # 0 + 3 × 0.5 = 1.5; 0 + 7 × 0.5 = 3.5, at most 3
    assert one(rule, found("i", "posts", 3)) == "1.5"
    assert one(rule, found("i", "posts", 7)) == "3"


@pytest.mark.parametrize(("level", "points"), [("full", "3"), ("note", "1.8"), ("none", "0")])
def test_a_picked_level_gives_its_points(level: str, points: str) -> None:
    # 60 % of 3 = 1.8
    assert one({"kind": "level", "levels": LEVELS}, found("i", "level", level)) == points


@pytest.mark.parametrize(
    ("on_time", "late", "points"),
    [
        (17, 3, "5"),  # 17 ÷ 20 = 85 %: the line includes its number
        (84, 16, "4"),  # 84 %: the next level
        (50, 50, "4"),  # 50 % >= 50 %
        (49, 51, "0"),  # the last
    ],
)
def test_the_first_level_whose_condition_holds_counts(on_time: int, late: int, points: str) -> None:
    levels = [
        {"id": "good", "title": "好", "when": "share >= 85 %", "points": 5},
        {"id": "fair", "title": "中", "when": "share >= 50 %", "points": "80 %"},
        {"id": "poor", "title": "差", "points": 0},
    ]
    rule = {"kind": "level", "levels": levels}
    facts = {"share": {"ask": "ratio"}}
    row = found("i", "share", on_time, of=str(on_time + late))
    assert one(rule, row, points=5, facts=facts) == points


def test_a_level_above_needs_no_value_below_it() -> None:
    """A fact without value makes the item not applicable only if it is read before a level holds."""
    levels = [
        {"id": "a", "title": "甲", "when": "posts >= 1", "points": 2},
        {"id": "b", "title": "乙", "when": "share >= 50 %", "points": 1},
        {"id": "c", "title": "丙", "points": 0},
    ]
    facts = {"posts": {"ask": "count"}, "share": {"ask": "ratio"}}
    rule = {"kind": "level", "levels": levels}
    empty = found("i", "share", 0, of="0")
    assert one(rule, found("i", "posts", 1), empty, facts=facts) == "2"
    assert one(rule, found("i", "posts", 0), empty, facts=facts) is None


@pytest.mark.parametrize(
    ("fact", "more", "row", "points"),
    [
        # 6 × 17 ÷ 18 = 5.666… rounded once
        ("ratio", {}, {"value": 17, "of": "18"}, "5.66666667"),
        # 6 × 1 ÷ 6 = 1 exactly
        ("ratio", {}, {"value": 1, "of": "6"}, "1"),
        # part above whole, allowed: never more than the points
        ("ratio", {"over": True}, {"value": 9, "of": "8"}, "6"),
        # 85 ÷ 90 against 90 %: 6 × min(1, 0.94444… ÷ 0.9) = 6
        ("ratio", {"target": "90 %"}, {"value": 85, "of": "90"}, "6"),
        # 6 × (1 ÷ 3) ÷ 0.5 = 4
        ("ratio", {"target": "50 %"}, {"value": 1, "of": "3"}, "4"),
        # 6 × min(1, 3 ÷ 8) = 2.25
        ("count", {"target": 8}, {"value": 3}, "2.25"),
        ("count", {"target": 8}, {"value": 9}, "6"),
        # 6 × 2.5 ÷ 7 = 2.142857142… → 2.14285714
        ("number", {"target": 7}, {"value": "2.5"}, "2.14285714"),
        # below 0: 6 × -1 ÷ 7 < 0, then at least 0
        ("number", {"target": 7}, {"value": "-1"}, "0"),
    ],
)
def test_share(fact: str, more: Table, row: dict[str, Any], points: str) -> None:
    over = {"over": True} if more.pop("over", False) else {}
    rule = {"kind": "share", "of": "x", **more}
    row = {name: str(value) for name, value in row.items()}
    value = row.pop("value")
    assert one(rule, found("i", "x", value, **row), points=6, facts={"x": {"ask": fact, **over}}) == points


def test_share_of_an_empty_whole_makes_the_item_not_applicable() -> None:
    rule = {"kind": "share", "of": "x"}
    data = scheme(base=[item("i", 4, rule, facts={"x": {"ask": "ratio"}}), item("j", 6, {"kind": "deduct"})])
    result = run(data, found("i", "x", 0, of="0"), clean("j"), roster=units("u"))["u"]
    assert result.items["i"].state == "not_applicable"
    # to = "own", 4 of 10 points are out: 6 × 10 ÷ 6 = 10
    assert str(result.total) == "10"


EVENTS: Table = {"kind": "events", "levels": {"national": 5, "provincial": 3, "city": 1}}


def event(case: str, level: str, day: str = "2024-03-01", **cells: str) -> Any:
    return found("i", "event", level, case=case, start=day, **cells)


@pytest.mark.parametrize(
    ("same_matter", "points"),
    [
        ("highest", "6"),  # matter m: 5; the event of its own: 1
        ("sum", "9"),  # 5 + 3 + 1
        (["100 %", "50 %"], "7.5"),  # 5 + 50 % × 3 + 1
        (["50 %"], "3"),  # 50 % × 5 + 50 % × 1
    ],
)
def test_events_of_the_same_matter(same_matter: object, points: str) -> None:
    rule = EVENTS | {"same_matter": same_matter, "shared": "full"}
    rows = [event("1", "provincial", matter="m"), event("2", "national", matter="m"), event("3", "city")]
    assert of_kind("bonus", rule, *rows) == points


def test_shared_events_are_divided_and_rounded_once_together() -> None:
    rule = EVENTS | {"same_matter": "sum", "shared": "divide"}
    rows = [event(str(number), "city", sharers="3") for number in range(3)]
    # 1 ÷ 3 + 1 ÷ 3 + 1 ÷ 3 = 1, not 3 × 0.33333333
    assert of_kind("bonus", rule, *rows) == "1"
    # 3 ÷ 3 + 1 ÷ 3 = 1.33333333
    assert (
        of_kind("bonus", rule, event("1", "provincial", sharers="3"), event("2", "city", sharers="3"))
        == "1.33333333"
    )


def test_sharing_comes_before_the_order_within_a_matter() -> None:
    rule = EVENTS | {"same_matter": "highest", "shared": "divide"}
    # 5 ÷ 5 = 1 is less than 3 ÷ 1 = 3, which counts
    rows = [event("1", "national", matter="m", sharers="5"), event("2", "provincial", matter="m")]
    assert of_kind("bonus", rule, *rows) == "3"


def test_undivided_events_count_in_full_whatever_the_sharers() -> None:
    rule = EVENTS | {"same_matter": "sum", "shared": "full"}
    assert of_kind("bonus", rule, event("1", "national", sharers="4")) == "5"


def test_percentages_of_a_bonus_refer_to_its_cap() -> None:
    rule = {"kind": "events", "levels": {"city": "12.5 %"}, "same_matter": "sum", "shared": "full"}
    # 2 × 12.5 % × 8 = 2
    assert of_kind("bonus", rule, event("1", "city"), event("2", "city"), cap=8) == "2"


def test_no_event_is_worth_nothing_and_is_reviewed() -> None:
    rule = EVENTS | {"same_matter": "sum", "shared": "full"}
    assert of_kind("bonus", rule, clean("i")) == "0"


def test_a_major_deduction_by_level_or_share_is_an_amount() -> None:
    level = {"kind": "level", "levels": LEVELS}
    # 60 % of the cap 5 = 3; and no more than the cap
    assert of_kind("major_deduction", level, found("i", "level", "note"), cap=5) == "3"
    assert of_kind("major_deduction", level, found("i", "level", "full"), cap=2) == "2"
    share = {"kind": "share", "of": "down"}
    facts = {"down": {"ask": "ratio"}}
    # 5 × 3 ÷ 12 = 1.25
    assert of_kind("major_deduction", share, found("i", "down", 3, of="12"), cap=5, facts=facts) == "1.25"


def test_deduct_and_earn_start_at_nothing_outside_of_base_items() -> None:
    minus = {"kind": "deduct", "minus": [{"id": "x", "title": "次", "each": 2}]}
    plus = {"kind": "deduct", "plus": [{"id": "x", "title": "次", "each": 2}]}
    assert of_kind("bonus", minus, found("i", "x", 1)) == "0"
    assert of_kind("bonus", plus, found("i", "x", 1)) == "2"
    assert of_kind("major_deduction", minus, found("i", "x", 3)) == "6"
    # a plus line lessens the amount of a deduction …
    assert of_kind("major_deduction", plus, found("i", "x", 3)) == "0"
    both = minus | {"plus": [{"id": "y", "title": "整改", "each": 0.5}]}
    # 3 × 2 − 4 × 0.5 = 4
    assert of_kind("major_deduction", both, found("i", "x", 3), found("i", "y", 4)) == "4"
    # … and adds to it under `earn`: 3 × 2 + 4 × 0.5 = 8
    earn = both | {"kind": "earn"}
    assert of_kind("major_deduction", earn, found("i", "x", 3), found("i", "y", 4)) == "8"


def test_a_not_applicable_item_has_no_points() -> None:
    assert one({"kind": "deduct"}, na("i")) is None


def test_an_event_may_be_dated_by_a_time_with_offset() -> None:
    """The day is that in the time's own offset: 23:30 on 31 December in +08:00 still counts."""
    rule = {**EVENTS, "same_matter": "sum", "shared": "full"}
    assert of_kind("bonus", rule, event("1", "city", "2024-12-31T23:30:00+08:00")) == "1"
