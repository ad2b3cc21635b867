"""Laws of limits in time: later never helps, and how a moment is written changes nothing."""

from __future__ import annotations

import datetime
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from govscore.facts.rows import Row
from govscore.points import UNITS_PER_POINT
from govscore.scheme.read import scheme_from_mapping
from govscore.scoring.facts import read_facts
from govscore.scoring.score import score
from tests.laws.schemes import UNITS, header

LIMITS: Final = (
    "3 days",
    "2 weeks",
    "1 month",
    "1 working day",
    "20 working days",
    datetime.date(2024, 6, 30),
)
DAYS: Final = st.dates(datetime.date(2023, 12, 1), datetime.date(2025, 6, 30))
FULL: Final = 10 * UNITS_PER_POINT
POINT: Final = UNITS_PER_POINT
HOURS: Final = ("1 hour", "5 hours", "48 hours")
BEGIN: Final = datetime.datetime(2023, 12, 1, tzinfo=datetime.UTC)
TIMES: Final = st.timedeltas(datetime.timedelta(0), datetime.timedelta(days=400)).map(BEGIN.__add__)


def total(limit: object, start: str, finish: str, *, roll: bool = False, key: str = "within") -> int:
    """The total of a unit with one case: 3 off if late, 5 if missing, 1 if early."""
    data: dict[str, Any] = header(10, "own", "part")
    fact = {"ask": "cases", key: limit, "roll": roll}
    lines = [
        {"count": f"reply.{name}", "each": each} for name, each in (("late", 3), ("missing", 5), ("early", 1))
    ]
    rule = {"kind": "deduct", "minus": lines}
    data["base"] = [{"id": "i", "title": "项", "points": 10, "facts": {"reply": fact}, "rule": rule}]
    scheme = scheme_from_mapping(data)
    row = Row(unit="u0", item="i", fact="reply", case="a", start=start, finish=finish)
    found = score(scheme, read_facts([row], scheme, UNITS), UNITS)["u0"].total
    assert found is not None
    return int(found)


@given(st.sampled_from(LIMITS), DAYS, st.integers(0, 90), st.integers(0, 40), st.booleans())
def test_a_later_finish_never_helps(
    limit: object, start: datetime.date, after: int, more: int, roll: bool
) -> None:
    """From the start on, a case that finishes later is worth no more."""
    first = start + datetime.timedelta(days=after)
    second = first + datetime.timedelta(days=more)
    sooner = total(limit, start.isoformat(), first.isoformat(), roll=roll)
    later = total(limit, start.isoformat(), second.isoformat(), roll=roll)
    assert later <= sooner


@given(st.sampled_from(LIMITS), DAYS, st.integers(0, 90))
def test_rolling_never_hurts(limit: object, start: datetime.date, after: int) -> None:
    """A limit that moves on gives more time, never less."""
    finish = (start + datetime.timedelta(days=after)).isoformat()
    assert total(limit, start.isoformat(), finish, roll=True) >= total(limit, start.isoformat(), finish)


@given(st.sampled_from(LIMITS[:-1]), DAYS, st.integers(0, 60))
def test_within_and_at_least_meet_on_the_same_day(limit: object, start: datetime.date, after: int) -> None:
    """A finish is late for one of the two, or exactly on the last day of the limit for neither."""
    finish = (start + datetime.timedelta(days=after)).isoformat()
    longest = total(limit, start.isoformat(), finish)
    shortest = total(limit, start.isoformat(), finish, key="at_least")
    assert {longest, shortest} in ({FULL}, {FULL, FULL - 3 * POINT})


@given(st.sampled_from(HOURS), TIMES, st.integers(-60, 4000), st.sampled_from((-11, -5, 0, 8, 13)))
def test_the_offset_in_which_a_finish_is_written_changes_nothing_for_hours(
    limit: str, start: datetime.datetime, minutes: int, hours: int
) -> None:
    finish = start + datetime.timedelta(minutes=minutes)
    other = finish.astimezone(datetime.timezone(datetime.timedelta(hours=hours)))
    assert total(limit, start.isoformat(), finish.isoformat()) == total(
        limit, start.isoformat(), other.isoformat()
    )
