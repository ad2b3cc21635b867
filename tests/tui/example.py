"""A book in memory over the example, for the desk's tests."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from govscore.errors import Place
from govscore.facts.rows import COLUMNS, Row
from govscore.review.memory import MemoryBook
from govscore.scheme.read import read_scheme
from govscore.scheme.units import Unit, check_units

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govscore.scheme.model import Scheme

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "pingcheng-2024"


def read_example() -> tuple[Scheme, tuple[Unit, ...], list[Row]]:
    """The scheme, the units, all findings rows."""
    scheme = read_scheme((EXAMPLE / "scheme.toml").read_bytes(), "scheme.toml")
    with (EXAMPLE / "units.csv").open(encoding="utf-8-sig", newline="") as file:
        units = check_units(
            [
                Unit(unit=row["unit"], name=row["name"], group=row["group"], tags=tuple(row["tags"].split()))
                for row in csv.DictReader(file)
            ],
            scheme,
        )
    with (EXAMPLE / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [
            Row(place=Place(), **{name: row.get(name) or "" for name in COLUMNS})
            for row in csv.DictReader(file)
        ]
    return scheme, units, rows


def example_book(
    *, without: Mapping[str, tuple[str, ...]] | None = None, names: Mapping[str, str] | None = None
) -> MemoryBook:
    """The example as a book.

    Args:
        without: items by unit whose findings are left out, so that they are open (empty: all).
        names: other names for units.
    """
    scheme, units, rows = read_example()
    gone = without or {}
    rows = [
        row for row in rows if row.unit not in gone or (gone[row.unit] and row.item not in gone[row.unit])
    ]
    if names:
        units = tuple(replace(unit, name=names.get(unit.unit, unit.name)) for unit in units)
    return MemoryBook.of(scheme, units, rows, author="李四")
