"""Matters: which lines yield to which items, in what order these are scored, what is recorded where.

Invariant: an item is scored after all to which its lines yield.
Source: `docs/scheme.md`, "Charged once".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from govscore.rules.faults import subjects_of
from govscore.scoring.established import NOTHING, Layer
from govscore.scoring.layer_reading import reader_of
from govscore.scoring.layers import as_one

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govscore.facts.base import Period, Reader
    from govscore.facts.rows import Row
    from govscore.scheme.model import Item, Scheme
    from govscore.scheme.units import Unit
    from govscore.scoring.established import EntryFacts, Facts

_Kept = TypeVar("_Kept")


class Yielding(NamedTuple):
    """What a line charges row by row, and the items to which it yields."""

    named: tuple[str, ...]
    fact: str
    column: str
    """Where the fact's columns count what the line charges."""


def yieldings(item: Item) -> tuple[Yielding, ...]:
    """Every yielding of an item's lines, once."""
    found = []
    for _side, _place, line in item.rule.lines():
        if line.yields_to is None or line.fact is None:
            continue
        fact, _dot, part = line.fact.partition(".")
        asked = item.asked[fact]
        column = asked.columns[0] if line.id is not None else asked.subjects()[part].column
        found.append(Yielding(line.yields_to, fact, column))
    return tuple(dict.fromkeys(found))


def named_by(item: Item) -> tuple[str, ...]:
    """The items to which an item's lines yield."""
    return tuple(dict.fromkeys(id for each in yieldings(item) for id in each.named))


def may_vanish(item: Item) -> bool:
    """Whether an item's start reads a ratio, without a value of which the item is not applicable."""
    subjects = subjects_of(item.facts)
    names = {name for _path, condition in item.rule.start_conditions() for name in condition.names()}
    return any(
        subjects[name].over is not None for name in {*names, getattr(item.rule, "of", "")} & {*subjects}
    )


def scored_in_order(items: Sequence[Item]) -> tuple[int, ...]:
    """The rows of the items, each after those to which its lines yield."""
    rows = {item.id: row for row, item in enumerate(items)}
    named = {row: [rows[id] for id in named_by(item) if id in rows] for row, item in enumerate(items)}
    found: dict[int, None] = {}
    for first in range(len(items)):
        path = [first]
        while path:
            before = [row for row in named[path[-1]] if row not in found]
            if before:
                path.append(before[0])
            else:
                found[path.pop()] = None
    return tuple(found)


def followers(
    items: Sequence[Item], order: Iterable[int], pools: Iterable[Sequence[str]]
) -> Mapping[str, tuple[int, ...]]:
    """By id: the rows to score again after an item's facts changed, in the order in which they are scored.

    Args:
        items: in item order.
        order: in which they are scored.
        pools: ids of items whose events count together.
    """
    by_name: dict[str, list[str]] = {}
    for item in items:
        for id in named_by(item):
            by_name.setdefault(id, []).append(item.id)
    for pool in pools:
        for id in pool:
            by_name.setdefault(id, []).extend(each for each in pool if each != id)
    place = {items[row].id: (number, row) for number, row in enumerate(order)}
    found = {}
    for item in items:
        reached = dict.fromkeys([item.id])
        for id in iter(waiting := [item.id]):
            more = [each for each in by_name.get(id, ()) if each not in reached]
            reached |= dict.fromkeys(more)
            waiting += more
        found[item.id] = tuple(row for _number, row in sorted(place[id] for id in reached))
    return found


def layer_of(item: Item, row: Row) -> Layer:
    """The layer to which a row belongs."""
    return Layer(row.reviewer, row.period) if item.layered else Layer()


def reader_in(item: Item, fact: str, facts: EntryFacts, layer: Layer, period: Period, unit: Unit) -> Reader:
    """A reader for rows of one layer of an item whose facts were read before."""
    reader = reader_of(item, fact, facts.layers.get(layer, facts), period, unit)
    reader.span = item.spans(period).get(layer.period) if item.layered else None
    return reader


class Matters:
    """What is recorded under which matter, of the items to which others yield, and what yields."""

    def __init__(self, scheme: Scheme, units: Sequence[Unit], facts: Facts) -> None:
        """Sorts the rows with a matter of all units."""
        self._scheme, self._units = scheme, units
        self.yielding = {id: mine for id, item in scheme.items.items() if (mine := yieldings(item))}
        named = dict.fromkeys(id for mine in self.yielding.values() for each in mine for id in each.named)
        self.recorded: dict[str, dict[int, frozenset[str]]] = {id: {} for id in named if id in scheme.items}
        """By item and place of the unit: the matters of its faults."""
        self.found: dict[str, dict[int, EntryFacts]] = {id: {} for id in self.yielding}
        """Of items whose lines yield: the facts in which any row has a matter."""
        for id in {**self.recorded, **self.found}:
            for place, unit in enumerate(units):
                self.put(place, id, facts.entries.get((unit.unit, id), NOTHING))

    def put(self, place: int, id: str, facts: EntryFacts) -> None:
        """Replaces what is known of one unit on one item or veto."""
        if id not in self.recorded and id not in self.found:
            return
        facts = as_one(self._scheme.items[id], facts)
        told = [row for row in facts.rows if row.matter and row.fact and not row.state]
        if id in self.recorded:
            _put(self.recorded[id], place, self._matters(place, id, facts, told) if told else None)
        if id in self.found:
            _put(self.found[id], place, facts if told else None)

    def _matters(self, place: int, id: str, facts: EntryFacts, told: list[Row]) -> frozenset[str]:
        entry, found = self._scheme.items[id], set()
        for row in told:
            fact = entry.fact_names[row.fact]
            reader = reader_in(
                entry, fact, facts, layer_of(entry, row), self._scheme.period, self._units[place]
            )
            if entry.asked[fact].is_fault(row, reader):
                found.add(row.matter)
        return frozenset(found)


def _put(store: dict[int, _Kept], place: int, value: _Kept | None) -> None:
    """Keeps what there is of one unit; nothing where there is nothing."""
    if value is None:
        store.pop(place, None)
    else:
        store[place] = value
