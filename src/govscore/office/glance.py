"""The state of a folder at a glance: what is stored there, without computing a score.

Invariant: only says what is stored; that an approval no longer holds is told where decisions changed
since, that it still holds never: for that the result must be computed (`Assessment.standing`). Loads
neither numbers nor tables nor a screen.
"""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from govscore.events import Approved, Decision, DecisionWithdrawn, Opened, Returned, Submitted
from govscore.i18n import gettext as _
from govscore.i18n import ngettext
from govscore.text import inert

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from govscore.events import Event

Kind = Literal["nothing", "incomplete", "ready", "tables", "record"]
_HEADER: Final = re.compile(r"^\[scheme\][^\n]*\n(.*?)(?=^\[|\Z)", re.MULTILINE | re.DOTALL)
_LONGEST_HEADER: Final = 8_192
_LONGEST_SCHEME: Final = 2 * 1024 * 1024
_ENDINGS: Final = (".csv", ".toml", ".xlsx", ".parquet")


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
    if (path / "record.sqlite").exists():
        return _record(path)
    scheme = path / "scheme.toml"
    units, findings = (_there(path, name) for name in ("units", "findings"))
    title, notice = _named(scheme)
    missing = tuple(
        name for name, there in (("scheme.toml", scheme.is_file()), ("units.csv", units)) if not there
    )
    kind: Kind = "tables" if findings else "ready"
    if missing:
        kind = "nothing" if len(missing) == 2 and not findings else "incomplete"
    return Glance(path=path, kind=kind, title=title, notice=notice, missing=missing, next=_NEXT[kind])


_NEXT: Final[dict[str, tuple[str, ...]]] = {
    "nothing": ("govscore demo", "govscore init"),
    "incomplete": ("govscore init",),
    "ready": ("govscore check", "govscore init --reviewer … --leader …"),
    "tables": ("govscore rank", "govscore export", "govscore init --reviewer … --leader …"),
    "reviewing": ("govscore review", "govscore submit"),
    "submitted": ("govscore approve --as …", "govscore return --as … --reason …"),
    "approved": ("govscore status --full", "govscore export"),
}


def _record(path: Path) -> Glance:
    from govscore.office.peek import peek

    seen = peek(path / "record.sqlite")
    title, notice = _header(seen.opened.scheme_text)
    return Glance(
        path=path,
        kind="record",
        title=title,
        notice=notice,
        units=len(seen.opened.units),
        decisions=seen.decisions,
        decided_units=seen.decided_units,
        events=seen.last.number,
        last=seen.last,
        step=seen.step,
        changed=seen.changed,
        people=tuple(person.name for person in seen.opened.people),
        leaders=tuple(person.name for person in seen.opened.people if "leader" in person.roles),
        next=_NEXT[_stage(seen.step, seen.changed)],
    )


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


def _there(path: Path, name: str) -> bool:
    return any((path / f"{name}{ending}").is_file() for ending in _ENDINGS)


def _named(file: Path) -> tuple[str, str]:
    """Title and notice of a scheme that nobody has checked yet, as far as they can be seen."""
    try:
        with file.open("rb") as opened:
            return _header(opened.read(_LONGEST_SCHEME).decode("utf-8-sig", "replace"))
    except OSError:
        return "", ""


def _header(text: str) -> tuple[str, str]:
    match = _HEADER.search(text.replace("\r\n", "\n"))
    if match is None or len(match[1]) > _LONGEST_HEADER:
        return "", ""
    header: dict[str, object] = {}
    with suppress(ValueError, RecursionError):
        header = tomllib.loads(match[1])
    title, notice = header.get("title", ""), header.get("notice", "")
    return (title if isinstance(title, str) else ""), (notice if isinstance(notice, str) else "")
