"""Durations, moments, and the last day of a limit; counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from govscore.calendar.days import Calendar
from govscore.calendar.limits import Duration, duration, end_day, end_time
from govscore.calendar.moments import Moment, moment


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("5 hours", 5, "hour"),
        ("1 hour", 1, "hour"),
        ("7 days", 7, "day"),
        ("1 day", 1, "day"),
        ("20 working days", 20, "working day"),
        ("1 working day", 1, "working day"),
        ("2 weeks", 2, "week"),
        ("1 week", 1, "week"),
        ("3 months", 3, "month"),
        ("1 month", 1, "month"),
        ("1 days", 1, "day"),
    ],
)
def test_a_duration_is_a_whole_number_and_a_unit(text: str, number: int, unit: str) -> None:
    assert duration(text) == Duration(number, unit)


@pytest.mark.parametrize(
    "text",
    [
        "0 days",
        "-1 days",
        "1.5 days",
        "days",
        "7",
        "7days",
        "7  days",
        "7 year",
        "７ days",
        "100000 days",
        "",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert duration(text) is None


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2024-01-30", "2 days", "2024-02-01"),
        ("2024-02-28", "1 day", "2024-02-29"),
        ("2024-12-25", "2 weeks", "2025-01-08"),
        ("2024-01-31", "1 month", "2024-02-29"),
        ("2023-01-31", "1 month", "2023-02-28"),
        ("2024-02-29", "12 months", "2025-02-28"),
        ("2024-03-15", "1 month", "2024-04-15"),
        ("2024-10-31", "3 months", "2025-01-31"),
        ("2024-03-31", "1 month", "2024-04-30"),
    ],
)
def test_the_first_day_does_not_count_and_months_keep_the_day_number(
    start: str, length: str, end: str
) -> None:
    stated = duration(length)
    assert stated is not None
    found = end_day(Moment(date.fromisoformat(start)), stated, Calendar(), roll=False)
    assert found.isoformat() == end


def test_calendar_days_move_off_holidays_only_if_they_are_to_roll() -> None:
    """Seven days after 24 September 2024 is 1 October; the first working day after it is the 8th."""
    start, week = Moment(date(2024, 9, 24)), Duration(1, "week")
    assert end_day(start, week, Calendar(), roll=False) == date(2024, 10, 1)
    assert end_day(start, week, Calendar(), roll=True) == date(2024, 10, 8)
    # Saturday 12 October is worked, so nothing moves.
    assert end_day(Moment(date(2024, 10, 5)), week, Calendar(), roll=True) == date(2024, 10, 12)


def test_hours_run_by_the_clock_in_their_own_offset() -> None:
    stated = moment("2024-03-01T22:30+08:00")
    assert stated is not None
    assert stated.time is not None
    assert end_time(stated.time, 5).isoformat() == "2024-03-02T03:30:00+08:00"


def test_a_limit_beyond_the_calendar_ends_on_its_last_day() -> None:
    start = moment("9990-01-01T00:00+00:00")
    assert start is not None
    assert start.time is not None
    assert end_time(start.time, 99_999).year == 9999
    assert end_day(start, Duration(99_999, "month"), Calendar(), roll=False) == date.max
    assert end_day(start, Duration(99_999, "week"), Calendar(), roll=False) == date.max


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-15", "2024-03-15"),
        ("2024-03-15T23:30+08:00", "2024-03-15"),
        ("2024-03-15T23:30:59.5-05:00", "2024-03-15"),
        ("2024-03-15 00:00Z", "2024-03-15"),
    ],
)
def test_a_moment_is_a_day_or_a_time_with_offset_and_its_day_is_its_own(text: str, day: str) -> None:
    stated = moment(text)
    assert stated is not None
    assert stated.day.isoformat() == day


@pytest.mark.parametrize(
    "text",
    [
        "2024-3-15", "2024-02-30", "20240315", "2024-W11-5", "2024-03-15T23:30", "2024-03-15T25:00Z",
        "2024-03-15T23:30+0800", "2024-03-15T24:00Z", "0001-01-01", "9999-12-31", "昨天", " 2024-03-15", "",
    ],
)  # fmt: skip
def test_anything_else_is_no_moment(text: str) -> None:
    assert moment(text) is None


def test_moments_compare_by_the_clock_only_if_both_have_a_time() -> None:
    late, early = moment("2024-03-01T23:00-05:00"), moment("2024-03-02T02:00+08:00")
    day = moment("2024-03-01")
    assert late is not None
    assert early is not None
    assert day is not None
    assert early.before(late)  # 18:00 and 04:00 of the next day by UTC
    assert day.before(early)
    assert not day.before(late)
    assert not late.before(day)
