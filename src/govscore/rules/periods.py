"""Periods: the months, weeks or quarters in which an item is asked (`per`), and how they come together.

Invariant: every period that the assessment touches is there, in order, with its own first and last day,
whether the assessment covers all of it or not. Source: `docs/scheme.md`, "Asked in every period".
"""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from pydantic_core import PydanticCustomError

from govscore.facts.base import Period
from govscore.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govscore.calendar.days import Calendar

Per = Literal["month", "week", "quarter"]
Combine = Literal["lines", "sum", "mean"]

_WEEK: Final = 7
_QUARTER: Final = 3
_DECEMBER: Final = 12


def spans_of(per: Per, period: Period) -> Mapping[str, Period]:
    """The periods that the assessment touches, by what findings call them.

    Args:
        per: their length.
        period: what is assessed.

    Returns:
        `2024-03`, `2024-W09` (ISO weeks) or `2024-Q1` to first and last day, in order.
    """
    return _spans(per, period.first, period.last, period.calendar)


@lru_cache(maxsize=64)
def _spans(per: Per, first: str, last: str, calendar: Calendar | None) -> Mapping[str, Period]:
    day, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    found = {}
    while day <= end:
        id, begin, finish = _AROUND[per](day)
        found[id] = Period(first=begin.isoformat(), last=finish.isoformat(), calendar=calendar)
        if finish == datetime.date.max:
            break
        day = finish + datetime.timedelta(days=1)
    return found


def _month(day: datetime.date) -> tuple[str, datetime.date, datetime.date]:
    return f"{day.year:04}-{day.month:02}", day.replace(day=1), _end_of(day.year, day.month)


def _quarter(day: datetime.date) -> tuple[str, datetime.date, datetime.date]:
    number = (day.month - 1) // _QUARTER + 1
    begin = day.replace(month=_QUARTER * (number - 1) + 1, day=1)
    return f"{day.year:04}-Q{number}", begin, _end_of(day.year, _QUARTER * number)


def _week(day: datetime.date) -> tuple[str, datetime.date, datetime.date]:
    """The ISO week of a day: it begins on Monday and belongs to the year of its Thursday."""
    year, week, weekday = day.isocalendar()
    least, most = datetime.date.min.toordinal(), datetime.date.max.toordinal()
    begin = max(least, day.toordinal() - weekday + 1)
    finish = min(most, day.toordinal() - weekday + _WEEK)
    return f"{year:04}-W{week:02}", datetime.date.fromordinal(begin), datetime.date.fromordinal(finish)


def _end_of(year: int, month: int) -> datetime.date:
    if month == _DECEMBER:
        return datetime.date(year, month, 31)
    return datetime.date(year, month + 1, 1) - datetime.timedelta(days=1)


_AROUND: Final[dict[Per, Callable[[datetime.date], tuple[str, datetime.date, datetime.date]]]] = {
    "month": _month,
    "week": _week,
    "quarter": _quarter,
}


def check_periods(per: Per | None, combine: Combine | None, *, stated: bool) -> None:
    """Whether `per`, `combine` and `each_period` fit together.

    Args:
        per: how often the item is asked.
        combine: how its periods come together.
        stated: whether `each_period` is there.

    Raises:
        PydanticCustomError: a key is missing, or means nothing without another.
    """
    if per is None and combine is not None:
        raise PydanticCustomError("needs_per", "no period", {"found": "combine", "at": "combine"})
    if combine != "sum" and stated:
        raise PydanticCustomError("needs_sum", "no sum", {"at": "each_period"})
    if per is not None and combine is None:
        raise PydanticCustomError("needs_combine", "how?", {"found": per, "at": "per"})
    if combine == "sum" and not stated:
        raise PydanticCustomError("needs_each_period", "how much?", {"at": "combine"})


def combine_words(per: Per, combine: Combine) -> str:
    """How often an item is asked, and how its periods come together, in words."""
    often = {"month": _("every month"), "week": _("every week"), "quarter": _("every quarter")}[per]
    how = {
        "lines": _("asked {often}, and what the lines of all periods come to counts together"),
        "sum": _("asked and scored {often}, and added up"),
        "mean": _("asked and scored {often}, and the mean counts"),
    }
    return how[combine].format(often=often)
