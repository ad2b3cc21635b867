"""Switches: a value that depends on the unit's group, a date, the level picked or a tag.

Invariant: a switch that was read gives one value for every case that it covers, and never the first of
several that would fit.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic_core import PydanticCustomError

from govscore.facts.names import identifier, simple_identifier
from govscore.facts.shown import shown
from govscore.text import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_Value = TypeVar("_Value")
BY: Final = ("group", "date", "level", "tag")
OF_UNITS: Final = ("group", "date", "tag")
"""What decides a switch where no reviewer picks a level."""
FIRST: Final = "first"
"""Of a switch by date: what holds before the first date."""
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)
_DAY_LIKE: Final = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?\Z", re.ASCII)

Told = tuple[str, str, dict[str, str]]
"""A mistake: its code, the key where it stands, and its data."""


@dataclass(frozen=True, slots=True)
class Switch:
    """Values by case in alphabetical order; those by date in that of the dates, `first` before them."""

    by: str
    cases: tuple[tuple[str, Any], ...]
    other: Any = None

    def __str__(self) -> str:
        keys = [*(key for key, _value in self.cases), *(() if self.other is None else ("other",))]
        return f"{{ by = {self.by}: {', '.join(keys)} }}"

    def on(self, day: str) -> Any:
        """Of a switch by date: the value that holds on an ISO day."""
        value = None
        for since, each in self.cases:
            if since == FIRST or since <= day:
                value = each
        return value

    def of(self, word: str) -> Any:
        """Of a switch by group or level: the value for this one."""
        return dict(self.cases).get(word, self.other)

    def matching(self, tags: frozenset[str]) -> tuple[str, ...]:
        """Of a switch by tag: the tags among these that it names."""
        return tuple(tag for tag, _value in self.cases if tag in tags)

    def tagged(self, tags: frozenset[str]) -> tuple[Any, ...]:
        """Of a switch by tag: the values for these tags; without one that it names, `other`."""
        return tuple(value for tag, value in self.cases if tag in tags) or self.values()[-1:]

    def values(self) -> tuple[Any, ...]:
        """Every value that it may give."""
        found = [value for _key, value in self.cases]
        return tuple(found if self.other is None else [*found, self.other])


def known(value: _Value | Switch) -> _Value:
    """A number of a table that stands as it does for one unit, in which no switch is left.

    Raises:
        TypeError: the case is not known.
    """
    if isinstance(value, Switch):
        raise TypeError("a number whose case is not known")
    return value


def switch_form(values: Sequence[Mapping[str, Any]], by: Sequence[str] = BY) -> dict[str, Any]:
    """How a switch is written, in terms of JSON Schema.

    Args:
        values: the forms that each of its values may have.
        by: what it may go by.
    """
    days = f"^(by|{FIRST}|[0-9]{{4}}(-[0-9]{{2}}){{2}})$"
    by_date = {"required": [FIRST], "propertyNames": {"pattern": days}}
    by_word = {"propertyNames": {"pattern": "^[a-z0-9][a-z0-9._-]*$"}}
    return {
        "type": "object",
        "required": ["by"],
        "minProperties": 2,
        "properties": {"by": {"type": "string", "enum": list(by)}},
        "additionalProperties": {"anyOf": list(values)},
        "allOf": [
            {"if": _by("date"), "then": by_date, "else": by_word},
            {"if": _by("tag"), "then": {"required": ["other"]}},
            {"if": {"required": ["other"]}, "then": {"minProperties": 3}},
        ],
    }


def _by(word: str) -> dict[str, Any]:
    return {"properties": {"by": {"const": word}}}


def switchable(read: Callable[[object], object]) -> Callable[[object], object]:
    """Reads a value, or a switch of such values."""

    def either(value: object) -> object:
        if isinstance(value, Switch):
            return value
        return read_switch(value, read) if is_switch(value) else read(value)

    return either


def is_switch(value: object) -> bool:
    """Whether a value is written as a switch (`{ by = "group", … }`)."""
    return isinstance(value, Mapping) and "by" in value


def read_switch(table: Any, read: Callable[[object], Any]) -> Switch:
    """A switch from its table.

    Args:
        table: `by`, the cases, `other`.
        read: reads one value; raises a `PydanticCustomError` if it is not valid.

    Raises:
        PydanticCustomError: `switch`, with every mistake in its context.
    """
    by, told = table["by"], list[Told]()
    if by not in BY:
        near = nearest(by, BY) if isinstance(by, str) else None
        data = {"found": shown(by), "known": ", ".join(BY)} | ({"near": near} if near else {})
        raise PydanticCustomError("switch", "a switch", {"faults": [("switch_by", "by", data)]})
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key == "by":
            continue
        if by == "date" or key != "other":
            told += _key_faults(by, key)
        if is_switch(value):
            told.append(("switch_nested", key, {}))
            continue
        try:
            values[key] = read(value)
        except PydanticCustomError as refused:
            told.append((refused.type, key, dict(refused.context or {})))
    told += _lacking(by, frozenset(table) - {"by"})
    if told:
        raise PydanticCustomError("switch", "a switch", {"faults": told})
    other = values.pop("other", None)
    # In an order of their own: how the keys of a table are arranged means nothing.
    order = sorted(values.items(), key=lambda pair: (by == "date" and pair[0] != FIRST, pair[0]))
    return Switch(by=by, cases=tuple(order), other=other)


def _key_faults(by: str, key: str) -> list[Told]:
    """What is wrong with the name of a case."""
    if by == "date":
        if key == FIRST or _is_day(key):
            return []
        near = FIRST if key == "other" else near_day(key) or nearest(key, (FIRST,))
        data = {"found": key} | ({"near": f'"{near}"' if near != FIRST else near} if near else {})
        return [("switch_date", key, data)]
    try:
        (simple_identifier if by == "level" else identifier)(key)
    except PydanticCustomError as refused:
        return [(refused.type, key, dict(refused.context or {}))]
    return []


def _lacking(by: str, keys: frozenset[str]) -> list[Told]:
    """What a switch must have beside its cases."""
    if not keys - ({FIRST, "other"} if by == "date" else {"other"}):
        return [("switch_empty", "", {})]
    if by == "date" and not keys & {FIRST, "other"}:
        return [("switch_first", "", {})]
    if by == "tag" and "other" not in keys:
        return [("switch_other", "", {"missing": "other"})]
    return []


def _is_day(text: str) -> bool:
    if not _DAY.match(text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def near_day(text: str) -> str | None:
    """The ISO day that another way of writing one stands for."""
    match = _DAY_LIKE.match(unicodedata.normalize("NFKC", text[:40]).strip())
    day = f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}" if match else ""
    return day if _is_day(day) else None
