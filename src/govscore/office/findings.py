"""Findings about to be saved: their rows with a place to tell problems at, and those of a whole table.

Invariant: nothing here says what a finding is; `scoring.findings` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.errors import Place
from govscore.scoring.findings import finding_of
from govscore.scoring.findings import rows_of as as_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govscore.events import Finding
    from govscore.facts.rows import Row


def rows_of(unit: str, item: str, finding: Finding, reviewer: str = "") -> tuple[Row, ...]:
    """The rows that a finding stands for, as the desk shows them; their place names unit and item."""
    return as_rows(unit, item, finding, Place(path=f"{unit}/{item}"), reviewer)


def is_empty(finding: Finding) -> bool:
    """Whether it establishes nothing at all."""
    return not finding.state and not finding.rows


def by_entry(rows: Sequence[Row]) -> dict[tuple[str, str, str], Finding]:
    """The findings of a whole table, by unit, item and reviewer, in the order in which they first appear."""
    grouped: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        grouped.setdefault((row.unit, row.item, row.reviewer), []).append(row)
    return {where: finding_of(group) for where, group in grouped.items()}
