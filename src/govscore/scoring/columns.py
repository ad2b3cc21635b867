"""Facts settled into integer columns: one array per item, fact and field, in the order of the roster.

Invariant: from here on everything is integers; a value with decimals is stored times its column's
scale, and a column that could leave int64 holds Python integers instead.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

import numpy as np

from govscore.points import scaled
from govscore.rules.view import FactColumns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govscore.facts.base import FactType, Values
    from govscore.rules.arithmetic import Array, Mask
    from govscore.scoring.established import EntryFacts

OPEN: Final = 0
NOT_APPLICABLE: Final = 1
REVIEWED: Final = 2
UNCLAIMED: Final = 3
"""A bonus that needs a claim and has none: reviewed, worth 0, and its facts have no value."""
GIVEN: Final = 4
"""Not applicable, but worth points all the same (`rate`, `peer_mean`): they are possible, not covered."""
_CODES: Final = {"open": OPEN, "not_applicable": NOT_APPLICABLE, "reviewed": REVIEWED}
_SAFE: Final = 2**50


class FactStore:
    """One fact's columns for all units; a value may be put again."""

    def __init__(self, fact: FactType, size: int) -> None:
        self.names = fact.columns
        self.values: dict[str, Array] = {name: np.zeros(size, dtype=np.int64) for name in self.names}
        self.answered: Mask = np.zeros(size, dtype=bool)
        self.scale = 1
        self.peak = 0
        """No value was ever larger."""

    def fill(self, read: Sequence[Values | None]) -> None:
        """Sets every unit at once."""
        found = {name: [0 if values is None else values[name] for values in read] for name in self.names}
        wholes = {name: list(map(int, column)) for name, column in found.items()}
        if self.scale > 1 or wholes != found:
            self._rescale(each for column in found.values() for each in column if isinstance(each, Decimal))
            wholes = {name: [self._whole(value) for value in column] for name, column in found.items()}
        for name, whole in wholes.items():
            self.peak = max(self.peak, max(whole, default=0), -min(whole, default=0))
            self.values[name] = np.array(whole, dtype=np.int64 if self.peak < _SAFE else object)
        self.answered = np.array([values is not None for values in read], dtype=bool)

    def put(self, place: int, values: Values | None) -> None:
        """Sets one unit."""
        if values is None:
            self.answered[place] = False
            for column in self.values.values():
                column[place] = 0
            return
        self._rescale(value for value in values.values() if isinstance(value, Decimal))
        for name in self.names:
            whole = self._whole(values[name])
            self.peak = max(self.peak, abs(whole))
            if abs(whole) >= _SAFE:
                self.values[name] = self.values[name].astype(object)
            self.values[name][place] = whole
        self.answered[place] = True

    def _whole(self, value: int | Decimal) -> int:
        return value * self.scale if isinstance(value, int) else scaled(value, self._digits())

    def _digits(self) -> int:
        return len(str(self.scale)) - 1

    def _rescale(self, numbers: Iterable[Decimal]) -> None:
        """Makes the scale fine enough for these numbers."""
        more = max((-int(each.as_tuple().exponent) for each in numbers), default=0) - self._digits()
        if more <= 0:
            return
        self.scale *= 10**more
        self.peak *= 10**more
        for name in self.names:
            column = self.values[name].astype(object) * 10**more
            small = max(map(abs, column), default=0) < _SAFE
            self.values[name] = column.astype(np.int64) if small else column

    def view(self, part: slice | Array) -> FactColumns:
        """The columns of a block of units."""
        values = {name: column[part] for name, column in self.values.items()}
        return FactColumns(values, self.answered[part], self.scale, self.peak)

    def changed(self, part: slice, changed: Mapping[int, Values]) -> FactColumns:
        """The columns of a block of units, of which some have other values."""
        values = {}
        for name in self.names:
            wholes = {place: self._whole(each[name]) for place, each in changed.items()}
            safe = max(map(abs, wholes.values()), default=0) < _SAFE
            column = self.values[name][part].astype(self.values[name].dtype if safe else object)
            for place, whole in wholes.items():
                column[place - part.start] = whole
            values[name] = column
        return FactColumns(values, self.answered[part], self.scale)


class EntryColumns:
    """One item's or veto's columns."""

    def __init__(self, asked: Mapping[str, FactType], size: int, *, needs_claim: bool = False) -> None:
        self.needs_claim = needs_claim
        self.facts = {id: FactStore(fact, size) for id, fact in asked.items()}
        self.state: Array = np.zeros(size, dtype=np.int8)

    def fill(self, facts: Sequence[EntryFacts]) -> None:
        """Sets every unit at once."""
        self.state = np.array([self._code(each) for each in facts], dtype=np.int8)
        for id, store in self.facts.items():
            store.fill([each.values.get(id) for each in facts])

    def put(self, place: int, facts: EntryFacts) -> None:
        """Sets one unit."""
        self.state[place] = self._code(facts)
        for id, store in self.facts.items():
            store.put(place, facts.values.get(id))

    def _code(self, facts: EntryFacts) -> int:
        """An item is open until every fact that it asks has a row; one that asks none never is."""
        if self.needs_claim and not facts.rows and facts.state == "open":
            return UNCLAIMED
        if not self.facts and facts.state == "open":
            return REVIEWED
        return _CODES[facts.state]

    def view(self, part: slice | Array) -> dict[str, FactColumns]:
        """The columns of a block of units."""
        return {id: store.view(part) for id, store in self.facts.items()}
