"""The digest of a result: what exactly a leader consents to.

Invariant: the same scheme's meaning, decisions and numbers give the same digest on every machine and
in every language; anything else gives another. No float gets in, and nothing is digested by its `repr`.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from govscore.events import Decision, DecisionWithdrawn
from govscore.facts.rows import COLUMNS
from govscore.text import normal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from govscore.events import Event
    from govscore.points import Points
    from govscore.scheme.model import Item, Scheme, Veto
    from govscore.scoring.result import Result, UnitResult

ARITHMETIC_EDITION: Final = 1
"""Raised only when some number could differ from what an earlier release computed."""
_RESULT: Final = b"govscore/result/1\0"
_SCHEME: Final = b"govscore/scheme/1\0"
_FACTS: Final = b"govscore/facts/1\0"
_SEVERAL: Final = b"govscore/several/1\0"


def scheme_digest(scheme: Scheme) -> str:
    """SHA-256 of what the scheme means: comments, line ends and the order of keys do not count."""
    meaning: dict[str, object] = {
        "meaning": scheme.meaning(),
        # Which start and fact type each is, whatever `meaning` leaves out as a default.
        "kinds": {id: _kinds(entry) for id, entry in scheme.entries.items()},
    }
    if scheme.calendar is not None:  # what is shipped belongs to the program
        added = scheme.calendar.local
        meaning["calendar"] = {
            "years": sorted(added.years),
            "days": [[day, works] for day, works in sorted(added.days.items())],
        }
    return _digest(_SCHEME, meaning)


def result_digest(result: Result, decisive: Mapping[tuple[str, str], str]) -> str:
    """SHA-256 of the whole result.

    Args:
        result: what was computed.
        decisive: of each unit and item the hash of the decision in force (without a record: of its facts).
    """
    content = {
        "edition": ARITHMETIC_EDITION,
        "scheme": scheme_digest(result.scheme),
        "decisions": [[unit, item, hash] for (unit, item), hash in sorted(decisive.items())],
        "units": [_unit(unit) for unit in sorted(result.units, key=lambda each: each.unit)],
    }
    return _digest(_RESULT, content)


def decisive_hashes(events: Iterable[Event]) -> dict[tuple[str, str], str]:
    """The hash of the decision in force on every unit and item that has one.

    Where several reviewers decide, it is the digest of their names with the hashes of their decisions.
    """
    found: dict[tuple[str, str], dict[str, str]] = {}
    for event in events:
        if isinstance(event.body, Decision):
            mine = found.setdefault((event.body.unit, event.body.item), {})
            mine[event.body.reviewer] = event.hash
        elif isinstance(event.body, DecisionWithdrawn):
            found.get((event.body.unit, event.body.item), {}).pop(event.body.reviewer, None)
    return {where: _hash_of(mine) for where, mine in found.items() if mine}


def _hash_of(mine: Mapping[str, str]) -> str:
    return mine[""] if "" in mine else _digest(_SEVERAL, sorted(mine.items()))


def fact_hashes(result: Result) -> dict[tuple[str, str], str]:
    """Without a record: the digest of the rows that stand for each unit and item."""
    found = {}
    for where, facts in result.facts.entries.items():
        # All but the last, the place: where a row stood is no part of what it says.
        rows = sorted(canonical(dict(zip(COLUMNS, row, strict=False))) for row in facts.rows)
        found[where] = _digest(_FACTS, rows)
    return found


def canonical(value: object) -> str:
    """JSON with sorted keys, texts in normal form C, whole numbers, and no white space.

    Raises:
        TypeError: a float, or something whose text would not be stable.
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _digest(domain: bytes, value: object) -> str:
    return hashlib.sha256(domain + canonical(value).encode()).hexdigest()


def _kinds(entry: Item | Veto) -> dict[str, object]:
    rule = getattr(entry, "rule", None)
    return {
        "rule": getattr(rule, "kind", None),
        "facts": {id: fact.ask for id, fact in entry.facts.items()},
    }


def _unit(unit: UnitResult) -> dict[str, object]:
    return {
        "unit": unit.unit,
        "name": unit.name,
        "group": unit.group,
        "tags": sorted(unit.tags),
        "state": unit.state,
        "base": _number(unit.base),
        "bonus": _number(unit.bonus),
        "major_deduction": _number(unit.major_deduction),
        "total": _number(unit.total),
        "rank": unit.rank,
        "grade": unit.grade,
        "coverage": unit.coverage,
        "items": {item.item: [item.state, _number(item.points)] for item in unit.items.values()},
        "sections": {id: _number(points) for id, points in unit.sections.items()},
        "vetoes": {veto.id: [veto.acts, veto.undecided] for veto in unit.vetoes},
        **_charges(unit),
        **_parts(unit),
    }


def _parts(unit: UnitResult) -> dict[str, object]:
    """What each part came to, where the scheme has parts."""
    found = {
        id: {
            "state": part.state,
            "base": _number(part.base),
            "bonus": _number(part.bonus),
            "major_deduction": _number(part.major_deduction),
            "score": _number(part.score),
            "grade": part.grade,
        }
        for id, part in unit.parts.items()
    }
    return {"parts": found} if found else {}


def _charges(unit: UnitResult) -> dict[str, object]:
    """What items take elsewhere, where any does."""
    found = {
        item.item: {where: _number(points) for where, points in item.charges.items()}
        for item in unit.items.values()
        if item.charges
    }
    return {"charges": found} if found else {}


def _number(points: Points | None) -> int | None:
    return None if points is None else int(points)


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    for types, turned in _TURNED:
        if isinstance(value, types):
            return turned(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _plain(_named(value))
    raise TypeError(f"no stable text for {type(value).__name__}")


def _fraction(value: Decimal | Fraction) -> str:
    exact = Fraction(value)
    return f"{exact.numerator}/{exact.denominator}"


_TURNED: Final[tuple[tuple[Any, Callable[[Any], object]], ...]] = (
    (Enum, lambda value: _plain(value.value)),
    (int, int),
    (str, normal),
    ((Decimal, Fraction), _fraction),
    (datetime.date, lambda value: value.isoformat()),
    (dict, lambda value: {_key(key): _plain(each) for key, each in value.items()}),
    ((list, tuple), lambda value: [_plain(each) for each in value]),
    ((set, frozenset), lambda value: sorted(canonical(each) for each in value)),
    (BaseModel, lambda value: _plain(value.model_dump(mode="python", by_alias=True))),
)
"""How each type becomes JSON; a float is not among them."""


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a key that is {type(key).__name__}")
    return normal(key)


def _named(value: object) -> dict[str, object]:
    return {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}  # type: ignore[arg-type]
