"""Numbers by group, tag, date and level: every unit is scored by its own."""

from __future__ import annotations

from typing import Any

import pytest

from govscore.errors import InputError
from govscore.scheme.units import Unit
from govscore.scoring.trace import explain
from tests.unit.scoring.small import clean, extra, found, item, loses, na, run, scheme, veto

GROUPS = {"all": "全部", "streets": "街道"}
DEPARTMENT = Unit(unit="d", name="示例局", group="all")
STREET = Unit(unit="s", name="示例街道", group="streets")
BY_GROUP = {"by": "group", "all": 8, "streets": 12}


def tagged(*tags: str) -> Unit:
    return Unit(unit="t", name="示例", group="all", tags=tags)


def points(data: dict[str, Any], *rows: Any, roster: tuple[Unit, ...], of: str = "i") -> list[str | None]:
    result = run(data, *rows, roster=roster)
    reached = [result[unit.unit].items[of].points for unit in roster]
    return [None if each is None else str(each) for each in reached]


def test_the_points_of_an_item_are_those_of_the_units_group() -> None:
    """8 − 3 × 1 = 5; 12 − 3 × 1 = 9."""
    data = scheme(groups=GROUPS, base=[item("i", BY_GROUP, loses())])
    rows = [found("i", "x", 3, unit="d"), found("i", "x", 3, unit="s")]
    assert points(data, *rows, roster=(DEPARTMENT, STREET)) == ["5", "9"]
    result = run(data, *rows, roster=(DEPARTMENT, STREET))
    assert [str(each.items["i"].full) for each in result.units] == ["8", "12"]


def test_the_base_is_rescaled_from_each_units_own_points() -> None:
    """Item k (4 points) is not applicable: 5 × 12 ÷ 8 = 7.5; 9 × 16 ÷ 12 = 12."""
    data = scheme(groups=GROUPS, base=[item("i", BY_GROUP, loses()), item("k", 4, loses())])
    rows = [found("i", "x", 3, unit=unit) for unit in "ds"] + [na("k", "d"), na("k", "s")]
    result = run(data, *rows, roster=(DEPARTMENT, STREET))
    assert [str(each.base) for each in result.units] == ["7.5", "12"]
    assert [
        each.coverage and (each.coverage.numerator, each.coverage.denominator) for each in result.units
    ] == [
        (2, 3),
        (3, 4),
    ]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [((), "9"), (("window",), "7"), (("remote",), "6"), (("window", "remote"), "6"), (("else",), "9")],
)
def test_of_two_tags_that_match_the_larger_amount_holds(tags: tuple[str, ...], expected: str) -> None:
    """10 − min(cap, 5 × 1): the cap is 1 without a tag, 3 with window, 40 % of 10 = 4 with remote."""
    cap = {"by": "tag", "window": 3, "remote": "40 %", "other": 1}
    data = scheme(base=[item("i", 10, loses(cap=cap))])
    assert points(data, found("i", "x", 5, unit="t"), roster=(tagged(*tags),)) == [expected]


def test_which_of_two_tags_is_larger_depends_on_the_units_points() -> None:
    """40 % of 5 = 2 is below 3: 5 − min(3, 5 × 1) = 2; 40 % of 10 = 4 is above it: 10 − 4 = 6."""
    cap = {"by": "tag", "window": 3, "remote": "40 %", "other": 1}
    data = scheme(groups=GROUPS, base=[item("i", {"by": "group", "all": 5, "streets": 10}, loses(cap=cap))])
    both = tuple(
        Unit(unit=group, name=group, group=group, tags=("window", "remote")) for group in ("all", "streets")
    )
    rows = [found("i", "x", 5, unit=group) for group in ("all", "streets")]
    assert points(data, *rows, roster=both) == ["2", "6"]


def test_a_switch_by_date_that_no_row_decides_takes_the_first_day_of_the_period() -> None:
    """The period begins on 2024-01-01: 5 points."""
    switch = {"by": "date", "first": 3, "2024-01-01": 5, "2024-07-01": 9}
    data = scheme(base=[item("i", switch, {"kind": "deduct"})])
    assert points(data, clean("i"), roster=(Unit(unit="u", name="示例", group="all"),)) == ["5"]


def test_a_switch_by_level_goes_by_the_level_that_was_picked() -> None:
    """hard: 6 − 2 × 1 = 4; easy: 3 − 2 × 0.5 = 2."""
    each = {"by": "level", "hard": 1, "easy": 0.5}
    levels = [{"id": "hard", "points": 6}, {"id": "easy", "points": 3}]
    rule = {"kind": "level", "levels": levels, "minus": loses(each)["minus"]}
    data = scheme(groups=GROUPS, base=[item("i", 6, rule)])
    rows = [found("i", "x", 2, unit=unit) for unit in "ds"]
    rows += [found("i", "level", "hard", unit="d"), found("i", "level", "easy", unit="s")]
    assert points(data, *rows, roster=(DEPARTMENT, STREET)) == ["4", "2"]


def test_percentages_of_a_bonus_refer_to_the_units_own_cap() -> None:
    """50 % of 4 = 2, of 6 = 3."""
    rule = {"kind": "events", "levels": {"city": "50 %"}, "same_matter": "sum", "shared": "full"}
    bonus = extra("i", rule, cap={"by": "group", "all": 4, "other": 6})
    data = scheme(groups=GROUPS, base=[item("b", 100, {"kind": "deduct"})], bonus=[bonus])
    rows = [clean("b", unit) for unit in "ds"]
    rows += [found("i", "event", "city", unit=unit, case="1", start="2024-03-01") for unit in "ds"]
    assert points(data, *rows, roster=(DEPARTMENT, STREET)) == ["2", "3"]


def test_a_veto_measures_a_percentage_by_the_units_own_points() -> None:
    """5 of 8 is 62.5 %, 5 of 12 is less than half."""
    stop = veto("v", "i/points < 50 %", {"at_most": 1})
    data = scheme(groups=GROUPS, base=[item("i", BY_GROUP, loses())], veto=[stop])
    rows = [found("i", "x", 3, unit="d"), found("i", "x", 7, unit="s")]
    result = run(data, *rows, roster=(DEPARTMENT, STREET))
    assert [str(each.total) for each in result.units] == ["5", "1"]


def test_the_trace_shows_the_units_own_numbers() -> None:
    data = scheme(groups=GROUPS, base=[item("i", BY_GROUP, loses("25 %"))])
    rows = [found("i", "x", 1, unit="d"), found("i", "x", 1, unit="s")]
    result = run(data, *rows, roster=(DEPARTMENT, STREET))
    assert [explain(result, unit).items[0].arithmetic for unit in "ds"] == [
        "8 − 25 % × 8 = 6",
        "12 − 25 % × 12 = 9",
    ]


def test_the_rule_in_words_names_every_case_for_the_scheme_and_one_for_the_unit() -> None:
    data = scheme(groups=GROUPS, base=[item("i", BY_GROUP, loses())])
    entry = run(data, roster=(DEPARTMENT, STREET)).scheme.items["i"]
    assert entry.words() == "满分（类别 all：8分，类别 streets：12分）；问题：每次扣1分"
    assert entry.of(STREET, "2024-01-01").words() == "满分12分；问题：每次扣1分"


def test_an_open_items_span_ends_at_the_units_own_points() -> None:
    data = scheme(groups=GROUPS, base=[item("i", BY_GROUP, loses())])
    result = run(data, roster=(DEPARTMENT, STREET))
    assert [(str(each.low), str(each.high)) for each in result.units] == [("0", "8"), ("0", "12")]


@pytest.mark.parametrize(
    ("points", "rule", "message"),
    [
        ({"by": "group", "all": 8}, loses(), "scheme.switch-other"),
        ({"by": "group", "all": 8, "other": 0}, loses(), "scheme.not-positive"),
        ({"by": "level", "hard": 8, "other": 1}, loses(), "scheme.switch-level"),
        (8, loses({"by": "group", "all": "60", "other": 1}), "scheme.number-in-quotes"),
        (
            8,
            {"kind": "deduct", "bounds": {"from": {"by": "group", "all": -1, "streets": 9}}},
            "scheme.rule-bounds",
        ),
    ],
)
def test_a_switch_is_judged_case_by_case(points: Any, rule: Any, message: str) -> None:
    with pytest.raises(InputError) as refused:
        run(scheme(groups=GROUPS, base=[item("i", points, rule)]))
    assert [each.kind.id for each in refused.value.problems] == [message]
