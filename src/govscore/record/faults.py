"""SQLite's errors put into the record's own words.

Invariant: no `sqlite3.Error` and no `OSError` leaves this package; each becomes a `StorageError`
that names the file and says what to do.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from govscore.errors import MessageKind, Place, Problem, StorageError, problem, why
from govscore.record import messages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_BY_CODE: Final[Mapping[int, MessageKind]] = {
    sqlite3.SQLITE_AUTH: messages.PERMISSION,
    sqlite3.SQLITE_BUSY: messages.BUSY,
    sqlite3.SQLITE_CANTOPEN: messages.IO,
    sqlite3.SQLITE_CONSTRAINT: messages.CONSTRAINT,
    sqlite3.SQLITE_CORRUPT: messages.DAMAGED,
    sqlite3.SQLITE_FULL: messages.FULL,
    sqlite3.SQLITE_IOERR: messages.IO,
    sqlite3.SQLITE_LOCKED: messages.BUSY,
    sqlite3.SQLITE_NOTADB: messages.NOT_OURS,
    sqlite3.SQLITE_PERM: messages.PERMISSION,
    sqlite3.SQLITE_PROTOCOL: messages.BUSY,
    sqlite3.SQLITE_READONLY: messages.READ_ONLY_FOLDER,
}
_BY_ERRNO: Final[Mapping[int, MessageKind]] = {
    errno.EACCES: messages.PERMISSION,
    errno.EPERM: messages.PERMISSION,
    errno.ENOSPC: messages.FULL,
    errno.EDQUOT: messages.FULL,
    errno.EROFS: messages.READ_ONLY_FOLDER,
}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Inside the block, errors of SQLite and of the system become a `StorageError` about this file."""
    try:
        yield
    except sqlite3.Error as error:
        raise StorageError(sqlite_problem(error, path)) from error
    except OSError as error:
        kind = _BY_ERRNO.get(error.errno or 0, messages.IO)
        raise StorageError(problem(kind, Place(file=str(path)), detail=why(error))) from error


def sqlite_problem(error: sqlite3.Error, path: Path) -> Problem:
    """The problem that an error of SQLite means for this file."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    kind = _BY_CODE.get(code, messages.OTHER)
    if code == sqlite3.SQLITE_CANTOPEN and not os.access(path.parent, os.W_OK):
        kind = messages.READ_ONLY_FOLDER
    return problem(kind, Place(file=str(path)), detail=error)
