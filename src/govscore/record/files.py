"""The record as a file: made whole or not at all, opened for writing or for reading only.

Invariant: a file under the record's name always holds a complete record with its first event.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from govscore.errors import MessageKind, Place, RefusedError, StorageError, problem
from govscore.record import messages, schema, table
from govscore.record.platform import network_kind, place_new


def check_place(path: Path) -> None:
    """Refuses what is no place for a record, before SQLite is asked.

    Raises:
        StorageError: an old SQLite, a folder that is not there, a network file system.
    """
    if sqlite3.sqlite_version_info < schema.NEEDED_SQLITE:
        needed = ".".join(str(each) for each in schema.NEEDED_SQLITE)
        raise _refused(messages.OLD_SQLITE, path, found=sqlite3.sqlite_version, needed=needed)
    if not path.parent.is_dir():
        raise _refused(messages.NO_FOLDER, path, folder=path.parent)
    if network := network_kind(path):
        raise _refused(messages.NETWORK, path, network=network)


def create(path: Path, first: bytes) -> None:
    """Makes a record with its first event under another name, then gives it its own.

    Raises:
        RefusedError: the name is taken.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    taken = RefusedError(problem(messages.EXISTS, Place(file=str(path))))
    if path.exists():
        raise taken
    try:
        _fill(temporary, path, first)
        place_new(temporary, path)
    except FileExistsError:
        raise taken from None
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            temporary.with_name(temporary.name + ending).unlink(missing_ok=True)


def _fill(temporary: Path, path: Path, first: bytes) -> None:
    temporary.unlink(missing_ok=True)
    connection = schema.connect(temporary, "rwc")
    try:
        _check_log(path, schema.make(connection))
        connection.execute("BEGIN IMMEDIATE")
        table.add(connection, [first])
        connection.execute("COMMIT")
    finally:
        connection.close()


def open_writing(path: Path) -> sqlite3.Connection:
    """A connection that may write; proves it by taking and releasing the lock.

    Raises:
        StorageError: not a record, or no write-ahead log.
        sqlite3.Error: a read-only folder, a damaged file, another writer that does not end.
    """
    _check_file(path)
    connection = schema.connect(path, "rw")
    try:
        _check_log(path, *connection.execute("PRAGMA journal_mode").fetchone())
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except BaseException:
        connection.close()
        raise
    return connection


def open_reading(path: Path) -> sqlite3.Connection:
    """A connection that cannot add anything, also in a folder where nobody may write.

    Where writing is possible, SQLite may still tidy up its log; otherwise it could not read what a
    crash left there, and would leave empty side files behind.

    Raises:
        StorageError: not a record, or a read-only folder in which the last events are still in the log.
        sqlite3.Error: a damaged file.
    """
    _check_file(path)
    log = Path(f"{path.resolve()}-wal")
    for mode in ("rw", "ro"):
        try:
            return _query_only(path, mode)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}:
                raise
    if log.exists() and log.stat().st_size:
        raise _refused(messages.UNFINISHED, path, file=log.name)
    return _query_only(path, "immutable")


def _query_only(path: Path, mode: str) -> sqlite3.Connection:
    connection = schema.connect(path, mode)
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT name FROM sqlite_schema LIMIT 1").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _check_log(path: Path, answer: str) -> None:
    if answer != "wal":
        raise _refused(messages.NO_WAL, path, answer=answer)


def _check_file(path: Path) -> None:
    """Refuses what is no record, judged by the first 100 bytes."""
    if not path.exists():
        raise _refused(messages.MISSING, path)
    header = b""
    if path.is_file():  # anything else could block or make no sense
        with path.open("rb") as file:
            header = file.read(100)
    ours = schema.APPLICATION_ID.to_bytes(4, "big")
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0") or header[68:72] != ours:
        raise _refused(messages.NOT_OURS, path)


def _refused(kind: MessageKind, path: Path, **data: object) -> StorageError:
    return StorageError(problem(kind, Place(file=str(path)), **data))
