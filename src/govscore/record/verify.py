"""Whether a record holds together: file, tables, numbering, hashes, bodies, order of decisions.

Invariant: reads only and repairs nothing. `verify` goes on after a problem so that all are named at
once; `chained`, through which everybody reads, ends with the first event that does not fit.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from govscore.errors import MessageKind, Place, Problem, StorageError, problem
from govscore.events import RECORD_FORMAT, Decision, DecisionWithdrawn, Opened, Unknown
from govscore.record import messages, schema, table
from govscore.record.chain import FIRST, event_hash
from govscore.record.codec import BodyError, Envelope, from_json, is_canonical, type_name
from govscore.record.faults import sqlite_problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from govscore.events import Anchor

BEFORE_ALL: Final = -(2**62)
"""A number before every event, also before one that somebody put in front of the first."""


def chained(connection: sqlite3.Connection, path: Path, number: int = 0) -> Iterator[table.Row]:
    """The rows after this number, each only if it follows from the row before it.

    A tail that was cut off cannot be noticed here: only somebody who remembers an anchor can tell.

    Raises:
        StorageError: an event is missing or was changed; the first one is named.
    """
    place = Place(file=str(path))
    previous = table.hash_at(connection, number) if number else FIRST
    for row in table.rows_since(connection, number or BEFORE_ALL):
        number += 1
        if row.number != number:
            raise StorageError(
                problem(messages.GAP, place, before=number - 1, found=row.number, expected=number)
            )
        if event_hash(previous, number, row.body) != row.hash:
            raise StorageError(problem(messages.HASH, place, number=number))
        previous = row.hash
        yield row


def verify(connection: sqlite3.Connection, path: Path, anchor: Anchor | None = None) -> list[Problem]:
    """Every problem of the record behind this connection; with an anchor, whether it is still in there."""
    walk = _Walk(Place(file=str(path)), anchor)
    try:
        connection.execute("BEGIN")  # one view of the file, whatever others add meanwhile
        try:
            _check_file(connection, path, walk)
            for row in table.rows_since(connection, BEFORE_ALL):
                walk.step(row)
        finally:
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        walk.problems.append(sqlite_problem(error, path))
    else:
        walk.end()
    return walk.problems


def _check_file(connection: sqlite3.Connection, path: Path, walk: _Walk) -> None:
    for (answer,) in connection.execute("PRAGMA integrity_check(20)"):
        if answer != "ok":
            walk.report(messages.DAMAGED, detail=answer)
    found = schema.user_version(connection)
    if found > RECORD_FORMAT:
        walk.problems.append(schema.newer_format(connection, path, found))
    elif different := schema.differences(connection):
        walk.report(messages.SCHEMA, detail=", ".join(different))


class _Walk:
    """One pass over the events, carrying what the next one must fit."""

    def __init__(self, place: Place, anchor: Anchor | None) -> None:
        self.problems: list[Problem] = []
        self._place = place
        self._anchor = anchor
        self._number = 0
        self._previous = FIRST
        self._program = ""
        self._latest: dict[tuple[str, str, str], tuple[int, bool]] = {}

    def report(self, kind: MessageKind, **data: object) -> None:
        self.problems.append(problem(kind, self._place, **data))

    def step(self, row: table.Row) -> None:
        """Checks one row; what follows is measured against this row as it stands."""
        if row.number != self._number + 1:
            self.report(messages.GAP, before=self._number, found=row.number, expected=self._number + 1)
        fits = 0 < row.number < 2**63 and event_hash(self._previous, row.number, row.body) == row.hash
        if not fits:
            self.report(messages.HASH, number=row.number)
        if self._anchor and row.number == self._anchor.number and row.hash.hex() != self._anchor.hash:
            self.report(
                messages.OTHER_HISTORY,
                number=row.number,
                found=row.hash.hex()[:16],
                expected=self._anchor.hash[:16],
            )
        self._number, self._previous = row.number, row.hash
        try:
            text = row.body.decode()
            envelope = from_json(text)
        except (BodyError, UnicodeDecodeError) as error:
            self.report(messages.BODY, number=row.number, detail=error)
            return
        if not is_canonical(text, envelope):
            self.report(messages.BODY, number=row.number, detail=messages.NOT_CANONICAL)
        self._check_meaning(row.number, envelope)

    def end(self) -> None:
        """What only the end shows: a tail that is missing."""
        if self._number == 0:
            self.report(messages.FIRST, number=1, type="-")
        if self._anchor and self._number < self._anchor.number:
            self.report(messages.CUT, found=self._number, expected=self._anchor.number)

    def _check_meaning(self, number: int, envelope: Envelope) -> None:
        body = envelope.body
        self._program = envelope.program or self._program
        if isinstance(body, Opened) != (number == 1):
            self.report(messages.FIRST, number=number, type=type_name(body))
        if isinstance(body, Unknown):
            self.report(messages.UNKNOWN_EVENT, number=number, type=body.type, program=self._program or "?")
        if isinstance(body, Decision | DecisionWithdrawn):
            where = (body.unit, body.item, body.reviewer)
            last, in_force = self._latest.get(where, (None, False))
            if body.replaces != last or (isinstance(body, DecisionWithdrawn) and not in_force):
                self.report(
                    messages.ORDER,
                    number=number,
                    unit=body.unit,
                    item=body.item,
                    found=body.replaces or "-",
                    expected=last or "-",
                )
            self._latest[where] = (number, isinstance(body, Decision))
