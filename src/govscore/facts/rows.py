"""A row of the findings table: the one form in which facts travel before they are columns.

Invariant: a row holds text exactly as it was handed in; nothing here judges or converts it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Final

from govscore.errors import Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One fact, case or event of one unit and item (columns as in `docs/scheme.md`, "Findings table")."""

    unit: str
    item: str
    reviewer: str = ""
    period: str = ""
    state: str = ""
    fact: str = ""
    case: str = ""
    value: str = ""
    of: str = ""
    start: str = ""
    finish: str = ""
    matter: str = ""
    sharers: str = ""
    tags: str = ""
    note: str = ""
    reason: str = ""
    place: Place = field(default_factory=Place, compare=False)


COLUMNS: Final = tuple(each.name for each in fields(Row) if each.name != "place")
"""The columns of a findings table, in their usual order."""
