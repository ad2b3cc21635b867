"""Event bodies to canonical JSON and back (`docs/record-format.md`, "Body").

Invariant: one body, author, time and program have exactly one text, and reading that text gives
them back; there is no float in it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final, NoReturn

from govscore.errors import InputError, MessageKind, problem
from govscore.events import (
    Approved,
    Body,
    Decision,
    DecisionWithdrawn,
    FactRow,
    Finding,
    Opened,
    Person,
    Returned,
    Submitted,
    UnitEntry,
    Unknown,
)
from govscore.record import messages
from govscore.text import inert, normal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LARGEST_BODY: Final = 16 * 1024 * 1024
"""Bytes that a body may have."""
_LARGEST_NUMBER: Final = 10**15 - 1
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)\Z", re.ASCII)
_NAMES: Final[Mapping[type, str]] = {
    Opened: "opened",
    Decision: "decision",
    DecisionWithdrawn: "decision_withdrawn",
    Submitted: "submitted",
    Approved: "approved",
    Returned: "returned",
}
TYPES: Final = tuple(_NAMES.values())
"""The event types that this program knows."""


class BodyError(ValueError):
    """A stored text that is no body of a known type; says what was found where, for experts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Envelope:
    """What a stored text says: the body, and who wrote it, when, and with which program."""

    body: Body
    author: str
    time: str
    program: str = ""
    """Empty: the same program as the event before."""


def to_json(body: Body, *, author: str, time: str, program: str = "") -> str:
    """The canonical text of a body; strings are brought into normal form C.

    Raises:
        InputError: a text, number, id, author or time that a record does not take.
    """
    if not author.strip():
        _refuse(messages.AUTHOR)
    _check_time(time)
    if isinstance(body, Decision | DecisionWithdrawn):
        _check_identifier("unit", body.unit)
        _check_identifier("item", body.item)
        if body.reviewer:
            _check_identifier("reviewer", body.reviewer)
    members: dict[str, object] = {"author": author, "time": time, "type": type_name(body)}
    if program:
        members["program"] = program
    members.update({field.name: getattr(body, field.name) for field in fields(body)})
    for left_out in ("calendar_text", "reviewer"):  # where there is none of them
        if not members.get(left_out, "-"):
            del members[left_out]
    text = canonical({name: _plain(value, name) for name, value in members.items()})
    size = len(text.encode())
    if size > LARGEST_BODY:
        _refuse(messages.TOO_LONG, found=size, limit=LARGEST_BODY)
    return text


def from_json(text: str) -> Envelope:
    """The body that a stored text holds; of an unknown type as it is.

    Raises:
        BodyError: the text is no body, or not one of its type.
    """
    members = _Members("body", _loads(text))
    type_name, author, time = members.text("type"), members.text("author"), members.text("time")
    if type_name not in _READERS:
        program = members.values.get("program", "")
        unknown = Unknown(type=type_name, text=text)
        return Envelope(
            body=unknown, author=author, time=time, program=program if isinstance(program, str) else ""
        )
    program = members.text("program") if "program" in members.values else ""
    body = _READERS[type_name](members)
    members.done()
    if isinstance(body, Opened):
        body = replace(body, program=program)
    return Envelope(body=body, author=author, time=time, program=program)


def type_name(body: Body) -> str:
    """The word that stands for the body's type in the record."""
    return body.type if isinstance(body, Unknown) else _NAMES[type(body)]


def canonical(value: object) -> str:
    """JSON with sorted keys, without white space and with nothing escaped that need not be."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def is_canonical(text: str, envelope: Envelope) -> bool:
    """Whether this text is the one in which its content is written."""
    if isinstance(envelope.body, Unknown):
        return canonical(_loads(text)) == text and normal(text) == text
    try:
        return (
            to_json(envelope.body, author=envelope.author, time=envelope.time, program=envelope.program)
            == text
        )
    except InputError:
        return False


def _loads(text: str) -> object:
    try:
        return json.loads(text, parse_float=_no_number, parse_constant=_no_number)
    except BodyError:
        raise
    except (ValueError, RecursionError) as error:
        raise BodyError(f"JSON: {error}") from error


def _no_number(literal: str) -> NoReturn:
    raise BodyError(f"number {literal[:20]}")


def _refuse(kind: MessageKind, **data: object) -> NoReturn:
    raise InputError(problem(kind, **data))


def _check_time(time: str) -> None:
    try:
        known = _TIME.match(time) is not None and datetime.fromisoformat(time) is not None
    except ValueError:
        known = False
    if not known:
        _refuse(messages.TIME, found=time)


def _check_identifier(field: str, value: str) -> None:
    if not value.strip() or inert(value) != value:
        _refuse(messages.IDENTIFIER, field=field, found=value)


def _plain(value: object, field: str) -> object:
    """The value as JSON knows it; rows leave out what is empty."""
    if isinstance(value, str):
        if half := _SURROGATE.search(value):
            _refuse(messages.SURROGATE, field=field, code=f"{ord(half[0]):04X}")
        return normal(value)
    if value is None or (type(value) is int and abs(value) <= _LARGEST_NUMBER):
        return value
    if isinstance(value, tuple):
        return [_plain(each, f"{field}[{number}]") for number, each in enumerate(value)]
    if is_dataclass(value):
        named = {each.name: getattr(value, each.name) for each in fields(value)}
        if isinstance(value, FactRow):
            named = {name: content for name, content in named.items() if content != ""}
        return {name: _plain(content, f"{field}.{name}") for name, content in named.items()}
    return _refuse(messages.VALUE, field=field, found=type(value).__name__)


_MISSING: Final = object()


class _Members:
    """The members of one JSON object, each taken exactly once and with its type."""

    def __init__(self, where: str, value: object) -> None:
        if not isinstance(value, dict):
            raise BodyError(f"{where}: {type(value).__name__}")
        self.where = where
        self.values: dict[str, object] = value

    def take(self, name: str) -> object:
        try:
            return self.values.pop(name)
        except KeyError:
            raise BodyError(f"{self.where}.{name}: -") from None

    def text(self, name: str) -> str:
        value = self.values.pop(name, _MISSING)
        if isinstance(value, str):
            return value
        raise BodyError(f"{self.where}.{name}: {'-' if value is _MISSING else type(value).__name__}")

    def number(self, name: str) -> int:
        value = self.take(name)
        if type(value) is not int:
            raise BodyError(f"{self.where}.{name}: {type(value).__name__}")
        return value

    def number_or_none(self, name: str) -> int | None:
        if name in self.values and self.values[name] is None:
            del self.values[name]
            return None
        return self.number(name)

    def members(self, name: str) -> _Members:
        return _Members(f"{self.where}.{name}", self.take(name))

    def list(self, name: str) -> list[object]:
        value = self.take(name)
        if not isinstance(value, list):
            raise BodyError(f"{self.where}.{name}: {type(value).__name__}")
        return value

    def objects(self, name: str) -> tuple[_Members, ...]:
        where = f"{self.where}.{name}"
        return tuple(_Members(f"{where}[{number}]", each) for number, each in enumerate(self.list(name)))

    def texts(self, name: str) -> tuple[str, ...]:
        values = self.list(name)
        words = tuple(each for each in values if isinstance(each, str))
        if len(words) != len(values):
            raise BodyError(f"{self.where}.{name}: [?]")
        return words

    def done(self) -> None:
        if self.values:
            raise BodyError(f"{self.where}.{min(self.values)}: ?")


def _opened(members: _Members) -> Opened:
    return Opened(
        scheme_text=members.text("scheme_text"),
        scheme_name=members.text("scheme_name"),
        units=tuple(_unit(each) for each in members.objects("units")),
        people=tuple(_person(each) for each in members.objects("people")),
        edition=members.number("edition"),
        calendar_text=members.text("calendar_text") if "calendar_text" in members.values else "",
        program="",  # named for every type in the same place: the caller fills it in
    )


def _unit(members: _Members) -> UnitEntry:
    unit = UnitEntry(
        unit=members.text("unit"),
        name=members.text("name"),
        group=members.text("group"),
        tags=members.texts("tags"),
    )
    members.done()
    return unit


def _person(members: _Members) -> Person:
    person = Person(name=members.text("name"), roles=members.texts("roles"))
    members.done()
    return person


def _decision(members: _Members) -> Decision:
    return Decision(
        unit=members.text("unit"),
        item=members.text("item"),
        finding=_finding(members.members("finding")),
        replaces=members.number_or_none("replaces"),
        reviewer=_reviewer(members),
    )


def _finding(members: _Members) -> Finding:
    finding = Finding(
        state=members.text("state"),
        rows=tuple(_row(each) for each in members.objects("rows")),
        reason=members.text("reason"),
        evidence=members.text("evidence"),
    )
    members.done()
    return finding


def _row(members: _Members) -> FactRow:
    cells = members.values
    if cells.keys() <= _COLUMNS_KNOWN and set(map(type, cells.values())) <= {str}:
        return FactRow(**cells)  # type: ignore[arg-type]
    row = FactRow(**{name: members.text(name) for name in _COLUMNS if name in members.values})
    members.done()
    return row


def _withdrawn(members: _Members) -> DecisionWithdrawn:
    return DecisionWithdrawn(
        unit=members.text("unit"),
        item=members.text("item"),
        replaces=members.number("replaces"),
        reason=members.text("reason"),
        reviewer=_reviewer(members),
    )


def _reviewer(members: _Members) -> str:
    return members.text("reviewer") if "reviewer" in members.values else ""


def _submitted(members: _Members) -> Submitted:
    return Submitted(
        result_digest=members.text("result_digest"), head=members.text("head"), note=members.text("note")
    )


def _approved(members: _Members) -> Approved:
    return Approved(
        result_digest=members.text("result_digest"), head=members.text("head"), note=members.text("note")
    )


def _returned(members: _Members) -> Returned:
    return Returned(
        result_digest=members.text("result_digest"), head=members.text("head"), reason=members.text("reason")
    )


_COLUMNS: Final = tuple(each.name for each in fields(FactRow))
_COLUMNS_KNOWN: Final = frozenset(_COLUMNS)
_READERS: Final[Mapping[str, Callable[[_Members], Body]]] = {
    "opened": _opened,
    "decision": _decision,
    "decision_withdrawn": _withdrawn,
    "submitted": _submitted,
    "approved": _approved,
    "returned": _returned,
}
