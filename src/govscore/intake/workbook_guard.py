"""A foreign workbook looked at from outside, before any reader opens it.

Invariant: bytes that pass are a zip of bounded size whose parts are whole, in UTF-8, without document
types, macros, embedded objects or links to other files, and without merges that would fill the memory.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from govscore.errors import InputError, Place, problem
from govscore.i18n import mark_for_translation as N_
from govscore.intake import messages as m

if TYPE_CHECKING:
    from govscore.errors import MessageKind

LARGEST_WORKBOOK: Final = 32 * 1024 * 1024
MOST_PARTS: Final = 1_000
LARGEST_UNPACKED: Final = 256 * 1024 * 1024
LARGEST_RATIO: Final = 200
"""Of unpacked to packed bytes; asked only of parts beyond a megabyte."""
MOST_MERGED: Final = 100_000
_ASKED_FROM: Final = 1024 * 1024
_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MERGE: Final = re.compile(rb"mergeCell\b[^>]*?\bref\s*=\s*[\"']([^\"']*)")
_CELL: Final = re.compile(rb"\$?([A-Z]{1,3})\$?([0-9]{1,7})\Z")
_ENCODING: Final = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_NAMES: Final = (
    (re.compile(r"vbaproject|\.bin\Z|macrosheets/", re.IGNORECASE), N_("macros or binary parts")),
    (re.compile(r"externallinks/", re.IGNORECASE), N_("links to other files")),
    (re.compile(r"embeddings/|activex/|\.exe\Z|\.dll\Z", re.IGNORECASE), N_("embedded objects")),
)
_PRINTER: Final = re.compile(r"printersettings/[^/]+\.bin\Z", re.IGNORECASE)


def check_workbook(raw: bytes, name: str) -> None:
    """Refuses what is no plain workbook.

    Raises:
        InputError: not an xlsx, damaged, too large when unpacked, or with anything active in it.
    """
    if raw.startswith(_OLD):
        raise _refused(m.OLD_WORKBOOK, name)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            _check_list(parts, name)
            for part in parts:
                _check_part(archive, part, name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError, EOFError) as error:
        raise _refused(m.NOT_A_WORKBOOK, name, detail=error) from error


def _check_list(parts: list[zipfile.ZipInfo], name: str) -> None:
    if len(parts) > MOST_PARTS:
        raise _refused(m.HEAVY, name, found=f"{len(parts)} parts", limit=MOST_PARTS)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED:
        raise _refused(m.HEAVY, name, found=unpacked, limit=LARGEST_UNPACKED)
    names = [part.filename for part in parts]
    if len(set(map(str.lower, names))) < len(names):
        raise _refused(m.NOT_A_WORKBOOK, name, detail=N_("two parts of one name"))
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise _refused(m.NOT_A_WORKBOOK, name, detail=N_("parts of a workbook are missing"))
    for part in parts:
        for pattern, what in _NAMES:
            if pattern.search(part.filename) and not _PRINTER.search(part.filename):
                raise _refused(m.UNSAFE, name, found=what)
        if part.flag_bits & 1:
            raise _refused(m.OLD_WORKBOOK, name)
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _refused(m.NOT_A_WORKBOOK, name, detail=N_("an unusual compression"))
        if part.file_size > _ASKED_FROM and part.file_size > LARGEST_RATIO * max(1, part.compress_size):
            raise _refused(m.HEAVY, name, found=part.file_size, limit=LARGEST_RATIO * part.compress_size)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    """Reads a part to its end, which also compares its checksum."""
    content = archive.read(part)
    if not part.filename.lower().endswith((".xml", ".rels")):
        return
    encoding = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf")[:200])
    if b"\0" in content[:4] or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _refused(m.UNSAFE, name, found=N_("a part that is not UTF-8"))
    if encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
        raise _refused(m.UNSAFE, name, found=N_("a part that is not UTF-8"))
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _refused(m.UNSAFE, name, found=N_("a document type declaration"))
    if part.filename == "[Content_Types].xml" and b"macroEnabled" in content:
        raise _refused(m.UNSAFE, name, found=N_("macros or binary parts"))
    merged = sum(_area(match[1]) for match in _MERGE.finditer(content))
    if merged > MOST_MERGED:
        raise _refused(m.HEAVY, name, found=merged, limit=MOST_MERGED)


def _area(reference: bytes) -> int:
    """Cells of a reference such as A1:C7; an unreadable one counts as far too many."""
    corners = [_CELL.match(corner) for corner in reference.split(b":")]
    spots = [(_number(corner[1]), int(corner[2])) for corner in corners if corner]
    if len(spots) != len(corners) or not 1 <= len(spots) <= 2:
        return MOST_MERGED + 1
    (left, top), (right, bottom) = spots[0], spots[-1]
    return (abs(right - left) + 1) * (abs(bottom - top) + 1)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _refused(kind: MessageKind, name: str, **data: object) -> InputError:
    return InputError(problem(kind, Place(file=name), **data))
