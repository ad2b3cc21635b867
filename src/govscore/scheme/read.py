"""From TOML or a mapping to a checked scheme, with every problem placed.

Invariant: all problems are reported at once, each at the line and column where it stands; a scheme
comes back only if there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from govscore.facts.relations import TOLD
from govscore.facts.shown import shown
from govscore.i18n import mark_for_translation as N_
from govscore.rules.deduct import Deduct
from govscore.rules.registry import fact_type, fact_types, start_kind, start_kinds
from govscore.scheme import messages as m
from govscore.scheme.check import check
from govscore.scheme.model import KINDS, Item, Scheme, SchemeModel
from govscore.scheme.places import Places
from govscore.scheme.report import Report
from govscore.scheme.source import parse
from govscore.scheme.yields import with_matters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.scheme.report import Path
_Model = TypeVar("_Model", bound=BaseModel)
MOST_ITEMS: Final = 5000
MOST: Final = {
    **dict.fromkeys((*KINDS, "section"), MOST_ITEMS),
    "veto": 1000,
    "groups": 1000,
    "grade": 100,
    "part": 100,
}
"""Entries that a list may have; with more, sums could leave the integers that the engine adds in."""
MOST_INSIDE: Final = 1000
"""Entries of everything else: keys of a table, facts, levels and lines of an item."""
_DEEPEST: Final = 8
"""Nothing in the language stands deeper than this many keys and places in lists."""
_ROUNDS: Final = 6
"""How often what is left of a faulty document is looked at again."""


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


def scheme_from_mapping(data: object, name: str = "scheme") -> Scheme:
    """A scheme from a mapping of the same shape as the TOML (places are paths).

    Args:
        data: tables as mappings, lists as lists, numbers as int or Decimal.
        name: what to call the scheme; messages give the path of each mistake.

    Raises:
        InputError: with every problem and its path.
    """
    return _build(data, Places.nowhere(""), "", name)


def _build(data: object, places: Places, text: str, name: str) -> Scheme:
    report = Report(places)
    if not isinstance(data, Mapping):
        report.add(m.WRONG_TYPE, (), None, found=shown(data), expected=N_("a table"))
    else:
        _count(data, report)
        model = None if report.problems else _Reader(report).read(data)
        if model is not None:
            check(model, report)
            report.raise_all()
            return Scheme(model=with_matters(reviewed_by(model)), text=text, name=name)
    report.raise_all()
    raise RuntimeError("neither a scheme nor a problem")


def reviewed_by(model: SchemeModel) -> SchemeModel:
    """The model with the scheme's `reviewers` in every item and veto that states none of its own."""
    default = model.scheme.reviewers
    if not default.several:
        return model
    entries = {
        array: tuple(each if each.reviewers else each.model_copy(update={"reviewers": default})
                     for each in getattr(model, array))
        for array in (*KINDS, "veto")
    }  # fmt: skip
    return model.model_copy(update=entries)


def _count(data: Mapping[str, Any], report: Report) -> None:
    """Refuses more entries than anything reads within a second, before reading them."""
    items = sum(len(data[kind]) for kind in KINDS if isinstance(data.get(kind), (list, tuple)))
    if items > MOST_ITEMS:
        report.add(m.TOO_MANY, ("base",), None, found=items, what=N_("items"), most=MOST_ITEMS)
        return
    waiting: list[tuple[Path, Any]] = [((), dict(data))]
    seen: set[int] = set()
    while waiting:
        path, value = waiting.pop()
        if id(value) in seen or len(path) > _DEEPEST:
            continue
        seen.add(id(value))
        most = MOST.get(str(path[0]), MOST_INSIDE) if len(path) == 1 else MOST_INSIDE
        if len(value) > most:
            report.add(m.TOO_MANY, path, None, found=len(value), what=N_("entries"), most=most)
            continue
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        waiting += [((*path, key), each) for key, each in inside if isinstance(each, (dict, list, tuple))]


class _Reader:
    """Reads a document part by part; what is faulty is reported and mended, so that the rest is read."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._told: dict[int, BaseModel] = {}
        """Models whose keys are sound and were reported not to fit together."""

    def read(self, data: Mapping[str, Any]) -> SchemeModel | None:
        """The whole model, with stand-ins for what is faulty."""
        prepared = dict(data)
        for array in (*KINDS, "veto"):
            elements = data.get(array)
            if isinstance(elements, (list, tuple)):
                prepared[array] = [self._element(each, (array, place)) for place, each in enumerate(elements)]
        return self._part(SchemeModel, prepared, ())

    def _part(self, cls: type[_Model], data: Any, path: Path) -> _Model | None:
        """The model of a table, with stand-ins for what is faulty; None if nothing can be made of it."""
        for _round in range(_ROUNDS):
            try:
                return cls.model_validate(data, context={TOLD: self._told})
            except ValidationError as error:
                errors = error.errors(include_url=False)
            from govscore.scheme.mend import mend  # only what is faulty needs it
            from govscore.scheme.pydantic_words import report_faults

            report_faults(errors, data, cls, path, self._report)
            data, guessed = mend(data, errors, cls, self._told)
            self._report.guessed |= {(*path, *each) for each in guessed}
            if isinstance(data, cls):
                return data
        return None

    def _element(self, element: object, path: Path) -> object:
        """An item or veto with its rule and facts replaced by their models, found in the registries."""
        if not isinstance(element, dict):
            return element
        made = dict(element)
        if isinstance(element.get("facts"), dict):
            made["facts"] = dict(self._facts(element["facts"], (*path, "facts")))
        if path[0] == "veto":
            return made
        if "kind" in element:
            from govscore.scheme.pydantic_words import known_keys

            known = ", ".join(known_keys(Item, path[0]))
            self._report.add(m.UNKNOWN_KEY, (*path, "kind"), None, at_key=True, found="kind", known=known)
        made["kind"] = path[0]
        if isinstance(element.get("rule"), dict):
            made["rule"] = self._rule(element["rule"], (*path, "rule"))
        for key in ("cap",) if path[0] == "base" else ("points",):
            if key in element:
                self._report.add(
                    m.POINTS_HERE, (*path, key), None, at_key=True, name=key, kind=_KIND_NAMES[str(path[0])]
                )
                del made[key]
        if "needs_claim" in element and path[0] != "bonus":
            kind = _KIND_NAMES[str(path[0])]
            self._report.add(m.CLAIM_HERE, (*path, "needs_claim"), None, at_key=True, kind=kind)
            del made["needs_claim"]
        if "not_applicable" in element and path[0] != "base":
            kind = _KIND_NAMES[str(path[0])]
            self._report.add(m.POLICY_HERE, (*path, "not_applicable"), None, at_key=True, kind=kind)
            del made["not_applicable"]
        return made

    def _facts(self, facts: dict[str, Any], path: Path) -> Iterator[tuple[str, object]]:
        for id, value in facts.items():
            if not isinstance(value, dict):
                yield id, value  # not a table, which the model says; None, too, from a mapping
                continue
            fact = self._fact(value, (*path, id))
            if fact is None:
                self._report.guessed.add((*path, id))
            else:
                yield id, fact

    def _fact(self, value: dict[str, Any], path: Path) -> object:
        ask = self._word(value, "ask", path)
        if ask is None:
            return None
        cls = fact_type(ask)
        if cls is None:
            near = self._report.nearest(ask, fact_types())
            known = ", ".join(fact_types())
            self._report.add(m.UNKNOWN_ASK, (*path, "ask"), near, found=ask, known=known)
            return None
        return self._part(cls, value, path)

    def _rule(self, value: dict[str, Any], path: Path) -> object:
        kind = self._word(value, "kind", path)
        cls = None if kind is None else start_kind(kind)
        made = self._part(cls, value, path) if cls is not None else None
        if kind is not None and cls is None:
            near = self._report.nearest(kind, start_kinds())
            known = ", ".join(start_kinds())
            self._report.add(m.UNKNOWN_KIND, (*path, "kind"), near, found=kind, known=known)
        if made is None:
            self._report.guessed.add(path)
        return made or Deduct()

    def _word(self, table: dict[str, Any], key: str, path: Path) -> str | None:
        """The word that says what a table is; None after reporting that there is none."""
        word = table.get(key)
        if isinstance(word, str):
            return word
        if key in table:
            expected = N_("a text in quotes")
            self._report.add(m.WRONG_TYPE, (*path, key), None, found=shown(word), expected=expected)
        else:
            near = self._report.nearest(key, [str(each) for each in table])
            if near is not None:
                self._report.add(m.UNKNOWN_KEY, (*path, near), key, at_key=True, found=near, known=key)
            else:
                self._report.add(m.MISSING, (*path, key), None, name=key)
        return None


_KIND_NAMES: Final = {
    "base": N_("base item"),
    "bonus": N_("bonus item"),
    "major_deduction": N_("major deduction"),
}
