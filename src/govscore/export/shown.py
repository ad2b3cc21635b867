"""How many decimals a displayed number has.

Invariant: a displayed number never seems to meet a line that its mark misses (or to miss one it
meets), and never seems to tie with a unit that has another rank: then four places are shown.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from govscore.export.live import holds
from govscore.points import divide_round, mark, show

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govscore.points import Points
    from govscore.rules.conditions import Condition
    from govscore.scoring.result import Result, UnitResult

MOST: Final = 4


class Shown:
    """The places of every base and total of a result."""

    def __init__(self, result: Result) -> None:
        total = result.scheme.model.total
        self.places = result.scheme.places
        self._full = int(total.full_marks)
        self._gates = [gate for gate in (total.bonus_when, total.fail and total.fail.when) if gate]
        self._grades = [grade.when for grade in result.scheme.grades if grade.when is not None]
        self._ranks: dict[tuple[str, int], set[int]] = defaultdict(set)
        for unit in result.units:
            if unit.total is not None and unit.rank is not None:
                self._ranks[unit.group, self._rounded(unit.total)].add(unit.rank)

    def base(self, unit: UnitResult) -> int:
        """Places of a unit's base: gates read it."""
        return self.places if unit.base is None else self._places(unit.base, self._gates)

    def total(self, unit: UnitResult) -> int:
        """Places of a unit's total: grade lines read it, and it is ranked."""
        if unit.total is None:
            return self.places
        if len(self._ranks[unit.group, self._rounded(unit.total)]) > 1:
            return max(self.places, MOST)
        return self._places(unit.total, self._grades)

    def base_text(self, unit: UnitResult) -> str | None:
        """A unit's base as it is displayed."""
        return None if unit.base is None else show(unit.base, self.base(unit))

    def total_text(self, unit: UnitResult) -> str | None:
        """A unit's total as it is displayed."""
        return None if unit.total is None else show(unit.total, self.total(unit))

    def _rounded(self, points: int) -> int:
        step = 10 ** (8 - self.places)
        return divide_round(int(points), step) * step

    def _places(self, points: Points, conditions: Iterable[Condition]) -> int:
        rounded, exact = self._rounded(points), mark(points)
        for condition in conditions:
            for each in condition.comparisons:
                if holds(each, rounded, self._full) != holds(each, exact, self._full):
                    return max(self.places, MOST)
        return self.places
