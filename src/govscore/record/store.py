"""The record of one assessment: events in one SQLite file, only ever added.

Invariant: an append that returned is on disk, and a decision is added only if it replaces the last
one on its unit and item; who comes second gets a `ConflictError`, never an overwritten decision.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from threading import RLock
from typing import TYPE_CHECKING, Self

from govscore.errors import Place, Problem, RefusedError, StorageError, problem
from govscore.events import RECORD_FORMAT, Anchor, Decision, DecisionWithdrawn, Event, Opened, Unknown
from govscore.record import files, messages, schema, table
from govscore.record.codec import BodyError, from_json, to_json
from govscore.record.faults import translated
from govscore.record.verify import chained, verify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from govscore.events import Body
    from govscore.record.codec import Envelope


class ConflictError(RefusedError):
    """Somebody else decided first, or what is to be replaced never was; nothing was written."""

    def __init__(self, *problems: Problem, others: Sequence[Event] = ()) -> None:
        super().__init__(*problems)
        self.others: tuple[Event, ...] = tuple(others)
        """What the others decided, in the order of what was to be added."""

    @property
    def other(self) -> Event | None:
        """The first of them; None if nothing was ever decided there."""
        return self.others[0] if self.others else None


class Record:
    """An open record. One object may be used from several threads, one file by several processes."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool, program: str) -> None:
        self.path = path
        self._connection = connection
        self._lock = RLock()
        self._program = program
        self._examined = 0  # the last event whose type is known to be a known one
        with translated(path):
            self.problems: tuple[Problem, ...] = tuple(self._examine())
        """Why nothing may be added to this record, whoever asks; empty if all is well."""
        if self.problems and "event" in schema.differences(connection):
            raise StorageError(*self.problems)  # not even reading can be relied on
        self.read_only = read_only or bool(self.problems)

    @classmethod
    def create(cls, path: Path, opened: Opened, author: str, time: str) -> Record:
        """Makes a record with its first event and opens it for writing.

        Raises:
            RefusedError: there is a file of that name.
            StorageError: no such folder, a network file system, a full or read-only disk.
            InputError: a text that a record does not take.
        """
        if opened.edition != RECORD_FORMAT:
            raise ValueError(opened.edition)
        body = to_json(opened, author=author, time=time, program=opened.program)
        files.check_place(path)
        with translated(path):
            files.create(path, body.encode())
        return cls.open(path, program=opened.program)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, program: str = "") -> Record:
        """Opens a record; if nothing may be added to it, `problems` says why and `read_only` is true.

        Args:
            path: the file.
            read_only: also works in a folder where one may not write.
            program: name and version of the program that will add events; empty: not stated.

        Raises:
            StorageError: no record, a damaged one, a network file system, no permission.
        """
        files.check_place(path)
        with translated(path):
            connection = files.open_reading(path) if read_only else files.open_writing(path)
        try:
            return cls(path, connection, read_only=read_only, program=program)
        except BaseException:
            connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file; the record cannot be used afterwards."""
        with self._lock:
            self._connection.close()

    @property
    def anchor(self) -> Anchor:
        """Number and hash of the last event."""
        with self._lock, translated(self.path):
            number, hash = table.tail(self._connection)
        return Anchor(number=number, hash=hash.hex())

    def events(self) -> tuple[Event, ...]:
        """All events in order.

        Raises:
            StorageError: an event is missing or was changed, or a body cannot be read.
        """
        return self.events_since(0)

    def events_since(self, number: int) -> tuple[Event, ...]:
        """The events after this number, in order; raises as `events`."""
        with self._lock, translated(self.path):
            rows = tuple(chained(self._connection, self.path, number))
        return tuple(map(self._event, rows))

    def append(self, body: Body, author: str, time: str) -> Event:
        """Adds one event; when this returns, it is on disk.

        Raises:
            ConflictError: what the body replaces is not the last decision on its unit and item.
            RefusedError: the record is read-only, or there is no decision to withdraw.
            InputError: a text that a record does not take.
            StorageError: the disk or another program is in the way; nothing was written.
        """
        return self.append_many((body,), author, time)[0]

    def append_many(self, bodies: Iterable[Body], author: str, time: str) -> tuple[Event, ...]:
        """Adds several events in one transaction, all or none; raises as `append`.

        `replaces` may name an event of the same call (the first gets `anchor.number + 1`).
        """
        bodies = tuple(bodies)
        if any(isinstance(body, Opened | Unknown) for body in bodies):
            raise TypeError("a record is opened once, and unknown bodies are only read")
        texts = [to_json(body, author=author, time=time) for body in bodies]
        envelopes = [from_json(text) for text in texts]  # as it will be read: in normal form C
        with self._lock, translated(self.path), self._transaction():
            self._check_unchanged()
            self._check_replaced([each.body for each in envelopes])
            if texts and self._program and self._program != table.last_program(self._connection):
                texts[0] = to_json(bodies[0], author=author, time=time, program=self._program)
            rows = table.add(self._connection, [text.encode() for text in texts])
        return tuple(map(_event, rows, envelopes))

    def verify(self, anchor: Anchor | None = None) -> list[Problem]:
        """Everything that does not hold together; changes nothing.

        Args:
            anchor: one remembered from before; the record must still contain it.
        """
        with self._lock:
            return verify(self._connection, self.path, anchor)

    @property
    def hindrance(self) -> Problem | None:
        """Why nothing can be added; None: nothing that is known by now stands in the way."""
        if not self.read_only:
            return None
        return self.problems[0] if self.problems else problem(messages.READ_ONLY, self._place)

    @property
    def _place(self) -> Place:
        return Place(file=str(self.path))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self.read_only:
            raise RefusedError(*self.problems or (problem(messages.READ_ONLY, self._place),))
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            with suppress(
                sqlite3.Error
            ):  # the first error is the one to tell; a full disk rolled back already
                self._connection.execute("ROLLBACK")
            raise

    def _check_unchanged(self) -> None:
        """Looks, under the lock, whether a newer program or a foreign one was here in the meantime."""
        if found := tuple(self._examine()):
            self.problems, self.read_only = found, True
            raise RefusedError(*found)

    def _examine(self) -> Iterator[Problem]:
        """What forbids writing: another format, other tables, an event that this program does not know."""
        found = schema.user_version(self._connection)
        if found > RECORD_FORMAT:
            yield schema.newer_format(self._connection, self.path, found)
        elif different := schema.differences(self._connection):
            yield problem(messages.SCHEMA, self._place, detail=", ".join(different))
        elif unknown := table.first_unknown(self._connection, self._examined):
            number, name = unknown
            program = table.last_program(self._connection, number) or "?"
            yield problem(messages.UNKNOWN_EVENT, self._place, number=number, type=name, program=program)
        else:
            self._examined = table.tail(self._connection)[0]

    def _event(self, row: table.Row) -> Event:
        try:
            envelope = from_json(row.body.decode())
        except (BodyError, UnicodeDecodeError) as error:
            raise StorageError(
                problem(messages.BODY, self._place, number=row.number, detail=error)
            ) from error
        return _event(row, envelope)

    def _check_replaced(self, bodies: Sequence[Body]) -> None:
        """Refuses bodies that do not replace the last decision or withdrawal on their unit and item."""
        added: dict[tuple[str, str, str], tuple[int, bool]] = {}
        refused: list[Problem] = []
        others: list[Event] = []
        lost = False
        for number, body in enumerate(bodies, table.tail(self._connection)[0] + 1):
            if not isinstance(body, Decision | DecisionWithdrawn):
                continue
            where = (body.unit, body.item, body.reviewer)
            last = None if where in added else self._latest(*where)
            in_force = isinstance(last.body, Decision) if last else added.get(where, (0, False))[1]
            head = last.number if last else added.get(where, (None, False))[0]
            if body.replaces != head:
                lost = True
                if last:
                    others.append(last)
                refused.append(self._conflict(body, last))
            elif isinstance(body, DecisionWithdrawn) and not in_force:
                refused.append(self._conflict(body, None))
            added[where] = (number, isinstance(body, Decision))
        if refused:
            raise ConflictError(*refused, others=others) if lost else RefusedError(*refused)

    def _latest(self, unit: str, item: str, reviewer: str) -> Event | None:
        row = table.latest(self._connection, unit, item, reviewer)
        return self._event(row) if row else None

    def _conflict(self, body: Decision | DecisionWithdrawn, other: Event | None) -> Problem:
        if other is None:
            return problem(
                messages.NOT_DECIDED,
                self._place,
                unit=body.unit,
                item=body.item,
                replaces=body.replaces or "-",
            )
        return problem(
            messages.CONFLICT,
            self._place,
            unit=body.unit,
            item=body.item,
            author=other.author,
            number=other.number,
            time=other.time,
        )


def _event(row: table.Row, envelope: Envelope) -> Event:
    return Event(
        number=row.number,
        time=envelope.time,
        author=envelope.author,
        body=envelope.body,
        hash=row.hash.hex(),
    )
