"""The event table in its few statements: read, look up, add.

Invariant: bodies travel as the bytes that were hashed, in both directions.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from govscore.record.chain import FIRST, event_hash
from govscore.record.codec import TYPES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator


class Row(NamedTuple):
    """An event as it is stored."""

    number: int
    body: bytes
    hash: bytes


def rows_since(connection: sqlite3.Connection, number: int) -> Iterator[Row]:
    """The rows after this number, in order."""
    select = (
        "SELECT number, CAST(body AS BLOB), CAST(hash AS BLOB) FROM event WHERE number > ? ORDER BY number"
    )
    return map(Row._make, connection.execute(select, (number,)))


def tail(connection: sqlite3.Connection) -> tuple[int, bytes]:
    """Number and hash of the last event."""
    row = connection.execute(
        "SELECT number, CAST(hash AS BLOB) FROM event ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return (int(row[0]), bytes(row[1])) if row else (0, FIRST)


def hash_at(connection: sqlite3.Connection, number: int) -> bytes:
    """The hash of the event of this number; empty if there is none."""
    row = connection.execute("SELECT CAST(hash AS BLOB) FROM event WHERE number = ?", (number,)).fetchone()
    return bytes(row[0]) if row else b""


def latest(connection: sqlite3.Connection, unit: str, item: str, reviewer: str = "") -> Row | None:
    """The last decision or withdrawal on this unit and item (of this reviewer, where several review it)."""
    select = """
      SELECT number, CAST(body AS BLOB), CAST(hash AS BLOB) FROM event
      WHERE unit = ? AND item = ? AND reviewer = ? AND type IN ('decision', 'decision_withdrawn')
      ORDER BY number DESC LIMIT 1"""
    row = connection.execute(select, (unit, item, reviewer)).fetchone()
    return Row._make(row) if row else None


def last_program(connection: sqlite3.Connection, number: int | None = None) -> str:
    """The program that wrote this event (None: the last one); empty if it is not stated."""
    select = """
      SELECT program FROM event INDEXED BY programs
      WHERE program IS NOT NULL AND (?1 IS NULL OR number <= ?1) ORDER BY number DESC LIMIT 1"""
    row = connection.execute(select, (number,)).fetchone()
    return str(row[0]) if row else ""


def first_unknown(connection: sqlite3.Connection, since: int) -> tuple[int, str] | None:
    """Number and type of the first event after `since` whose type this program does not know."""
    select = """
      SELECT number, type FROM event INDEXED BY other_types
      WHERE type <> 'decision' AND number > ? AND type NOT IN (SELECT value FROM json_each(?))
      ORDER BY number LIMIT 1"""
    row = connection.execute(select, (since, json.dumps(TYPES))).fetchone()
    return (int(row[0]), str(row[1])) if row else None


def add(connection: sqlite3.Connection, bodies: Iterable[bytes]) -> tuple[Row, ...]:
    """Adds bodies at the end of the chain, within the transaction that the caller has begun."""
    number, previous = tail(connection)
    rows: list[Row] = []
    for body in bodies:
        number, previous = number + 1, event_hash(previous, number + 1, body)
        rows.append(Row(number, body, previous))
    connection.executemany("INSERT INTO event (number, body, hash) VALUES (?, CAST(? AS TEXT), ?)", rows)
    return tuple(rows)
