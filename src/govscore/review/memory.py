"""A book in memory: an assessment that is gone when the process ends, for trials, tests and benches.

Invariant: it answers as an assessment on disk does, except that nothing is ever on a disk.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govscore.errors import problem
from govscore.events import Decision, DecisionWithdrawn, Event, Finding
from govscore.review.book import NOBODY, Held, Key, MeanwhileError, replaced_by
from govscore.scoring.board import Board
from govscore.scoring.facts import NOTHING, read_entry, read_facts
from govscore.scoring.findings import finding_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govscore.errors import Problem
    from govscore.events import Body
    from govscore.facts.rows import Row
    from govscore.review.undo import Change
    from govscore.scheme.model import Scheme
    from govscore.scheme.units import Unit


@dataclass(frozen=True, slots=True)
class MemoryStanding:
    """A book in memory is always in review."""

    state: str = "reviewing"


@dataclass(slots=True)
class MemoryBook:
    """Decisions in a dictionary."""

    scheme: Scheme
    units: tuple[Unit, ...]
    board: Board
    author: str = ""
    findings: dict[Key, Finding] = field(default_factory=dict)
    made_by: dict[Key, Event] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    news: list[Event] = field(default_factory=list)
    """Events of others that `refresh` has still to tell."""
    begun_with: dict[Key, Finding] = field(init=False)
    """The findings before the first event."""

    def __post_init__(self) -> None:
        self.begun_with = dict(self.findings)

    @classmethod
    def of(cls, scheme: Scheme, units: Sequence[Unit], rows: Iterable[Row], author: str = "") -> MemoryBook:
        """A book that starts with these findings rows."""
        facts = read_facts(rows, scheme, units)
        mine = {
            key: [row for row in entry.rows if row.reviewer in ("", author)]
            for key, entry in facts.entries.items()
        }
        findings = {key: finding_of(own) for key, own in mine.items() if own}
        return cls(scheme, tuple(units), Board(scheme, facts, units), author, findings)

    def standing(self) -> MemoryStanding:
        """Always in review."""
        return MemoryStanding()

    def finding(self, unit: str, item: str) -> Finding | None:
        """The decision in force."""
        return self.findings.get((unit, item))

    def decision_event(self, unit: str, item: str) -> Event | None:
        """The event that made it."""
        event = self.made_by.get((unit, item))
        return event if event and isinstance(event.body, Decision) else None

    def hindrance(self) -> Problem | None:
        """Only that nobody is named."""
        return None if self.author else problem(NOBODY)

    def held(self, unit: str, item: str, until: int) -> Held:
        """What held after the event of this number."""
        event = self.made_by.get((unit, item))
        while event is not None and event.number > until:
            event = self.events[before - 1] if (before := replaced_by(event)) else None
        if event is None:
            return Held(None, self.begun_with.get((unit, item)))
        return Held(event, event.body.finding if isinstance(event.body, Decision) else None)

    def check(self, unit: str, item: str, finding: Finding) -> tuple[Problem, ...]:
        """What is wrong with a finding."""
        rows = rows_of(unit, item, finding, reviewer=self._as(item))
        return read_entry(self.scheme.entries[item], rows, self.scheme.period, self._unit(unit))[1]

    def decide(self, unit: str, item: str, finding: Finding) -> Event:
        """Keeps a decision."""
        self.findings[unit, item] = finding
        replaces = self._last(unit, item) or None
        body = Decision(unit=unit, item=item, finding=finding, replaces=replaces, reviewer=self._as(item))
        return self._add(unit, item, body)

    def withdraw(self, unit: str, item: str, reason: str = "") -> Event:
        """Takes a decision back."""
        self.findings.pop((unit, item), None)
        replaces = self._last(unit, item)
        mine = self._as(item)
        body = DecisionWithdrawn(unit=unit, item=item, replaces=replaces, reason=reason, reviewer=mine)
        return self._add(unit, item, body)

    def write(self, changes: Sequence[Change]) -> tuple[Event, ...]:
        """Keeps decisions and withdrawals, all or none."""
        for change in changes:
            if change.replaces != self._last(*change.key):
                raise MeanwhileError(self.decision_event(*change.key))
        return tuple(
            self.withdraw(*change.key) if change.after is None else self.decide(*change.key, change.after)
            for change in changes
            if change.after is not None or change.key in self.findings
        )

    def refresh(self) -> tuple[Event, ...]:
        """What others decided since the last time."""
        news, self.news = tuple(self.news), []
        return news

    def _last(self, unit: str, item: str) -> int:
        event = self.made_by.get((unit, item))
        return event.number if event else 0

    def _add(self, unit: str, item: str, body: Body) -> Event:
        number = len(self.events) + 1
        event = Event(
            number=number,
            time="2024-12-01T09:00:00+08:00",
            author=self.author,
            body=body,
            hash=f"{number:064x}",
        )
        self.events.append(event)
        self.made_by[unit, item] = event
        mine = self._as(item)
        rows = rows_of(unit, item, self.findings.get((unit, item)), reviewer=mine)
        rows += tuple(row for row in self.board.facts_of(unit, item).rows if row.reviewer != mine)
        entry = self.scheme.entries[item]
        facts = read_entry(entry, rows, self.scheme.period, self._unit(unit))[0] if rows else NOTHING
        self.board.put(unit, item, facts)
        return event

    def _as(self, item: str) -> str:
        """The name under which a finding stands; "" where a single reviewer decides."""
        return self.author if item in self.scheme.several else ""

    def _unit(self, unit: str) -> Unit:
        return self.board.plan.units[self.board.places[unit]]
