"""Random switches in the place of numbers beside items: of the total, parts, sections, quotas, effects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.oracle.generate_items import chance
from tests.oracle.generate_switches import TAGS
from tests.oracle.model import KINDS, Table

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Other = Callable[[Any], Any]

WAYS = ("group", "tag", "date")
SHARES = ("0 %", "33.333 %", "50 %", "80 %", "100 %")


def add_unit_switches(rng: Random, scheme: Table) -> None:
    """Some numbers beside items depend on the unit."""
    if not chance(rng, 0.35):
        return
    groups = list(scheme["groups"])

    def larger(value: Any) -> Any:
        return value * rng.choice((1, 1, 2, 3))

    def capped(value: Any) -> Any:
        return rng.choice(("none", 1, 2)) if value == "none" or chance(rng, 0.3) else larger(value)

    def put(table: Table, key: str, other: Other, ways: tuple[str, ...] = WAYS) -> None:
        if key in table and chance(rng, 0.5):
            table[key] = by_case(rng, table[key], other, groups, ways)

    for level in (scheme["total"], *scheme.get("part", [])):
        put(level, "full_marks", larger)
        put(level, "bonus_cap", capped)
        put(level, "minimum_coverage", lambda _value: rng.choice(SHARES))
        if "bounds" in level:
            level["bounds"] = dict(level["bounds"])
            put(level["bounds"], "to", larger)
            put(level["bounds"], "from", lambda value: min(value, rng.choice((0, -1, -2))))
    for section in scheme["section"]:
        put(section, "cap", larger)
        put(section, "points", larger, ("tag", "date"))
    for entry in (*scheme["veto"], *(item for kind in KINDS for item in scheme[kind])):
        for key in ("at_most", "fixed") if "effect" in entry else ():
            put(entry["effect"], key, larger)
    for grade in scheme["grade"]:
        if "quota" in grade:
            grade["quota"] = dict(grade["quota"])
            put(grade["quota"], "share", lambda _value: rng.choice(SHARES), ("group", "date"))
    if scheme.get("part") and chance(rng, 0.6):
        other_weights(rng, scheme["part"], groups)


def by_case(rng: Random, value: Any, other: Other, groups: list[str], ways: tuple[str, ...]) -> Table:
    """The value in one case, others in the rest."""
    by = rng.choice(ways)
    if by == "date":
        return {"by": by, "first": value, rng.choice(("2024-01-01", "2024-06-30")): other(value)}
    names = groups if by == "group" else rng.sample(TAGS, rng.randint(1, 2))
    kept = rng.sample(names, rng.randint(1, len(names)))
    made = {"by": by} | {name: other(value) for name in kept}
    return made | ({"other": value} if by == "tag" or len(kept) < len(groups) else {})


def other_weights(rng: Random, parts: list[Table], groups: list[str]) -> None:
    """The weights change places in some case, so that they still add up."""
    weights = [part["weight"] for part in parts]
    turned = weights[1:] + weights[:1]
    by = rng.choice(WAYS)
    case = {"group": groups[0], "tag": rng.choice(TAGS), "date": "2024-01-01"}[by]
    rest = "first" if by == "date" else "other"
    for part, weight, new in zip(parts, weights, turned, strict=True):
        part["weight"] = {"by": by, case: new, rest: weight}
