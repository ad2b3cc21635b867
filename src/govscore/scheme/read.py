"""From TOML or a mapping to a checked scheme, with every problem placed.

Invariant: all problems are reported at once, each at the line and column where it stands; a scheme
comes back only if there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from govscore.errors import InputError, problem, raise_problems
from govscore.rules.deduct import Deduct
from govscore.rules.registry import STARTS_LATER, fact_type, fact_types, start_kind, start_kinds
from govscore.scheme import messages as m
from govscore.scheme.check import Origin, check
from govscore.scheme.model import Item, Scheme, SchemeModel, Veto
from govscore.scheme.places import Places
from govscore.scheme.pydantic_words import Path, faults_of
from govscore.scheme.source import parse
from govscore.text import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govscore.errors import Problem
    from govscore.facts.base import FactType
    from govscore.rules.base import Rule

_ITEM_ARRAYS: Final = ("base", "bonus", "major_deduction")


def read_scheme(source: str | bytes, name: str = "scheme.toml") -> Scheme:
    """A scheme from its TOML text.

    Args:
        source: the text, or the bytes of the file (UTF-8).
        name: what messages call it.

    Raises:
        InputError: with every problem and its place.
    """
    document = parse(source, name)
    text = source.decode("utf-8-sig") if isinstance(source, bytes) else source
    return _build(document.data, document.places, text, name)


def scheme_from_mapping(data: Mapping[str, Any], name: str = "scheme") -> Scheme:
    """A scheme from a mapping of the same shape as the TOML (places are paths).

    Raises:
        InputError: with every problem and its path.
    """
    return _build(dict(data), Places.nowhere(name), "", name)


def _build(data: dict[str, Any], places: Places, text: str, name: str) -> Scheme:
    reader = _Reader(places)
    prepared = reader.prepare(data)
    model = reader.validate(prepared)
    if model is not None:
        reader.problems += check(model, Origin(places, reader.kept, frozenset(reader.dropped)))
    raise_problems(reader.problems)
    if model is None:
        raise InputError(problem(m.EMPTY, places.of(()), None, name=name))
    return Scheme(model=model, text=text, name=name)


class _Reader:
    """Collects problems while the parts of a scheme are validated one by one."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.problems: list[Problem] = []
        self.dropped: set[str] = set()
        """Ids of elements that were left out because of their own problems."""
        self.kept: dict[str, list[int]] = {}
        """Of an array from which elements were left out: where the others stood in the file."""

    def prepare(self, data: dict[str, Any]) -> dict[str, Any]:
        """The document with rules and facts replaced by their models, found in the registries."""
        prepared = dict(data)
        for array in (*_ITEM_ARRAYS, "veto"):
            elements = data.get(array)
            if isinstance(elements, list):
                prepared[array] = [self._element(each, (array, place)) for place, each in enumerate(elements)]
        return prepared

    def _element(self, element: object, path: Path) -> object:
        if not isinstance(element, dict):
            return element
        made = dict(element)
        if isinstance(element.get("facts"), dict):
            made["facts"] = dict(self._facts(element["facts"], (*path, "facts")))
        if path[0] == "veto":
            return made
        if "kind" in element:
            self._unknown_key((*path, "kind"), Item)
        made["kind"] = path[0]
        if "rule" in element:
            made["rule"] = self._rule(element["rule"], (*path, "rule"))
        for key in ("cap",) if path[0] == "base" else ("points",):
            if key in element:
                self._report(m.POINTS_HERE, (*path, key), kind=str(path[0]), key=key)
                del made[key]
        if path[0] == "base" and "points" not in element:
            self._report(m.MISSING, (*path, "points"), name="points")
        return made

    def _facts(self, facts: dict[str, Any], path: Path) -> Iterator[tuple[str, FactType | object]]:
        for id, value in facts.items():
            fact = self._fact(value, (*path, id)) if isinstance(value, dict) else value
            if fact is not None:
                yield id, fact

    def _fact(self, value: dict[str, Any], path: Path) -> FactType | None:
        ask = value.get("ask")
        if not isinstance(ask, str):
            self._report(m.MISSING, (*path, "ask"), name="ask")
            return None
        cls = fact_type(ask)
        if cls is None:
            near = nearest(ask, fact_types())
            self._report(m.UNKNOWN_ASK, (*path, "ask"), near, found=ask, known=", ".join(fact_types()))
            return None
        try:
            return cls.model_validate(value)
        except ValidationError as error:
            self._add(error, cls, path)
            return None

    def _rule(self, value: object, path: Path) -> object:
        if not isinstance(value, dict):
            return value
        kind = value.get("kind")
        if not isinstance(kind, str):
            self._report(m.MISSING, (*path, "kind"), name="kind")
            return _PLACEHOLDER
        cls = None if kind in STARTS_LATER else start_kind(kind)
        if cls is None:
            if kind in STARTS_LATER:
                self._report(m.LATER, (*path, "kind"), name=f'kind = "{kind}"')
            else:
                near = nearest(kind, start_kinds())
                self._report(
                    m.UNKNOWN_KIND, (*path, "kind"), near, found=kind, known=", ".join(start_kinds())
                )
            return _PLACEHOLDER
        try:
            return cls.model_validate(value)
        except ValidationError as error:
            self._add(error, cls, path)
            return _PLACEHOLDER

    def validate(self, data: dict[str, Any]) -> SchemeModel | None:
        """The model, or what is left of it after leaving out the parts with problems."""
        try:
            return SchemeModel.model_validate(data)
        except ValidationError as error:
            self._add(error, SchemeModel, ())
            bad = [each["loc"] for each in error.errors(include_url=False, include_input=False)]
        try:
            return SchemeModel.model_validate(self._without(data, bad))
        except ValidationError:
            return None

    def _without(self, data: dict[str, Any], bad: list[tuple[int | str, ...]]) -> dict[str, Any]:
        """The document less the array elements and keys that have problems."""
        rest = dict(data)
        elements: dict[str, set[int]] = {}
        for path in bad:
            if len(path) > 1 and isinstance(path[1], int):
                elements.setdefault(str(path[0]), set()).add(path[1])
            elif path and path[0] not in _REQUIRED:
                rest.pop(str(path[0]), None)
            elif path and str(path[0]) in _STAND_IN:
                rest[str(path[0])] = _STAND_IN[str(path[0])]
        for array, places in elements.items():
            if not isinstance(rest.get(array), list):
                continue
            for place in places:
                element = rest[array][place]
                if isinstance(element, dict) and isinstance(element.get("id"), str):
                    self.dropped.add(element["id"])
            self.kept[array] = [place for place in range(len(rest[array])) if place not in places]
            rest[array] = [rest[array][place] for place in self.kept[array]]
        return rest

    def _add(self, error: ValidationError, cls: type[Any], path: Path) -> None:
        self.problems += faults_of(error, cls, path, self.places)

    def _report(self, kind: Any, path: Path, near: str | None = None, /, **data: object) -> None:
        self.problems.append(problem(kind, self.places.of(path), near, **data))

    def _unknown_key(self, path: Path, cls: type[Item | Veto]) -> None:
        known = ", ".join(name for name in cls.model_fields if name != "kind")
        self.problems.append(
            problem(m.UNKNOWN_KEY, self.places.of(path, key=True), None, found=str(path[-1]), known=known)
        )


_PLACEHOLDER: Final[Rule] = Deduct()
_REQUIRED: Final = frozenset({"format", "scheme", "groups", "total", "rank", "base"})
_STAND_IN: Final[dict[str, Any]] = {
    "format": 1,
    "rank": {"ties": "share"},
}
