"""Lines that yield: rows whose matter is recorded in another item are not charged here.

Invariant: what is left to charge is read by the fact itself, as if the other rows did not exist; the same
code serves all units and one. Source: `docs/scheme.md`, "Charged once".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from govscore.scoring.columns import OPEN
from govscore.scoring.established import NOTHING, Layer
from govscore.scoring.matters import layer_of, reader_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govscore.facts.base import Values
    from govscore.facts.rows import Row
    from govscore.rules.arithmetic import Array, Mask
    from govscore.rules.view import FactColumns, Left, Spared
    from govscore.scheme.model import Item
    from govscore.scoring.column_table import Columns
    from govscore.scoring.engine import Matrices
    from govscore.scoring.established import EntryFacts
    from govscore.scoring.matters import Yielding
    from govscore.scoring.plan import Plan

_NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Yielded:
    """What yielding comes to for one layer of an item and a block of units."""

    waiting: Mask
    """Where it is not known yet whether a row is charged, since an item named is open."""
    left: Left = field(default_factory=dict)
    spared: Spared = field(default_factory=dict)
    """Of the block's only unit."""

    def of(self, places: Array) -> Yielded:
        """The same for some units of the block."""
        left = {
            named: {fact: columns.of(places) for fact, columns in facts.items()}
            for named, facts in self.left.items()
        }
        return Yielded(self.waiting[places], left, self.spared)


def yielded(
    plan: Plan, columns: Columns, matrices: Matrices, row: int, part: slice
) -> Mapping[Layer, Yielded]:
    """What an item's yielding lines leave to charge, by layer; nothing if it has none.

    Args:
        plan: the scheme laid out.
        columns: all facts.
        matrices: in which the items named are scored already.
        row: the item.
        part: the block of units.
    """
    item, matters = plan.items[row], columns.matters
    if item.id not in matters.yielding:
        return {}
    layers = columns.layered[item.id].layers if item.layered else (Layer(),)
    return {layer: _of_layer(_Around(plan, columns, matrices, item, layer), part) for layer in layers}


def _of_layer(around: _Around, part: slice) -> Yielded:
    item, matters, layer = around.item, around.columns.matters, around.layer
    waiting = np.zeros(part.stop - part.start, dtype=bool)
    changed: dict[tuple[tuple[str, ...], str], dict[int, Values]] = {}
    spared: dict[tuple[tuple[str, ...], str], tuple[tuple[Row, str], ...]] = {}
    for place in range(part.start, part.stop):
        facts = matters.found[item.id].get(place)
        for each in matters.yielding[item.id] if facts is not None else ():
            one = _One(around, place, facts or NOTHING, each)
            gone = one.spared()
            waiting[place - part.start] |= one.waits()
            if gone:
                changed.setdefault((each.named, each.fact), {})[place] = one.without(
                    {id(row) for row, _item in gone}
                )
                spared[(each.named, each.fact)] = gone
    left: dict[tuple[str, ...], dict[str, FactColumns]] = {}
    entries = (
        around.columns.layered[item.id].layers[layer] if item.layered else around.columns.entries[item.id]
    )
    for (named, fact), values in changed.items():
        left.setdefault(named, {})[fact] = entries.facts[fact].changed(part, values)
    return Yielded(waiting, left, spared if len(waiting) == 1 else {})


@dataclass(frozen=True, slots=True)
class _Around:
    """What the yieldings of a layer of an item have in common."""

    plan: Plan
    columns: Columns
    matrices: Matrices
    item: Item
    layer: Layer


@dataclass(frozen=True, slots=True)
class _One:
    """One yielding of one unit."""

    around: _Around
    place: int
    facts: EntryFacts
    yielding: Yielding

    @property
    def _here(self) -> int:
        """Where the unit stands in the matrices."""
        return self.place - self.around.matrices.first

    def _rows(self) -> Iterator[Row]:
        """All rows of the fact in the layer."""
        item, layer = self.around.item, self.around.layer
        for row in self.facts.rows:
            mine = not row.state and item.fact_names.get(row.fact) == self.yielding.fact
            if mine and layer_of(item, row) == layer:
                yield row

    def _applicable(self) -> Iterator[tuple[str, int]]:
        """The items named that may be charged instead, with their rows in the matrices."""
        for id in self.yielding.named:
            row = self.around.plan.rows[id]
            assigned = self.around.plan.assigned[row, self.place]
            if assigned and not self.around.matrices.excused[row, self._here]:
                yield id, row

    def _where(self, matter: str) -> str | None:
        """The item in which a matter is recorded for certain."""
        for id, row in self._applicable():
            known = not self.around.matrices.doubtful[row, self._here]
            if known and matter in self.around.columns.matters.recorded[id].get(self.place, _NONE):
                return id
        return None

    def spared(self) -> tuple[tuple[Row, str], ...]:
        """The rows that are charged elsewhere, each with the item."""
        pairs = ((row, self._where(row.matter)) for row in self._rows() if row.matter)
        return tuple((row, id) for row, id in pairs if id is not None)

    def waits(self) -> bool:
        """Whether a row may still turn out to be charged elsewhere."""
        if not any(self._is_open(row) for _id, row in self._applicable()):
            return False
        rows = [row for row in self._rows() if row.matter and self._where(row.matter) is None]
        return any(self._read([row])[self.yielding.column] for row in rows)

    def _is_open(self, row: int) -> bool:
        """Whether an item is not reviewed; one that only waits for others of the group is."""
        matrices = self.around.matrices
        return bool(matrices.state[row, self._here] == OPEN and not matrices.waiting[row, self._here])

    def without(self, gone: set[int]) -> Values:
        """The fact without these rows."""
        return self._read([row for row in self._rows() if id(row) not in gone])

    def _read(self, rows: list[Row]) -> Values:
        item, plan = self.around.item, self.around.plan
        mine = plan.of_units.of(plan.rows[item.id], self.place)
        fact, unit = mine.asked[self.yielding.fact], plan.units[self.place]
        period = plan.scheme.period
        reader = reader_in(item, self.yielding.fact, self.facts, self.around.layer, period, unit)
        read = fact.read(rows, reader) if rows else fact.clean_values()
        return dict.fromkeys(fact.columns, 0) if read is None else read
