"""What happened in an assessment, as frozen data: findings, decisions, submissions, approvals.

Invariant: an event never changes and knows no clock and no user; number, time and author are given
to it, and its hash is computed by whoever stores it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

RECORD_FORMAT: Final = 1
"""Format of the record that this program writes (`docs/record-format.md`)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FactRow:
    """One fact, case or event that a reviewer established: a row of the findings table."""

    period: str = ""
    """Of an item that is asked in every period: which one (`2024-03`)."""
    fact: str = ""
    case: str = ""
    state: str = ""
    value: str = ""
    of: str = ""
    start: str = ""
    finish: str = ""
    matter: str = ""
    sharers: str = ""
    tags: str = ""
    note: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What a reviewer establishes on one item of one unit; never points."""

    state: str = ""
    """Empty: reviewed with values; `na`: not applicable; `none`: nothing found."""
    rows: tuple[FactRow, ...] = ()
    reason: str = ""
    evidence: str = ""

    @property
    def is_na(self) -> bool:
        """Whether the item does not concern the unit; with a note of an explanation a row says so."""
        return self.state == "na" or any(_is_na(row) for row in self.rows)

    @property
    def is_explained(self) -> bool:
        """Whether an explanation was published why it does not concern the unit (`note`)."""
        return any(_is_na(row) and row.note in ("yes", "是") for row in self.rows)


def _is_na(row: FactRow) -> bool:
    return row.state == "na" and not row.fact and not row.period


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitEntry:
    """A unit as it stands on the roster."""

    unit: str
    name: str
    group: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A named person and the roles of that person: `reviewer`, `leader`."""

    name: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """The assessment begins: its scheme, units and people. Always event 1, and only that."""

    scheme_text: str
    scheme_name: str
    units: tuple[UnitEntry, ...]
    people: tuple[Person, ...]
    edition: int = RECORD_FORMAT
    """Format of the record when it was made."""
    program: str
    """Name and version of the program that made it."""
    calendar_text: str = ""
    """What the office adds to the calendar of working days, as TOML; not stored where there is nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """One reviewer's finding on one item of one unit."""

    unit: str
    item: str
    finding: Finding
    replaces: int | None = None
    """Number of the decision or withdrawal it replaces; None: the first on this unit and item."""
    reviewer: str = ""
    """Of an item with several reviewers: whose decision it is, beside those of others; "": one decides."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionWithdrawn:
    """The decision in force is taken back: the item of this unit is open again."""

    unit: str
    item: str
    replaces: int
    """Number of the decision that is withdrawn."""
    reason: str
    reviewer: str = ""
    """As of a decision."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Submitted:
    """One exact result was put before the leader."""

    result_digest: str
    head: str
    """Hash of the record's last event when the result was shown."""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Approved:
    """A leader consented to one exact result."""

    result_digest: str
    head: str
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Returned:
    """A leader sent a result back."""

    result_digest: str
    head: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Unknown:
    """An event of a type that only a newer program knows: kept and shown, never interpreted."""

    type: str
    text: str
    """The whole body as it is stored."""


Body: TypeAlias = Opened | Decision | DecisionWithdrawn | Submitted | Approved | Returned | Unknown


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """A body with its place in the record."""

    number: int
    """From 1, without gaps."""
    time: str
    """ISO 8601 with offset, as the author's clock had it."""
    author: str
    body: Body
    hash: str
    """64 hexadecimal digits; depends on every event before this one, too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """Count and hash of a record's last event: whoever keeps it notices later changes up to it."""

    number: int
    hash: str

    @property
    def short(self) -> str:
        """The first 16 digits in groups of four, to be printed and compared by eye."""
        return " ".join(self.hash[at : at + 4] for at in range(0, 16, 4))
