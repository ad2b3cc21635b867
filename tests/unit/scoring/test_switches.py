"""Numbers by group, tag, date and level: every unit is scored by its own."""

from __future__ import annotations

from typing import Any

import pytest

from govscore.errors import InputError
from govscore.scheme.units import Unit
from govscore.scoring.trace import explain
from tests.unit.scoring.small import clean, extra, found, item, loses, na, of_kind, one, run, scheme, veto

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


# --- row by row -------------------------------------------------------------------------------------

REPEAT = {"by": "tag", "repeat": 2, "other": 1}


def test_every_row_is_multiplied_by_its_own_tags() -> None:
    """10 − (2 × 1 + 1 × 2) × 1 = 6."""
    rows = [found("i", "x", 2, case="a"), found("i", "x", 1, case="b", tags="new repeat")]
    assert one(loses(times=REPEAT), *rows, points=10) == "6"


def test_a_row_of_two_kinds_takes_the_larger_amount() -> None:
    """10 − 1 × 5 = 5, whichever of the two names comes first; a alone: 10 − 2 = 8, or 10 − 5 = 5."""
    for amounts, alone in (({"a": 2, "b": 5}, "8"), ({"a": 5, "b": 2}, "5")):
        rule = loses({"by": "tag", **amounts, "other": 1})
        assert one(rule, found("i", "x", 1, case="1", tags="a b"), points=10) == "5"
        assert one(rule, found("i", "x", 1, case="1", tags="a"), points=10) == alone


def test_the_units_own_tag_holds_for_every_row() -> None:
    """10 − 3 × 2 = 4: the unit has the tag; 10 − (1 × 5 + 2 × 2) = 1 where a row's own tag is worth more."""
    each = {"by": "tag", "remote": 2, "grave": 5, "other": 1}
    data = scheme(base=[item("i", 10, loses(each))])
    mine = (tagged("remote"),)
    assert points(data, found("i", "x", 3, unit="t"), roster=mine) == ["4"]
    rows = [found("i", "x", 1, unit="t", case="a", tags="grave"), found("i", "x", 2, unit="t", case="b")]
    assert points(data, *rows, roster=mine) == ["1"]


def test_once_charges_the_dearest_row_once() -> None:
    """10 − 5 = 5; a row that says no counts for nothing: 10 − 2 = 8."""
    rule = {
        "kind": "deduct",
        "minus": [{"id": "x", "title": "问题", "once": {"by": "tag", "a": 2, "b": 5, "other": 1}}],
    }
    rows = [found("i", "x", "yes", case=tag, tags=tag) for tag in "ab"]
    assert one(rule, *rows, points=10) == "5"
    assert one(rule, rows[0], found("i", "x", "no", case="b", tags="b"), points=10) == "8"


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2024-06-30", "9"),
        ("2024-07-01", "7"),
        ("2024-06-30T23:59+08:00", "9"),
        ("", "9"),
        ("2023-12-31", "9"),
    ],
)
def test_a_row_goes_by_its_own_date(start: str, expected: str) -> None:
    """first 1, from July 3: 10 − 1 = 9, 10 − 3 = 7; without a date the period's first day."""
    rule = loses({"by": "date", "first": 1, "2024-07-01": 3})
    assert one(rule, found("i", "x", 1, start=start), points=10) == expected


def test_a_date_that_decides_must_be_one() -> None:
    rule = loses({"by": "date", "first": 1, "2024-07-01": 3})
    with pytest.raises(InputError) as refused:
        one(rule, found("i", "x", 1, start="July"), points=10)
    assert [each.kind.id for each in refused.value.problems] == ["findings.case-moment"]


def test_typed_points_are_multiplied_row_by_row() -> None:
    """10 − (0.5 × 1 + 1 × 2) = 7.5."""
    line = {"id": "x", "title": "问题", "range": [0.5, 2], "times": REPEAT}
    rows = [
        found("i", "x", "0.5", case="a", reason="轻"),
        found("i", "x", "1", case="b", reason="重", tags="repeat"),
    ]
    assert one({"kind": "deduct", "minus": [line]}, *rows, points=10) == "7.5"


def test_all_rows_of_a_line_are_rounded_together() -> None:
    """0.33 of the finest unit each: three rows are 0.99, which rounds to 1; each for itself would be 0."""
    each = {"by": "tag", "a": "0.00000033 %", "other": "0.00000033 %"}
    rows = [found("i", "x", 1, case=case, tags=tag) for case, tag in (("1", "a"), ("2", ""), ("3", "b"))]
    assert one(loses(each), *rows, points=1) == "0.99999999"


def test_cases_are_charged_by_their_own_tags() -> None:
    """Late are a (grave) and b: 10 − (3 + 1) = 6; c is in time."""
    facts = {"reply": {"ask": "cases", "within": "5 days"}}
    line = {"count": "reply.late", "each": {"by": "tag", "grave": 3, "other": 1}}
    rows = [
        found("i", "reply", case="a", start="2024-03-01", finish="2024-03-20", tags="grave"),
        found("i", "reply", case="b", start="2024-03-01", finish="2024-03-20"),
        found("i", "reply", case="c", start="2024-03-01", finish="2024-03-02", tags="grave"),
    ]
    assert one({"kind": "deduct", "minus": [line]}, *rows, points=10, facts=facts) == "6"


def test_events_are_worth_what_holds_on_their_day() -> None:
    """2 before July, 3 from then on: 2 + 3 = 5."""
    rule = {
        "kind": "events",
        "levels": {"city": {"by": "date", "first": 2, "2024-07-01": 3}},
        "same_matter": "sum",
        "shared": "full",
    }
    rows = [
        found("i", "event", "city", case=case, start=start)
        for case, start in (("a", "2024-06-30"), ("b", "2024-07-01"))
    ]
    assert of_kind("bonus", rule, *rows) == "5"


def test_the_trace_multiplies_each_kind_of_row_by_its_own_number() -> None:
    data = scheme(base=[item("i", 10, loses(0.5, times=REPEAT))])
    rows = [found("i", "x", 2, case="a"), found("i", "x", 1, case="b", tags="repeat")]
    assert explain(run(data, *rows), "u").items[0].arithmetic == "10 − (2 + 2 × 1) × 0.5 = 8"


def test_nothing_found_meets_no_option() -> None:
    assert one(loses(times=REPEAT), clean("i"), points=10) == "10"


def test_the_form_asks_for_rows_with_their_tags() -> None:
    made = run(scheme(base=[item("i", 10, loses(times=REPEAT))])).scheme
    asked = made.items["i"].asked["x"].question("x")
    assert asked.repeated
    assert [field.column for field in asked.fields] == ["value", "tags"]


def test_times_of_a_rule_may_go_by_group() -> None:
    """10 − 2 × 1 = 8; 10 − 2 × 1 × 3 = 4."""
    rule = {**loses(), "times": {"by": "group", "streets": 3, "other": 1}}
    data = scheme(groups=GROUPS, base=[item("i", 10, rule)])
    rows = [found("i", "x", 2, unit=unit) for unit in "ds"]
    assert points(data, *rows, roster=(DEPARTMENT, STREET)) == ["8", "4"]
