"""Working days: what the holiday notices say of each day, and counting over them.

Invariant: a year without its notice is never guessed; whoever asks about one of its days is told.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from govscore.calendar.table import EMPTY, Table, built_in

if TYPE_CHECKING:
    from govscore.calendar.table import Notice

_SATURDAY: Final = 5


class UnknownYearError(ValueError):
    """A day of a year whose holiday notice is not in the table."""

    def __init__(self, year: int) -> None:
        super().__init__(str(year))
        self.year = year


class Calendar:
    """The State Council's working days, with what an office added to them."""

    def __init__(self, local: Table = EMPTY) -> None:
        self.local = local
        """The office's own notices and days; they change the shipped ones day by day."""
        self._years: dict[int, list[int]] = {}

    @cached_property
    def _table(self) -> Table:
        # Read when a working day is first asked for: most schemes never do.
        return built_in().with_more(self.local)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """All notices, in the order in which they act."""
        return self._table.notices

    def is_working(self, day: datetime.date) -> bool:
        """Whether one works on this day.

        Raises:
            UnknownYearError: the notice of its year is missing.
        """
        ordinals = self._year(day.year)
        at = bisect_left(ordinals, day.toordinal())
        return at < len(ordinals) and ordinals[at] == day.toordinal()

    def after(self, start: datetime.date, count: int) -> datetime.date:
        """The last of so many (at least 1) working days after a day, which itself does not count.

        Raises:
            UnknownYearError: the notice of a year that it runs through is missing.
        """
        year, begin = _year_of(start.toordinal() + 1), start.toordinal() + 1
        ordinals = self._year(year)
        at, left = bisect_left(ordinals, begin), count
        while at + left > len(ordinals):
            left -= len(ordinals) - at
            year, at = year + 1, 0
            ordinals = self._year(year)
        return datetime.date.fromordinal(ordinals[at + left - 1])

    def between(self, after: datetime.date, last: datetime.date) -> int:
        """How many working days there are after the one day, up to and with the other; 0 if none.

        Raises:
            UnknownYearError: the notice of a year in between is missing.
        """
        if last <= after:
            return 0
        low, high = after.toordinal(), last.toordinal()
        years = range(_year_of(low + 1), last.year + 1)
        return sum(
            bisect_right(ordinals, high) - bisect_right(ordinals, low) for ordinals in map(self._year, years)
        )

    def moved(self, day: datetime.date) -> datetime.date:
        """The day itself if one works then, else the next working day.

        Raises:
            UnknownYearError: the notice of its year, or of the next, is missing.
        """
        return day if self.is_working(day) else self.after(day, 1)

    def _year(self, year: int) -> list[int]:
        """The working days of a year as ordinals, in order."""
        if year not in self._years:
            if year not in self._table.years:
                raise UnknownYearError(year)
            first = datetime.date(year, 1, 1).toordinal()
            days = map(datetime.date.fromordinal, range(first, datetime.date(year, 12, 31).toordinal() + 1))
            self._years[year] = [day.toordinal() for day in days if self._works(day)]
        return self._years[year]

    def _works(self, day: datetime.date) -> bool:
        return self._table.days.get(day, day.weekday() < _SATURDAY)


def _year_of(ordinal: int) -> int:
    if ordinal > datetime.date.max.toordinal():
        raise UnknownYearError(datetime.MAXYEAR + 1)
    return datetime.date.fromordinal(ordinal).year


@cache
def shipped() -> Calendar:
    """The State Council's calendar without additions."""
    return Calendar()
