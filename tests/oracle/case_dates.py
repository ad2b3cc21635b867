"""Single cases against their limits, day by day as one would count on a wall calendar.

Which days are worked is taken from the package `chinesecalendar`, not from the table that is shipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from chinese_calendar import is_workday

if TYPE_CHECKING:
    from tests.oracle.model import Row, Seen, Table

DAY = timedelta(days=1)
worked = lru_cache(maxsize=4096)(is_workday)
"""Whether a day is worked."""


@dataclass(frozen=True)
class Around:
    """What a case depends on besides its row: the unit, the assessed period, the level picked."""

    unit: Row
    first: date
    last: date
    level: str | None = None
    begins: date | None = None
    """The first day of the period that the row is of, if the item is asked in every one."""


def stated(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)


def day_of(moment: date | datetime) -> date:
    """A day is the day in the time's own offset."""
    return moment.date() if isinstance(moment, datetime) else moment


def outcome(fact: Table, row: Row, around: Around, seen: Seen) -> str | None:
    """on_time, late, early, missing, running; None while the level that decides its limit is not picked."""
    least = "at_least" in fact
    limit = chosen(fact["at_least" if least else "within"], row, around, seen)
    if limit is None:
        return None
    start = stated(row["start"]) if row.get("start") else None
    finish = stated(row["finish"]) if row.get("finish") else None
    end = due(limit, start, roll=fact.get("roll", False))
    name = judged(start, finish, end, around.last, least=least)
    seen[f"case:{'at_least' if least else 'within'} {name}"] += 1
    seen[f"case:{kind_of(limit)}"] += 1
    if finish is not None and compared(finish, end) == 0:
        seen["case:finish exactly at the limit"] += 1
    return name


def kind_of(limit: str | date) -> str:
    return "date" if isinstance(limit, date) else limit.partition(" ")[2].removesuffix("s")


def judged(
    start: date | datetime | None,
    finish: date | datetime | None,
    end: date | datetime,
    last: date,
    *,
    least: bool,
) -> str:
    if finish is None:
        # An opinion period without an end is running; else missing once the limit has passed.
        return "running" if least or day_of(end) > last else "missing"
    if start is not None and compared(finish, start) < 0:
        return "early"
    sign = compared(finish, end)
    return "late" if (sign < 0 if least else sign > 0) else "on_time"


def compared(one: date | datetime, other: date | datetime) -> int:
    """By the clock if both are times, else by their days."""
    if not (isinstance(one, datetime) and isinstance(other, datetime)):
        one, other = day_of(one), day_of(other)
    return (one > other) - (one < other)


def due(limit: str | date, start: date | datetime | None, *, roll: bool) -> date | datetime:
    """The first day does not count, the last is in time."""
    if isinstance(limit, date):
        return rolled(limit) if roll else limit
    assert start is not None
    number, unit = int(limit.partition(" ")[0]), kind_of(limit)
    if unit == "hour":
        assert isinstance(start, datetime)
        return start + timedelta(hours=number)
    day = day_of(start)
    if unit == "working day":
        while number:
            day += DAY
            number -= worked(day)
        return day
    if unit == "month":
        for _ in range(number):
            day = day.replace(day=1) + 31 * DAY
            day = day.replace(day=1)
        wanted = day_of(start).day
        month = day.month
        while (day + DAY).month == month and day.day < wanted:
            day += DAY
    else:
        day += number * (7 if unit == "week" else 1) * DAY
    return rolled(day) if roll else day


def rolled(day: date) -> date:
    """Calendar days move off holidays only with `roll = true`."""
    while not worked(day):
        day += DAY
    return day


def chosen(limit: str | date | Table, row: Row, around: Around, seen: Seen) -> str | date | None:
    """A limit, or what a switch gives for this row of this unit."""
    if not isinstance(limit, dict):
        return limit
    by = limit["by"]
    seen[f"switch:{by}"] += 1
    if by == "level":
        return None if around.level is None else limit.get(around.level, limit.get("other"))
    if by == "group":
        found = limit.get(around.unit["group"])
    elif by == "tag":
        tags = {*around.unit.get("tags", "").split(), *row.get("tags", "").split()}
        matching = [tag for tag in limit if tag in tags]
        assert len(matching) < 2, "for durations and dates two matching tags are an error"
        found = limit[matching[0]] if matching else None
    else:
        day = day_of(stated(row["start"])) if row.get("start") else around.begins or around.first
        reached = sorted(key for key in limit if key[0].isdigit() and date.fromisoformat(key) <= day)
        found = limit[reached[-1] if reached else "first"]
    if found is None:
        seen[f"switch:{by} other"] += 1
        found = limit["other"]
    return found  # type: ignore[no-any-return]
