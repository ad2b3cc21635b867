"""An open assessment: its scheme, its units, what was decided, and every score that follows.

Invariant: a decision is on disk before the board knows it, and the board always equals scoring the
decisions in force from scratch. To be used by one thread at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.approval.rules import against_approving, against_returning, against_submitting
from govscore.errors import InputError, RefusedError, problem, raise_problems
from govscore.events import (
    Approved,
    Decision,
    DecisionWithdrawn,
    Event,
    Finding,
    Opened,
    Returned,
    Submitted,
)
from govscore.office import messages as m
from govscore.office.clock import now, stamp
from govscore.office.findings import is_empty, rows_of
from govscore.office.in_force import InForce, rows_in_force
from govscore.office.people import member
from govscore.office.reading import facts_of_events
from govscore.review.book import Held, replaced_by
from govscore.scoring.board import Board
from govscore.scoring.facts import NOTHING, read_entry
from govscore.scoring.findings import finding_of
from govscore.scoring.messages import NOT_ASSIGNED, UNKNOWN_ITEM
from govscore.text import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from govscore.approval.standing import Standing, State
    from govscore.errors import Problem
    from govscore.events import Anchor, Body, Person
    from govscore.record import Record
    from govscore.review.undo import Change
    from govscore.scheme.model import Scheme
    from govscore.scheme.units import Unit
    from govscore.scoring.facts import EntryFacts, Facts
    from govscore.scoring.result import Result


class Assessment:
    """Scheme, units and decisions, with the board of their scores; made by `open_folder` and others."""

    def __init__(
        self,
        scheme: Scheme,
        units: Sequence[Unit],
        *,
        facts: Facts | None = None,
        record: Record | None = None,
        events: Iterable[Event] = (),
        path: Path | None = None,
        author: str = "",
        remarks: Iterable[str] = (),
        files: Iterable[Path] = (),
        clock: Callable[[], datetime] = now,
    ) -> None:
        self.path = path
        """The folder; None if it was opened from single files."""
        self.scheme = scheme
        self.units = tuple(units)
        self.author = author
        """Who acts; "" if it was not stated. Checked when something is done."""
        self.remarks = tuple(remarks)
        """Sentences about the folder that a reader should see, in the language set when it was opened."""
        self.files = tuple(files)
        """What it was read from, and the names that its folder keeps: no output goes there."""
        self._record = record
        self._clock = clock
        self._events: list[Event] = list(events)
        self._news: list[Event] = []
        self._holding = InForce()
        self._stepped = False
        for event in self._events:
            self._note(event)
        if facts is None:
            facts = facts_of_events(self._holding, scheme, self.units)
        self.board = Board(scheme, facts, self.units)
        self._standing: Standing | None = None
        self._result: Result | None = None

    # --- reading -------------------------------------------------------------------------------------

    @property
    def has_record(self) -> bool:
        """Whether decisions can be added: there is a record, not just a table of findings."""
        return self._record is not None

    @property
    def read_only(self) -> bool:
        """Whether nothing can be added, for want of a record or of the permission."""
        return self._record is None or self._record.read_only

    @property
    def people(self) -> tuple[Person, ...]:
        """The roster; empty without a record."""
        opened = self._events[0].body if self._events else None
        return opened.people if isinstance(opened, Opened) else ()

    @property
    def events(self) -> tuple[Event, ...]:
        """All events known so far, in order."""
        return tuple(self._events)

    @property
    def decided(self) -> int:
        """How many decisions are in force; without a record: on how many items there are findings."""
        return len([*self._holding]) if self._record else len(self.result().facts.entries)

    def require_unit(self, unit: str) -> None:
        """Raises an `InputError` with the nearest id if there is no such unit."""
        if unit not in self.board.places:
            raise InputError(problem(m.NOT_A_UNIT, None, nearest(unit, self.board.places), found=unit))

    def result(self) -> Result:
        """Scores, ranks and grades of all units, as they are now."""
        if self._result is None:
            self._result = self.board.result()
        return self._result

    def standing(self) -> Standing:
        """Where the assessment stands: derived from the record, never stored."""
        if self._standing is None:
            # Whoever only scores has no use for digests and approvals.
            from govscore.approval.digest import decisive_hashes, fact_hashes, result_digest, scheme_digest
            from govscore.approval.standing import derive

            result = self.result()
            hashes = decisive_hashes(self._events) if self._record else fact_hashes(result)
            self._standing = derive(
                self._events,
                result,
                result_digest=result_digest(result, hashes),
                scheme_digest=scheme_digest(self.scheme),
                result_at=self.result_at,
            )
        return self._standing

    def state(self) -> State:
        """The state alone, without scoring where the events tell it already (`standing` says the same)."""
        if self._standing is None and self._record is not None:
            from govscore.approval.standing import state_without_scoring

            known = state_without_scoring(self._events) if self._stepped else "reviewing"
            if known is not None:
                return known
        return self.standing().state

    def result_at(self, number: int) -> Result:
        """The result after the event of this number, computed by this version of the program."""
        facts = facts_of_events(self._events[:number], self.scheme, self.units)
        return Board(self.scheme, facts, self.units).result()

    def finding(self, unit: str, item: str) -> Finding | None:
        """The finding in force (the author's own, where several review); None if the item is undecided."""
        if self._record is None:
            mine, rows = self.rates_as(item), self.board.facts_of(unit, item).rows
            rows = tuple(row for row in rows if row.reviewer == mine)
            return finding_of(rows) if rows else None
        event = self.decision_event(unit, item)
        return event.body.finding if event and isinstance(event.body, Decision) else None

    def decision_event(self, unit: str, item: str) -> Event | None:
        """The event of the decision in force (the author's own, where several review): who, and when."""
        return self._holding.decision(unit, item, self.rates_as(item))

    def rates_as(self, item: str) -> str:
        """The name under which the author's decision on an item stands; "" where a single one decides."""
        return self.author if item in self.scheme.several else ""

    def hindrance(self) -> Problem | None:
        """Why its author cannot decide anything here; None: nothing stands in the way."""
        try:
            self.require_author("reviewer")
        except RefusedError as error:
            return error.problems[0]
        return self._open_record().hindrance

    def held(self, unit: str, item: str, until: int) -> Held:
        """What held on an item after the event of this number."""
        if self._record is None:
            return Held(None, self.finding(unit, item))
        event = self._holding.last(unit, item, self.rates_as(item))
        while event is not None and event.number > until:
            event = self._events[before - 1] if (before := replaced_by(event)) else None
        return Held(event, event.body.finding if event and isinstance(event.body, Decision) else None)

    def check(self, unit: str, item: str, finding: Finding) -> tuple[Problem, ...]:
        """What is wrong with a finding before it is saved; empty if nothing is."""
        return self._read(unit, item, finding)[1]

    def anchor(self) -> Anchor:
        """Number and hash of the record's last event.

        Raises:
            RefusedError: there is no record.
        """
        return self._open_record().anchor

    # --- acting --------------------------------------------------------------------------------------

    def require_author(self, role: str | None = None) -> Person:
        """The person who acts, from the roster.

        Args:
            role: "reviewer" or "leader"; None: any.

        Raises:
            RefusedError: no record, no name, an unknown name (with the known ones), or another role.
        """
        self._open_record()
        return member(self.author, self.people, role)

    def decide(self, unit: str, item: str, finding: Finding) -> Event:
        """Saves a finding; when this returns it is on disk and the board is up to date.

        Raises:
            InputError: the finding is wrong (`check` says the same).
            ConflictError: somebody else decided first; `other` is that event, `refresh` takes it over.
            RefusedError: no record, no reviewer.
            StorageError: the disk is in the way; nothing was saved.
        """
        return self.decide_many([(unit, item, finding)])[0]

    def decide_many(self, findings: Iterable[tuple[str, str, Finding]]) -> tuple[Event, ...]:
        """Saves several findings, all or none, in one transaction; raises as `decide`."""
        findings = tuple(findings)
        author = self.require_author("reviewer").name
        raise_problems(each for one in findings for each in self.check(*one))
        last: dict[tuple[str, str], int | None] = {}
        number = self._open_record().anchor.number
        bodies: list[Body] = []
        for place, (unit, item, finding) in enumerate(findings, number + 1):
            mine = self.rates_as(item)
            known = self._holding.last(unit, item, mine)
            replaces = last.get((unit, item), known.number if known else None)
            bodies.append(Decision(unit=unit, item=item, finding=finding, replaces=replaces, reviewer=mine))
            last[unit, item] = place
        return self._append(bodies, author)

    def withdraw(self, unit: str, item: str, reason: str = "") -> Event:
        """Takes the decision in force back: the item is open again; raises as `decide`."""
        author = self.require_author("reviewer").name
        event = self.decision_event(unit, item)
        if event is None:
            raise RefusedError(problem(m.NOT_DECIDED, unit=unit, item=item))
        mine = self.rates_as(item)
        body = DecisionWithdrawn(unit=unit, item=item, replaces=event.number, reason=reason, reviewer=mine)
        return self._append([body], author)[0]

    def write(self, changes: Iterable[Change]) -> tuple[Event, ...]:
        """Saves decisions and withdrawals, all or none, in one transaction; raises as `decide`.

        Each replaces the event that it names, so what its author has not seen is never overwritten.
        """
        changes = tuple(changes)
        author = self.require_author("reviewer").name
        raise_problems(
            each for one in changes if one.after is not None for each in self.check(*one.key, one.after)
        )
        bodies = [body for change in changes if (body := self._body(change)) is not None]
        return self._append(bodies, author) if bodies else ()

    def _body(self, change: Change) -> Body | None:
        """The event of a change; None: it takes back what never was, and nothing else was decided."""
        (unit, item), mine = change.key, self.rates_as(change.item)
        if change.after is not None:
            replaces = change.replaces or None
            return Decision(unit=unit, item=item, finding=change.after, replaces=replaces, reviewer=mine)
        last = self._holding.last(unit, item, mine)
        in_force = last is not None and isinstance(last.body, Decision)
        if not in_force and change.replaces == (last.number if last else 0):
            return None
        return DecisionWithdrawn(unit=unit, item=item, replaces=change.replaces, reason="", reviewer=mine)

    def refresh(self) -> tuple[Event, ...]:
        """Events of others since the last call, applied to the board."""
        if self._record is not None:
            self._take(frozenset())
        news, self._news = tuple(self._news), []
        return news

    def submit(self, note: str = "") -> Event:
        """Puts the present result before the leader.

        Raises:
            RefusedError: open items (all named), or this very result is submitted or approved already.
        """
        author = self.require_author().name
        self._take(frozenset())
        standing = self.standing()
        _refuse(against_submitting(standing, self.result()))
        body = Submitted(result_digest=standing.result_digest, head=self.anchor().hash, note=note)
        return self._append([body], author)[0]

    def approve(self, note: str = "") -> Event:
        """A leader's consent to the result that was submitted.

        Raises:
            RefusedError: not a leader, somebody who reviewed or began the record, or no such result.
        """
        author = self.require_author("leader").name
        self._take(frozenset())
        standing = self.standing()
        _refuse(against_approving(standing, self._events, author))
        body = Approved(result_digest=standing.result_digest, head=self.anchor().hash, note=note)
        return self._append([body], author)[0]

    def send_back(self, reason: str) -> Event:
        """Returns the result that was submitted; raises as `approve`, and without a reason."""
        author = self.require_author("leader").name
        self._take(frozenset())
        standing = self.standing()
        _refuse(against_returning(standing, self._events, author, reason))
        body = Returned(result_digest=standing.result_digest, head=self.anchor().hash, reason=reason)
        return self._append([body], author)[0]

    def close(self) -> None:
        """Closes the record; the assessment can still be read."""
        if self._record is not None:
            self._record.close()

    def __enter__(self) -> Assessment:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- inside --------------------------------------------------------------------------------------

    def _open_record(self) -> Record:
        if self._record is None:
            raise RefusedError(problem(m.NEEDS_RECORD))
        return self._record

    def _read(self, unit: str, item: str, finding: Finding) -> tuple[EntryFacts, tuple[Problem, ...]]:
        entry = self.scheme.entries.get(item)
        place = self.board.places.get(unit)
        if place is None:
            known = self.board.places
            return NOTHING, (problem(m.NOT_A_UNIT, None, nearest(unit, known), found=unit),)
        if entry is None:
            near = nearest(item, self.scheme.entries)
            return NOTHING, (problem(UNKNOWN_ITEM, None, near, unit=unit, found=item),)
        one = self.units[place]
        if not entry.applies(one.group, one.unit, one.tags):
            return NOTHING, (problem(NOT_ASSIGNED, unit=unit, item=item),)
        if is_empty(finding):
            return NOTHING, (problem(m.EMPTY_FINDING, unit=unit, item=item),)
        rows = rows_of(unit, item, finding, self.rates_as(item))
        return read_entry(entry, rows, self.scheme.period, one)

    def _append(self, bodies: Sequence[Body], author: str) -> tuple[Event, ...]:
        added = self._open_record().append_many(bodies, author, stamp(self._clock()))
        self._take(frozenset(event.number for event in added))
        return added

    def _take(self, own: frozenset[int]) -> None:
        """Applies what was added to the record since we looked last; others' events are kept as news."""
        for event in self._open_record().events_since(len(self._events)):
            self._events.append(event)
            self._note(event)
            if event.number not in own:
                self._news.append(event)
            self._standing = None
            if isinstance(event.body, Decision | DecisionWithdrawn):
                self._put(event.body.unit, event.body.item)

    def _note(self, event: Event) -> None:
        self._holding.note(event)
        self._stepped |= isinstance(event.body, Submitted | Approved | Returned)

    def _put(self, unit: str, item: str) -> None:
        """Scores an item again from the decisions that hold on it."""
        self._result = None
        if unit in self.board.places and item in self.scheme.entries:
            rows, one = rows_in_force(self._holding.on(unit, item)), self.units[self.board.places[unit]]
            entry = self.scheme.entries[item]
            facts = read_entry(entry, rows, self.scheme.period, one)[0] if rows else NOTHING
            self.board.put(unit, item, facts)


def _refuse(problems: tuple[Problem, ...]) -> None:
    if problems:
        raise RefusedError(*problems)
