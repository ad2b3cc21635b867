"""All columns of an assessment: those of every item and veto, asked once or more often.

Invariant: whoever reads a fact of an item gets one column, however often it is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govscore.facts.yes_no import YES
from govscore.scheme.policies import policy_of
from govscore.scoring.columns import EntryColumns, Shelf
from govscore.scoring.established import NOTHING
from govscore.scoring.layered_columns import LayeredColumns
from govscore.scoring.matters import Matters
from govscore.scoring.pooling import Pools

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govscore.rules.arithmetic import Array, Mask
    from govscore.rules.view import FactColumns
    from govscore.scheme.model import Scheme
    from govscore.scheme.units import Unit
    from govscore.scoring.established import EntryFacts, Facts


class Columns:
    """All columns of an assessment."""

    def __init__(self, scheme: Scheme, units: Sequence[Unit], facts: Facts) -> None:
        self.size = len(units)
        self.entries: dict[str, EntryColumns] = {}
        """Items that are asked once, and vetoes."""
        self.layered: dict[str, LayeredColumns] = {}
        """Items that are asked more than once."""
        self._shelves: dict[tuple[str, ...], Shelf] = {}
        self.noted: dict[str, Mask] = {}
        """Where a row says that an explanation was published (`note = yes`), if that makes a difference."""
        ids, known = [unit.unit for unit in units], facts.entries
        for id, entry in scheme.entries.items():
            found = [known.get((unit, id), NOTHING) for unit in ids]
            item = scheme.items.get(id)
            based = item is not None and item.kind == "base"
            if item is not None and based and policy_of(scheme, item).without_note is not None:
                self.noted[id] = np.array([_has_note(each) for each in found], dtype=bool)
            if item is not None and item.layered:
                self.layered[id] = LayeredColumns(item, item.spans(scheme.period), self.size)
                self.layered[id].fill(found)
                continue
            needs_claim = getattr(entry, "needs_claim", False)  # vetoes have none
            columns = EntryColumns(entry.asked, self.size, needs_claim=needs_claim)
            columns.fill(found)
            self.entries[id] = columns
        self.matters = Matters(scheme, units, facts)
        self.pools = Pools(scheme, units, facts, self)

    def shelf(self, items: tuple[str, ...]) -> Shelf:
        """The columns of items that are scored alike; kept together from the first time on."""
        if items not in self._shelves:
            self._shelves[items] = Shelf([self.entries[item] for item in items])
        return self._shelves[items]

    def put(self, place: int, entry: str, facts: EntryFacts) -> None:
        """Sets one unit on one item or veto."""
        columns = self.layered.get(entry) or self.entries[entry]
        columns.put(place, facts)
        self.matters.put(place, entry, facts)
        self.pools.put(place, entry, facts)
        if entry in self.noted:
            self.noted[entry][place] = _has_note(facts)

    def has_note(self, item: str, part: slice | Array) -> Mask:
        """Where an explanation was published, for a block of units; nowhere if it makes no difference."""
        noted = self.noted[item] if item in self.noted else np.zeros(self.size, dtype=bool)
        return noted[part]

    def of_fact(self, entry: str, fact: str, part: slice | Array) -> FactColumns:
        """A fact of an item or veto for a block of units; of several periods their counts together."""
        if entry in self.layered:
            return self.layered[entry].across(fact, part)
        return self.entries[entry].facts[fact].view(part)


def _has_note(facts: EntryFacts) -> bool:
    return any(row.note in YES for row in facts.rows)


def places(units: Iterable[Unit]) -> dict[str, int]:
    """Where each unit stands in the columns."""
    return {unit.unit: place for place, unit in enumerate(units)}
