"""What the desk needs of an assessment, and findings as the rows that scoring reads.

Invariant: the desk writes through a `Book` only; whoever satisfies it (an assessment on disk, a book in
memory) decides what "saved" means, and its calls return only after that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from govscore.errors import RefusedError, message_kind, problem
from govscore.events import Approved, Returned, Submitted
from govscore.facts.rows import Row
from govscore.i18n import mark_for_translation as N_
from govscore.text import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govscore.errors import GovscoreError, Problem
    from govscore.events import Event, FactRow, Finding
    from govscore.scheme.model import Scheme
    from govscore.scheme.units import Unit
    from govscore.scoring.board import Board

Key = tuple[str, str]
"""Unit and item (or veto)."""


class StandingLike(Protocol):
    """How the assessment stands, as far as the desk shows it."""

    @property
    def state(self) -> str:
        """`reviewing`, `pending`, `approved` or `returned`."""


class Book(Protocol):
    """An assessment as the desk sees it; `office.Assessment` is one."""

    @property
    def scheme(self) -> Scheme:
        """What is assessed."""

    @property
    def units(self) -> Sequence[Unit]:
        """Who is assessed."""

    @property
    def board(self) -> Board:
        """Scores of what is saved."""

    @property
    def author(self) -> str:
        """Who sits at the desk."""

    @property
    def events(self) -> Sequence[Event]:
        """Everything that happened so far."""

    def standing(self) -> StandingLike:
        """The derived state."""

    def finding(self, unit: str, item: str) -> Finding | None:
        """The decision in force."""

    def decision_event(self, unit: str, item: str) -> Event | None:
        """The event that made it."""

    def check(self, unit: str, item: str, finding: Finding) -> Iterable[Problem]:
        """What is wrong with a finding before it is saved."""

    def decide(self, unit: str, item: str, finding: Finding) -> Event:
        """Saves a decision: on disk when it returns."""

    def decide_many(self, decisions: Sequence[tuple[str, str, Finding]]) -> Sequence[Event]:
        """Saves several decisions, all or none."""

    def withdraw(self, unit: str, item: str, reason: str = "") -> Event:
        """Takes the decision in force back."""

    def refresh(self) -> Sequence[Event]:
        """What others added since the last time."""


MEANWHILE = message_kind(
    "review.decided-meanwhile",
    N_("somebody else decided on this meanwhile"),
    N_("a decision on what was shown"),
    N_("Look at their decision, then decide again."),
)


class MeanwhileError(RefusedError):
    """What would be replaced is not what the reviewer saw."""

    def __init__(self, other: Event | None) -> None:
        super().__init__(problem(MEANWHILE))
        self.other = other


def alike(one: Finding | None, two: Finding | None) -> bool:
    """Whether two findings are the same once they are stored (texts in normal form C)."""
    return one == two or normal(repr(one)) == normal(repr(two))


def other_event(error: GovscoreError) -> Event | None:
    """The decision of somebody else that a refusal is about, if it is about one."""
    other: Event | None = getattr(error, "other", None)
    return other


def rows_of(unit: str, item: str, finding: Finding | None) -> tuple[Row, ...]:
    """A finding as findings rows; its reason stands on its state row, else on every row without one."""
    if finding is None:
        return ()
    spread = "" if finding.state else finding.reason
    rows = [row_of(unit, item, row, spread) for row in finding.rows]
    if finding.state:
        rows.append(Row(unit=unit, item=item, state=finding.state, reason=finding.reason))
    return tuple(rows)


def row_of(unit: str, item: str, row: FactRow, reason: str = "") -> Row:
    """A row of a finding as a findings row; the reason is for one without."""
    return Row(
        unit=unit, item=item, state=row.state, fact=row.fact, case=row.case, value=row.value, of=row.of,
        start=row.start, finish=row.finish, matter=row.matter, sharers=row.sharers, tags=row.tags,
        note=row.note, reason=row.reason or reason,
    )  # fmt: skip


def state_now(book: Book) -> str:
    """The derived state, without scoring anything while nobody has submitted yet."""
    steps = any(isinstance(event.body, Submitted | Approved | Returned) for event in book.events)
    return book.standing().state if steps else "reviewing"
