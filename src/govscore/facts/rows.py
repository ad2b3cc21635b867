"""A row of the findings table: the one form in which facts travel before they are columns.

Invariant: a row holds text exactly as it was handed in; nothing here judges or converts it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from govscore.errors import NOWHERE, Place


class Row(NamedTuple):
    """One fact, case or event of one unit and item (columns as in `docs/scheme.md`, "Findings table").

    A tuple, since there may be two million of them; where it stands is no part of what it says.
    """

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
    place: Place = NOWHERE

    def __eq__(self, other: object) -> bool:
        return self[:-1] == other[:-1] if isinstance(other, Row) else NotImplemented

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self[:-1])


COLUMNS: Final = Row._fields[:-1]
"""The columns of a findings table, in their usual order."""
