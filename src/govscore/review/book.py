"""What the desk needs of an assessment.

Invariant: the desk writes through a `Book` only; whoever satisfies it (an assessment on disk, a book in
memory) decides what "saved" means, and its calls return only after that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from govscore.errors import RefusedError, message_kind, problem
from govscore.events import Approved, Decision, DecisionWithdrawn, Returned, Submitted
from govscore.i18n import mark_for_translation as N_
from govscore.text import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govscore.errors import GovscoreError, Problem
    from govscore.events import Event, Finding
    from govscore.review.undo import Change
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


@dataclass(frozen=True, slots=True)
class Held:
    """What held on an item at some time."""

    event: Event | None
    """The decision or withdrawal that made it so; None: nothing was decided yet."""
    finding: Finding | None

    @property
    def number(self) -> int:
        """The event's number; 0 without one."""
        return self.event.number if self.event else 0


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

    def hindrance(self) -> Problem | None:
        """Why nothing can be decided here; None: nothing stands in the way."""

    def held(self, unit: str, item: str, until: int) -> Held:
        """What held on an item after the event of this number."""

    def write(self, changes: Sequence[Change]) -> Sequence[Event]:
        """Saves decisions and withdrawals, all or none: on disk when it returns.

        Refused if a change does not replace the last decision or withdrawal on its item; what takes
        back a decision that never was is left out.
        """

    def refresh(self) -> Sequence[Event]:
        """What others added since the last time."""


MEANWHILE = message_kind(
    "review.decided-meanwhile",
    N_("somebody else decided on this meanwhile"),
    N_("a decision on what was shown"),
    N_("Look at their decision, then decide again."),
)


NOBODY = message_kind(
    "review.nobody",
    N_("nobody is named as the reviewer"),
    N_("a name from the roster"),
    N_("Name who reviews: --as NAME, or GOVSCORE_REVIEWER."),
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


def replaced_by(event: Event) -> int:
    """Number of the event that a decision or withdrawal replaces; 0: none."""
    body = event.body
    return body.replaces or 0 if isinstance(body, Decision | DecisionWithdrawn) else 0


def state_now(book: Book) -> str:
    """The derived state, without scoring anything while nobody has submitted yet."""
    steps = any(isinstance(event.body, Submitted | Approved | Returned) for event in book.events)
    return book.standing().state if steps else "reviewing"
