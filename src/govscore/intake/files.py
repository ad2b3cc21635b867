"""A file as bytes, and bytes as text: bounded, and UTF-8 or nothing.

Invariant: no more is read than the limit; the text has no byte order mark.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final

from govscore.errors import InputError, Place, StorageError, problem, why
from govscore.intake import messages as m

if TYPE_CHECKING:
    from pathlib import Path

CALENDAR: Final = "calendar.toml"
"""Beside a scheme: the years and days that an office adds to the shipped calendar."""
LARGEST_FILE: Final = 128 * 1024 * 1024
"""Bytes of a table; a workbook and a scheme have their own, smaller limits."""
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def read_bytes(path: Path, limit: int = LARGEST_FILE) -> bytes:
    """The bytes of a file.

    Raises:
        InputError: no file, or more bytes than the limit.
        StorageError: it cannot be read.
    """
    place = Place(file=str(path))
    if not path.is_file():
        raise InputError(problem(m.NO_FILE, place))
    try:
        with path.open("rb") as file:
            raw = file.read(limit + 1)
        size = path.stat().st_size
    except OSError as error:
        raise StorageError(problem(m.CANNOT_READ, place, detail=why(error))) from error
    if len(raw) > limit:
        raise InputError(problem(m.TOO_LARGE, place, found=max(size, len(raw)), limit=limit))
    return raw


def decode(raw: bytes, name: str) -> str:
    """The text of a UTF-8 file, with or without a byte order mark.

    Raises:
        InputError: another encoding (named if it can be recognized), or a NUL character.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            raise InputError(problem(m.UTF16, Place(file=name, line=1, column=1), encoding=encoding))
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise _refused(raw, error, name) from None
    if "\0" in text:
        raise InputError(problem(m.NUL, _place(text[: text.index("\0")], name)))
    return text


def _refused(raw: bytes, error: UnicodeDecodeError, name: str) -> InputError:
    place = _place(raw[: error.start].decode(), name)
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        found = raw[error.start : error.end].hex(" ").upper()
        return InputError(problem(m.NOT_UTF8, place, found=found))
    return InputError(problem(m.GBK, place, encoding="GBK (GB 18030)"))


def _place(before: str, name: str) -> Place:
    """The place right after this text."""
    start = before.rfind("\n") + 1
    return Place(file=name, line=before.count("\n") + 1, column=len(before) - start + 1)
