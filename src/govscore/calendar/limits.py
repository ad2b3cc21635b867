"""Limits in time: durations in words, and the day or time on which they end.

Invariant: the first day does not count and the last is in time; a month ends on the same day number, or
on the month's last day.
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from govscore.calendar.days import Calendar
    from govscore.calendar.moments import Moment

UNITS: Final = ("hour", "day", "working day", "week", "month")
_DURATION: Final = re.compile(r"([1-9][0-9]{0,4}) (hour|day|working day|week|month)s?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Duration:
    """So many hours, days, working days, weeks or months."""

    number: int
    unit: str

    @property
    def by_the_clock(self) -> bool:
        """Whether it needs times: hours do, days do not."""
        return self.unit == "hour"

    def __str__(self) -> str:
        return f"{self.number} {self.unit}" + ("s" if self.number != 1 else "")


@cache
def duration(text: str) -> Duration | None:
    """The duration that a text states (`20 working days`), or None if it states none."""
    match = _DURATION.match(text)
    return Duration(int(match[1]), match[2]) if match else None


def end_time(start: datetime.datetime, hours: int) -> datetime.datetime:
    """So many hours after a time, in its own offset."""
    try:
        return start + datetime.timedelta(hours=hours)
    except OverflowError:
        return datetime.datetime.max.replace(tzinfo=start.tzinfo)


def end_day(start: Moment, length: Duration, calendar: Calendar, *, roll: bool) -> datetime.date:
    """The last day of a duration that is not in hours.

    Args:
        start: its day does not count.
        length: days, working days, weeks or months.
        calendar: the working days.
        roll: move on to the next working day from one that is none.

    Raises:
        UnknownYearError: a notice that it depends on is missing.
    """
    if length.unit == "working day":
        return calendar.after(start.day, length.number)
    if length.unit == "month":
        day = _months_after(start.day, length.number)
    else:
        days = length.number * (7 if length.unit == "week" else 1)
        day = datetime.date.fromordinal(min(start.day.toordinal() + days, datetime.date.max.toordinal()))
    return calendar.moved(day) if roll else day


def _months_after(day: datetime.date, months: int) -> datetime.date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
