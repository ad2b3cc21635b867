"""From bytes to text: UTF-8 and nothing else, with a helpful word about what it was instead.

Invariant: the text given back has Unix line ends, no byte order mark, and can be written as UTF-8.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final

from govscore.errors import InputError, Place, problem
from govscore.scheme import syntax_messages as say

if TYPE_CHECKING:
    from govscore.errors import MessageKind

MAX_BYTES: Final = 2 * 1024 * 1024
_MARKS: Final = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def read_text(source: str | bytes, name: str) -> str:
    """The text of a scheme file.

    Raises:
        InputError: too large, or not UTF-8.
    """
    if isinstance(source, str):
        try:
            raw = source.encode()
        except UnicodeEncodeError as error:
            found = f"U+{ord(source[error.start]):04X}"
            raise _refused(say.NOT_UTF8, name, source[: error.start], found=found) from None
    else:
        raw = bytes(source)
    if len(raw) > MAX_BYTES:
        where = Place(file=name, line=1, column=1)
        raise InputError(problem(say.TOO_LARGE, where, size=len(raw), limit=MAX_BYTES))
    wide = _wide_encoding(raw)
    if wide:
        raise _refused(say.UTF16, name, "", encoding=wide)
    try:
        text = raw.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        raise _not_utf8(raw.removeprefix(codecs.BOM_UTF8), error, name) from None
    return text.replace("\r\n", "\n")


def _wide_encoding(raw: bytes) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding
    zeros = raw[:4096].count(0) / max(1, len(raw[:4096]))
    if zeros > 0.6:
        return "UTF-32"
    return "UTF-16" if zeros > 0.2 else ""


def _not_utf8(raw: bytes, error: UnicodeDecodeError, name: str) -> InputError:
    before = raw[: error.start].decode()
    if _looks_like_gbk(raw):
        return _refused(say.GBK, name, before, encoding="GBK (GB 18030)")
    return _refused(say.NOT_UTF8, name, before, found=raw[error.start : error.end].hex(" ").upper())


def _looks_like_gbk(raw: bytes) -> bool:
    """Readable as GB 18030, and broken as UTF-8 in more places than it is whole."""
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return False
    replaced = raw.decode(errors="replace")
    broken = replaced.count("\ufffd")
    whole = sum(not character.isascii() for character in replaced) - broken
    return broken > whole


def _refused(kind: MessageKind, name: str, before: str, **data: str) -> InputError:
    line_start = before.rfind("\n") + 1
    where = Place(file=name, line=before.count("\n") + 1, column=len(before) - line_start + 1)
    return InputError(problem(kind, where, **data))
