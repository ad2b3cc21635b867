"""Compares the oracle with another implementation, unit by unit and exactly.

`run(scheme_text, units, findings)` gives for each unit id a dict with `state`, `base`, `bonus`,
`major_deduction`, `charged` (what items take from the total), `total` (decimal text or None, the
calculation's own number), `rank` (int or None), `grade`, `missed` (grades whose quota had no place),
`warnings` (ids of vetoes that warn), `coverage` (a Fraction or None), `parts` {id: {"state",
"base", "bonus", "major_deduction", "score", "grade"}} and
`items` {id: {"state": …, "points": decimal text or None}}.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tests.oracle.arithmetic import decimal_text

if TYPE_CHECKING:
    from tests.oracle.generate import Case
    from tests.oracle.model import Part, Row, Unit

Answer = dict[str, Any]
Run = Callable[[str, list["Row"], list["Row"]], dict[str, Answer]]
PART_AMOUNTS = ("base", "bonus", "major_deduction", "score")
AMOUNTS = ("base", "bonus", "major_deduction", "charged", "total")


def differences(case: Case, run: Run, *, locks_without_base: bool = True) -> list[str]:
    """What differs, one sentence each; nothing if both agree.

    With `locks_without_base = False` the bonus items of stopped and unassessed units are left out: such a
    unit has no base for the gate to read.
    """
    expected = case.expected
    actual = run(case.scheme_text, case.units, case.findings)
    found = [f"unit {name}: only on one side" for name in sorted(set(expected) ^ set(actual))]
    for name in sorted(set(expected) & set(actual)):
        left_out = set() if locks_without_base else unread_bonus(case, expected[name])
        found += [f"unit {name}: {text}" for text in of_unit(expected[name], actual[name], left_out)]
    return found


def unread_bonus(case: Case, unit: Unit) -> set[str]:
    from tests.oracle.language import read_scheme

    if unit.state not in ("stopped", "unassessed"):
        return set()
    return {item.id for item in read_scheme(case.scheme_text).items if item.kind == "bonus"}


def of_unit(expected: Unit, actual: Answer, left_out: set[str]) -> list[str]:
    found = []
    for name in AMOUNTS:
        wanted: Fraction | None = getattr(expected, name)
        if not same(wanted, actual[name]):
            found.append(unequal(name, shown(wanted), actual[name]))
    found += [
        unequal(name, getattr(expected, name), actual[name])
        for name in ("state", "rank", "grade", "missed")
        if getattr(expected, name) != actual[name]
    ]
    if expected.warnings is not None and expected.warnings != actual["warnings"]:
        found.append(unequal("warnings", expected.warnings, actual["warnings"]))
    if expected.coverage != actual["coverage"]:
        found.append(unequal("coverage", expected.coverage, actual["coverage"]))
    found += [
        unequal(f"{what} of part {id}", wanted, actual["parts"][id][what])
        for id, part in expected.parts.items()
        for what, wanted in part_answer(part).items()
        if not alike(wanted, actual["parts"][id][what], amount=what in PART_AMOUNTS)
    ]
    return found + of_items(expected, actual["items"], left_out)


def alike(wanted: str | None, actual: str | None, *, amount: bool) -> bool:
    if amount and wanted is not None and actual is not None:
        return Fraction(wanted) == Fraction(actual)
    return wanted == actual


def part_answer(part: Part) -> dict[str, str | None]:
    return {
        "state": part.state,
        "base": shown(part.base),
        "bonus": shown(part.bonus),
        "major_deduction": shown(part.major_deduction),
        "score": shown(part.score),
        "grade": part.grade,
    }


def of_items(expected: Unit, actual: dict[str, Answer], left_out: set[str]) -> list[str]:
    wanted = set(expected.items) - left_out
    present = set(actual) - left_out
    found = [f"item {name}: only on one side" for name in sorted(wanted ^ present)]
    for name in sorted(wanted & present):
        state, points = expected.items[name]
        if state != actual[name]["state"]:
            found.append(unequal(f"state of item {name}", state, actual[name]["state"]))
        if not same(points, actual[name]["points"]):
            found.append(unequal(f"points of item {name}", shown(points), actual[name]["points"]))
    return found


def same(expected: Fraction | None, actual: str | None) -> bool:
    if expected is None or actual is None:
        return expected is None and actual is None
    return Fraction(actual) == expected


def shown(amount: Fraction | None) -> str | None:
    return None if amount is None else decimal_text(amount, 8)


def unequal(what: str, expected: object, actual: object) -> str:
    return f"{what}: oracle {expected}, engine {actual}"


def as_answers(results: dict[str, Unit]) -> dict[str, Answer]:
    """The oracle's own results in the shape that `differences` expects of `run`."""
    return {
        name: {
            **{amount: shown(getattr(unit, amount)) for amount in AMOUNTS},
            "state": unit.state,
            "rank": unit.rank,
            "grade": unit.grade,
            "missed": unit.missed,
            "warnings": unit.warnings,
            "coverage": unit.coverage,
            "parts": {id: part_answer(part) for id, part in unit.parts.items()},
            "items": {
                item: {"state": state, "points": shown(points)}
                for item, (state, points) in unit.items.items()
            },
        }
        for name, unit in results.items()
    }
