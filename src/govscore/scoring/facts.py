"""What was established: findings rows read against a scheme, one unit and item at a time.

Invariant: facts that exist were read without a problem; rows are kept as they came, beside what they
were read as. Source: `docs/scheme.md`, "Findings table".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from govscore.errors import problem, raise_problems
from govscore.facts.base import Reader
from govscore.facts.level_pick import LevelPick
from govscore.facts.rows import SAYS, WHOSE
from govscore.scoring import messages as m
from govscore.text import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from govscore.errors import Problem
    from govscore.facts.base import FactType, Period, Values
    from govscore.facts.rows import Row
    from govscore.scheme.model import Item, Scheme, Veto
    from govscore.scheme.units import Unit

Whose = tuple[str, str]
"""A unit and an item or veto."""
FactsState = Literal["open", "not_applicable", "reviewed"]
STATES: Final = {"": "", "na": "na", "none": "none"}


_NO_VALUES: Final[Mapping[str, Values]] = {}
_MOST_KNOWN: Final = 1_000
"""So many different findings on one item are remembered while a table is read."""


class EntryFacts(NamedTuple):
    """What was established for one unit on one item or veto."""

    state: FactsState
    values: Mapping[str, Values] = _NO_VALUES
    """What each answered fact was read as."""
    rows: tuple[Row, ...] = ()


NOTHING: Final = EntryFacts(state="open")


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of an assessment, by unit and item."""

    entries: Mapping[tuple[str, str], EntryFacts]

    def of(self, unit: str, item: str) -> EntryFacts:
        """What was established; an item without a row is open."""
        return self.entries.get((unit, item), NOTHING)

    def rows(self) -> Iterator[Row]:
        """Every row, by unit and item."""
        for entry in self.entries.values():
            yield from entry.rows


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
            return EntryFacts(known.state, known.values, rows), ()
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
    asked = entry.asked
    problems: list[Problem] = []
    clean: set[str] = set()
    by_fact = _plainly(rows, entry.fact_names)
    plain = by_fact is not None
    if by_fact is None:
        by_fact, clean, problems = _sorted_out(rows, asked, entry.fact_names)
    values: dict[str, Values] = {}
    reader = Reader("", period, problems, unit=unit)
    for id in _level_first(asked):
        fact = asked[id]
        if id in by_fact:
            reader.fact = id
            read = fact.read(by_fact[id], reader)
        else:
            read = fact.clean_values() if id in clean else None
        if read is not None:
            values[id] = read
            if isinstance(fact, LevelPick):
                reader.level = fact.picked(read)
    if not plain and any(row.state == "na" for row in rows):
        return EntryFacts(state="not_applicable", rows=tuple(rows)), tuple(problems)
    state: FactsState = "reviewed" if rows and len(values) == len(asked) else "open"
    if not asked and not rows:
        state = "reviewed"
    return EntryFacts(state=state, values=values, rows=tuple(rows)), tuple(problems)


def _level_first(asked: Mapping[str, FactType]) -> Iterable[str]:
    """The facts in the order in which they are read: the level picked, on which others may depend, first."""
    return asked if "level" not in asked else ("level", *(id for id in asked if id != "level"))


def reader_of(entry: Item | Veto, fact: str, facts: EntryFacts, period: Period, unit: Unit) -> Reader:
    """A reader for rows of a fact of an entry whose facts were read before, so that they can be explained."""
    pick = entry.asked.get("level")
    picked = facts.values.get("level")
    level = pick.picked(picked) if isinstance(pick, LevelPick) and picked is not None else None
    return Reader(fact, period, unit=unit, level=level)


def _plainly(rows: Sequence[Row], names: Mapping[str, str]) -> dict[str, list[Row]] | None:
    """The rows by fact, if each gives a value of a known fact and nothing else; so do nearly all."""
    by_fact: dict[str, list[Row]] = {}
    for row in rows:
        id = names.get(row.fact)
        if id is None or row.state or row.reviewer or row.period:
            return None
        if id in by_fact:
            by_fact[id].append(row)
        else:
            by_fact[id] = [row]
    if len(rows) > 1 and len({(row.fact, row.case) for row in rows}) < len(rows):
        return None
    return by_fact


def _sorted_out(
    rows: Sequence[Row], asked: Mapping[str, FactType], names: Mapping[str, str]
) -> tuple[dict[str, list[Row]], set[str], list[Problem]]:
    """The rows with a value by fact, the facts that are marked clean, and what is wrong with the rows."""
    problems = list(_form_problems(rows))
    by_fact: dict[str, list[Row]] = {}
    clean: set[str] = set()
    for row in rows:
        if row.state == "none":
            clean |= set(asked) if not row.fact else {names.get(row.fact, row.fact)}
        if row.fact and row.fact not in names:
            known = tuple(names)
            problems.append(
                problem(
                    m.UNKNOWN_FACT, row.place, nearest(row.fact, known),
                    unit=row.unit, item=row.item, found=row.fact, known=", ".join(known) or "—",
                )
            )  # fmt: skip
        elif row.fact and row.state == "":
            by_fact.setdefault(names[row.fact], []).append(row)
    stated = {names.get(row.fact, row.fact) for row in rows if row.state == "none" and row.fact}
    problems += [_at(m.NONE_AND_VALUES, by_fact[id][0], fact=id) for id in sorted(stated & set(by_fact))]
    return by_fact, clean, problems


def _at(kind: object, row: Row, near: str | None = None, /, **data: object) -> Problem:
    return problem(kind, row.place, near, unit=row.unit, item=row.item, **data)  # type: ignore[arg-type]


def _form_problems(rows: Sequence[Row]) -> Iterator[Problem]:
    """What is wrong whatever the facts mean."""
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        if row.state not in STATES:
            yield _at(m.STATE, row, nearest(row.state, ("na", "none")), found=row.state)
        if not row.state and not row.fact:
            yield _at(m.NO_FACT, row)
        if row.state == "na" and row.fact:
            yield _at(m.NA_OF_ITEM, row, None, fact=row.fact)
        if row.state == "none" and (row.value or row.of):
            yield _at(m.NONE_AND_VALUES, row, None, fact=row.fact or "—")
        if row.state == "na" and (row.value or row.of):
            yield _at(m.NA_AND_VALUES, row)
        if row.reviewer:
            yield _at(m.LATER, row, None, column="reviewer", found=row.reviewer)
        if row.period:
            yield _at(m.LATER, row, None, column="period", found=row.period)
        key = (row.state, row.fact, row.case)
        if key in seen:
            yield _at(m.ROW_TWICE, row, None, fact=row.fact or row.state, case=row.case or "—")
        seen.add(key)
    marked_na = [row for row in rows if row.state == "na"]
    if marked_na and len(rows) > len(marked_na):
        yield _at(m.NA_AND_VALUES, marked_na[0])
