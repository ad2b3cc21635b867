"""The plain records that the steps of the oracle hand to each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Table = dict[str, Any]
Row = dict[str, str]
Seen = Counter[str]

KINDS = ("base", "bonus", "major_deduction")


@dataclass(frozen=True)
class Item:
    """A leaf: a base, bonus or major-deduction item as it stands in the scheme."""

    kind: str
    table: Table

    @property
    def id(self) -> str:
        return str(self.table["id"])

    @property
    def rule(self) -> Table:
        rule: Table = self.table["rule"]
        return rule

    @property
    def full(self) -> Fraction | None:
        """In bonus and major items percentages and shares refer to `cap`."""
        literal = self.table.get("points" if self.kind == "base" else "cap")
        return None if literal is None else Fraction(literal)

    @property
    def section(self) -> str | None:
        return self.table.get("section")


@dataclass(frozen=True)
class Event:
    points: Fraction
    date: str
    case: str
    matter: str


@dataclass(frozen=True)
class Fact:
    """What is established: a number (count, number, ratio, typed points), a word, cases or events."""

    kind: str
    number: Fraction | None = None
    word: str | None = None
    cases: dict[str, int] = field(default_factory=dict)
    events: tuple[Row, ...] = ()
    growing: bool = False
    """Added over periods of which some are open: more may be found."""
    rows: tuple[tuple[Fraction, str, Row], ...] = field(default=(), compare=False)
    """What each row gives (of cases: to which class), for lines that charge row by row."""
    part_and_whole: tuple[Fraction, Fraction] | None = None
    """Of a ratio: both are kept."""


@dataclass(frozen=True)
class Finding:
    """One unit's facts on one item; a fact that was asked and is not in `facts` is open."""

    na: bool
    asked: dict[str, str]
    facts: dict[str, Fact]

    @property
    def open(self) -> bool:
        """An item is open until every fact that it asks has a row."""
        return not self.na and any(name not in self.facts for name in self.asked)


@dataclass(frozen=True)
class ItemScore:
    """An item's state and points, `takes`: what its effect looks at, `charges`: what it takes elsewhere."""

    state: str
    points: Fraction | None = None
    takes: Fraction = Fraction(0)
    charges: dict[str, Fraction] = field(default_factory=dict)
    out: Fraction = Fraction(0)
    """What periods that are not applicable take out of the item's possible points."""
    excused: bool = False
    """Established to be not applicable, whatever it is worth then."""

    @property
    def open(self) -> bool:
        return self.state in ("open", "provisional")

    @property
    def applicable(self) -> bool:
        """For coverage; an open item counts."""
        return self.state != "not_applicable" and not self.excused

    @property
    def possible(self) -> bool:
        """Whether its points are possible points: also where it is worth something all the same."""
        return self.state != "not_applicable" or self.points is not None


@dataclass
class Part:
    """One part of one unit."""

    state: str
    base: Fraction | None = None
    bonus: Fraction | None = None
    major_deduction: Fraction | None = None
    score: Fraction | None = None
    grade: str | None = None


@dataclass
class Unit:
    """The result of one unit."""

    state: str
    items: dict[str, tuple[str, Fraction | None]]
    base: Fraction | None = None
    base_mark: Fraction | None = None
    bonus: Fraction | None = None
    major_deduction: Fraction | None = None
    charged: Fraction | None = None
    total: Fraction | None = None
    total_mark: Fraction | None = None
    rank: int | None = None
    grade: str | None = None
    coverage: Fraction | None = None
    covered: bool = True
    lines: list[str] = field(default_factory=list)
    """Every grade whose line it meets."""
    eligible: bool = False
    """Whether it may take a place of a quota."""
    missed: tuple[str, ...] = ()
    warnings: tuple[str, ...] | None = None
    """Vetoes that warn; None: not told here, since no base is known."""
    parts: dict[str, Part] = field(default_factory=dict)
    """None of a stopped or unassessed unit."""
    breaks: tuple[Fraction, ...] = ()
    """What parts it from units with the same total, the greater first."""


@dataclass(frozen=True)
class Scheme:
    table: Table
    items: tuple[Item, ...]
    sections: dict[str, Table]

    @property
    def total(self) -> Table:
        total: Table = self.table["total"]
        return total

    @property
    def full_marks(self) -> Fraction:
        return Fraction(self.total["full_marks"])

    @property
    def parts(self) -> list[Table]:
        parts: list[Table] = self.table.get("part", [])
        return parts

    @property
    def grades(self) -> list[Table]:
        grades: list[Table] = self.table.get("grade", [])
        return grades

    @property
    def vetoes(self) -> list[Table]:
        vetoes: list[Table] = self.table.get("veto", [])
        return vetoes

    def item(self, wanted: str) -> Item:
        return next(item for item in self.items if item.id == wanted)
