"""Events of several items that count together: a section's `same_matter`.

Invariant: each item's points are exact over its own events and rounded once, as if they stood alone; only
the share for which an event counts is found among all. Source: `docs/scheme.md`, "Events".
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from govscore.facts.events import Events, counted_together
from govscore.points import from_fraction
from govscore.rules.same_matter import by_order
from govscore.scheme.rule_words import pool_of
from govscore.scoring.established import NOTHING, Layer
from govscore.scoring.layers import as_one

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govscore.facts.base import Values
    from govscore.facts.events import Event, Pooled
    from govscore.facts.rows import Row
    from govscore.scheme.model import Item, Scheme, Section
    from govscore.scheme.units import Unit
    from govscore.scoring.column_table import Columns
    from govscore.scoring.columns import EntryColumns
    from govscore.scoring.established import EntryFacts, Facts


def pools_of(scheme: Scheme) -> tuple[tuple[Section, tuple[Item, ...]], ...]:
    """Sections with `same_matter`, each with its items of events in item order."""
    found: dict[str, list[Item]] = {}
    for item in scheme.items.values():
        section = pool_of(scheme, item)
        if section is not None:
            found.setdefault(section.id, []).append(item)
    return tuple((scheme.sections[id], tuple(items)) for id, items in found.items())


def pooled_items(scheme: Scheme) -> Iterator[tuple[str, ...]]:
    """Ids of items whose events count together."""
    for _section, items in pools_of(scheme):
        yield tuple(item.id for item in items)


class Pools:
    """What the events of every unit count where those of several items count together."""

    def __init__(self, scheme: Scheme, units: Sequence[Unit], facts: Facts, columns: Columns) -> None:
        """Counts the events of all units into the columns of their items."""
        self._columns, self._scheme, self._period = columns, scheme, scheme.period
        self._pools, self._units = pools_of(scheme), units
        self._by_item = {
            item.id: pool for pool, (_section, items) in enumerate(self._pools) for item in items
        }
        self._facts: dict[str, dict[int, EntryFacts]] = {id: {} for id in self._by_item}
        """By item and place of the unit: facts with events."""
        self._shares: dict[tuple[str, int], dict[tuple[str, str], Fraction]] = {}
        for id, kept in self._facts.items():
            found = (facts.entries.get((unit.unit, id), NOTHING) for unit in units)
            own = ((place, as_one(scheme.items[id], each)) for place, each in enumerate(found))
            kept.update((place, each) for place, each in own if _has_events(each))
        for pool, (_section, items) in enumerate(self._pools):
            for place in sorted({place for item in items for place in self._facts[item.id]}):
                self._count(pool, place)

    def put(self, place: int, id: str, facts: EntryFacts) -> None:
        """Replaces what is known of one unit on one item, and counts its events again."""
        if id not in self._by_item:
            return
        self._facts[id].pop(place, None)
        found = as_one(self._scheme.items[id], facts)
        if _has_events(found):
            self._facts[id][place] = found
        self._count(self._by_item[id], place)

    def shares(self, id: str, place: int) -> Pooled | None:
        """What an item's events count for a unit; None where they count by themselves."""
        return self._shares.get((id, place), {}) if id in self._by_item else None

    def _count(self, pool: int, place: int) -> None:
        """The events of one unit in one section."""
        section, items = self._pools[pool]
        members = [(item, period) for item in items for period in self._periods(item)]
        events: list[tuple[int, Event]] = []
        for number, (item, period) in enumerate(members):
            fact = self._scheme.item(item.id, self._units[place]).asked["event"]
            if isinstance(fact, Events):
                events += [(number, event) for event in fact.events(self._rows(item, period, place))]
        worth = [Fraction(0)] * len(members)
        found: list[dict[str, Fraction]] = [{} for _member in members]
        for number, event, share in counted_together(events, by_order(section.same_matter or "sum")):
            worth[number] += event.worth * share
            found[number][event.case] = share
        for item in items:
            self._shares[item.id, place] = {}
        for number, (item, period) in enumerate(members):
            self._shares[item.id, place] |= {(period, case): share for case, share in found[number].items()}
            if found[number]:
                amount: Values = {"amount": int(from_fraction(worth[number])), "count": len(found[number])}
                self._entry(item, period).facts["event"].put(place, amount)

    def _periods(self, item: Item) -> Iterable[str]:
        return item.spans(self._period) if item.layered else ("",)

    def _rows(self, item: Item, period: str, place: int) -> list[Row]:
        """The events of one unit and period."""
        rows = self._facts[item.id].get(place, NOTHING).rows
        return [row for row in rows if _is_event(row) and row.period == period]

    def _entry(self, item: Item, period: str) -> EntryColumns:
        if item.layered:
            return self._columns.layered[item.id].layers[Layer(period=period)]
        return self._columns.entries[item.id]


def _is_event(row: Row) -> bool:
    return row.fact == "event" and not row.state


def _has_events(facts: EntryFacts) -> bool:
    return any(map(_is_event, facts.rows))
