"""Beginning an assessment: from a scheme, a units' list and named people to a record.

Invariant: everything is read and checked before the first byte is written; a record is begun once.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from govscore.errors import InputError, Place, RefusedError, problem
from govscore.events import Decision, Opened, UnitEntry
from govscore.intake.files import CALENDAR, read_bytes
from govscore.intake.load import load_facts, load_scheme, load_units
from govscore.office import messages as m
from govscore.office.clock import now, stamp
from govscore.office.contents import FINDINGS, RECORD, SCHEME, TABLES, UNITS, find_table
from govscore.office.disk import refuse_existing, staged, write_new
from govscore.office.findings import by_entry
from govscore.office.folder import open_folder
from govscore.office.people import member, roster
from govscore.office.settings import author_name
from govscore.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from govscore.events import Body, Person
    from govscore.office.assessment import Assessment
    from govscore.scheme.model import Scheme
    from govscore.scheme.units import Unit

STARTER: Final = Path(__file__).with_name("starter")
"""The files of an empty assessment, with comments."""


def write_starter(path: Path) -> tuple[Path, ...]:
    """Writes a scheme with comments and a units' list to begin with; `check` accepts them.

    Returns:
        The files written.

    Raises:
        RefusedError: one of them is there already.
        StorageError: the folder cannot be written.
    """
    names = (SCHEME, f"{UNITS}.csv")
    refuse_existing(path, (*names, RECORD))
    with staged(path) as stage:
        write_new(stage, {name: (STARTER / name).read_bytes() for name in names})
    return tuple(path / name for name in names)


def init_folder(
    path: Path,
    *,
    scheme: Path | None = None,
    units: Path | None = None,
    reviewers: Sequence[str] = (),
    leaders: Sequence[str] = (),
    author: str | None = None,
    findings: Path | None = None,
    clock: Callable[[], datetime] = now,
) -> Assessment:
    """Begins an assessment in a folder.

    Args:
        path: the folder; it is made if it is not there.
        scheme: the scheme's file, copied into the folder; None: the folder's own `scheme.toml`.
        units: the units' list, copied likewise; None: the folder's own.
        reviewers: names of those who review.
        leaders: names of those who approve; nobody approves what he or she reviewed.
        author: who begins it and imports the findings; None: `GOVSCORE_REVIEWER`, else the first reviewer.
        findings: a table whose findings become decisions of the author.
        clock: gives the time.

    Returns:
        The assessment, open, with the author at the desk.

    Raises:
        InputError: files missing, and every problem in them.
        RefusedError: a record, or other files, are there already; people are missing.
        StorageError: the folder cannot be written.
    """
    people = roster(reviewers, leaders)
    beginner = _beginner(author, people, imports=findings is not None)
    files = _Files(path, scheme, units)
    refuse_existing(path, (RECORD, *files.taken))
    scheme_read = load_scheme(files.scheme)
    units_read = load_units(files.units, scheme_read)
    bodies = _decisions(findings, scheme_read, units_read) if findings else []
    for name in named_reviewers(scheme_read, bodies):
        member(name, people, "reviewer")
    with staged(path) as stage:
        write_new(stage, files.copies())
        begin_record(stage / RECORD, scheme_read, units_read, people, [(beginner, bodies)], clock)
    return open_folder(path, author=beginner, clock=clock)


def start_record(
    path: Path,
    *,
    reviewers: Sequence[str],
    leaders: Sequence[str],
    author: str | None = None,
    import_findings: bool = True,
    clock: Callable[[], datetime] = now,
) -> Assessment:
    """Begins the record of a folder that has a scheme, units and perhaps findings; raises as `init_folder`.

    Args:
        path: the folder.
        reviewers: names of those who review.
        leaders: names of those who approve.
        author: who begins it.
        import_findings: make the folder's findings, if there are any, decisions of the author.
        clock: gives the time.
    """
    findings = find_table(path, FINDINGS) if import_findings else None
    return init_folder(
        path, reviewers=reviewers, leaders=leaders, author=author, findings=findings, clock=clock
    )


def begin_record(
    path: Path,
    scheme: Scheme,
    units: Iterable[Unit],
    people: Sequence[Person],
    decisions: Sequence[tuple[str, Sequence[Body]]],
    clock: Callable[[], datetime],
) -> None:
    """Makes a record with its first event, and adds decisions under their authors' names.

    Args:
        path: the record's file.
        scheme: its text is what counts from now on.
        units: the roster of units.
        people: the roster of people; the first of `decisions` begins the record.
        decisions: author and what he or she decided.
        clock: gives the time.
    """
    from govscore import __version__

    opened = Opened(
        scheme_text=scheme.text,
        scheme_name=SCHEME,
        units=tuple(
            UnitEntry(unit=unit.unit, name=unit.name, group=unit.group, tags=unit.tags) for unit in units
        ),
        people=tuple(people),
        program=f"govscore {__version__}",
        calendar_text=scheme.calendar_text,
    )
    time = stamp(clock())
    with Record.create(path, opened, decisions[0][0], time) as record:
        for author, bodies in decisions:
            if bodies:
                record.append_many(bodies, author, time)


def _beginner(author: str | None, people: Sequence[Person], *, imports: bool) -> str:
    reviewers = [person.name for person in people if "reviewer" in person.roles]
    name = member(author_name(author) or reviewers[0], people, "reviewer" if imports else None).name
    if not any("leader" in person.roles and person.name != name for person in people):
        raise RefusedError(problem(m.NOBODY_APPROVES, found=name))
    return name


def _decisions(file: Path, scheme: Scheme, units: Sequence[Unit]) -> list[Body]:
    """The findings of a table as decisions."""
    rows = tuple(load_facts(file, scheme, units).rows())
    return [
        Decision(unit=unit, item=item, finding=finding, reviewer=reviewer)
        for (unit, item, reviewer), finding in by_entry(rows).items()
    ]


def named_reviewers(scheme: Scheme, decisions: Iterable[Body]) -> list[str]:
    """Reviewers whom a scheme names to decide, or decisions as theirs: they must be on the roster."""
    leaders = [each.reviewers.leader for each in scheme.entries.values() if each.reviewers and each.several]
    theirs = [each.reviewer for each in decisions if isinstance(each, Decision)]
    return [*dict.fromkeys(name for name in (*leaders, *theirs) if name)]


class _Files:
    """Where the scheme and the units come from, and where they go."""

    def __init__(self, path: Path, scheme: Path | None, units: Path | None) -> None:
        own = find_table(path, UNITS) if path.is_dir() else None
        missing = [SCHEME] * (scheme is None and not (path / SCHEME).is_file())
        missing += [f"{UNITS}.csv"] * (units is None and own is None)
        if missing:
            raise InputError(problem(m.MISSING, Place(file=str(path)), missing=", ".join(missing)))
        self.scheme = scheme or path / SCHEME
        self.units = units or own or path / f"{UNITS}.csv"
        self._copies: dict[str, Path] = {}
        if not _same(self.scheme, path / SCHEME):
            self._copies[SCHEME] = self.scheme
            beside = self.scheme.with_name(CALENDAR)
            if beside.exists():
                self._copies[CALENDAR] = beside
        name = f"{UNITS}{self.units.suffix.lower()}"
        if not _same(self.units, path / name):
            self._copies[name] = self.units

    @property
    def taken(self) -> tuple[str, ...]:
        """Names that must still be free in the folder."""
        lists = [f"{UNITS}{ending}" for ending in TABLES]
        return tuple(
            each for each in (SCHEME, CALENDAR, *lists) if each in self._copies or self._brings(each)
        )

    def _brings(self, name: str) -> bool:
        """Whether a units' list, or a scheme with its calendar, is brought along: no other may be there."""
        if name == CALENDAR:
            return SCHEME in self._copies
        return name.startswith(UNITS) and any(copy.startswith(UNITS) for copy in self._copies)

    def copies(self) -> dict[str, bytes]:
        """What is to be written into the folder."""
        return {name: read_bytes(source) for name, source in self._copies.items()}


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)
