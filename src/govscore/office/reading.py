"""Decisions in force, read as facts.

Invariant: a decision that cannot be read is an error that names it, never an open item.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from govscore.errors import InputError, Place, problem
from govscore.events import Decision
from govscore.office import messages as m
from govscore.scoring.facts import Facts, read_entry
from govscore.scoring.findings import rows_of

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
    for event in decisions:
        if not isinstance(event.body, Decision):
            continue
        unit, item = event.body.unit, event.body.item
        entry = scheme.entries.get(item)
        found: tuple[Problem, ...] = ()
        if entry is not None and unit in by_id:
            rows = rows_of(unit, item, event.body.finding)
            entries[unit, item], found = read_entry(entry, rows, scheme.period, by_id[unit])
        if entry is None or unit not in by_id or found:
            place = Place(path=f"#{event.number} {unit}/{item}")
            drift = problem(m.DRIFT, place, number=event.number, author=event.author, count=len(found) or 1)
            problems += [drift, *(replace(each, place=place) for each in found)]
    if problems:
        raise InputError(*problems)
    return Facts(entries)
