"""Cases by their dates: what each comes to, what its item is worth, and what the trace says of it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Final

import pytest

from govscore.errors import InputError
from govscore.scheme.read import scheme_from_mapping
from govscore.scheme.units import Unit
from govscore.scoring.facts import read_facts
from tests.unit.scoring.small import board, clean, found, item, scheme, unit, veto

if TYPE_CHECKING:
    from govscore.errors import Problem
    from govscore.facts.rows import Row

NAMES: Final = ("on_time", "late", "early", "missing", "all")


def reply(**limit: Any) -> dict[str, Any]:
    """A scheme with one item of 10 points: 1 off for each case late, 3 for each missing."""
    rule = {
        "kind": "deduct",
        "minus": [{"count": "reply.late", "each": 1}, {"count": "reply.missing", "each": 3}],
    }
    return scheme(base=[item("i", 10, rule, facts={"reply": {"ask": "cases", "title": "答复", **limit}})])


def case(start: str = "", finish: str = "", id: str = "a", **cells: str) -> Row:
    return found("i", "reply", case=id, start=start, finish=finish, **cells)


def counts(data: dict[str, Any], *rows: Row, tags: str = "", group: str = "all") -> tuple[int, ...] | None:
    """The five counts of the item's cases."""
    roster = (Unit(unit="u", name="示例", group=group, tags=tuple(tags.split())),)
    made = scheme_from_mapping(data)
    values = read_facts(rows, made, roster).of("u", "i").values.get("reply")
    return None if values is None else tuple(int(values[name]) for name in NAMES)


def class_of(data: dict[str, Any], *rows: Row, **about: str) -> str:
    """The one class that a single case is in; "running" if it is in none."""
    each = counts(data, *rows, **about)
    assert each is not None
    assert sum(each[:4]) == each[4] <= 1
    return dict(zip(each[:4], NAMES, strict=False)).get(1, "running")


def refused(data: dict[str, Any], *rows: Row, tags: str = "") -> list[Problem]:
    with pytest.raises(InputError) as caught:
        counts(data, *rows, tags=tags)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("limit", "start", "finish", "what"),
    [
        # 20 working days after Friday 1 March 2024 end on Friday 29 March.
        ("20 working days", "2024-03-01", "2024-03-29", "on_time"),
        ("20 working days", "2024-03-01", "2024-03-30", "late"),
        ("20 working days", "2024-03-01", "2024-02-29", "early"),
        ("20 working days", "2024-03-01", "2024-03-01", "on_time"),
        # Ten days after 20 June are 30 June, a Sunday: they do not move.
        ("10 days", "2024-06-20", "2024-06-30", "on_time"),
        ("10 days", "2024-06-20", "2024-07-01", "late"),
        ("1 week", "2024-02-26", "2024-03-04", "on_time"),
        ("1 week", "2024-02-26", "2024-03-05", "late"),
        ("1 month", "2024-01-31", "2024-02-29", "on_time"),
        ("1 month", "2024-01-31", "2024-03-01", "late"),
        # Five hours after 9:30 are 14:30, which is still in time.
        ("5 hours", "2024-03-01T09:30+08:00", "2024-03-01T14:30:00+08:00", "on_time"),
        ("5 hours", "2024-03-01T09:30+08:00", "2024-03-01T14:30:01+08:00", "late"),
        ("5 hours", "2024-03-01T09:30+08:00", "2024-03-01T06:30Z", "on_time"),
        ("5 hours", "2024-03-01T09:30+08:00", "2024-03-01T06:31Z", "late"),
        ("5 hours", "2024-03-01T09:30+08:00", "2024-03-01T09:29+08:00", "early"),
        # A day is the day in the time's own offset: 7 March there, whatever the day is here.
        ("5 days", "2024-03-02T23:00-08:00", "2024-03-07T23:59-08:00", "on_time"),
        ("5 days", "2024-03-02T23:00-08:00", "2024-03-08T00:00-08:00", "late"),
        ("5 days", "2024-03-02", "2024-03-07T23:59+08:00", "on_time"),
        # On one day: before the start only if both have a time.
        ("5 days", "2024-03-02T12:00+08:00", "2024-03-02T11:00+08:00", "early"),
        ("5 days", "2024-03-02T12:00+08:00", "2024-03-02", "on_time"),
    ],
)  # fmt: skip
def test_a_case_with_a_finish_is_on_time_late_or_early(
    limit: str, start: str, finish: str, what: str
) -> None:
    assert class_of(reply(within=limit), case(start, finish)) == what


@pytest.mark.parametrize(
    ("limit", "start", "what"),
    [
        # The limit on the period's last day has passed at its end.
        ("10 days", "2024-12-21", "missing"),
        ("10 days", "2024-12-22", "running"),
        # 20 working days back from 31 December: the 30th, 27, 26, 25, 24, 23, 20 … to 3 December.
        ("20 working days", "2024-12-03", "missing"),
        ("20 working days", "2024-12-04", "running"),
        ("5 hours", "2024-12-31T18:59+08:00", "missing"),
        ("5 hours", "2024-12-31T19:00+08:00", "running"),
    ],
)
def test_a_case_without_a_finish_is_missing_once_its_limit_has_passed(
    limit: str, start: str, what: str
) -> None:
    assert class_of(reply(within=limit), case(start)) == what


def test_a_running_case_is_in_no_count_and_takes_nothing() -> None:
    """10 − 1 (late) − 3 (missing) = 6; the case that still runs is not in `all`."""
    rows = [
        case("2024-03-01", "2024-04-02", "late"),
        case("2024-06-01", "", "missing"),
        case("2024-12-25", "", "running"),
        case("2024-05-06", "2024-05-07", "soon"),
    ]
    data = reply(within="20 working days")
    assert counts(data, *rows) == (1, 1, 0, 1, 3)
    assert str(unit(data, *rows).items["i"].points) == "6"


def test_a_fixed_date_needs_no_start() -> None:
    data = reply(within=datetime.date(2024, 6, 30))
    assert class_of(data, case(finish="2024-06-30")) == "on_time"
    assert class_of(data, case(finish="2024-07-01")) == "late"
    assert class_of(data, case()) == "missing"
    assert class_of(data, case("2024-06-01", "2024-05-31")) == "early"
    assert class_of(reply(within=datetime.date(2025, 1, 1)), case()) == "running"


def test_a_limit_rolls_off_a_day_off_only_if_told_to() -> None:
    """30 June 2024 is a Sunday; the next working day is 1 July."""
    sunday = datetime.date(2024, 6, 30)
    assert class_of(reply(within=sunday, roll=True), case(finish="2024-07-01")) == "on_time"
    assert class_of(reply(within=sunday), case(finish="2024-07-01")) == "late"
    assert class_of(reply(within="10 days", roll=True), case("2024-06-20", "2024-07-01")) == "on_time"
    # 29 September (a Sunday) is worked in 2024, so nothing rolls.
    assert class_of(reply(within="10 days", roll=True), case("2024-09-19", "2024-09-30")) == "late"


def test_an_opinion_period_that_is_too_short_is_late() -> None:
    """30 days from 1 March reach 31 March."""
    data = reply(at_least="30 days")
    assert class_of(data, case("2024-03-01", "2024-03-31")) == "on_time"
    assert class_of(data, case("2024-03-01", "2024-03-30")) == "late"
    assert class_of(data, case("2024-03-01", "2024-02-29")) == "early"
    assert class_of(data, case("2024-03-01")) == "running"
    hours = reply(at_least="48 hours")
    assert class_of(hours, case("2024-03-01T09:00+08:00", "2024-03-03T09:00+08:00")) == "on_time"
    assert class_of(hours, case("2024-03-01T09:00+08:00", "2024-03-03T08:59+08:00")) == "late"


def test_counts_may_still_be_given_and_dated() -> None:
    rows = (
        found("i", "reply.late", 2, start="2024-05-01", case="may"),
        found("i", "reply.late", 1, start="2024-06-01", case="june"),
        found("i", "reply.on_time", 7),
    )
    assert counts(reply(within="7 days"), *rows) == (7, 3, 0, 0, 10)


def test_nothing_found_is_no_case_at_all() -> None:
    assert counts(reply(within="7 days"), clean("i")) == (0, 0, 0, 0, 0)
    assert counts(reply(within="7 days"), found("i", "reply", state="none")) == (0, 0, 0, 0, 0)


def test_everything_that_is_wrong_with_the_rows_is_told_at_once() -> None:
    rows = [
        case("", "2024-03-20", "a"),
        case("2024-03-01", "20.3.2024", "b"),
        case("2019-03-01", "2024-03-20", "c", value="1"),
        found("i", "reply.late", 2),
    ]
    data = reply(within="20 working days")
    assert [each.id for each in refused(data, *rows[:3])] == [
        "findings.not-here",
        "findings.case-start",
        "findings.case-moment",
        "findings.unknown-year",
    ]
    assert {each.id for each in refused(data, *rows)} == {
        "findings.not-here",
        "findings.case-start",
        "findings.case-moment",
        "findings.unknown-year",
        "findings.cases-mixed",
    }
    assert [each.id for each in refused(data, found("i", "reply.late", 2, finish="2024-03-01"))] == [
        "findings.not-here"
    ]


def test_days_alone_do_not_need_a_known_year() -> None:
    assert class_of(reply(within="20 days"), case("2019-03-01", "2019-03-21")) == "on_time"


# --- switches -------------------------------------------------------------------------------------


def test_a_limit_by_date_goes_by_the_start_of_each_case() -> None:
    data = reply(within={"by": "date", "2024-07-01": "30 days", "first": "10 days"})
    assert class_of(data, case("2024-06-30", "2024-07-11")) == "late"
    assert class_of(data, case("2024-07-01", "2024-07-31")) == "on_time"
    assert class_of(data, case("2024-06-30T23:59-10:00", "2024-07-11T00:00-10:00")) == "late"


def test_a_case_without_a_date_goes_by_the_first_day_of_the_period() -> None:
    """From 1 January on the date is 1 March, so a case without start has the first of both."""
    march, may = datetime.date(2024, 3, 1), datetime.date(2024, 5, 1)
    data = reply(within={"by": "date", "first": may, "2024-01-01": march, "2024-07-01": may})
    assert class_of(data, case(finish="2024-03-02")) == "late"
    assert class_of(data, case("2024-07-01", "2024-07-02")) == "late"
    assert class_of(data, case("2023-12-31", "2024-05-01")) == "on_time"


def test_a_limit_by_group() -> None:
    data = reply(within={"by": "group", "streets": "10 days", "other": "5 days"})
    data["groups"] = {"all": "全部", "streets": "街道"}
    assert class_of(data, case("2024-03-01", "2024-03-07"), group="all") == "late"
    assert class_of(data, case("2024-03-01", "2024-03-07"), group="streets") == "on_time"


def test_a_limit_by_tag_goes_by_the_tags_of_row_and_unit() -> None:
    data = reply(within={"by": "tag", "grave": "5 hours", "slow": "9 days", "other": "48 hours"})
    two_days = case("2024-03-01T09:00+08:00", "2024-03-03T09:00+08:00")
    assert class_of(data, two_days) == "on_time"
    assert class_of(data, two_days._replace(tags="grave calm")) == "late"
    assert class_of(data, two_days, tags="grave") == "late"
    week = case("2024-03-01T09:00+08:00", "2024-03-08T09:00+08:00", tags="slow")
    assert class_of(data, week) == "on_time"
    (both,) = refused(data, week, tags="grave")
    assert (both.id, both.data["found"]) == ("findings.two-tags", "grave, slow")


def test_a_limit_by_level_goes_by_the_level_that_the_reviewer_picked() -> None:
    """The same six days are in time for a hard matter only; 5 − 1 = 4."""
    levels = [{"id": "hard", "points": 5, "clean": True}, {"id": "easy", "points": 5}]
    rule = {"kind": "level", "levels": levels, "minus": [{"count": "reply.late", "each": 1}]}
    facts = {"reply": {"ask": "cases", "within": {"by": "level", "hard": "10 days", "easy": "5 days"}}}
    data = scheme(base=[item("i", 5, rule, facts=facts)])
    six = case("2024-03-01", "2024-03-07")
    assert str(unit(data, six, found("i", "level", "hard")).items["i"].points) == "5"
    assert str(unit(data, found("i", "level", "easy"), six).items["i"].points) == "4"
    # The clean finding picks the level marked clean.
    assert str(unit(data, six, clean("i")).items["i"].points) == "5"


def test_while_the_level_is_not_picked_its_cases_are_open() -> None:
    levels = [{"id": "hard", "points": 5}, {"id": "easy", "points": 5}]
    facts = {"reply": {"ask": "cases", "within": {"by": "level", "hard": "10 days", "other": "5 days"}}}
    data = scheme(base=[item("i", 5, {"kind": "level", "levels": levels}, facts=facts)])
    reached = board(data, [case("2024-03-01", "2024-03-07")])
    assert reached.facts_of("u", "i").values == {}
    assert reached.unit("u").items["i"].state == "open"


def test_a_veto_may_go_by_cases() -> None:
    """Six hours where five are allowed: the veto acts, 10 − 10 = 0."""
    leak = {"ask": "cases", "within": {"by": "tag", "grave": "5 hours", "other": "48 hours"}}
    data = scheme(
        base=[item("i", 10, {"kind": "deduct"})],
        veto=[veto("v", "leak.late > 0", {"zero": "不合格"}, facts={"leak": leak})],
    )
    late = found(
        "v", "leak", case="a", start="2024-03-01T09:00+08:00", finish="2024-03-01T15:00+08:00", tags="grave"
    )
    assert str(unit(data, clean("i"), late).total) == "0"
    assert str(unit(data, clean("i"), late._replace(tags="")).total) == "10"
