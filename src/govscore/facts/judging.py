"""A single case against its limit: on time, late, early, missing or still running.

Invariant: every case comes to exactly one of these; a running one is in none of the counts.
Source: `docs/scheme.md`, "Cases".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from govscore.calendar.days import UnknownYearError, shipped
from govscore.calendar.limits import Duration, end_day, end_time
from govscore.calendar.moments import Moment, moment
from govscore.facts import messages as m

if TYPE_CHECKING:
    import datetime

    from govscore.calendar.days import Calendar
    from govscore.facts.base import Reader
    from govscore.facts.rows import Row

Outcome = Literal["on_time", "late", "early", "missing", "running"]
COUNTED: Final = ("on_time", "late", "early", "missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What a case is measured against: exactly one of both."""

    length: Duration | None = None
    day: datetime.date | None = None
    least: bool = False
    """Whether it must last at least so long (an opinion period), rather than at most."""
    roll: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A case with its limit and what it came to."""

    outcome: Outcome
    limit: Limit
    start: Moment | None
    finish: Moment | None
    due: Moment
    """The last moment that is in time; of an opinion period the first."""


def judge(row: Row, limit: Limit, reader: Reader) -> Judged | None:
    """What one row comes to, or None after noting what is wrong with it."""
    start, finish = _stated(row, "start", limit, reader), _stated(row, "finish", limit, reader)
    if not row.start and limit.day is None:
        reader.wrong(row, m.CASE_START, None, column="start")
    if ((row.start or limit.day is None) and start is None) or (row.finish and finish is None):
        return None
    try:
        due = _due(start, limit, reader.period.calendar or shipped())
    except UnknownYearError as unknown:
        column = "start" if row.start else "case"
        reader.wrong(row, m.UNKNOWN_YEAR, None, column=column, year=unknown.year, before=unknown.year - 1)
        return None
    outcome = _outcome(start, finish, due, least=limit.least, last=reader.period.last)
    return Judged(outcome=outcome, limit=limit, start=start, finish=finish, due=due)


def _stated(row: Row, column: str, limit: Limit, reader: Reader) -> Moment | None:
    """The moment in a cell; None if there is none, or after noting what is wrong with it."""
    text = getattr(row, column)
    if not text:
        return None
    found = moment(text)
    if found is None:
        reader.wrong(row, m.CASE_MOMENT, _near(text), column=column, found=text)
    elif found.time is None and limit.length is not None and limit.length.by_the_clock:
        reader.wrong(row, m.CASE_TIME, None, column=column, found=text, limit=str(limit.length))
        return None
    return found


def _due(start: Moment | None, limit: Limit, calendar: Calendar) -> Moment:
    if limit.day is not None:
        return Moment(calendar.moved(limit.day) if limit.roll else limit.day)
    if start is None or limit.length is None:
        raise ValueError("a duration without a start")
    if limit.length.by_the_clock and start.time is not None:
        end = end_time(start.time, limit.length.number)
        return Moment(end.date(), end)
    return Moment(end_day(start, limit.length, calendar, roll=limit.roll))


def _outcome(start: Moment | None, finish: Moment | None, due: Moment, *, least: bool, last: str) -> Outcome:
    if finish is None:
        # An opinion period without an end is still open; any other limit of the period's last day has
        # passed at the end of that day.
        return "missing" if not least and due.day.isoformat() <= last else "running"
    if start is not None and finish.before(start):
        return "early"
    if least:
        return "late" if finish.before(due) else "on_time"
    return "late" if due.before(finish) else "on_time"


def _near(text: str) -> str | None:
    """The valid spelling of a day that was written in another way."""
    from govscore.facts.switches import near_day

    return near_day(text)
