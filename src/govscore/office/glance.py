"""The state of a folder at a glance: what is stored there, without computing a score.

Invariant: only says what is stored; that an approval no longer holds is told where decisions changed
since, that it still holds never: for that the result must be computed (`Assessment.standing`). What the
other commands would refuse the folder for is remarked, as far as it can be seen. Loads neither numbers
nor tables of other programs nor a screen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from govscore.errors import InputError, RefusedError
from govscore.events import Approved, Decision, DecisionWithdrawn, Opened, Returned, Submitted, UnitEntry
from govscore.i18n import gettext as _
from govscore.i18n import ngettext
from govscore.intake.files import read_bytes
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
from govscore.office.header import header
from govscore.text import inert

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from govscore.errors import Problem
    from govscore.events import Event

Kind = Literal["nothing", "incomplete", "ready", "tables", "record"]
_LONGEST_SCHEME: Final = 2 * 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Glance:
    """What a folder holds."""

    path: Path
    kind: Kind
    """`nothing` of an assessment; `incomplete`; `ready` to begin; `tables` of findings; a `record`."""
    title: str = ""
    notice: str = ""
    """A sentence that every output prints."""
    missing: tuple[str, ...] = ()
    units: int = 0
    decisions: int = 0
    """In force."""
    decided_units: int = 0
    events: int = 0
    last: Event | None = None
    """The last event."""
    step: Event | None = None
    """The last submission, approval or return."""
    changed: int = 0
    """On how many items of units was something decided since then."""
    people: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    """Sentences about what is wrong with the folder or its record, in the language set."""
    next: tuple[str, ...] = field(default=())
    """Commands that come next."""

    def lines(self) -> tuple[str, ...]:
        """The state in sentences, without the commands."""
        return tuple(_lines(self))


def glance(path: Path) -> Glance:
    """Looks at a folder.

    Raises:
        StorageError: its record cannot be read.
    """
    if (path / RECORD).exists():
        return _record(path)
    scheme = path / SCHEME
    units, findings = (bool(tables(path, name)) for name in (UNITS, FINDINGS))
    title, notice = _named(scheme)
    remarks = tuple(str(each) for file in own_files(path) if (each := not_a_file(file)))
    missing = tuple(
        name for name, there in (("scheme.toml", scheme.is_file()), ("units.csv", units)) if not there
    )
    kind: Kind = "tables" if findings else "ready"
    if missing:
        kind = "nothing" if len(missing) == 2 and not findings else "incomplete"
    following = _NEXT["wrong" if remarks else kind]
    return Glance(
        path=path, kind=kind, title=title, notice=notice, missing=missing, remarks=remarks, next=following
    )


_NEXT: Final[dict[str, tuple[str, ...]]] = {
    "nothing": ("govscore demo", "govscore init"),
    "incomplete": ("govscore init",),
    "ready": ("govscore check", "govscore init --reviewer … --leader …"),
    "tables": ("govscore rank", "govscore export", "govscore init --reviewer … --leader …"),
    "wrong": ("govscore check",),
    "reviewing": ("govscore review", "govscore status --full"),
    "submitted": ("govscore approve --as …", "govscore return --as … --reason …"),
    "approved": ("govscore status --full", "govscore export"),
}


def _record(path: Path) -> Glance:
    from govscore.office.peek import peek

    seen = peek(path / RECORD)
    remarks = [str(each) for each in seen.problems]
    problems, remark = _differences(path, seen.opened)
    remarks += [remark] * bool(remark)
    different = [str(each) for each in problems]
    stage = "wrong" if different else _stage(seen.step, seen.changed)
    named = header(seen.opened.scheme_text)
    return Glance(
        path=path,
        kind="record",
        title=named.title,
        notice=named.notice,
        units=len(seen.opened.units),
        decisions=seen.decisions,
        decided_units=seen.decided_units,
        events=seen.last.number,
        last=seen.last,
        step=seen.step,
        changed=seen.changed,
        people=tuple(person.name for person in seen.opened.people),
        leaders=tuple(person.name for person in seen.opened.people if "leader" in person.roles),
        remarks=(*remarks, *different),
        next=_NEXT[stage],
    )


def _differences(path: Path, opened: Opened) -> tuple[Sequence[Problem], str]:
    """What `open_folder` would refuse, as far as it can be seen without a workbook, and what it remarks."""
    remark = ""
    try:
        different, remark = scheme_beside(path, opened.scheme_text)
        different = different or calendar_difference(path, opened.calendar_text)
        listed = find_table(path, UNITS)
        if different is None and listed is not None and listed.suffix == ".csv":
            different = units_difference(listed, opened.units, _units(listed))
    except (InputError, RefusedError) as error:
        return error.problems, remark
    return ((different,) if different else ()), remark


def _units(listed: Path) -> list[UnitEntry]:
    """The units of a list, not checked against a scheme."""
    from govscore.intake.csv_text import read_csv
    from govscore.intake.source import Columns
    from govscore.tables import UNIT_COLUMNS, UNITS_REQUIRED

    columns = Columns(known=UNIT_COLUMNS, required=UNITS_REQUIRED, table="unit")
    rows = [row for row, _place in read_csv(read_bytes(listed), str(listed), columns).rows()]
    return [
        UnitEntry(
            unit=row["unit"],
            name=row["name"],
            group=row["group"],
            tags=tuple(row.get("tags", "").split()),
        )
        for row in rows
    ]


def _stage(step: Event | None, changed: int) -> str:
    if step is None or changed or isinstance(step.body, Returned):
        return "reviewing"
    return "submitted" if isinstance(step.body, Submitted) else "approved"


def _lines(seen: Glance) -> Sequence[str]:
    if seen.kind != "record":
        return [_KIND_WORDS[seen.kind]().format(missing=", ".join(seen.missing))]
    found = [
        ngettext(
            "{count} decision in force, on {units} of {all} units",
            "{count} decisions in force, on {units} of {all} units",
            seen.decisions,
        ).format(count=seen.decisions, units=seen.decided_units, all=seen.units)
    ]
    if seen.last is not None:
        found.append(
            _("last event: number {number}, {time}, {author}, {what}").format(
                number=seen.last.number,
                time=seen.last.time,
                author=inert(seen.last.author),
                what=_what(seen.last),
            )
        )
    if seen.step is not None:
        found += _step_lines(seen, seen.step)
    return found


def _step_lines(seen: Glance, step: Event) -> Sequence[str]:
    found = [
        _("{what} by {author} at {time}").format(what=_what(step), author=inert(step.author), time=step.time)
    ]
    if isinstance(step.body, Returned):
        found.append(_("reason: {reason}").format(reason=inert(step.body.reason)))
    if isinstance(step.body, Submitted | Approved | Returned):
        digest = step.body.result_digest
        shown = " ".join(digest[at : at + 4] for at in range(0, 16, 4))
        found.append(_("result digest {digest}").format(digest=shown))
    if seen.changed:
        found.append(
            ngettext(
                "since then {count} decision changed: that result no longer stands",
                "since then {count} decisions changed: that result no longer stands",
                seen.changed,
            ).format(count=seen.changed)
        )
    elif not isinstance(step.body, Returned):
        found.append(_("no decision changed since; govscore status --full computes whether it holds"))
    return found


def _what(event: Event) -> str:
    words = {
        Opened: _("opened"),
        Decision: _("decision"),
        DecisionWithdrawn: _("decision withdrawn"),
        Submitted: _("submitted"),
        Approved: _("approved"),
        Returned: _("returned"),
    }
    return words.get(type(event.body), _("something that only a newer version knows"))


_KIND_WORDS: Final = {
    "nothing": lambda: _("there is no assessment in this folder"),
    "incomplete": lambda: _("the folder has no {missing}"),
    "ready": lambda: _("scheme and units are there; the record is not begun"),
    "tables": lambda: _("scored from a findings table; there is no record, so nothing can be approved"),
}


def _named(file: Path) -> tuple[str, str]:
    """Title and notice of a scheme that nobody has checked yet, as far as they can be seen."""
    if not file.is_file():  # a pipe would never end
        return "", ""
    try:
        with file.open("rb") as opened:
            found = header(opened.read(_LONGEST_SCHEME).decode("utf-8-sig", "replace"))
            return found.title, found.notice
    except OSError:
        return "", ""
