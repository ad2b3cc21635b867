"""The result: scores, ranks and grades computed from scheme and facts; never typed, never stored as truth.

Invariant: frozen; points are exact (`Points`, counts of 1/100 000 000 point) and None where there are
none, which is never the same as 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    import polars

    from govscore.points import Points
    from govscore.scheme.model import ItemKind, Scheme
    from govscore.scheme.standing import Effect
    from govscore.scheme.units import Unit
    from govscore.scoring.facts import Facts

UnitState = Literal["open", "scored", "stopped", "unassessed"]
ItemState = Literal[
    "open", "provisional", "not_assigned", "not_applicable", "reviewed", "none", "locked", "stopped"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """One item of one unit."""

    item: str
    kind: ItemKind
    state: ItemState
    """"none": a bonus that needs a claim and has none; "locked": a bonus that the gate keeps shut;
    "stopped": not reviewed, or out of the comparison with its group, since a veto stops the unit;
    "provisional": reviewed, or not applicable, but measured against units that are still open."""
    points: Points | None
    """After the item's own limits; 0 without a claim; of one that is not applicable what it is worth then;
    None where there are none."""
    full: Points | None
    """A base item's points, else its cap (None: no cap)."""
    charges: Mapping[str, Points] = field(default_factory=dict)
    """What its lines take elsewhere, by section or "total"; outside of the item's points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VetoResult:
    """A veto, or the effect of an item."""

    id: str
    effect: Effect
    acts: bool
    undecided: bool
    warns: bool
    """Its `warn_when` holds, and it does not act: something to show, without any effect."""
    part: str = ""
    """The part that it acts on; "": the total."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """A section or item whose points parted a unit from others with the same total."""

    id: str
    points: Points
    """The unit's own, as a mark; 0 if it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A grade whose line a unit meets, but whose places went to others."""

    grade: str
    places: int
    """How many the quota gives in the unit's group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartResult:
    """One part of one unit."""

    part: str
    state: UnitState
    """"open", "scored", "stopped" (by a veto of the part), "unassessed" (nothing in it is applicable)."""
    base: Points | None
    """As soon as no base item of the part is open, nor one elsewhere that may take from its sections."""
    bonus: Points | None
    major_deduction: Points | None
    """Positive: what is deducted in the part."""
    score: Points | None
    """After bounds and vetoes of the part; None unless scored. Its mark is `score.mark`."""
    weight: Fraction | None
    """Its share of the total: the weights of parts that count nothing are spread over the others. None:
    it does not count, or the unit has no total at all."""
    grade: str | None
    """What its own gate or vetoes mark it with."""
    failed: bool
    bonus_locked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitResult:
    """One unit."""

    unit: str
    name: str
    group: str
    tags: tuple[str, ...]
    state: UnitState
    base: Points | None
    """As soon as no base item is open; with parts, as soon as each part's score is known."""
    bonus: Points | None
    """As soon as no bonus item is open and the gate is decided; 0 while the gate keeps it shut."""
    major_deduction: Points | None
    """Positive: what is deducted; as soon as no major deduction is open."""
    charged: Points | None
    """Positive: what items take from the total itself, beside major deductions; as soon as none that
    may take from it is open."""
    total: Points | None
    rank: int | None
    """In the group, among the units scored so far (see `Result.provisional`)."""
    parted_by: tuple[Parted, ...]
    """What broke a tie of totals, in the order of `tie_break`; () if none was broken."""
    grade: str | None
    missed: tuple[Missed, ...]
    """Better grades that it would have but for their quotas, from the top."""
    failed: bool
    bonus_locked: bool
    coverage: Fraction | None
    """Applicable ÷ assigned points of base items; an open item counts as applicable."""
    covered: bool
    """False: the coverage is below the scheme's minimum, so that a total has no rank or grade."""
    so_far: Points | None
    """Of an open unit: the total with every open item at 0."""
    low: Points | None
    high: Points | None
    """Of an open unit: the span still possible; None: no limit on that side."""
    items: Mapping[str, ItemResult]
    sections: Mapping[str, Points]
    """Points of each section before rescaling: sum, cap, less what items take from it."""
    vetoes: tuple[VetoResult, ...]
    parts: Mapping[str, PartResult] = field(default_factory=dict)
    """By id, in the order of the scheme; empty without `[[part]]`."""

    @property
    def open_items(self) -> tuple[str, ...]:
        """Items that still need review."""
        return tuple(item.item for item in self.items.values() if item.state == "open")

    @property
    def open_vetoes(self) -> tuple[str, ...]:
        """Vetoes whose condition is still undecided."""
        return tuple(veto.id for veto in self.vetoes if veto.undecided and veto.id not in self.items)

    @property
    def assigned(self) -> int:
        """How many items the scheme gives to the unit."""
        return sum(item.state != "not_assigned" for item in self.items.values())

    @property
    def reviewed(self) -> int:
        """How many of them need no more review (which is not the same as good)."""
        return sum(item.state not in ("not_assigned", "open") for item in self.items.values())

    @property
    def coverage_text(self) -> str | None:
        """The coverage as a decimal: exact with four places, else cut after ten.

        Rounded up it could seem to meet a minimum that it misses.
        """
        if self.coverage is None:
            return None
        places = 4 if 10_000 % self.coverage.denominator == 0 else 10
        cut = self.coverage.numerator * 10**places // self.coverage.denominator
        return f"{cut // 10**places}.{cut % 10**places:0{places}d}"


@dataclass(frozen=True)
class Result:
    """All units of an assessment."""

    scheme: Scheme
    units: tuple[UnitResult, ...]
    facts: Facts
    """What it was computed from."""
    roster: tuple[Unit, ...]

    @cached_property
    def _by_id(self) -> dict[str, UnitResult]:
        return {unit.unit: unit for unit in self.units}

    def __getitem__(self, unit: str) -> UnitResult:
        """The result of a unit by its id."""
        return self._by_id[unit]

    def __iter__(self) -> Iterator[UnitResult]:
        return iter(self.units)

    @property
    def notice(self) -> str:
        """The sentence that every output prints ("" if there is none)."""
        return self.scheme.notice

    def is_provisional(self, group: str) -> bool:
        """Whether the ranking of a group may still change, since a unit of it is open."""
        return any(unit.group == group and unit.state == "open" for unit in self.units)

    @property
    def provisional(self) -> bool:
        """Whether any ranking may still change."""
        return any(unit.state == "open" for unit in self.units)

    def ranking(self, group: str) -> tuple[UnitResult, ...]:
        """The units of a group: by rank, then totals without one, open ones, and those without a score."""
        mine = [unit for unit in self.units if unit.group == group]
        return tuple(sorted(mine, key=_in_ranking))

    def to_polars(self) -> polars.DataFrame:
        """A row for each unit, in the order of the roster; points are decimal strings or null.

        Columns: unit, name, group, base, bonus, major_deduction, charged (only if lines of the scheme take
        from the total), total (text, exact), rank (whole number), grade, state, for each part
        part.<id>.state, .base, .score and .grade, coverage, covered, provisional, notice.
        """
        from govscore.tables import result_frame  # Polars is loaded only when a table is asked for

        return result_frame(self)


_ORDER: Final[dict[UnitState, int]] = {"scored": 0, "open": 2, "stopped": 3, "unassessed": 4}


def _in_ranking(unit: UnitResult) -> tuple[int, int, int, str]:
    unranked = unit.state == "scored" and unit.rank is None
    points = unit.total if unranked else unit.so_far
    return (_ORDER[unit.state] + unranked, unit.rank or 0, -int(points or 0), unit.unit)
