"""Items that several reviewers review, at one reviewer's desk: the own finding beside those of the others.

Invariant: a finding of somebody else is counted as it is saved, never changed here, and not shown before
the reviewer at the desk has decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.scoring.facts import NOTHING, read_entry
from govscore.scoring.findings import rows_of

if TYPE_CHECKING:
    from govscore.events import Event, Finding
    from govscore.facts.rows import Row
    from govscore.review.book import Book
    from govscore.scheme.units import Unit
    from govscore.scoring.board import Board
    from govscore.scoring.facts import EntryFacts


class Several:
    """What a desk must know of items with several reviewers."""

    def __init__(self, book: Book) -> None:
        self._book, self._items = book, book.scheme.several

    @property
    def board(self) -> Board:
        """Scores of what is saved."""
        return self._book.board

    def name(self, item: str) -> str:
        """The name under which a finding on an item stands; "" where a single one reviews."""
        return self._book.author if item in self._items else ""

    def is_of_another(self, event: Event) -> bool:
        """Whether a decision stands beside that of the reviewer at the desk, whatever that is."""
        reviewer: str = getattr(event.body, "reviewer", "")
        return bool(reviewer) and reviewer != self._book.author

    def own_rows(self, unit: str, item: str, finding: Finding | None) -> tuple[Row, ...]:
        """A finding of the reviewer at the desk as rows."""
        return rows_of(unit, item, finding, reviewer=self.name(item))

    def established(self, unit: Unit, item: str, finding: Finding | None) -> EntryFacts:
        """What a finding establishes together with those of the others."""
        rows = self.own_rows(unit.unit, item, finding)
        if mine := self.name(item):
            saved = self._book.board.facts_of(unit.unit, item).rows
            rows += tuple(row for row in saved if row.reviewer != mine)
        return self._read(unit, item, rows)

    def own(self, unit: Unit, item: str, finding: Finding | None) -> EntryFacts:
        """What a finding establishes by itself."""
        return self._read(unit, item, self.own_rows(unit.unit, item, finding))

    def _read(self, unit: Unit, item: str, rows: tuple[Row, ...]) -> EntryFacts:
        scheme = self._book.scheme
        return read_entry(scheme.entries[item], rows, scheme.period, unit)[0] if rows else NOTHING

    def hides(self, item: str, finding: Finding | None) -> bool:
        """Whether what the others found is not to be seen yet, since nothing is decided here."""
        return bool(self.name(item)) and finding is None
