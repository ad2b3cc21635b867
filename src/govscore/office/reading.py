"""Decisions in force, read as facts.

Invariant: a decision that cannot be read is an error that names it, never an open item.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.errors import InputError, problem
from govscore.office import messages as m
from govscore.office.in_force import InForce, place_of, rows_in_force
from govscore.scoring.facts import Facts, read_entry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govscore.errors import Problem
    from govscore.events import Event
    from govscore.scheme.model import Scheme
    from govscore.scheme.units import Unit
    from govscore.scoring.facts import EntryFacts


def facts_of_events(decisions: Iterable[Event], scheme: Scheme, units: Iterable[Unit]) -> Facts:
    """The facts that these decisions establish; of several on one item the last counts.

    Raises:
        InputError: decisions that this scheme cannot read.
    """
    by_id = {unit.unit: unit for unit in units}
    entries: dict[tuple[str, str], EntryFacts] = {}
    problems: list[Problem] = []
    holding = InForce()
    for event in decisions:
        holding.note(event)
    for (unit, item), events in holding.by_item():
        entry = scheme.entries.get(item)
        found: tuple[Problem, ...] = ()
        if entry is None or unit not in by_id:
            problems += [_drift(event, 1) for event in events]
            continue
        entries[unit, item], found = read_entry(entry, rows_in_force(events), scheme.period, by_id[unit])
        for event in events if found else ():
            mine = [each for each in found if each.place == place_of(event)]
            problems += [_drift(event, len(mine)), *mine] if mine else []
    if problems:
        raise InputError(*problems)
    return Facts(entries)


def _drift(event: Event, count: int) -> Problem:
    return problem(m.DRIFT, place_of(event), number=event.number, author=event.author, count=count)
