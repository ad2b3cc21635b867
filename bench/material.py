"""The made-up assessment in memory."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bench import generate
from govscore.errors import Place
from govscore.facts.rows import Row
from govscore.scheme.read import read_scheme
from govscore.scheme.units import Unit, check_units
from govscore.scoring.facts import Facts, read_facts

if TYPE_CHECKING:
    from govscore.scheme.model import Scheme


@cache
def scheme() -> Scheme:
    """The scheme."""
    return read_scheme(generate.scheme_text())


@cache
def units(count: int) -> tuple[Unit, ...]:
    """The roster."""
    rows = generate.unit_rows(count)
    roster = [
        Unit(unit=id, name=name, group=group, tags=tuple(tags.split())) for id, name, group, tags in rows
    ]
    return check_units(roster, scheme())


@cache
def facts(count: int) -> Facts:
    """What was established."""
    rows = (Row(place=Place(), **row) for row in generate.finding_rows(count))
    return read_facts(rows, scheme(), units(count))
