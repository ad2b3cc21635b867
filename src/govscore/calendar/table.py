"""Holiday notices as data: read from TOML, the shipped ones (`state_council.toml`) and an office's own.

Invariant: nothing is guessed or ignored: a table that came from here says for each of its days whether
one works, and what a later notice says of a day replaces what an earlier one said.
Source: `docs/scheme.md`, "The calendar".
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from govscore.calendar import messages as m
from govscore.errors import Place, problem, raise_problems
from govscore.i18n import mark_for_translation as N_
from govscore.text import inert, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from govscore.errors import MessageKind, Problem

Path = tuple[str | int, ...]
BUILT_IN: Final = "state_council.toml"
LONGEST: Final = 40
"""Days that one festival may last; more is a slip of the pen."""
_SHOWN: Final = 80
_TEXT, _DATE, _YEAR, _DATES, _LIST = (
    N_("a text in quotes"),
    N_("a date such as 2024-01-01, without quotes"),
    N_("a year such as 2027, without quotes"),
    N_("a list of dates in square brackets"),
    N_("a list of tables: [[…]], or { … } in square brackets"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Festival:
    """Days off in a row, and the weekend days that are worked for them."""

    name: str
    first: datetime.date
    last: datetime.date
    work: tuple[datetime.date, ...] = ()

    def days(self) -> Iterator[tuple[datetime.date, bool]]:
        """Each day with whether one works."""
        for ordinal in range(self.first.toordinal(), self.last.toordinal() + 1):
            yield datetime.date.fromordinal(ordinal), False
        for day in self.work:
            yield day, True


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice on the holidays of a year."""

    year: int
    number: str
    title: str
    festivals: tuple[Festival, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What notices say."""

    notices: tuple[Notice, ...] = ()
    local: tuple[Festival, ...] = ()
    """Days of a place of its own, which make no year known."""
    days: Mapping[datetime.date, bool] = field(default_factory=dict)
    """Days on which it matters: True if one works."""

    @property
    def years(self) -> frozenset[int]:
        """The years whose notice is here."""
        return frozenset(notice.year for notice in self.notices)

    def with_more(self, more: Table) -> Table:
        """Both tables; the other one has the last word on each of its days."""
        return Table((*self.notices, *more.notices), (*self.local, *more.local), {**self.days, **more.days})


EMPTY: Final = Table()


@cache
def built_in() -> Table:
    """The table that is shipped."""
    from importlib.resources import files

    import tomli

    text = files("govscore.calendar").joinpath(BUILT_IN).read_text("utf-8")
    return read_table(tomli.loads(text), lambda path, _key: Place(file=BUILT_IN, path=str(path)))


def read_table(data: Mapping[str, Any], place: Callable[[Path, bool], Place]) -> Table:
    """A table from parsed TOML.

    Args:
        data: `notice` and `local`, lists of tables.
        place: the place of a path of the document; True: of its key.

    Raises:
        InputError: everything that is wrong with it.
    """
    reader = _Reader(place)
    reader.keys(data, (), ("notice", "local"))
    notices = tuple(
        reader.notice(each, ("notice", number)) for number, each in reader.tables(data, "notice", ())
    )
    local = tuple(
        reader.festival(each, ("local", number), None) for number, each in reader.tables(data, "local", ())
    )
    raise_problems(reader.problems)
    days: dict[datetime.date, bool] = {}
    for festival in (*(each for notice in notices for each in notice.festivals), *local):
        days.update(festival.days())
    return Table(notices, local, days)


class _Reader:
    """Reads a document and collects what is wrong with it; where something is, a stand-in is given back."""

    def __init__(self, place: Callable[[Path, bool], Place]) -> None:
        self.problems: list[Problem] = []
        self._place = place

    def wrong(
        self, kind: MessageKind, path: Path, near: str | None = None, /, at_key: bool = False, **data: object
    ) -> None:
        self.problems.append(problem(kind, self._place(path, at_key), near, **data))

    def keys(self, table: Mapping[str, Any], path: Path, known: tuple[str, ...]) -> None:
        """Refuses a key that means nothing here."""
        for key in table:
            if key not in known:
                data = {"found": key, "known": ", ".join(known)}
                self.wrong(m.UNKNOWN_KEY, (*path, key), nearest(key, known), at_key=True, **data)

    def tables(self, table: Mapping[str, Any], key: str, path: Path) -> list[tuple[int, Mapping[str, Any]]]:
        """The tables of a list."""
        listed = table.get(key, [])
        if not isinstance(listed, list):
            self.wrong(m.WRONG_TYPE, (*path, key), None, found=_shown(listed), expected=_LIST)
            return []
        for number, each in enumerate(listed):
            if not isinstance(each, Mapping):
                self.wrong(m.WRONG_TYPE, (*path, key, number), None, found=_shown(each), expected=_LIST)
        return [(number, each) for number, each in enumerate(listed) if isinstance(each, Mapping)]

    def notice(self, table: Mapping[str, Any], path: Path) -> Notice:
        self.keys(table, path, ("year", "number", "title", "festival"))
        year = self._value(table, path, "year", lambda value: type(value) is int and 1 < value < 9998, _YEAR)
        number, title = self._text(table, path, "number"), self._text(table, path, "title")
        listed = self.tables(table, "festival", path)
        if not listed and "festival" not in table:
            self.wrong(m.MISSING_KEY, (*path, "festival"), None, name="festival")
        festivals = tuple(self.festival(each, (*path, "festival", at), year) for at, each in listed)
        return Notice(year=year or 0, number=number, title=title, festivals=festivals)

    def festival(self, table: Mapping[str, Any], path: Path, year: int | None) -> Festival:
        """A festival of a notice for a year (None: a local one)."""
        self.keys(table, path, ("name", "from", "to", "work", "source"))
        name = self._text(table, path, "name")
        if "source" in table:
            self._text(table, path, "source")
        first = self._value(table, path, "from", _is_date, _DATE, needed="work" not in table or "to" in table)
        last = self._value(table, path, "to", _is_date, _DATE, needed=False) or first
        work = self._value(table, path, "work", _are_dates, _DATES, needed=False) or []
        if first is not None and not first <= last <= first + datetime.timedelta(days=LONGEST - 1):
            at = "to" if "to" in table else "from"
            self.wrong(m.ORDER, (*path, at), None, first=first, found=last, most=LONGEST)
            last = first
        off = [] if first is None else [("from", first), ("to" if "to" in table else "from", last)]
        for key, day in (*off, *(("work", day) for day in work)):
            if year is not None and not _near_year(day, year):
                self.wrong(m.OTHER_YEAR, (*path, key), None, found=day, year=year)
        if first is None:
            return Festival(name=name, first=datetime.date.max, last=datetime.date.min, work=tuple(work))
        for day in work:
            if first <= day <= last:
                self.wrong(m.OFF_AND_WORKED, (*path, "work"), None, found=day)
        return Festival(name=name, first=first, last=last, work=tuple(work))

    def _text(self, table: Mapping[str, Any], path: Path, key: str) -> str:
        value = self._value(table, path, key, lambda value: isinstance(value, str) and value.strip(), _TEXT)
        return value or ""

    def _value(
        self,
        table: Mapping[str, Any],
        path: Path,
        key: str,
        fits: Callable[[Any], object],
        expected: str,
        *,
        needed: bool = True,
    ) -> Any:
        if key not in table:
            if needed:
                self.wrong(m.MISSING_KEY, (*path, key), None, name=key)
            return None
        value = table[key]
        if fits(value):
            return value
        self.wrong(m.WRONG_TYPE, (*path, key), None, found=_shown(value), expected=expected)
        return None


def _is_date(value: object) -> bool:
    return (
        isinstance(value, datetime.date)
        and not isinstance(value, datetime.datetime)
        and 1 < value.year < datetime.MAXYEAR - 1
    )


def _are_dates(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_date, value))


def _near_year(day: datetime.date, year: int) -> bool:
    """Whether a notice for a year may say something of this day: New Year begins in December."""
    return datetime.date(year - 1, 12, 1) <= day <= datetime.date(year + 1, 1, 31)


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f"“{inert(value[:_SHOWN])}”"
    return str(value)[:_SHOWN]
