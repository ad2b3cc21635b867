"""Findings as the record keeps them, and rows as the scoring reads them: the same thing twice.

Invariant: rows → finding → rows gives the same rows, the state row last; no text is lost or changed.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Final

from govscore.errors import NOWHERE, Place
from govscore.events import FactRow, Finding
from govscore.facts.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def rows_of(
    unit: str, item: str, finding: Finding | None, place: Place = NOWHERE, reviewer: str = ""
) -> tuple[Row, ...]:
    """A finding as findings rows, all at this place.

    Its reason stands on its state row, else on every row without one.

    Args:
        unit: whose.
        item: of what.
        finding: None: no rows.
        place: where problems with the rows are told.
        reviewer: whose finding it is, if the item has several reviewers.
    """
    if finding is None:
        return ()
    spread = "" if finding.state else finding.reason
    rows = [row_of(unit, item, row, spread, place, reviewer) for row in finding.rows]
    if finding.state:
        state = Row(unit, item, reviewer, state=finding.state, reason=finding.reason, place=place)
        rows.append(state)
    return tuple(rows)


def row_of(
    unit: str, item: str, row: FactRow, reason: str = "", place: Place = NOWHERE, reviewer: str = ""
) -> Row:
    """A row of a finding as a findings row at this place; the reason is for one without."""
    return Row(
        unit=unit, item=item, reviewer=reviewer, period=row.period, state=row.state,
        fact=row.fact, case=row.case, value=row.value, of=row.of,
        start=row.start, finish=row.finish, matter=row.matter, sharers=row.sharers, tags=row.tags,
        note=row.note, reason=row.reason or reason, place=place,
    )  # fmt: skip
