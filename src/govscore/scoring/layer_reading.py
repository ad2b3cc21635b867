"""One layer of facts: the rows of one unit on one item, by one reviewer and of one period.

Invariant: every problem of every row is noted, and rows that are wrong establish nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.errors import problem
from govscore.facts.base import Reader
from govscore.facts.level_pick import LevelPick
from govscore.facts.yes_no import YES_NO
from govscore.scoring import messages as m
from govscore.scoring.established import EntryFacts, Layer
from govscore.text import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from govscore.errors import Problem
    from govscore.facts.base import FactType, Period, Values
    from govscore.facts.rows import Row
    from govscore.scheme.model import Item, Veto
    from govscore.scheme.units import Unit
    from govscore.scoring.established import FactsState

STATES: Final = {"": "", "na": "na", "none": "none"}
ONLY: Final = Layer()
"""The layer of what is asked once, of one reviewer."""


def read_layer(
    entry: Item | Veto,
    rows: Sequence[Row],
    period: Period,
    unit: Unit | None = None,
    layer: Layer = ONLY,
    span: Period | None = None,
) -> tuple[EntryFacts, tuple[Problem, ...]]:
    """Facts of one layer, and what is wrong with them.

    Args:
        entry: what may be established.
        rows: what was established.
        period: what is assessed, and its working days.
        unit: whom the rows are about; needed if limits depend on group or tags.
        layer: whose facts they are, and of which period; rows of another one are problems.
        span: first and last day of the layer's own period, if it has one.
    """
    asked = entry.asked
    problems: list[Problem] = []
    clean: set[str] = set()
    by_fact = _plainly(rows, entry.fact_names, layer)
    plain = by_fact is not None
    if by_fact is None:
        by_fact, clean, problems = _sorted_out(rows, asked, entry.fact_names, layer)
    values: dict[str, Values] = {}
    reader = Reader("", period, problems, unit=unit, span=span)
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


def reader_of(
    entry: Item | Veto,
    fact: str,
    facts: EntryFacts,
    period: Period,
    unit: Unit,
    span: Period | None = None,
) -> Reader:
    """A reader for rows of a fact of an entry whose facts were read before, so that they can be explained."""
    pick = entry.asked.get("level")
    picked = facts.values.get("level")
    level = pick.picked(picked) if isinstance(pick, LevelPick) and picked is not None else None
    return Reader(fact, period, unit=unit, level=level, span=span)


def _plainly(rows: Sequence[Row], names: Mapping[str, str], layer: Layer) -> dict[str, list[Row]] | None:
    """The rows by fact, if each gives a value of a known fact and nothing else; so do nearly all."""
    by_fact: dict[str, list[Row]] = {}
    reviewer, period = layer
    for row in rows:
        id = names.get(row.fact)
        if id is None or row.state or row.reviewer != reviewer or row.period != period or row.note:
            return None
        if id in by_fact:
            by_fact[id].append(row)
        else:
            by_fact[id] = [row]
    if len(rows) > 1 and len({(row.fact, row.case) for row in rows}) < len(rows):
        return None
    return by_fact


def _sorted_out(
    rows: Sequence[Row], asked: Mapping[str, FactType], names: Mapping[str, str], layer: Layer
) -> tuple[dict[str, list[Row]], set[str], list[Problem]]:
    """The rows with a value by fact, the facts that are marked clean, and what is wrong with the rows."""
    problems = list(_form_problems(rows, layer))
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


def _form_problems(rows: Sequence[Row], layer: Layer) -> Iterator[Problem]:
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
        if row.note and row.note not in YES_NO:
            near = nearest(row.note, ("yes", "no"))
            yield _at(m.NOTE, row, near, column="note", found=row.note)
        if row.reviewer != layer.reviewer:
            yield _at(m.REVIEWER_ALONE, row, None, column="reviewer", found=row.reviewer)
        if row.period != layer.period:
            yield _at(m.PERIOD_NOT_HERE, row, None, found=row.period)
        key = (row.state, row.fact, row.case)
        if key in seen:
            yield _at(m.ROW_TWICE, row, None, fact=row.fact or row.state, case=row.case or "—")
        seen.add(key)
    marked_na = [row for row in rows if row.state == "na"]
    if marked_na and len(rows) > len(marked_na):
        yield _at(m.NA_AND_VALUES, marked_na[0])
