"""The SQLite file of a record: its tables and guards, and how it is opened.

Invariant: what stands here is format 1 of `docs/record-format.md`; a file whose tables differ from
these texts is never written to.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from govscore.errors import Place, Problem, problem
from govscore.events import RECORD_FORMAT
from govscore.record import messages
from govscore.record.table import last_program

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

APPLICATION_ID: Final = 0x676F7673
"""“govs” in ASCII."""
NEEDED_SQLITE: Final = (3, 37, 0)
"""The first with STRICT tables."""
PATIENCE: Final = 15.0
"""Seconds to wait for another writer."""

_EVENT_TABLE: Final = """\
CREATE TABLE event (
  number INTEGER PRIMARY KEY,
  body TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  type TEXT GENERATED ALWAYS AS (json_extract(body, '$.type')) VIRTUAL,
  program TEXT GENERATED ALWAYS AS (json_extract(body, '$.program')) VIRTUAL,
  unit TEXT GENERATED ALWAYS AS (json_extract(body, '$.unit')) VIRTUAL,
  item TEXT GENERATED ALWAYS AS (json_extract(body, '$.item')) VIRTUAL,
  reviewer TEXT GENERATED ALWAYS AS (ifnull(json_extract(body, '$.reviewer'), '')) VIRTUAL,
  replaces INTEGER GENERATED ALWAYS AS (json_extract(body, '$.replaces')) VIRTUAL REFERENCES event (number)
) STRICT"""
OBJECTS: Final[Mapping[str, str]] = {
    "event": _EVENT_TABLE,
    "one_successor": """\
CREATE UNIQUE INDEX one_successor ON event (unit, item, reviewer, ifnull(replaces, 0))
  WHERE type IN ('decision', 'decision_withdrawn')""",
    "other_types": "CREATE INDEX other_types ON event (type) WHERE type <> 'decision'",
    "programs": "CREATE INDEX programs ON event (program) WHERE program IS NOT NULL",
    "no_gap": """\
CREATE TRIGGER no_gap BEFORE INSERT ON event
  WHEN NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM event)
  BEGIN SELECT RAISE(ABORT, 'events are numbered without gaps'); END""",
    "no_update": """\
CREATE TRIGGER no_update BEFORE UPDATE ON event
  BEGIN SELECT RAISE(ABORT, 'events are never changed'); END""",
    "no_delete": """\
CREATE TRIGGER no_delete BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END""",
}
"""Every table, index and trigger by name, with the exact text that made it."""


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection with the settings of a record; `mode` is ro, rw, rwc or immutable."""
    query = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?{query}",
        uri=True,
        timeout=PATIENCE,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "fullfsync = ON"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def make(connection: sqlite3.Connection) -> str:
    """Turns an empty database into an empty record; returns the journal mode that was reached."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {RECORD_FORMAT}")
    (answer,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute("BEGIN IMMEDIATE")
    for text in OBJECTS.values():
        connection.execute(text)
    connection.execute("COMMIT")
    return str(answer)


def user_version(connection: sqlite3.Connection) -> int:
    """The record's format."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    return int(found)


def differences(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Names of tables, indexes and triggers that are missing, changed or not ours."""
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'")
    found = {str(name): sql for name, sql in rows}
    names = sorted({*found, *OBJECTS})
    return tuple(name for name in names if found.get(name) != OBJECTS.get(name))


def newer_format(connection: sqlite3.Connection, path: Path, found: int) -> Problem:
    """The problem of a record whose format this program does not know, naming what wrote it if it can."""
    program = "?"
    with suppress(sqlite3.Error):  # its tables may be others
        program = last_program(connection) or program
    return problem(
        messages.NEWER_FORMAT, Place(file=str(path)), found=found, known=RECORD_FORMAT, program=program
    )
