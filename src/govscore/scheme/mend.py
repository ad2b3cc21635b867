"""What takes the place of a faulty value, so that everything around it is still checked.

Invariant: works on a copy; a scheme with anything mended in it is never scored.
"""

from __future__ import annotations

import datetime
import inspect
import types
from fractions import Fraction
from itertools import count
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from govscore.facts.base import FactType
from govscore.facts.relations import FIELDS_ONLY
from govscore.facts.yes_no import YesNo
from govscore.points import UNITS_PER_POINT, Points
from govscore.rules.base import Rule
from govscore.rules.conditions import Condition
from govscore.rules.deduct import Deduct
from govscore.rules.values import Amount, Target
from govscore.scheme.report import STAND_IN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails

    from govscore.scheme.report import Path

KEY: Final = "[key]"
"""The step that pydantic adds to the path of a dict's key."""
_serial = count(1)
_POINT: Final = Points(UNITS_PER_POINT)


def mend(
    data: Any, errors: Sequence[ErrorDetails], cls: type[BaseModel], told: dict[int, BaseModel]
) -> tuple[Any, set[Path]]:
    """The data with every faulty value replaced, and the paths that are guesses now.

    Args:
        data: what was validated.
        errors: what was wrong with it.
        cls: the model that it was validated as.
        told: takes the models whose keys are sound, but do not fit together.
    """
    copy = _Copy(data)
    guessed: set[Path] = set()
    for error in errors:
        path = tuple(step for step in error["loc"] if step != KEY)
        if error["type"] in ("extra_forbidden", "invalid_key"):
            copy.drop(path)
            continue
        if KEY in error["loc"]:
            guessed |= {path, copy.rename(path)}
            continue
        made: Any = _unrelated(part_at(cls, path), value_at(data, path))
        if made is not None:
            told[id(made)] = made
        else:
            if error["type"] == "missing" and path and isinstance(path[-1], int):
                path = path[:-1]  # a place in a list of fixed length
            made = stand_in(annotation_at(cls, path))
            guessed.add(path)
        copy.put(path, made)
    return copy.data, guessed


def _unrelated(cls: type[BaseModel] | None, value: object) -> BaseModel | None:
    """The model of a table whose keys are all sound, though they do not fit together."""
    if cls is None or not isinstance(value, dict) or inspect.isabstract(cls):
        return None
    try:
        return cls.model_validate(value, context={FIELDS_ONLY: True})
    except ValidationError:
        return None


def stand_in(annotation: Any) -> Any:
    """Some valid value of this type; ids are all different and nobody writes them."""
    kind = bare(annotation)
    origin = get_origin(kind)
    if origin is Literal:
        return get_args(kind)[0]
    if origin is tuple:
        inside = get_args(kind)
        return () if inside[-1:] == (Ellipsis,) else tuple(stand_in(each) for each in inside)
    if origin is dict:
        key, value = get_args(kind)
        return {stand_in(key): stand_in(value)}
    if not isinstance(kind, type):
        return None
    if issubclass(kind, BaseModel):
        return _model(kind)
    simple: dict[type, Any] = {
        Points: _POINT,
        Amount: Amount(points=_POINT),
        Target: Target(number=Fraction(1)),
        Condition: Condition(text="", joined_by="and", comparisons=()),
        Fraction: Fraction(1),
        bool: False,
        int: 0,
        datetime.date: datetime.date(2000, 1, 1),
    }
    return simple[kind] if kind in simple else f"{STAND_IN}{next(_serial)}"


def _model(kind: type[BaseModel]) -> BaseModel:
    if issubclass(kind, Rule):
        return Deduct()
    if kind is FactType:
        return YesNo()
    fields = {
        name: stand_in(Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation)
        for name, field in kind.model_fields.items()
        if field.is_required()
    }
    return kind.model_construct(**fields)


# --- annotations by path ---------------------------------------------------------------------------


def part_at(cls: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The model that stands at a path inside another, by its annotations."""
    current = bare(annotation_at(cls, path))
    return current if isinstance(current, type) and issubclass(current, BaseModel) else None


def annotation_at(cls: type[BaseModel], path: Path) -> Any:
    """The annotation of what stands at a path inside a model; None where nothing can."""
    current: Any = cls
    for step in path:
        current = bare(current)
        if isinstance(current, type) and issubclass(current, BaseModel):
            fields = {field.alias or name: field for name, field in current.model_fields.items()}
            current = fields[str(step)].annotation if str(step) in fields else None
        else:
            current = _element(current)
    return current


def bare(annotation: Any) -> Any:
    """An annotation without `Annotated` and `None`."""
    while hasattr(annotation, "__metadata__"):
        annotation = annotation.__origin__
    if get_origin(annotation) in (Union, types.UnionType):
        rest = [bare(each) for each in get_args(annotation) if each is not type(None)]
        return rest[0] if rest else None
    return annotation


def _element(annotation: Any) -> Any:
    """What a tuple or dict holds."""
    arguments = get_args(annotation)
    if not arguments:
        return None
    return arguments[1] if get_origin(annotation) is dict else arguments[0]


# --- a copy that is changed at a path --------------------------------------------------------------


class _Copy:
    """A document that is changed here and there; what was handed in stays as it is."""

    def __init__(self, data: Any) -> None:
        self._holder = {"": data}
        self._mine = {id(self._holder)}

    @property
    def data(self) -> Any:
        """The document as it is now."""
        return self._holder[""]

    def put(self, path: Path, value: Any) -> None:
        """Sets what stands at a path."""
        *inner, last = ("", *path)
        table = self._table(inner)
        if isinstance(table, dict) or (
            isinstance(table, list) and isinstance(last, int) and last < len(table)
        ):
            table[last] = value  # type: ignore[index]

    def drop(self, path: Path) -> None:
        """Removes a key."""
        *inner, last = ("", *path)
        table = self._table(inner)
        if isinstance(table, dict):
            table.pop(last, None)

    def rename(self, path: Path) -> Path:
        """Gives a key another name, which nobody writes, and returns its new path."""
        *inner, last = ("", *path)
        table, name = self._table(inner), f"{STAND_IN}{next(_serial)}"
        if isinstance(table, dict):
            table[name] = table.pop(last, None)
        return (*path[:-1], name)

    def _table(self, path: Sequence[str | int]) -> Any:
        """The table at a path, after copying everything on the way to it."""
        table: Any = self._holder
        for step in path:
            inside = value_at(table, (step,))
            if id(inside) not in self._mine:
                if not isinstance(inside, (dict, list, tuple)):
                    return None
                inside = dict(inside) if isinstance(inside, dict) else list(inside)
                self._mine.add(id(inside))
                table[step] = inside
            table = inside
        return table


def value_at(data: Any, path: Path) -> Any:
    """What stands at a path; None if nothing does."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data
