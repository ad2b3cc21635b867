"""Random single cases, most of them on or beside the last day that is in time."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from tests.oracle.case_dates import DAY, day_of, due, kind_of
from tests.oracle.generate_items import chance

if TYPE_CHECKING:
    from random import Random

    from tests.oracle.model import Row, Table

OFFSETS = (8, 8, 8, 0, -5)
STARTS = (date(2024, 1, 31), date(2024, 2, 9), date(2024, 4, 30), date(2024, 12, 3), date(2024, 12, 31))


def dated_rows(rng: Random, unit: Row, fact: Table, name: str) -> list[Row]:
    limits = fact.get("within", fact.get("at_least"))
    rows = []
    for number in range(rng.choice((1, 1, 2, 3, 4))):
        row = {"fact": name, "case": f"k{number}"}
        if (
            isinstance(limits, dict)
            and limits["by"] == "tag"
            and "public" not in unit["tags"]
            and chance(rng, 0.4)
        ):
            row["tags"] = rng.choice(("grave", "grave calm", "calm"))
        rows.append(row | moments(rng, fact, limits))
    rng.shuffle(rows)
    return rows


def moments(rng: Random, fact: Table, limits: Any) -> Row:
    """Start and finish; times wherever a limit could be in hours."""
    every: list[str | date]
    every = [value for key, value in limits.items() if key != "by"] if isinstance(limits, dict) else [limits]
    clock = any(kind_of(each) == "hour" for each in every)
    fixed = all(isinstance(each, date) for each in every)
    start = a_start(rng, clock=clock or chance(rng, 0.15))
    row = {} if fixed and chance(rng, 0.5) else {"start": start.isoformat()}
    if chance(rng, 0.2):
        return row
    end = due(rng.choice(every), start, roll=fact.get("roll", False))
    return row | {"finish": beside(rng, start, end, clock=clock).isoformat()}


def a_start(rng: Random, *, clock: bool) -> date | datetime:
    day = rng.choice(STARTS) if chance(rng, 0.4) else date(2023, 12, 1) + rng.randrange(396) * DAY
    if not clock:
        return day
    zone = timezone(timedelta(hours=rng.choice(OFFSETS)))
    return datetime(day.year, day.month, day.day, rng.choice((0, 9, 23)), rng.choice((0, 59)), tzinfo=zone)


def beside(rng: Random, start: date | datetime, end: date | datetime, *, clock: bool) -> date | datetime:
    """Around the limit, rarely before the start."""
    near = start if chance(rng, 0.12) else end
    if not isinstance(near, datetime):
        day = near + rng.choice((-1, 0, 0, 1, 2, 9)) * DAY
        if not clock:
            return day
        zone = timezone(timedelta(hours=rng.choice(OFFSETS)))
        return datetime(day.year, day.month, day.day, rng.choice((0, 23)), 30, tzinfo=zone)
    moved = near + timedelta(seconds=rng.choice((-3600, -1, 0, 0, 1, 60, 86_400)))
    zone = timezone(timedelta(hours=rng.choice(OFFSETS)))
    shifted = moved.astimezone(zone) if chance(rng, 0.3) else moved
    return shifted if clock or chance(rng, 0.5) else day_of(shifted)
