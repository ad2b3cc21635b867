"""Items asked in every period: lines, sums, means; every number worked by hand."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest

from govscore.errors import InputError
from govscore.facts.base import Period
from govscore.rules.periods import spans_of
from govscore.scoring.trace import explain_item
from tests.unit.scoring import small
from tests.unit.scoring.small import found, item, of_kind, scheme

if TYPE_CHECKING:
    from govscore.facts.rows import Row

Table = dict[str, Any]
QUARTERS = ("2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4")
WAYS: tuple[tuple[str, Table], ...] = (("lines", {}), ("sum", {"each_period": 2}), ("mean", {}))
EACH: Table = {"id": "late", "title": "迟报", "each": 1}


def quarterly(combine: str, rule: Table | None = None, **more: Any) -> Table:
    made: Table = {"kind": "deduct", "minus": [EACH]} if rule is None else rule
    return {**made, "per": "quarter", "combine": combine, **more}


def counts(*numbers: int | str, fact: str = "late") -> list[Row]:
    """A row a quarter: a count, or a state."""
    return [
        found("i", "", period=period, state=number)
        if isinstance(number, str)
        else found("i", fact, number, period=period)
        for period, number in zip(QUARTERS, numbers, strict=False)
    ]


def one(rule: Table, *rows: Row, points: Any = 8, **more: Any) -> str | None:
    return small.one(rule, *rows, points=points, **more)


# --- which periods ------------------------------------------------------------


@pytest.mark.parametrize(
    ("per", "first", "last", "expected"),
    [
        ("month", "2024-01-31", "2024-03-01", ["2024-01", "2024-02", "2024-03"]),
        ("month", "2023-12-05", "2024-01-01", ["2023-12", "2024-01"]),
        ("quarter", "2024-03-31", "2024-07-01", ["2024-Q1", "2024-Q2", "2024-Q3"]),
        # 1 January 2023 was a Sunday: it belongs to the last ISO week of 2022.
        ("week", "2023-01-01", "2023-01-09", ["2022-W52", "2023-W01", "2023-W02"]),
        # 2020 had 53 ISO weeks: 31 December 2020 was a Thursday.
        ("week", "2020-12-28", "2021-01-04", ["2020-W53", "2021-W01"]),
    ],
)
def test_every_period_that_the_assessment_touches_is_asked(
    per: Any, first: str, last: str, expected: list[str]
) -> None:
    assert list(spans_of(per, Period(first=first, last=last))) == expected


def test_a_period_has_its_own_first_and_last_day_whatever_the_assessment_covers() -> None:
    spans = spans_of("quarter", Period(first="2024-02-15", last="2024-05-01"))
    assert [(each.first, each.last) for each in spans.values()] == [
        ("2024-01-01", "2024-03-31"),
        ("2024-04-01", "2024-06-30"),
    ]
    week = spans_of("week", Period(first="2024-12-31", last="2024-12-31"))["2025-W01"]
    assert (week.first, week.last) == ("2024-12-30", "2025-01-05")


# --- lines --------------------------------------------------------------------


def test_lines_of_all_periods_act_on_one_start() -> None:
    """8 − (1 + 0 + 2 + 1) × 1 = 4."""
    assert one(quarterly("lines"), *counts(1, 0, 2, 1)) == "4"


def test_caps_act_over_all_periods() -> None:
    """4 faults at 1, capped at 3 over the year: 8 − 3 = 5; then minus_cap 2: 8 − 2 = 6."""
    rule: Table = {"kind": "deduct", "minus": [{**EACH, "cap": 3}]}
    assert one(quarterly("lines", rule), *counts(1, 0, 2, 1)) == "5"
    assert one(quarterly("lines", rule, minus_cap=2), *counts(1, 0, 2, 1)) == "6"


def test_once_charges_once_per_period() -> None:
    """Refused in the first and in the third quarter: 8 − 2 × 3 = 2."""
    rule: Table = {"kind": "deduct", "minus": [{"id": "refused", "title": "拒绝", "once": 3}]}
    rows = [
        found("i", "refused", word, period=period)
        for period, word in zip(QUARTERS, ["yes", "no", "yes", "no"], strict=True)
    ]
    assert one(quarterly("lines", rule), *rows) == "2"


def test_zero_if_in_any_period_zeroes() -> None:
    """Three faults in one quarter are too many; four in the year, never three at once, are not."""
    rule = quarterly("lines", zero_if="late >= 3")
    assert one(rule, *counts(0, 3, 0, 0)) == "0"
    assert one(rule, *counts(2, 1, 1, 0)) == "4"


def test_conditions_of_lines_are_read_per_period() -> None:
    """A quarter with 2 or more costs 3 once; Q1 and Q4 do: 8 − 2 × 3 = 2."""
    rule: Table = {
        "kind": "deduct",
        "minus": [{"when": "late >= 2", "once": 3}],
    }
    made = item("i", 8, quarterly("lines", rule), facts={"late": {"ask": "count"}})
    got = small.unit(scheme(base=[made]), *counts(2, 1, 0, 5)).items["i"].points
    assert str(got) == "2"


def test_steps_of_all_periods_are_added_exactly_and_rounded_once() -> None:
    """1 point for each full 30 short of 10 (exact steps): (1 + 1 + 1) ÷ 30 = 0.1, without any rounding."""
    line = {"of": "posts", "short_of": 10, "every": 30, "each": 1, "steps": "exact"}
    made = item(
        "i", 8, quarterly("lines", {"kind": "deduct", "minus": [line]}), facts={"posts": {"ask": "count"}}
    )
    rows = counts(9, 9, 9, 12, fact="posts")
    assert str(small.unit(scheme(base=[made]), *rows).items["i"].points) == "7.9"


def test_steps_of_ratios_with_different_wholes_are_added_exactly() -> None:
    """Short of 50 % by 1/6, 1/3 and 0: (1/6 + 1/3) ÷ 1 % × 0.1 = 50 × 0.1 = 5; 8 − 5 = 3."""
    line = {"of": "rate", "short_of": "50 %", "every": "1 %", "each": 0.1, "steps": "exact"}
    line["each"] = 0.1
    rule = quarterly("lines", {"kind": "deduct", "minus": [line]})
    made = item("i", 8, rule, facts={"rate": {"ask": "ratio"}})
    rows = [
        found("i", "rate", part, of=str(whole), period=period)
        for period, part, whole in zip(QUARTERS, [1, 1, 1, 0], [3, 6, 2, 0], strict=True)
    ]
    assert str(small.unit(scheme(base=[made]), *rows).items["i"].points) == "3"


def test_a_quarter_that_is_not_applicable_has_no_lines() -> None:
    """8 − 1 − 2 = 5."""
    assert one(quarterly("lines"), *counts(1, "na", 2, "none")) == "5"


# --- sum and mean -------------------------------------------------------------


def test_sum_scores_every_period_from_its_own_points_and_adds_them_up() -> None:
    """2 a quarter: 2 − 1 = 1, 2, max(0, 2 − 3) = 0, 1.5 (half a point): 1 + 2 + 0 + 1 = 4."""
    assert one(quarterly("sum", each_period=2), *counts(1, 0, 3, 1)) == "4"


def test_a_sum_is_limited_to_the_points_of_the_item() -> None:
    """3 + 3 + 3 + 1 = 10, of 8 points."""
    assert one(quarterly("sum", each_period=3), *counts(0, 0, 0, 2)) == "8"


def test_percentages_in_a_sum_are_of_the_points_of_one_period() -> None:
    """25 % of 2 for each fault: 1.5 + 2 + 1 + 2 = 6.5."""
    rule: Table = {"kind": "deduct", "minus": [{**EACH, "each": "25 %"}]}
    assert one(quarterly("sum", rule, each_period="25 %"), *counts(1, 0, 2, 0)) == "6.5"


def test_mean_scores_every_period_against_the_full_points() -> None:
    """7, 8, 5, 8: 28 ÷ 4 = 7; without Q2 20 ÷ 3 = 6.66666667."""
    assert one(quarterly("mean"), *counts(1, 0, 3, 0)) == "7"
    assert one(quarterly("mean"), *counts(1, "na", 3, 0)) == "6.66666667"


def test_zero_if_acts_per_period_in_sum_and_mean() -> None:
    """8, 0, 8, 8: 24 ÷ 4 = 6."""
    assert one(quarterly("mean", zero_if="late >= 3"), *counts(0, 3, 0, 0)) == "6"


def test_a_picked_level_is_picked_per_period() -> None:
    """2, 1, 2, 0 of 2 each: 5."""
    levels = [{"id": "a", "points": 2}, {"id": "b", "points": 1}, {"id": "c", "points": 0}]
    rule = quarterly("sum", {"kind": "level", "levels": levels}, each_period=2)
    rows = [found("i", "level", level, period=period) for period, level in zip(QUARTERS, "abac", strict=True)]
    assert one(rule, *rows) == "5"


def test_a_period_whose_start_has_no_value_is_not_applicable() -> None:
    """Shares 50 %, none, 100 %, 75 % of 8: (4 + 8 + 6) ÷ 3 = 6."""
    rule = quarterly("mean", {"kind": "share", "of": "rate"})
    rows = [
        found("i", "rate", part, of=str(whole), period=period)
        for period, part, whole in zip(QUARTERS, [1, 0, 3, 3], [2, 0, 3, 4], strict=True)
    ]
    assert one(rule, *rows, facts={"rate": {"ask": "ratio"}}) == "6"


# --- what is asked ------------------------------------------------------------


def test_an_item_is_open_until_every_period_is_answered() -> None:
    for combine, more in WAYS:
        data = scheme(base=[item("i", 8, quarterly(combine, **more))])
        assert small.unit(data, *counts(1, 0, 2)).items["i"].state == "open"
        assert small.unit(data, *counts(1, 0, 2, 0)).items["i"].state == "reviewed"


def test_an_item_is_not_applicable_in_one_row_without_period_or_in_every_period() -> None:
    for combine, more in WAYS:
        data = scheme(base=[item("i", 8, quarterly(combine, **more)), item("j", 2, {"kind": "deduct"})])
        for rows in ([small.na("i")], counts("na", "na", "na", "na")):
            assert small.unit(data, *rows).items["i"].state == "not_applicable"


@pytest.mark.parametrize(
    ("rows", "id"),
    [
        ([found("i", "late", 1)], "findings.period-needed"),
        ([small.clean("i")], "findings.period-needed"),
        ([found("i", "late", 1, period="2024-03")], "findings.unknown-period"),
        ([found("i", "late", 1, period="2025-Q1")], "findings.unknown-period"),
        ([small.na("i"), found("i", "late", 1, period="2024-Q1")], "findings.na-and-values"),
        ([small.na("i"), small.na("i")], "findings.row-twice"),
        ([*counts(1), *counts(2)], "findings.row-twice"),
        ([*counts("na"), *counts(2)], "findings.na-and-values"),
        ([found("j", "", "", state="none", period="2024-Q1")], "findings.period-not-here"),
    ],
)
def test_rows_that_do_not_fit_their_item_are_problems(rows: list[Row], id: str) -> None:
    data = scheme(base=[item("i", 8, quarterly("lines")), item("j", 2, small.loses())])
    with pytest.raises(InputError) as refused:
        small.run(data, *rows)
    assert id in {problem.id for problem in refused.value.problems}


def test_an_event_must_lie_in_the_period_of_its_row() -> None:
    rule: Table = {"kind": "events", "levels": {"city": 1}, "same_matter": "sum", "shared": "full"}
    data = scheme(
        base=[item("b", 100, {"kind": "deduct"})],
        bonus=[small.extra("i", quarterly("sum", rule, each_period=2), cap=8)],
    )
    may = found("i", "event", "city", period="2024-Q1", start="2024-05-02", case="1")
    with pytest.raises(InputError):
        small.run(data, may)
    small.run(data, may._replace(period="2024-Q2"))


# --- bonus, deductions, charges -----------------------------------------------


def test_a_bonus_over_periods_ends_at_its_cap_and_a_deduction_is_added_up() -> None:
    """Bonus 2 + 2 + 2 + 1 = 7, cap 5; deduction 1 + 0 + 2 + 1 = 4."""
    gains: Table = {"kind": "earn", "plus": [{"id": "late", "title": "篇", "each": 1}]}
    assert of_kind("bonus", quarterly("sum", gains, each_period=2), *counts(2, 3, 2, 1), cap=5) == "5"
    assert of_kind("major_deduction", quarterly("lines"), *counts(1, 0, 2, 1)) == "4"


def test_charges_elsewhere_are_added_up_in_every_combination() -> None:
    """One fault in Q1 and two in Q3 take 3 × 2 = 6 from the total, however the points come together."""
    rule: Table = {"kind": "deduct", "minus": [{**EACH, "each": 2, "from": "total"}]}
    for combine, more in WAYS:
        data = scheme(
            base=[item("i", 8, quarterly(combine, rule, **more)), item("b", 92, {"kind": "deduct"})]
        )
        got = small.unit(data, *counts(1, 0, 2, 0), small.clean("b"))
        assert (str(got.items["i"].points), str(got.charged)) == ("8", "6")


# --- across items -------------------------------------------------------------


def veto_on(when: str, *rows: Row, combine: str = "lines") -> tuple[bool, bool]:
    """Whether a veto acts, and whether it is undecided."""
    data = scheme(
        base=[item("i", 100, quarterly(combine))],
        veto=[small.veto("v", when, {"at_most": 50})],
    )
    got = small.unit(data, *rows).vetoes[0]
    return got.acts, got.undecided


def test_conditions_across_items_add_counts_over_the_periods() -> None:
    """1 + 0 + 2 + 1 = 4 faults in the year."""
    assert veto_on("i/late >= 4", *counts(1, 0, 2, 1)) == (True, False)
    assert veto_on("i/late > 4", *counts(1, 0, 2, 1)) == (False, False)
    assert veto_on("i/late = 3", *counts(1, "na", 2, "none")) == (True, False)


def test_a_count_over_periods_is_decided_as_soon_as_no_open_period_can_change_it() -> None:
    """Two faults so far: at least 2 is decided, at most 1 is ruled out, exactly 3 is open."""
    assert veto_on("i/late >= 2", *counts(2)) == (True, False)
    assert veto_on("i/late < 2", *counts(2)) == (False, False)
    assert veto_on("i/late = 3", *counts(2)) == (False, True)
    assert veto_on("i/late != 1", *counts(2)) == (True, False)
    assert veto_on("i/late > 2", *counts(2)) == (False, True)


# --- traces -------------------------------------------------------------------


def test_a_trace_names_the_periods(english: None) -> None:
    data = scheme(base=[item("i", 8, quarterly("mean"))])
    told = explain_item(small.board(data, counts(1, "na", 3, 0)), "u", "i")
    assert told.arithmetic == "(7 + 5 + 8) ÷ 3 = 6.66666667"
    assert [step.text for step in told.steps] == [
        "quarter 1 of 2024: start: 8; 迟报: minus 1",
        "quarter 2 of 2024: not applicable",
        "quarter 3 of 2024: start: 8; 迟报: minus 3 × 1 = 3",
        "quarter 4 of 2024: start: 8",
        "mean of the periods: (7 + 5 + 8) ÷ 3 = 6.66666667",
    ]
    data = scheme(base=[item("i", 8, quarterly("lines"))])
    told = explain_item(small.board(data, counts(1, 0, 2, 0)), "u", "i")
    assert told.arithmetic == "8 − 3 × 1 = 5"
    assert [step.text for step in told.steps] == [
        "start: 8",
        "迟报 (quarter 1 of 2024: 1, quarter 3 of 2024: 2): minus 3 × 1 = 3",
    ]


def test_a_date_switch_without_a_date_takes_the_first_day_of_the_period() -> None:
    """Cases without start in Q1 are due by 1 February, later ones by 1 December: Q2 has a late one."""
    limit = {"by": "date", "first": datetime.date(2024, 2, 1), "2024-04-01": datetime.date(2024, 12, 1)}
    rule: Table = {"kind": "deduct", "minus": [{"count": "reply.late", "each": 1}]}
    made = item("i", 8, quarterly("lines", rule), facts={"reply": {"ask": "cases", "within": limit}})
    rows = [found("i", "reply", case="1", finish="2024-06-01", period=period) for period in QUARTERS]
    assert str(small.unit(scheme(base=[made]), *rows).items["i"].points) == "7"


# --- switches ---


def test_what_a_period_is_worth_may_depend_on_the_group_and_so_may_the_points() -> None:
    """12 points, 3 a quarter for group all: 3 − 1, 3, 3 − 2, and one not applicable: 6 of 9."""
    rule = quarterly("sum", each_period={"by": "group", "all": 3, "other": 1})
    made = item("i", {"by": "group", "all": 12, "other": 4}, rule)
    data = scheme(groups={"all": "全部", "few": "其他"}, base=[made, item("j", 3, {"kind": "deduct"})])
    got = small.unit(data, *counts(1, 0, 2, "na"), small.clean("j"))
    assert (str(got.items["i"].points), str(got.items["i"].full)) == ("6", "9")
    assert str(got.base) == "11.25"  # (6 + 3) × 15 ÷ (9 + 3)


# --- several reviewers --------------------------------------------------------


def by(reviewer: str, *numbers: int | str) -> list[Row]:
    return [row._replace(reviewer=reviewer) for row in counts(*numbers)]


def test_reviewers_are_combined_in_every_period_and_then_the_periods(english: None) -> None:
    """甲 7, 8, 5, 8 and 乙 8, 8, 6, 6: means 7.5, 8, 5.5, 7 of the quarters, and (7.5+8+5.5+7) ÷ 4 = 7."""
    made = item("i", 8, quarterly("mean"), reviewers={"take": "mean", "raters": 2})
    rows = [*by("甲", 1, 0, 3, 0), *by("乙", 0, 0, 2, 2)]
    got = small.board(scheme(base=[made]), rows)
    assert str(got.unit("u").items["i"].points) == "7"
    told = explain_item(got, "u", "i")
    assert told.arithmetic == "(7.5 + 8 + 5.5 + 7) ÷ 4 = 7"
    assert [step.name for step in told.steps] == ["period"] * 4 + ["mean"]
    assert small.unit(scheme(base=[made]), *rows[:-1]).items["i"].state == "open"


def test_under_lines_each_reviewer_is_scored_over_all_periods_before_they_are_combined() -> None:
    """A year's cap of 3: 甲 8 − min(3, 5) = 5, 乙 8 − 1 = 7; the mean is 6."""
    rule: Table = {"kind": "deduct", "minus": [{**EACH, "cap": 3}]}
    made = item("i", 8, quarterly("lines", rule), reviewers={"take": "mean", "raters": 2})
    rows = [*by("甲", 1, 0, 3, 1), *by("乙", 0, 0, 1, 0)]
    assert str(small.unit(scheme(base=[made]), *rows).items["i"].points) == "6"


def test_facts_that_must_be_the_same_are_compared_period_by_period() -> None:
    made = item("i", 8, quarterly("lines"), reviewers="same")
    alike = [*by("甲", 1, 0, 3, 1), *by("乙", 1, 0, 3, 1)]
    assert str(small.unit(scheme(base=[made]), *alike).items["i"].points) == "3"
    apart = [*by("甲", 1, 0, 3, 1), *by("乙", 1, 0, 2, 1)]
    assert small.unit(scheme(base=[made]), *apart).items["i"].state == "open"
