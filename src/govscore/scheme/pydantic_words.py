"""Translates what pydantic reports into placed problems in the words of the scheme language.

Invariant: no sentence of pydantic reaches a user; its codes and paths do the work.
"""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Any, Final, Union, get_args, get_origin

from pydantic import BaseModel

from govscore.errors import problem
from govscore.i18n import mark_for_translation as N_
from govscore.scheme import messages as m
from govscore.text import nearest

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from govscore.errors import MessageKind, Problem
    from govscore.scheme.places import Places

Path = tuple[str | int, ...]

_TYPES: Final = {
    "string_type": N_("a text in quotes"),
    "int_type": N_("a whole number"),
    "int_from_float": N_("a whole number"),
    "int_parsing": N_("a whole number"),
    "bool_type": N_("true or false"),
    "tuple_type": N_("a list in square brackets, or [[…]] tables"),
    "dict_type": N_("a table"),
    "model_type": N_("a table"),
    "model_attributes_type": N_("a table"),
    "is_instance_of": N_("a table"),
    "too_long": N_("a list of the right length"),
}
_NAMES: Final = (
    (bool, N_("true or false")),
    (int, N_("a number")),
    (str, N_("a text")),
    (dict, N_("a table")),
    (list, N_("a list")),
)


def faults_of(error: ValidationError, cls: type[BaseModel], path: Path, places: Places) -> list[Problem]:
    """A placed problem for each thing that pydantic found.

    Args:
        error: what pydantic raised.
        cls: the model that was validated.
        path: where that model stands in the document.
        places: the document's places.
    """
    found = error.errors(include_url=False)
    return [_problem(each, cls, path, places) for each in found]


def _problem(error: ErrorDetails, cls: type[BaseModel], prefix: Path, places: Places) -> Problem:
    inner = tuple(step for step in error["loc"] if step != "[key]")
    path = (*prefix, *inner)
    code = error["type"]
    if code == "extra_forbidden":
        return _extra(str(inner[-1]), part_at(cls, inner[:-1]), path, places)
    data = {name: str(value) for name, value in (error.get("ctx") or {}).items()}
    place = places.of(path, key="[key]" in error["loc"])
    if code == "missing":
        return problem(m.MISSING, places.of(path), None, name=str(path[-1]))
    kind: MessageKind | None = m.BY_CODE.get(code)
    if kind is not None:
        near = nearest(data.get("found", ""), ()) if code != "identifier" else _ascii(data["found"])
        return problem(kind, place, near, **data)
    if code == "literal_error":
        return _literal(error, data, cls, inner, place)
    if code in ("greater_than_equal", "less_than_equal"):
        return problem(m.NOT_IN_RANGE, place, None, found=_shown(error["input"]), low="0", high="4")
    if code == "too_short":
        return problem(m.EMPTY, place, None, name=str(path[-1]))
    expected = _TYPES.get(code, N_("something else; see the scheme reference"))
    return problem(m.WRONG_TYPE, place, None, found=_shown(error["input"]), expected=expected)


def _literal(
    error: ErrorDetails, data: dict[str, str], cls: type[BaseModel], inner: Path, place: Any
) -> Problem:
    words = tuple(
        word.strip().strip("'") for word in data.get("expected", "").replace(" or ", ", ").split(",")
    )
    found = error["input"]
    later = LATER_WORDS.get(str(inner[-1]) if inner else "", ())
    if (
        (isinstance(found, str)
        and found in later)
        or (isinstance(found, dict)
        and "reviewers" in map(str, inner))
    ):
        name = f'{inner[-1]} = "{found}"' if isinstance(found, str) else str(inner[-1])
        return problem(m.LATER, place, None, name=name)
    near = nearest(found, words) if isinstance(found, str) else None
    return problem(m.NOT_A_WORD, place, near, found=_shown(found), known=", ".join(words))


LATER_WORDS: Final = {
    "policy": ("hand_on", "rate", "peer_mean"),
    "reviewers": ("same",),
}
"""Values of the specification that this version refuses by name."""


def _extra(key: str, part: type[BaseModel] | None, path: Path, places: Places) -> Problem:
    place = places.of(path, key=True)
    later: frozenset[str] = getattr(part, "later", frozenset())
    if key in later:
        return problem(m.LATER, place, None, name=key)
    known = (
        [field.alias or name for name, field in part.model_fields.items() if name != "kind"] if part else []
    )
    return problem(m.UNKNOWN_KEY, place, nearest(key, (*known, *later)), found=key, known=", ".join(known))


def part_at(cls: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The model that stands at a path inside another, by its annotations."""
    current: Any = cls
    for step in path:
        if isinstance(current, type) and issubclass(current, BaseModel):
            fields = {field.alias or name: field for name, field in current.model_fields.items()}
            current = fields[str(step)].annotation if str(step) in fields else None
        else:
            current = _element(current)
        current = _bare(current)
    return current if isinstance(current, type) and issubclass(current, BaseModel) else None


def _bare(annotation: Any) -> Any:
    """An annotation without `Annotated` and `None`."""
    while hasattr(annotation, "__metadata__"):
        annotation = annotation.__origin__
    if get_origin(annotation) in (Union, types.UnionType):
        rest = [_bare(each) for each in get_args(annotation) if each is not type(None)]
        return rest[0] if rest else None
    return annotation


def _element(annotation: Any) -> Any:
    """What a tuple or dict holds."""
    arguments = get_args(annotation)
    if not arguments:
        return None
    return arguments[1] if get_origin(annotation) is dict else arguments[0]


def _shown(value: object) -> str:
    for kind, name in _NAMES:
        if isinstance(value, kind):
            if kind in (dict, list):
                return name
            return f"“{value}”" if kind is str else str(value).lower() if kind is bool else str(value)[:60]
    return str(value)[:60]


def _ascii(text: str) -> str | None:
    """The identifier that look-alike letters (full-width, upper case) stand for."""
    import unicodedata

    plain = unicodedata.normalize("NFKC", text).strip().lower().replace(" ", "-")
    return plain if plain != text and plain.isascii() and plain else None
