"""A row of the findings table: the one form in which facts travel before they are columns.

Invariant: a row holds text exactly as it was handed in; nothing here judges or converts it.
"""

from __future__ import annotations

from functools import partial
from itertools import repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from govscore.errors import NOWHERE, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_Made = TypeVar("_Made", bound=tuple[object, ...])


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
WHOSE: Final = itemgetter(0, 1)
"""The unit and the item of a row."""
SAYS: Final = itemgetter(slice(2, -1))
"""All that a row says about them: everything but where it stands."""


def rows_of_columns(columns: Mapping[str, Sequence[str]], places: Sequence[Place]) -> list[Row]:
    """The rows of a table of which every column is as long as `places`; a column it lacks is empty."""
    return tuples_of(Row, *(columns.get(name) or repeat("") for name in COLUMNS), places)


def tuples_of(kind: type[_Made], *columns: Iterable[object]) -> list[_Made]:
    """Named tuples from their columns, all fields in order: a table has too many for a call each."""
    return list(map(partial(tuple.__new__, kind), zip(*columns, strict=False)))
