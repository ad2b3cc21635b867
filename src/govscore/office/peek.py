"""A look into a record without scoring it: counts, the first and last event, the last step.

Invariant: opened for reading only; every event is checked against the one before it, and only the
few that are shown are decoded; `docs/record-format.md` says what the columns mean.
"""

from __future__ import annotations

from collections import deque
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from govscore.errors import Place, StorageError, problem
from govscore.events import RECORD_FORMAT, Event, Opened
from govscore.office import messages as m
from govscore.office.header import header
from govscore.record import files, schema
from govscore.record.codec import BodyError, from_json
from govscore.record.faults import translated
from govscore.record.messages import SCHEMA
from govscore.record.verify import chained
from govscore.review.outline import GroupOutline, Outline, UnitOutline

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from govscore.errors import Problem

_EVENT: Final = "SELECT number, CAST(body AS BLOB), hash FROM event "
_STEPS: Final = (
    "WHERE type <> 'decision' AND type IN ('submitted', 'approved', 'returned') ORDER BY number DESC LIMIT 1"
)
_IN_FORCE: Final = """
  SELECT count(*), count(DISTINCT unit) FROM (
    SELECT unit, type, max(number) FROM event
    WHERE type IN ('decision', 'decision_withdrawn') GROUP BY unit, item, reviewer)
  WHERE type = 'decision'"""
_IN_FORCE_BY_UNIT: Final = """
  SELECT unit, count(DISTINCT item) FROM (
    SELECT unit, item, type, max(number) FROM event
    WHERE type IN ('decision', 'decision_withdrawn') GROUP BY unit, item, reviewer)
  WHERE type = 'decision' GROUP BY unit"""
_SINCE: Final = """
  SELECT count(*) FROM (
    SELECT DISTINCT unit, item FROM event
    WHERE type IN ('decision', 'decision_withdrawn') AND number > ?)"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Peek:
    """What a record holds, in short."""

    opened: Opened
    last: Event
    step: Event | None
    """The last submission, approval or return."""
    decisions: int
    """In force."""
    decided_units: int
    changed: int
    """On how many items of units something was decided since the step."""
    problems: tuple[Problem, ...]
    """Why nothing may be added to it: tables or guards that somebody changed."""


def peek(path: Path) -> Peek:
    """Looks into a record.

    Raises:
        StorageError: no record, a damaged or changed one, no permission.
    """
    files.check_place(path)
    with translated(path), closing(files.open_reading(path)) as connection:
        try:
            return _peek(connection, path)
        except (BodyError, UnicodeDecodeError) as error:
            raise StorageError(problem(m.BAD_RECORD, Place(file=str(path)))) from error


def _peek(connection: sqlite3.Connection, path: Path) -> Peek:
    place = Place(file=str(path))
    different = schema.differences(connection)
    problems = (problem(SCHEMA, place, detail=", ".join(different)),) if different else ()
    if (found := schema.user_version(connection)) > RECORD_FORMAT:
        problems = (schema.newer_format(connection, path, found),)
    if "event" in different:
        raise StorageError(*problems)
    deque(chained(connection, path), maxlen=0)
    first, last = _one(connection, "WHERE number = 1"), _one(connection, "ORDER BY number DESC LIMIT 1")
    if first is None or last is None or not isinstance(first.body, Opened):
        raise StorageError(problem(m.BAD_RECORD, place))
    step = _one(connection, _STEPS)
    decisions, units = connection.execute(_IN_FORCE).fetchone()
    changed = connection.execute(_SINCE, (step.number,)).fetchone()[0] if step else 0
    return Peek(
        opened=first.body,
        last=last,
        step=step,
        decisions=int(decisions),
        decided_units=int(units),
        changed=int(changed),
        problems=problems,
    )


def outline(path: Path) -> Outline | None:
    """Units and counts of a record, to be shown while it is read whole; None if that cannot be had.

    Nothing is checked here, so nothing is refused either: whoever reads the record whole says what is wrong.
    """
    try:
        files.check_place(path)
        with translated(path), closing(files.open_reading(path)) as connection:
            first = _one(connection, "WHERE number = 1")
            counts: dict[str, int] = dict(connection.execute(_IN_FORCE_BY_UNIT).fetchall())
    except (StorageError, BodyError, UnicodeDecodeError):
        return None
    if first is None or not isinstance(first.body, Opened):
        return None
    named = header(first.body.scheme_text)
    groups: dict[str, list[UnitOutline]] = {id: [] for id in named.groups}
    for unit in first.body.units:
        groups.setdefault(unit.group, []).append(UnitOutline(unit.name, counts.get(unit.unit, 0)))
    return Outline(
        named.title,
        named.notice,
        tuple(GroupOutline(named.groups.get(id, id), tuple(units)) for id, units in groups.items() if units),
    )


def _one(connection: sqlite3.Connection, which: str) -> Event | None:
    row = connection.execute(_EVENT + which).fetchone()
    if row is None:
        return None
    envelope = from_json(bytes(row[1]).decode())
    return Event(
        number=int(row[0]),
        time=envelope.time,
        author=envelope.author,
        body=envelope.body,
        hash=bytes(row[2]).hex(),
    )
