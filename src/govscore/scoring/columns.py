"""Facts settled into integer columns: one array per item, fact and field, in the order of the roster.

Invariant: from here on everything is integers; a value with decimals is stored times its column's
scale, and a column that could leave int64 holds Python integers instead.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

import numpy as np

from govscore.points import scaled
from govscore.rules.arithmetic import multiply_divide
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
        self.shelf: FactShelf | None = None
        """Where it lies together with the same fact of other items."""

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
                self._leave_shelf()
                self.values[name] = self.values[name].astype(object)
            self.values[name][place] = whole
        if self.shelf is not None:
            self.shelf.peak = max(self.shelf.peak, self.peak)
        self.answered[place] = True

    def _whole(self, value: int | Decimal) -> int:
        return value * self.scale if isinstance(value, int) else scaled(value, self._digits())

    def _digits(self) -> int:
        return len(str(self.scale)) - 1

    def _rescale(self, numbers: Iterable[Decimal]) -> None:
        """Makes the scale fine enough for these numbers."""
        more = max((-int(each.as_tuple().exponent) for each in numbers), default=0) - self._digits()
        if more > 0:
            self.refine(10**more)

    def refine(self, times: int) -> None:
        """Makes the scale finer."""
        self._leave_shelf()
        more = len(str(times)) - 1
        self.scale *= 10**more
        self.peak *= 10**more
        for name in self.names:
            column = self.values[name].astype(object) * 10**more
            small = max(map(abs, column), default=0) < _SAFE
            self.values[name] = column.astype(np.int64) if small else column

    def _leave_shelf(self) -> None:
        """What no longer fits beside the others stands alone; they are copied together from then on."""
        if self.shelf is not None:
            self.shelf.whole = False

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


class FactShelf:
    """The columns of the same fact of several items, (items, units); each item's own is a row of it."""

    def __init__(self, stores: Sequence[FactStore]) -> None:
        """Takes the columns over: what is put in a store stands here as well."""
        self.scale = max(store.scale for store in stores)
        for store in stores:
            if store.scale < self.scale:
                store.refine(self.scale // store.scale)
        self.peak = max(store.peak for store in stores)
        self.whole = all(column.dtype != object for store in stores for column in store.values.values())
        """Whether it still holds what the stores hold."""
        self.values: dict[str, Array] = {}
        if not self.whole:
            return
        self.answered: Mask = np.array([store.answered for store in stores])
        for name in stores[0].names:
            self.values[name] = np.array([store.values[name] for store in stores])
        for row, store in enumerate(stores):
            store.shelf, store.answered = self, self.answered[row]
            store.values = {name: column[row] for name, column in self.values.items()}

    def view(self, part: slice) -> FactColumns:
        """The columns of a block of units."""
        values = {name: column[:, part] for name, column in self.values.items()}
        return FactColumns(values, self.answered[:, part], self.scale, self.peak)


class Shelf:
    """The columns of items that are scored alike, kept together."""

    def __init__(self, entries: Sequence[EntryColumns]) -> None:
        """Takes the columns of the items over."""
        self.state: Array = np.array([each.state for each in entries])
        for row, each in enumerate(entries):
            each.state = self.state[row]
        self.facts = {id: FactShelf([each.facts[id] for each in entries]) for id in entries[0].facts}
        self._entries = entries

    def view(self, part: slice) -> dict[str, FactColumns]:
        """The columns of a block of units, (items, units), by fact."""
        return {
            id: shelf.view(part)
            if shelf.whole
            else _copied([each.facts[id].view(part) for each in self._entries])
            for id, shelf in self.facts.items()
        }


def _copied(views: Sequence[FactColumns]) -> FactColumns:
    """Columns of one fact of several items copied together, on the finest of their scales."""
    scale = max(view.scale for view in views)
    values = {
        name: np.array([multiply_divide(view.values[name], scale // view.scale) for view in views])
        for name in views[0].values
    }
    return FactColumns(values, np.array([view.answered for view in views]), scale)
