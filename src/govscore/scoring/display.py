"""How points are shown: with the scheme's places, and with four where fewer would mislead.

Invariant: what is shown is rounded from the calculation, never from another shown number; two units
with different ranks never show the same total, and no number seems to meet a line it misses.
Source of the rule: `docs/scheme.md`, "Arithmetic".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from govscore.facts.switches import known
from govscore.points import UNITS_PER_POINT, show
from govscore.rules.arithmetic import divide_columns, marks, narrow
from govscore.rules.conditions import Condition
from govscore.scheme.unit_schemes import for_unit, schemes_of
from govscore.scoring.engine import UNIT_SCORED
from govscore.scoring.totals import on_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from govscore.facts.base import Assessed
    from govscore.rules.arithmetic import Array, Mask
    from govscore.scheme.model import Scheme
    from govscore.scoring.block import PartTotals, Totals
    from govscore.scoring.board import Board
    from govscore.scoring.result import Result, UnitResult

MARK_PLACES: Final = 4
"""Decimals of a mark: with these, no two marks look alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Display:
    """How the points of one result are shown."""

    places: int
    """What the scheme says."""
    _totals: Mapping[str, int] = field(default_factory=dict)
    """Places of the totals that are shown with more, by unit."""
    _bases: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """By unit and part; "": of the total."""

    def base(self, unit: UnitResult, part: str = "") -> int:
        """With how many decimals a unit's base is shown, or that of a part: gates read it."""
        return self._bases.get((unit.unit, part), self.places)

    def total(self, unit: UnitResult) -> int:
        """With how many decimals a unit's total is shown: grade lines read it, and it is ranked."""
        return self._totals.get(unit.unit, self.places)

    def base_text(self, unit: UnitResult) -> str | None:
        """A unit's base as it is shown; None while it has none."""
        return None if unit.base is None else show(unit.base, self.base(unit))

    def total_text(self, unit: UnitResult) -> str | None:
        """A unit's total as it is shown; None while it has none."""
        return None if unit.total is None else show(unit.total, self.total(unit))

    def text(self, points: int | None) -> str | None:
        """Points of an item, a section, a bonus, with the scheme's places; None for none."""
        return None if points is None else show(points, self.places)


def display(result: Result) -> Display:
    """How the points of this result are shown."""
    scheme = result.scheme
    totals: dict[str, int] = {}
    units = {each.unit: each for each in result}
    for group in scheme.groups:
        ranked = [(each.unit, each.total) for each in result if each.group == group]
        totals |= _more_places(scheme, units, *_columns(ranked), _total_lines(scheme), apart=True)
    bases = dict(_bases(scheme, units, "", [(each.unit, each.base) for each in result]))
    for part in scheme.model.part:
        bases |= _bases(scheme, units, part.id, [(each.unit, each.parts[part.id].base) for each in result])
    return Display(places=scheme.places, _totals=totals, _bases=bases)


def display_on(board: Board) -> Display:
    """How the points on this board are shown now."""
    scheme, numbers = board.scheme, board.totals
    names = [unit.unit for unit in board.plan.units]
    units = {unit.unit: unit for unit in board.plan.units}
    totals: dict[str, int] = {}
    for group in board.plan.groups.values():
        mine = group[numbers.state[group] == UNIT_SCORED]
        ranked = [names[place] for place in mine]
        lines = _total_lines(scheme)
        totals |= _more_places(scheme, units, ranked, numbers.total[mine], lines, apart=True)
    bases: dict[tuple[str, str], int] = {}
    levels: list[tuple[str, PartTotals | Totals]] = [(each.id, each) for each in numbers.parts if each.id]
    for id, level in [*levels, ("", numbers)]:
        based = ((names[place], int(level.base[place])) for place in np.flatnonzero(level.base_known))
        bases |= _bases(scheme, units, id, based)
    return Display(places=scheme.places, _totals=totals, _bases=bases)


def _bases(
    scheme: Scheme, every: Mapping[str, Assessed], part: str, based: Iterable[tuple[str, int | None]]
) -> dict[tuple[str, str], int]:
    """The bases of a part, or of the total, that are shown with more places than the scheme says."""
    level = scheme.part(part) if part else scheme.model.total
    lines = [level.fail.when] if level.fail is not None else []
    lines += [level.bonus_when] if level.bonus_when is not None else []
    units, numbers = _columns(based)
    if scheme.places >= MARK_PLACES or not units:
        return {}
    places = shown_places(numbers, scheme.places, lines, _full_marks(scheme, every, part, units))
    return {(units[int(place)], part): MARK_PLACES for place in np.flatnonzero(places > scheme.places)}


def shown_places(
    values: Array, places: int, lines: Iterable[Condition], full: Array | int, *, apart: bool = False
) -> Array:
    """With how many decimals each of these numbers is shown.

    Args:
        values: points in the finest units.
        places: what the scheme says.
        lines: gates and grade lines that read these numbers.
        full: full marks, which percentages in the lines refer to.
        apart: whether different marks must not look alike (totals of one group).
    """
    fine = np.zeros(values.shape, dtype=bool)
    step = UNITS_PER_POINT // 10**places
    shown = divide_columns(values, step)
    for line in lines:
        for each in line.comparisons:  # each by itself: what is shown must not mislead about any of them
            alone = Condition(text=line.text, joined_by="and", comparisons=(each,))
            fine |= on_marks(alone, values, full) != on_marks(alone, shown * step, full)
    if apart:
        fine |= _look_alike(shown, marks(values))
    return np.where(fine, MARK_PLACES, places)


def _look_alike(shown: Array, mark: Array) -> Mask:
    """Where a number is shown like another one with a different mark."""
    kinds, which = np.unique(shown, return_inverse=True)
    one_of_them = np.zeros(kinds.shape, dtype=mark.dtype)
    one_of_them[which] = mark
    differ = np.zeros(kinds.shape, dtype=bool)
    differ[which[one_of_them[which] != mark]] = True
    return differ[which]


def _columns(units: Iterable[tuple[str, int | None]]) -> tuple[list[str], Array]:
    """The units that have a number, and the numbers."""
    known = [(unit, int(value)) for unit, value in units if value is not None]
    return [unit for unit, _value in known], narrow(np.array([value for _unit, value in known], dtype=object))


def _more_places(
    scheme: Scheme,
    every: Mapping[str, Assessed],
    units: Sequence[str],
    numbers: Array,
    lines: Iterable[Condition],
    *,
    apart: bool,
) -> dict[str, int]:
    """The units whose number is shown with more places than the scheme says."""
    if scheme.places >= MARK_PLACES or not units:
        return {}
    full = _full_marks(scheme, every, "", units)
    places = shown_places(numbers, scheme.places, lines, full, apart=apart)
    return {units[int(place)]: MARK_PLACES for place in np.flatnonzero(places > scheme.places)}


def _full_marks(
    scheme: Scheme, every: Mapping[str, Assessed], part: str, units: Sequence[str]
) -> Array | int:
    """Full marks of the total or of a part, for these units if it depends on them."""

    def full(case: Scheme) -> int:
        return int(known((case.part(part) if part else case.model.total).full_marks))

    if not schemes_of(scheme).switches:
        return full(scheme)
    return np.array([full(for_unit(scheme, every[unit])) for unit in units], dtype=np.int64)


def _total_lines(scheme: Scheme) -> Iterator[Condition]:
    """The lines that totals are held against."""
    return (grade.when for grade in scheme.grades if grade.when is not None)
