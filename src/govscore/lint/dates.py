"""W017: dates in items and vetoes that are outside of the assessed period.

A `window` of events stands in the place of the period: to begin before it or end after it is its purpose.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from govscore.facts.switches import Switch
from govscore.lint.base import Doubt
from govscore.rules.days import Window
from govscore.scheme.warning_kinds import DATE_OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.facts.base import Period
    from govscore.lint.base import Look, Path

_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_ACTING: Final = ("facts", "rule", "effect")
"""What acts in an item; its texts are for people to read."""


def outside(look: Look) -> Iterator[Doubt]:
    """Dates of limits that no day of the period can meet, or that every day has passed."""
    period = look.scheme.period
    for path, date in _dates(look):
        if not period.first <= date <= period.last:
            data = {"found": date, "first": period.first, "last": period.last}
            yield Doubt(kind=DATE_OUTSIDE, path=path, data=data)


def _dates(look: Look) -> Iterator[tuple[Path, str]]:
    period = look.scheme.period
    entries = [(path, item) for path, item in look.items]
    vetoes = [(("veto", place), veto) for place, veto in enumerate(look.model.veto)]
    for path, entry in [*entries, *vetoes]:
        for part in _ACTING:
            yield from _inside(getattr(entry, part, None), (*path, part), period)


def _meets(window: Window, period: Period) -> bool:
    """Whether any day of the period is in the window."""
    first, last = window.days
    return first <= period.last and period.first <= last


def _inside(value: Any, path: Path, period: Period) -> Iterator[tuple[Path, str]]:
    """Every date in a value, and every key that is one."""
    if isinstance(value, Window):
        yield from (((*path, "from"), day) for day in value.days[:1] if not _meets(value, period))
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from _inside(getattr(value, name), (*path, field.alias or name), period)
    elif isinstance(value, Switch):
        yield from _inside({**dict(value.cases), "other": value.other}, path, period)
    elif isinstance(value, dict):
        for key, each in value.items():
            if isinstance(key, str) and _ISO.match(key):
                yield (*path, key), key
            yield from _inside(each, (*path, key), period)
    elif isinstance(value, list | tuple):
        for place, each in enumerate(value):
            yield from _inside(each, (*path, place), period)
    elif isinstance(value, datetime.date):
        yield path, value.isoformat()[:10]
    elif isinstance(value, str) and _ISO.match(value):
        yield path, value
