"""Translates what pydantic reports into placed problems in the words of the scheme language.

Invariant: no sentence of pydantic reaches a user; its codes and paths do the work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

from govscore.facts.shown import shown
from govscore.i18n import mark_for_translation as N_
from govscore.rules.registry import start_kind, start_kinds
from govscore.scheme import messages as m
from govscore.scheme.mend import KEY, annotation_at, bare, part_at, value_at
from govscore.scheme.model import Item
from govscore.scheme.policies import NotApplicable, OwnNotApplicable
from govscore.scheme.rule_messages import BY_CODE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from govscore.i18n import Sentence
    from govscore.scheme.report import Path, Report

_ABOUT_KEYS: Final = ("extra_forbidden", "invalid_key")
_TABLE: Final = N_("a table")
_TYPES: Final = {
    "string_type": N_("a text in quotes"),
    "int_type": N_("a whole number"),
    "bool_type": N_("true or false"),
    "tuple_type": N_("a list in square brackets, or [[…]] tables"),
    "dict_type": _TABLE,
    "model_type": _TABLE,
    "is_instance_of": _TABLE,
}
_TWO_NUMBERS: Final = N_("a list of two numbers, such as [0.5, 2]")
_TOGETHER: Final = {
    "not_an_option": ("of",),
    "range_order": ("range",),
    "bounds_order": ("from", "to"),
    "period_order": ("from", "to"),
    "window_order": ("from", "to"),
}
"""Keys that must be sound before it is judged whether they fit together."""
LATER_WORDS: Final = {
    "policy": ("hand_on",),
}
"""Values of the specification that this version refuses by name."""


def report_faults(
    errors: Sequence[ErrorDetails], data: Any, cls: type[BaseModel], path: Path, report: Report
) -> None:
    """Notes a placed problem for each thing that pydantic found.

    Args:
        errors: what it found.
        data: what was validated.
        cls: the model that was validated.
        path: where that model stands in the document.
        report: where problems go.
    """
    for error in errors:  # first what this version does not support: the rest of such a table is not judged
        inner = _inner(error)
        if _is_later(error, cls):
            report.unjudged.add((*path, *inner[:-1]))
            report.later.add((*path, *inner))
        if error["type"] in _ABOUT_KEYS:
            _extra(inner, data, cls, path, report)
    for error in errors:
        if error["type"] not in _ABOUT_KEYS:
            _report(error, cls, path, report)


def _inner(error: ErrorDetails) -> Path:
    return tuple(step for step in error["loc"] if step != KEY)


def _is_later(error: ErrorDetails, cls: type[BaseModel]) -> bool:
    inner = _inner(error)
    if not inner:
        return False
    if error["type"] == "extra_forbidden":
        return str(inner[-1]) in getattr(part_at(cls, inner[:-1]), "later", ())
    return error["type"] == "literal_error" and _later_word(error["input"], str(inner[-1])) is not None


def _later_word(found: object, key: str) -> str | None:
    if key not in LATER_WORDS or not isinstance(found, str):
        return None
    return f'{key} = "{found}"' if found in LATER_WORDS[key] else None


def _report(error: ErrorDetails, cls: type[BaseModel], prefix: Path, report: Report) -> None:
    inner = _inner(error)
    path = (*prefix, *inner, *_at(error))
    code = error["type"]
    if (*prefix, *inner) in report.unjudged or _of_later_policy(cls, inner, path, report):
        return
    if code == "switch":
        _switch(error, path, report)
    elif code == "missing" and isinstance(path[-1], str):
        report.add(m.MISSING, path, None, name=path[-1])
    elif code in ("missing", "too_long"):
        at = path[:-1] if isinstance(path[-1], int) and code == "missing" else path
        report.add(m.WRONG_TYPE, at, None, found=N_("a list"), expected=_TWO_NUMBERS)
    elif code in BY_CODE:
        _coded(error, path, report)
    elif code == "literal_error":
        _literal(error, cls, inner, path, report)
    elif code in ("greater_than_equal", "less_than_equal"):
        report.add(m.NOT_IN_RANGE, path, None, found=shown(error["input"]), low="0", high="4")
    elif code == "too_short":
        report.add(m.EMPTY, path, None, name=path[-1])
    else:
        found = (error.get("ctx") or {}).get("found") or shown(error["input"])
        report.add(m.WRONG_TYPE, path, None, found=found, expected=_expected(code))


def _at(error: ErrorDetails) -> Path:
    """Where inside the value the mistake is, if a validator says so."""
    at = str((error.get("ctx") or {}).get("at", ""))
    return tuple(int(step) if step.isdecimal() else step for step in at.split(".") if step)


def _of_later_policy(cls: type[BaseModel], inner: Path, path: Path, report: Report) -> bool:
    """Whether a key is judged by a policy that this version does not have."""
    part = part_at(cls, inner[:-1])
    later = (*path[:-1], "policy") in report.later and inner[-1] != "policy"
    return later and part in (NotApplicable, OwnNotApplicable)


def _expected(code: str) -> Sentence:
    return _TYPES.get(code, _TYPES["int_type"] if code.startswith("int_") else N_("another kind of value"))


def _coded(error: ErrorDetails, path: Path, report: Report) -> None:
    """A mistake that one of our own validators reported."""
    data: dict[str, Any] = dict(error.get("ctx") or {})
    near, _ = data.pop("near", None), data.pop("at", None)
    table = path[: len(path) - len(_at(error))]
    if any(report.has_guess((*table, key)) for key in _TOGETHER.get(error["type"], ())):
        return  # it is no longer known what was meant
    if isinstance(error["input"], dict):
        report.misfits.add(table)
    if error["type"] == "later":
        if data["name"] == "by":
            path = (*path, "by")
        report.unjudged.add(path[:-1])
    report.add(BY_CODE[error["type"]], path, near, at_key=KEY in error["loc"] or path[-1:] == ("by",), **data)


def _switch(error: ErrorDetails, path: Path, report: Report) -> None:
    """Every mistake inside a switch."""
    for code, key, context in _inside((error.get("ctx") or {})["faults"]):
        data = {name: value for name, value in context.items() if name not in ("near", "at")}
        about_key = code in ("switch_date", "identifier", "simple_identifier")
        at = (*path, key) if key else path
        report.add(BY_CODE[code], at, context.get("near"), at_key=about_key, **data)


def _inside(faults: Sequence[tuple[str, str, dict[str, Any]]]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The mistakes of a switch; of a switch in a switch those of the inner one, at the outer one's key."""
    for code, key, context in faults:
        if code == "switch":
            yield from ((inner, key, more) for inner, _key, more in _inside(context["faults"]))
        else:
            yield code, key, context


def _literal(error: ErrorDetails, cls: type[BaseModel], inner: Path, path: Path, report: Report) -> None:
    found, key = error["input"], str(inner[-1])
    later = _later_word(found, key)
    if later is not None:
        report.add(m.LATER, path, None, name=later)
    else:
        words = words_of(cls, inner)
        word = {True: "yes", False: "no"}.get(found) if isinstance(found, bool) else found
        near = report.nearest(word, words) if isinstance(word, str) else None
        report.add(m.NOT_A_WORD, path, near, found=shown(found), known=", ".join(words))


def words_of(cls: type[BaseModel], path: Path) -> tuple[str, ...]:
    """The words that a key takes."""
    return tuple(str(word) for word in get_args(bare(annotation_at(cls, path))))


def _extra(inner: Path, data: Any, cls: type[BaseModel], prefix: Path, report: Report) -> None:
    part, path, key = part_at(cls, inner[:-1]), (*prefix, *inner), str(inner[-1])
    later = _later_keys(part)
    if key in later:
        report.add(m.LATER, path, None, at_key=True, name=key)
        return
    known = known_keys(part, path[0] if path else "")
    if part is Item and key in _rule_keys():
        report.add(m.KEY_OF_RULE, path, None, at_key=True, found=key)
        return
    near = report.nearest(key, (*known, *later))
    report.add(m.UNKNOWN_KEY, path, near, at_key=True, found=key, known=", ".join(known))
    table = value_at(data, inner[:-1])
    if (
        near is not None and isinstance(table, dict) and near not in table
    ):  # most likely that key is meant: nothing is said about its absence
        report.unjudged.add(path[:-1])
        report.guessed.add((*path[:-1], near))


def _rule_keys() -> set[str]:
    """The keys of the rules that items here may have."""
    starts = (start_kind(kind) for kind in start_kinds())
    fields = (each for start in starts if start is not None for each in start.model_fields.items())
    return {field.alias or name for name, field in fields} - {"kind"}


def _later_keys(part: type[BaseModel] | None) -> frozenset[str]:
    return getattr(part, "later", frozenset())


def known_keys(part: type[BaseModel] | None, array: str | int) -> tuple[str, ...]:
    """The keys that a table takes; `points` and `cap` of items depend on their array."""
    names = [field.alias or name for name, field in part.model_fields.items()] if part is not None else []
    if part is Item:
        names.remove("kind")
        names.remove("cap" if array == "base" else "points")
        if array != "bonus":
            names.remove("needs_claim")
        if array != "base":
            names.remove("not_applicable")
    return tuple(names)
