"""What a fact type says about itself, as data: what to ask, how to read it, what it settles to.

Invariant: from the same description the desk draws a form, a file is read and a condition is checked;
no front door knows a fact type by name.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol

from pydantic import BaseModel, ConfigDict

from govscore.errors import problem
from govscore.facts import messages as m
from govscore.facts.names import Label
from govscore.points import PointsError, exact, is_short_whole
from govscore.text import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from govscore.calendar.days import Calendar
    from govscore.errors import MessageKind, Problem
    from govscore.facts.rows import Row

FieldKind = Literal["whole", "number", "yes_no", "choice", "points", "date", "moment", "text"]
"""A date lies in the assessed period; a moment is a day or a time with offset, of any year."""
SubjectKind = Literal["count", "number", "yes_no", "choice", "ratio", "points"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One box of a form: which cell of which findings row it fills."""

    fact: str
    """What goes into the row's `fact`."""
    column: str = "value"
    label: str = ""
    kind: FieldKind = "whole"
    unit: str = ""
    """Measure word shown behind the box (件, 次)."""
    options: tuple[tuple[str, str], ...] = ()
    """Of a choice: id and label of each."""
    low: Decimal | None = None
    high: Decimal | None = None
    required: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What one fact asks: its boxes, and whether several rows may answer it."""

    id: str
    title: str
    ask: str
    fields: tuple[Field, ...]
    repeated: bool = False
    """Several rows, told apart by `case`, may be given (events, typed points)."""
    clean: bool = False
    """Whether the clean finding ("nothing found") answers it."""
    row_fields: tuple[Field, ...] = ()
    """Boxes of one row, if rows may be given instead of `fields` (cases, one by one)."""
    period: str = ""
    """Which period it asks about, of an item that is asked in every one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What a condition may compare: a column, or a ratio of two."""

    kind: SubjectKind
    column: str = "x"
    over: str | None = None
    """Of a ratio: the column of the whole."""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """First and last day of what is assessed, as ISO dates, and its working days."""

    first: str
    last: str
    calendar: Calendar | None = None
    """None: the one that is shipped."""


class Assessed(Protocol):
    """What a fact may depend on of the unit that it is about."""

    @property
    def group(self) -> str:
        """The id of its group."""

    @property
    def tags(self) -> tuple[str, ...]:
        """Its tags."""


@dataclass(slots=True)
class Reader:
    """Reads the rows of one fact and collects every problem with its place."""

    fact: str
    period: Period
    problems: list[Problem] = field(default_factory=list)
    unit: Assessed | None = None
    level: str | None = None
    """The level that the reviewer picked on the same item, if one was picked."""
    span: Period | None = None
    """First and last day of the period that the rows are of, if the item is asked in every one."""

    @property
    def own(self) -> Period:
        """The rows' own period: all that is assessed, unless the item is asked in every period."""
        return self.span or self.period

    def wrong(self, row: Row, kind: MessageKind, near: str | None = None, /, **data: object) -> None:
        """Notes a problem at a row."""
        self.problems.append(
            problem(kind, row.place, near, unit=row.unit, item=row.item, fact=row.fact or self.fact, **data)
        )

    def single(self, rows: Sequence[Row]) -> Row | None:
        """The only row there may be."""
        if len(rows) > 1:
            for extra in rows[1:]:
                self.wrong(extra, m.ONE_ROW)
        return rows[0] if rows else None

    def number(self, row: Row, column: str = "value", *, low: Decimal | None = None) -> Decimal | None:
        """A number from a cell, exact."""
        text = getattr(row, column)
        try:
            number = exact(text)
        except PointsError as refused:
            kind = m.NUMBER_RANGE if refused.reason == "range" else m.NOT_A_NUMBER
            self.wrong(row, kind, _plain_digits(text), column=column, found=text, why=refused.reason)
            return None
        if low is not None and number < low:
            self.wrong(row, m.TOO_LOW, column=column, found=text, low=low)
            return None
        return number

    def whole(self, row: Row, *, least: int = 0, column: str = "value") -> int | None:
        """A whole number from a cell."""
        text = getattr(row, column)
        if is_short_whole(text) and int(text) >= least:
            return int(text)
        number = self.number(row, column, low=Decimal(least))
        if number is None:
            return None
        if number != number.to_integral_value():
            self.wrong(row, m.NOT_WHOLE, column=column, found=getattr(row, column))
            return None
        return int(number)

    def one_of(self, row: Row, known: Iterable[str]) -> str | None:
        """A word of a list from the value cell."""
        known = tuple(known)
        if row.value in known:
            return row.value
        self.wrong(row, m.NOT_AN_OPTION, nearest(row.value, known), found=row.value, known=", ".join(known))
        return None

    def blank(self, rows: Iterable[Row], *columns: str) -> None:
        """Refuses cells that mean nothing for this fact, rather than ignore them."""
        cells = _cells(columns)
        for row in rows:
            if any(cells(row)):
                for column in columns:
                    if getattr(row, column):
                        self.wrong(row, m.NOT_HERE, column=column, found=getattr(row, column))


Values = dict[str, int | Decimal]
"""What a fact was read as: a number for each of its columns."""


class FactType(BaseModel):
    """A declared fact (`facts.reply = { ask = "cases", … }`) or one that a line asks."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)
    later: ClassVar[frozenset[str]] = frozenset()
    """Keys that the specification has and this version refuses by name."""

    ask: str
    title: Label = ""

    @property
    @abstractmethod
    def columns(self) -> tuple[str, ...]:
        """Names of the integer columns it settles to."""

    @abstractmethod
    def question(self, id: str) -> Question:
        """What to ask."""

    @abstractmethod
    def read(self, rows: Sequence[Row], reader: Reader) -> Values | None:
        """The values that the rows of one unit state, or None after noting what is wrong.

        They follow from what the rows say, not from whose they are: what units have alike is read once.
        """

    def subjects(self) -> Mapping[str, Subject]:
        """What conditions may name: "" for the fact itself, else its fields."""
        return {}

    def beside(self, rows: Sequence[Row]) -> tuple[object, ...]:
        """What rows say beyond the values, so that two reviewers' facts are the same only if it is alike."""
        told = (
            (row.fact, row.value, row.start, row.matter, row.sharers, row.tags) for row in rows if row.matter
        )
        return tuple(sorted(told))

    def clean_values(self) -> Values | None:
        """What the clean finding answers, or None if it leaves this fact open."""
        return None

    def fact_names(self, id: str) -> tuple[str, ...]:
        """What may stand in a row's `fact` for it."""
        return (id,)

    @classmethod
    def key_words(cls) -> Mapping[str, str]:
        """What its own keys mean, and under "" the type itself, in the language set: editors show it."""
        return {}

    def label(self, id: str) -> str:
        """Its title, or its id if it has none."""
        return self.title or id

    def words(self, id: str, groups: Mapping[str, str] | None = None) -> str:
        """What a reviewer must know to answer it (a limit in time), in a sentence; "" if nothing.

        Args:
            id: the fact's.
            groups: titles of the scheme's groups, by id.
        """
        return ""

    def row_words(self, row: Row, reader: Reader) -> str:
        """What one row comes to, in words; "" if it says itself all that there is."""
        return ""

    def is_fault(self, row: Row, reader: Reader) -> bool:
        """Whether a row that was read before records a fault, to which lines of other items yield."""
        return False

    def details(self, rows: Sequence[Row], reader: Reader) -> tuple[str, ...]:
        """Of rows that were read before without a problem: those that a trace tells one by one."""
        return ()


@cache
def _cells(columns: tuple[str, ...]) -> Callable[[Row], tuple[str, ...]]:
    """What gives a row's cells in these columns; of a single one its text."""
    return attrgetter(*columns)


def _plain_digits(text: str) -> str | None:
    """The nearest valid spelling of a number: full-width digits and signs made plain."""
    import unicodedata

    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "").replace("−", "-")
    if plain == text:
        return None
    try:
        exact(plain)
    except PointsError:
        return None
    return plain
