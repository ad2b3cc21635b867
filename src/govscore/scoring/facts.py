"""What was established: findings rows read against a scheme, one unit and item at a time.

Invariant: facts that exist were read without a problem; rows are kept as they came, beside what they
were read as. Source: `docs/scheme.md`, "Findings table".
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from govscore.errors import problem, raise_problems
from govscore.facts.rows import SAYS, WHOSE
from govscore.scoring import messages as m
from govscore.scoring.established import NOTHING, EntryFacts, Facts, Layer
from govscore.scoring.layer_reading import read_layer, reader_of
from govscore.scoring.layers import read_layers
from govscore.text import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from govscore.errors import Problem
    from govscore.facts.base import Period
    from govscore.facts.rows import Row
    from govscore.scheme.model import Item, Scheme, Veto
    from govscore.scheme.units import Unit

__all__ = ["NOTHING", "EntryFacts", "Facts", "Layer", "read_entry", "read_facts", "reader_of"]

Whose = tuple[str, str]
"""A unit and an item or veto."""
_MOST_KNOWN: Final = 1_000
"""So many different findings on one item are remembered while a table is read."""


def read_facts(rows: Iterable[Row], scheme: Scheme, units: Sequence[Unit]) -> Facts:
    """Facts from findings rows.

    Args:
        rows: in any order.
        scheme: what may be established.
        units: about whom.

    Raises:
        InputError: every problem of every row.
    """
    by_id, entries = {unit.unit: unit for unit in units}, scheme.entries
    grouped, strangers = _grouped(rows, by_id, entries)
    problems = list(_stranger_problems(strangers, by_id, entries)) if strangers else []
    made = dict.fromkeys(sorted(grouped), NOTHING)
    by_item: dict[str, list[Whose]] = {}
    for whose in made:
        by_item.setdefault(whose[1], []).append(whose)
    wrong: dict[Whose, Sequence[Problem]] = {}
    for item, mine in by_item.items():  # item after item: so the same code reads the same kind of facts
        entry, read = entries[item], _EntryReader(entries[item], scheme.period).read
        for whose in mine:
            unit = by_id[whose[0]]
            if entry.applies_to is None or entry.applies(unit.group, unit.unit, unit.tags):
                made[whose], found = read(grouped[whose], unit)
            else:
                place = grouped[whose][0].place
                found = (problem(m.NOT_ASSIGNED, place, None, unit=unit.unit, item=item),)
            if found:
                wrong[whose] = found
    for whose in sorted(wrong):
        problems += wrong[whose]
    raise_problems(problems)
    return Facts(made)


def _grouped(
    rows: Iterable[Row], units: Mapping[str, Unit], entries: Mapping[str, Item | Veto]
) -> tuple[dict[Whose, tuple[Row, ...]], list[Row]]:
    """The rows by unit and item, and those of units and items that do not exist."""
    grouped: dict[Whose, tuple[Row, ...]] = {}
    more: dict[Whose, list[Row]] = {}
    strangers: list[Row] = []
    for whose, some in groupby(rows, WHOSE):  # nearly always all that there are of them
        group = tuple(some)
        if whose[0] not in units or whose[1] not in entries:
            strangers += group
        elif grouped.setdefault(whose, group) is not group:
            more.setdefault(whose, []).extend(group)
    for whose, rest in more.items():
        grouped[whose] += tuple(rest)
    return grouped, strangers


def _stranger_problems(
    rows: Sequence[Row], units: Mapping[str, Unit], entries: Mapping[str, Item | Veto]
) -> Iterator[Problem]:
    """Rows of units and items that do not exist; each name is looked for among the known ones once."""
    near_unit = cache(lambda name: nearest(name, units))
    near_item = cache(lambda name: nearest(name, entries))
    for row in rows:
        if row.unit not in units:
            yield problem(m.UNKNOWN_UNIT, row.place, near_unit(row.unit), found=row.unit)
        else:
            yield problem(m.UNKNOWN_ITEM, row.place, near_item(row.item), unit=row.unit, found=row.item)


class _EntryReader:
    """Reads one item or veto for unit after unit; rows that say the same of units alike are read once."""

    def __init__(self, entry: Item | Veto, period: Period) -> None:
        self._entry, self._period = entry, period
        self._known: dict[tuple[object, ...], EntryFacts] = {}

    def read(self, rows: tuple[Row, ...], unit: Unit) -> tuple[EntryFacts, tuple[Problem, ...]]:
        """As `read_entry`."""
        says = (unit.group, unit.tags, *map(SAYS, rows))
        known = self._known.get(says)
        if known is not None:
            return known._replace(rows=rows), ()
        facts, problems = read_entry(self._entry, rows, self._period, unit)
        if not problems and len(self._known) < _MOST_KNOWN:
            self._known[says] = facts
        return facts, problems


def read_entry(
    entry: Item | Veto, rows: Sequence[Row], period: Period, unit: Unit | None = None
) -> tuple[EntryFacts, tuple[Problem, ...]]:
    """Facts of one unit on one item or veto, and what is wrong with them.

    Args:
        entry: what may be established.
        rows: what was established.
        period: what is assessed, and its working days.
        unit: whom the rows are about; needed if limits depend on group or tags.
    """
    if unit is not None:
        entry = entry.of(unit, period.first)
    if entry.layered or entry.several:
        return read_layers(entry, rows, period, unit)
    return read_layer(entry, rows, period, unit)
