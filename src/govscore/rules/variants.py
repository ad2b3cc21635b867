"""Variants: a rule or item as it stands for one unit, every switch that the unit decides replaced.

Invariant: a variant differs from what the scheme states in nothing but the values of its switches, and
what holds no switch comes back as it is, not as a copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, TypeVar

from pydantic import BaseModel

from govscore.facts.base import FactType
from govscore.facts.row_options import BY_ROWS
from govscore.facts.switches import Switch
from govscore.rules.values import Amount, Part, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NO_TAGS: Final[frozenset[str]] = frozenset()
_Stated = TypeVar("_Stated", bound=BaseModel)
Path = tuple[str | int, ...]
Choice: TypeAlias = "Callable[[Switch], tuple[Any, ...]]"
"""The values of a switch that fit; none: it is decided elsewhere, and stays."""


@dataclass(frozen=True, slots=True)
class Case:
    """What decides switches; None: says nothing about those that go by it."""

    group: str | None = None
    tags: frozenset[str] | None = None
    day: str | None = None
    level: str | None = None

    def fitting(self, switch: Switch) -> tuple[Any, ...]:
        """The values that fit; of a switch by tag there may be several."""
        if switch.by == "tag":
            return () if self.tags is None else switch.tagged(self.tags)
        word = {"group": self.group, "date": self.day, "level": self.level}[switch.by]
        if word is None:
            return ()
        value = switch.on(word) if switch.by == "date" else switch.of(word)
        # A case that is left out is that of units who do not have the item.
        return first_values(switch) if value is None else (value,)


def first_values(switch: Switch) -> tuple[Any, ...]:
    """Some value of any switch."""
    return switch.values()[:1]


class Placed(NamedTuple):
    """A switch, where it stands, and who decides it."""

    path: Path
    switch: Switch
    by_row: bool
    """Whether each row of a finding decides it, rather than the unit."""


def switches_in(part: BaseModel, path: Path = ()) -> Iterator[Placed]:
    """Every switch in a table and the tables inside it, but those of facts, which settle them themselves."""
    for key, field in type(part).model_fields.items():
        by_row = isinstance(part, Part) and key in part.switched_by_rows()
        yield from _inside(getattr(part, key), (*path, field.alias or key), by_row)


def settled(
    part: _Stated,
    choice: Choice,
    full: int | None,
    *,
    rows: bool = False,
    tags: frozenset[str] = _NO_TAGS,
) -> _Stated:
    """The table with the switches replaced that the choice decides.

    Args:
        part: a table that a scheme writes.
        choice: the values of a switch that fit; of several amounts the largest counts.
        full: what percentages refer to, in the finest units.
        rows: whether the choice also decides what else each row of a finding does.
        tags: the unit's, which rows have beside their own.
    """
    changed: dict[str, Any] = {}
    for key in type(part).model_fields:
        value = getattr(part, key)
        by_row = not rows and isinstance(part, Part) and key in part.switched_by_rows()
        new = _Settling(choice, full, rows, tags).value(value, by_row=by_row)
        if new is not value:
            changed[key] = new
    return changed_copy(part, changed)


def changed_copy(part: _Stated, changed: dict[str, Any]) -> _Stated:
    """A copy with other values, that remembers nothing that was derived from the old ones."""
    if not changed:
        return part
    copy = part.model_copy(update=changed)
    for name in list(copy.__dict__):
        if isinstance(getattr(type(copy), name, None), cached_property):
            del copy.__dict__[name]
    return copy


def largest(values: tuple[Any, ...], full: int | None) -> Any:
    """The largest of the values that fit: of amounts by what they come to."""
    return max(values, key=lambda value: _size(value, full)) if len(values) > 1 else values[0]


@dataclass(frozen=True, slots=True)
class _Settling:
    """How switches are replaced."""

    choice: Choice
    full: int | None
    rows: bool
    tags: frozenset[str]

    def value(self, value: Any, *, by_row: bool) -> Any:
        """A value without the switches that the choice decides; the very same value if there are none."""
        switch = switch_of(value)
        if switch is not None:
            if by_row and switch.by in BY_ROWS:
                return self._with_unit_tags(value, switch)
            fitting = self.choice(switch)
            return largest(fitting, self.full) if fitting else value
        if isinstance(value, FactType):
            return value
        if isinstance(value, BaseModel):
            return settled(value, self.choice, self.full, rows=self.rows, tags=self.tags)
        if isinstance(value, tuple):
            every = tuple(self.value(each, by_row=by_row) for each in value)
            return every if any(new is not old for new, old in zip(every, value, strict=True)) else value
        if isinstance(value, dict):
            table = {key: self.value(each, by_row=by_row) for key, each in value.items()}
            return table if any(table[key] is not value[key] for key in value) else value
        return value

    def _with_unit_tags(self, value: Any, switch: Switch) -> Any:
        """A switch that rows decide by their tags, after the unit's own tags have matched as well."""
        mine = tuple(each for tag, each in switch.cases if tag in self.tags) if switch.by == "tag" else ()
        if not mine:
            return value
        least = largest(mine, self.full)
        cases = tuple((tag, largest((each, least), self.full)) for tag, each in switch.cases)
        new = Switch(by="tag", cases=cases, other=least)
        return Amount(switch=new) if isinstance(value, Amount) else new


def switch_of(value: Any) -> Switch | None:
    """The switch that stands in the place of a value."""
    if isinstance(value, (Amount, Target)):
        return value.switch
    return value if isinstance(value, Switch) else None


def _inside(value: Any, path: Path, by_row: bool) -> Iterator[Placed]:
    switch = switch_of(value)
    if switch is not None:
        yield Placed(path, switch, by_row and switch.by in BY_ROWS)
    elif isinstance(value, BaseModel) and not isinstance(value, FactType):
        yield from switches_in(value, path)
    elif isinstance(value, (tuple, dict)):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _inside(each, (*path, key), by_row)


def _size(value: Any, full: int | None) -> Any:
    if isinstance(value, Amount):
        return value.of(full or 0)
    return value.value if isinstance(value, Target) else value
