"""Each form of line, its caps and percentages, `zero_if` and the limits, worked by hand."""

from __future__ import annotations

import pytest

from tests.unit.scoring.small import Table, clean, found, item, loses, of_kind, one, scheme, unit

RANGE: Table = {"kind": "deduct", "minus": [{"id": "other", "title": "其他", "range": [0.5, 2], "cap": 3}]}
CASES: Table = {"reply": {"ask": "cases", "within": "20 working days"}}


@pytest.mark.parametrize(
    ("line", "count", "points"),
    [
        ({"each": 0.5}, 2, "2"),  # 3 − 2 × 0.5
        ({"each": 0.5}, 9, "0"),  # 3 − 4.5, at least 0
        ({"each": 0.5, "cap": 2}, 9, "1"),  # 3 − min(2, 4.5)
        ({"each": "10 %"}, 4, "1.8"),  # 3 − 4 × 10 % × 3
        ({"each": "10 %", "cap": "50 %"}, 9, "1.5"),  # 3 − min(50 % × 3, 9 × 10 % × 3)
        ({"each": 0.0001}, 1, "2.9999"),
    ],
)
def test_each_takes_for_every_case(line: Table, count: int, points: str) -> None:
    assert (
        one(loses(line["each"], **{k: v for k, v in line.items() if k != "each"}), found("i", "x", count))
        == points
    )


def test_all_rows_of_a_line_are_rounded_once_together() -> None:
    # 33.33333333 % × 1 point is 0.3333333333 exactly; three of them are 0.9999999999 → 1
    rule = {"kind": "earn", "plus": [{"id": "x", "title": "次", "each": "33.33333333 %"}]}
    rows = [found("i", "x", 1, case=str(number)) for number in range(3)]
    assert one(rule, *rows, points=1) == "1"


def test_two_lines_are_rounded_apart() -> None:
    # 12.345678905 % × 1 = 0.12345678905 → 0.12345679 each: 0.24691358, not 0.24691357(81)
    line = {"title": "次", "once": "12.345678905 %"}
    rule = {"kind": "earn", "plus": [{"id": "x", **line}, {"id": "y", **line}]}
    assert one(rule, found("i", "x", "yes"), found("i", "y", "yes"), points=1) == "0.24691358"


@pytest.mark.parametrize(
    ("answers", "points"), [(["no"], "3"), (["yes"], "1.5"), (["no", "是"], "1.5"), (["否"], "3")]
)
def test_once_takes_once_whatever_the_number_of_cases(answers: list[str], points: str) -> None:
    rule = {"kind": "deduct", "minus": [{"id": "refused", "title": "拒绝", "once": "50 %"}]}
    rows = [found("i", "refused", answer, case=str(place)) for place, answer in enumerate(answers)]
    assert one(rule, *rows) == points


def test_typed_points_add_up_to_the_line_cap() -> None:
    first, second = (found("i", "other", value, case=value, reason="酌情") for value in ("0.5", "1.25"))
    # 3 − (0.5 + 1.25) = 1.25
    assert one(RANGE, first, second) == "1.25"
    third = found("i", "other", "2", case="3", reason="酌情")
    # 3 − min(3, 3.75) = 0
    assert one(RANGE, first, second, third) == "0"
    assert one(RANGE, clean("i")) == "3"


@pytest.mark.parametrize(
    ("field", "points"),
    [("late", "1"), ("missing", "2"), ("all", "0"), ("on_time", "3")],
)
def test_a_line_counts_a_field_of_cases(field: str, points: str) -> None:
    rule = {"kind": "deduct", "minus": [{"count": f"reply.{field}", "each": 1}]}
    # on time 0, late 2, missing 1, early 0; all 3
    rows = [found("i", "reply.late", 2), found("i", "reply.missing", 1)]
    assert one(rule, *rows, facts=CASES) == points


def test_cases_split_over_rows_add_up() -> None:
    rule = {"kind": "deduct", "minus": [{"count": "reply.late", "each": 0.5}]}
    rows = [found("i", "reply.late", 1, case="一"), found("i", "reply.late", 2, case="二")]
    assert one(rule, *rows, facts=CASES) == "1.5"


@pytest.mark.parametrize(("mobile", "points"), [("yes", "2.7"), ("no", "3")])
def test_when_beside_an_id_is_a_further_condition(mobile: str, points: str) -> None:
    facts = {"mobile": {"ask": "yes_no"}}
    rule = {
        "kind": "deduct",
        "minus": [{"id": "consent", "title": "未同意", "once": 0.3, "when": "mobile = yes"}],
    }
    rows = [found("i", "consent", "yes"), found("i", "mobile", mobile)]
    assert one(rule, *rows, facts=facts) == points


def test_when_beside_each_and_range_takes_the_whole_line_or_nothing() -> None:
    facts = {"mobile": {"ask": "yes_no"}}
    each = loses(0.5, when="mobile = yes")
    typed = {"kind": "deduct", "minus": [{**RANGE["minus"][0], "when": "mobile = yes"}]}
    for answer, counted, given in (("yes", "2", "2.5"), ("no", "3", "3")):
        mobile = found("i", "mobile", answer)
        assert one(each, found("i", "x", 2), mobile, facts=facts) == counted
        assert one(typed, found("i", "other", "0.5", reason="酌情"), mobile, facts=facts) == given


def test_a_line_with_when_alone_asks_nothing() -> None:
    facts = {"rate": {"ask": "ratio"}}
    rule = {"kind": "deduct", "minus": [{"when": "rate < 30 %", "once": 1}]}
    assert one(rule, found("i", "rate", 29, of="100"), facts=facts) == "2"
    assert one(rule, found("i", "rate", 30, of="100"), facts=facts) == "3"
    # no value: the condition is false, the item stays applicable
    assert one(rule, found("i", "rate", 0, of="0"), facts=facts) == "3"


def test_blank_may_be_worse_than_short() -> None:
    facts = {"posts": {"ask": "count"}}
    lines = [{"when": "posts = 0", "once": 4}, {"when": "posts > 0 and posts < 30", "once": 2}]
    rule = {"kind": "deduct", "minus": lines}
    reached = [one(rule, found("i", "posts", posts), points=5, facts=facts) for posts in (0, 1, 29, 30)]
    assert reached == ["1", "3", "3", "5"]


def test_once_a_half_twice_nothing() -> None:
    """`each = 0.5`, `zero_if = "x >= 2"`."""
    rule = loses(0.5) | {"zero_if": "x >= 2"}
    assert [one(rule, found("i", "x", count)) for count in (0, 1, 2, 3)] == ["3", "2.5", "0", "0"]


def test_all_or_nothing() -> None:
    rule = {"kind": "deduct", "zero_if": "share < 30 %"}
    facts = {"share": {"ask": "ratio"}}
    reached = [one(rule, found("i", "share", part, of="10"), facts=facts) for part in (2, 3)]
    assert reached == ["0", "3"]


def test_zero_if_never_lifts_what_is_below_zero() -> None:
    # floor_at = "none": 3 − 5 × 1 = -2, and min(0, -2) = -2
    data = scheme(
        base=[item("i", 3, loses(1) | {"zero_if": "x >= 5"}), item("j", 7, {"kind": "deduct"})],
        total={"floor_at": "none"},
    )
    assert str(unit(data, found("i", "x", 5), clean("j")).items["i"].points) == "-2"


def test_zero_if_in_a_major_deduction_takes_the_amount_away() -> None:
    rule = loses(2) | {"zero_if": "reported = yes"}
    facts = {"reported": {"ask": "yes_no"}}
    rows = [found("i", "x", 3), found("i", "reported", "yes")]
    assert of_kind("major_deduction", rule, *rows, facts=facts) == "0"


def test_plus_lines_come_before_the_upper_limit() -> None:
    rule = loses(1) | {"plus": [{"id": "y", "title": "加", "each": 2}]}
    # 3 − 1 + 2 × 2 = 6, at most 3; 3 − 4 + 2 × 2 = 3, not max(0, …) in between
    assert one(rule, found("i", "x", 1), found("i", "y", 2)) == "3"
    assert one(rule, found("i", "x", 4), found("i", "y", 1)) == "1"


def test_a_bonus_ends_at_its_cap_and_at_nothing() -> None:
    rule = {"kind": "earn", "plus": [{"id": "x", "title": "次", "each": 3}]}
    assert of_kind("bonus", rule, found("i", "x", 3), cap=8) == "8"
    assert of_kind("bonus", rule, found("i", "x", 3)) == "9"
