"""Days and times as tables state them: `2024-03-15`, or a time with its offset.

Invariant: a time without offset is no time: its day would depend on the reader's clock.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Final

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)
_TIME: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})\Z",
    re.ASCII,
)
_FIRST_YEAR, _LAST_YEAR = 2, 9998
"""Offsets may move a time by a day: the outermost years are left out."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the time of it if it was stated."""

    day: datetime.date
    """Of a time: the day in its own offset."""
    time: datetime.datetime | None = None
    """With offset."""

    def before(self, other: Moment) -> bool:
        """Whether it lies before the other: by the clock if both have a time, else by the day."""
        if self.time is not None and other.time is not None:
            return self.time < other.time
        return self.day < other.day


def moment(text: str) -> Moment | None:
    """The moment that a cell states, or None if it is no ISO date and no ISO time with offset."""
    try:
        if _DAY.match(text):
            found = Moment(datetime.date.fromisoformat(text))
        elif _TIME.match(text):
            time = datetime.datetime.fromisoformat(text)
            found = Moment(time.date(), time)
        else:
            return None
    except ValueError:
        return None
    return found if _FIRST_YEAR <= found.day.year <= _LAST_YEAR else None
