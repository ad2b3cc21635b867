"""Findings as the record keeps them, and rows as the scoring reads them: the same thing twice.

Invariant: rows → finding → rows gives the same rows, the state row last; no text is lost or changed.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Final

from govscore.errors import Place
from govscore.events import FactRow, Finding
from govscore.review.book import rows_of as as_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govscore.facts.rows import Row

_COLUMNS: Final = tuple(each.name for each in fields(FactRow))


def finding_of(rows: Iterable[Row]) -> Finding:
    """The finding that these rows of one unit and item state.

    A row `na`, or `none` for everything that is left, becomes the finding's state, and its reason the
    finding's reason; whatever else such a row holds keeps it a row.
    """
    state, reason = "", ""
    kept: list[FactRow] = []
    for row in rows:
        fact = FactRow(**{name: getattr(row, name) for name in _COLUMNS})
        plain = fact == FactRow(state=row.state, reason=row.reason)
        if plain and row.state in ("na", "none") and not state:
            state, reason = row.state, row.reason
        else:
            kept.append(fact)
    return Finding(state=state, rows=tuple(kept), reason=reason)


def rows_of(unit: str, item: str, finding: Finding, place: Place | None = None) -> tuple[Row, ...]:
    """The rows that a finding stands for, as the desk shows them, each at this place."""
    where = place or Place(path=f"{unit}/{item}")
    return tuple(row._replace(place=where) for row in as_rows(unit, item, finding))


def is_empty(finding: Finding) -> bool:
    """Whether it establishes nothing at all."""
    return not finding.state and not finding.rows


def by_entry(rows: Sequence[Row]) -> dict[tuple[str, str], Finding]:
    """The findings of a whole table, by unit and item, in the order in which they first appear."""
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        grouped.setdefault((row.unit, row.item), []).append(row)
    return {where: finding_of(group) for where, group in grouped.items()}
