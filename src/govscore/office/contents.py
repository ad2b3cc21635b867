"""What an assessment folder keeps: its names, and whether what lies beside a record still is the record's.

Invariant: loads neither numbers nor tables, so that a glance may use it; whatever has one of the
folder's names and is no regular file is told, never passed over.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from govscore.errors import GovscoreError, InputError, Place, Problem, RefusedError, problem
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_
from govscore.intake.files import CALENDAR, read_bytes
from govscore.office import messages as m
from govscore.scheme.encoding import MAX_BYTES
from govscore.text import inert, normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from govscore.errors import MessageKind
    from govscore.events import UnitEntry
    from govscore.scheme.units import Unit

SCHEME: Final = "scheme.toml"
RECORD: Final = "record.sqlite"
UNITS: Final = "units"
FINDINGS: Final = "findings"
TABLES: Final = (".csv", ".toml", ".xlsx", ".parquet")
"""Endings of a units' list or findings table."""
_BESIDE_RECORD: Final = ("", "-wal", "-shm", "-journal")


def own_files(path: Path) -> tuple[Path, ...]:
    """Every name that the folder keeps for itself, whether there is such a file or not."""
    tables = [f"{name}{ending}" for name in (UNITS, FINDINGS) for ending in TABLES]
    return tuple(
        path / name for name in (SCHEME, CALENDAR, *tables, *(RECORD + each for each in _BESIDE_RECORD))
    )


def find_table(path: Path, name: str) -> Path | None:
    """The folder's units' list or findings table, whatever form it has.

    Raises:
        RefusedError: there are several.
        InputError: something else has the name of one.
    """
    found = tables(path, name)
    problems = [each for file in found if (each := not_a_file(file))]
    if problems:
        raise InputError(*problems)
    if len(found) > 1:
        names = ", ".join(file.name for file in found)
        raise RefusedError(problem(m.SEVERAL, Place(file=str(path)), found=names, name=name))
    return found[0] if found else None


def tables(path: Path, name: str) -> list[Path]:
    """Whatever has the name of such a table."""
    return [file for ending in TABLES if os.path.lexists(file := path / f"{name}{ending}")]


def not_a_file(file: Path) -> Problem | None:
    """The problem of a name under which no regular file can be read; None if one can, or nothing is there."""
    if file.is_file() or not os.path.lexists(file):
        return None
    return problem(m.NOT_A_FILE, Place(file=str(file)), what=kind_of(file))


def kind_of(path: Path) -> str:
    """What stands there instead of a regular file, in a word; links are followed."""
    if path.is_dir():
        return N_("a folder")
    if path.is_fifo():
        return N_("a pipe")
    if path.is_block_device() or path.is_char_device():
        return N_("a device")
    return N_("something else") if path.exists() else N_("a link to nothing")


def scheme_difference(path: Path, recorded: str) -> Problem | None:
    """Where the folder's scheme is not the text that the record keeps; None without one.

    Raises:
        InputError: it is no file, or too long for a scheme.
    """
    return _difference(path / SCHEME, recorded, m.SCHEME_DIFFERS)


def calendar_difference(path: Path, recorded: str) -> Problem | None:
    """Where the folder's calendar is not the text that the record keeps; None without one.

    Raises:
        InputError: it is no file, or too long for a calendar.
    """
    return _difference(path / CALENDAR, recorded, m.CALENDAR_DIFFERS)


def _difference(file: Path, recorded: str, kind: MessageKind) -> Problem | None:
    if other := not_a_file(file):
        return other
    if not file.exists():
        return None
    raw = read_bytes(file, MAX_BYTES)
    found, kept = _text(raw.decode(errors="replace")).splitlines(), _text(recorded).splitlines()
    if found == kept:
        return None
    pairs = enumerate(zip(found, kept, strict=False), 1)
    shorter = min(len(found), len(kept)) + 1
    line = next((number for number, (one, other) in pairs if one != other), shorter)
    return problem(kind, Place(file=str(file), line=line), line=line)


def scheme_beside(path: Path, recorded: str) -> tuple[Problem | None, str]:
    """What is to be said of the scheme beside a record: the problem, or a remark, if any.

    A text that differs is read whole: comments and layout may change, what it says may not.

    Raises:
        InputError: it is no file, or too long for a scheme.
    """
    different = scheme_difference(path, recorded)
    if different is None or different.id != m.SCHEME_DIFFERS.id or not _means_the_same(path, recorded):
        return different, ""
    remark = _("{file} differs from the record's scheme in comments or layout only; the record's counts")
    return None, remark.format(file=inert(str(path / SCHEME)))


def _means_the_same(path: Path, recorded: str) -> bool:
    from govscore.scheme.read import read_scheme  # a glance at other folders does without

    try:
        found, kept = (read_scheme(text, SCHEME) for text in ((path / SCHEME).read_bytes(), recorded))
    except (GovscoreError, OSError):
        return False
    return found.meaning() == kept.meaning()


def _text(text: str) -> str:
    """A scheme's text as the record keeps it: normal form C, Unix line ends, no byte order mark."""
    return normal(text.removeprefix("\ufeff").replace("\r\n", "\n"))


def units_difference(
    listed: Path, recorded: Iterable[Unit | UnitEntry], found: Iterable[Unit | UnitEntry]
) -> Problem | None:
    """Which units of this list are not those of the record."""
    mine, theirs = _by_id(recorded), _by_id(found)
    different = [id for id in {**mine, **theirs} if mine.get(id) != theirs.get(id)]
    if not different:
        return None
    return problem(m.UNITS_DIFFER, Place(file=str(listed)), units=", ".join(different))


def _by_id(units: Iterable[Unit | UnitEntry]) -> Mapping[str, tuple[str, str, Sequence[str]]]:
    return {unit.unit: (normal(unit.name), unit.group, tuple(unit.tags)) for unit in units}
