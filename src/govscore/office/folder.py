"""Opening an assessment: one function decides whether the record or a table of findings counts.

Invariant: a folder with a record is scored from it, and from nothing else; whatever lies beside it
and differs is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.errors import InputError, Place, StorageError, problem
from govscore.events import Opened
from govscore.i18n import gettext as _
from govscore.intake.files import CALENDAR
from govscore.intake.load import load_facts, load_scheme, load_units, with_calendar
from govscore.office import messages as m
from govscore.office.assessment import Assessment
from govscore.office.clock import now
from govscore.office.contents import (
    FINDINGS,
    RECORD,
    SCHEME,
    UNITS,
    calendar_difference,
    find_table,
    not_a_file,
    own_files,
    scheme_beside,
    tables,
    units_difference,
)
from govscore.office.settings import author_name
from govscore.scheme.read import read_scheme
from govscore.scheme.units import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from govscore.events import Event
    from govscore.record import Record
    from govscore.scheme.model import Scheme

_CANNOT_WRITE: Final = frozenset({"record.permission", "record.read_only_folder"})


def open_folder(
    path: Path,
    *,
    author: str | None = None,
    clock: Callable[[], datetime] = now,
    read_only: bool = False,
) -> Assessment:
    """Opens an assessment folder.

    Args:
        path: the folder.
        author: who acts; None: `GOVSCORE_REVIEWER`, else the only reviewer there is, else nobody.
        clock: gives the time of new events.
        read_only: nothing will be added (for commands that only look).

    Raises:
        InputError: files missing (all named), or wrong (all problems), or not those of the record.
        StorageError: the record cannot be opened.
    """
    if not path.is_dir():
        raise InputError(problem(m.NO_FOLDER, Place(file=str(path))))
    if (path / RECORD).exists():
        return _open_record(path, author, clock, read_only=read_only)
    if other := not_a_file(path / SCHEME):
        raise InputError(other)
    found = {name: find_table(path, name) for name in (UNITS, FINDINGS)}
    missing = [SCHEME] * (not (path / SCHEME).is_file()) + [f"{UNITS}.csv"] * (found[UNITS] is None)
    if missing:
        raise InputError(problem(m.MISSING, Place(file=str(path)), missing=", ".join(missing)))
    units, findings = found[UNITS], found[FINDINGS]
    if units is None or findings is None:
        raise InputError(problem(m.NO_RECORD_YET, Place(file=str(path))))
    return _open_tables(path / SCHEME, units, findings, folder=path, author=author, clock=clock)


def open_files(
    scheme: Path,
    units: Path,
    findings: Path,
    *,
    clock: Callable[[], datetime] = now,
) -> Assessment:
    """An assessment from three files, without a folder or a record.

    Raises:
        InputError: every problem found in them.
    """
    return _open_tables(scheme, units, findings, folder=None, author=None, clock=clock)


def _open_tables(
    scheme_file: Path,
    units_file: Path,
    findings_file: Path,
    *,
    folder: Path | None,
    author: str | None,
    clock: Callable[[], datetime],
) -> Assessment:
    scheme = load_scheme(scheme_file)
    units = load_units(units_file, scheme)
    facts = load_facts(findings_file, scheme, units)
    name = author_name(author)
    files = (scheme_file, units_file, findings_file, *(own_files(folder) if folder else ()))
    return Assessment(scheme, units, facts=facts, path=folder, author=name, files=files, clock=clock)


def _open_record(
    path: Path, author: str | None, clock: Callable[[], datetime], *, read_only: bool
) -> Assessment:
    from govscore import __version__

    record, remarks = _record(path / RECORD, f"govscore {__version__}", read_only=read_only)
    try:
        events = record.events()
        opened = _opening(events, path)
        scheme = read_scheme(opened.scheme_text, opened.scheme_name)
        if opened.calendar_text:
            scheme = with_calendar(scheme, opened.calendar_text, CALENDAR)
        units = tuple(
            Unit(unit=each.unit, name=each.name, group=each.group, tags=each.tags) for each in opened.units
        )
        remarks += _beside(path, opened, scheme, units)
        return Assessment(
            scheme,
            units,
            record=record,
            events=events,
            path=path,
            author=author_name(author, opened.people),
            remarks=remarks,
            files=own_files(path),
            clock=clock,
        )
    except BaseException:
        record.close()
        raise


def _opening(events: Sequence[Event], path: Path) -> Opened:
    body = events[0].body if events else None
    if not isinstance(body, Opened):
        raise StorageError(problem(m.BAD_RECORD, Place(file=str(path / RECORD))))
    return body


def _record(path: Path, program: str, *, read_only: bool) -> tuple[Record, list[str]]:
    """The record, for reading only where one may not write, and what is to be said about it."""
    from govscore.record import Record  # with SQLite, which a table of findings does not need

    remarks: list[str] = []
    try:
        record = Record.open(path, read_only=read_only, program=program)
    except StorageError as error:
        if read_only or not {each.id for each in error.problems} <= _CANNOT_WRITE:
            raise
        record = Record.open(path, read_only=True, program=program)
        remarks.append(_("The record can only be read here: {why}").format(why=error.problems[0]))
    return record, remarks + [str(each) for each in record.problems]


def _beside(path: Path, opened: Opened, scheme: Scheme, units: Sequence[Unit]) -> list[str]:
    """Refuses files beside the record that differ from it, and names what is not used."""
    different, remark = scheme_beside(path, opened.scheme_text)
    if different:
        raise InputError(different)
    if different := calendar_difference(path, opened.calendar_text):
        raise InputError(different)
    listed = find_table(path, UNITS)
    if listed and (different := units_difference(listed, units, load_units(listed, scheme))):
        raise InputError(different)
    return [remark] * bool(remark) + [
        _("{file} is not used: the folder has a record, and the record counts.").format(file=file.name)
        for file in tables(path, FINDINGS)
    ]
