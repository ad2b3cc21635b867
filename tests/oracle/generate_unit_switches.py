"""Random switches in the place of numbers beside items: of the total, parts, sections, quotas, effects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.oracle.generate_items import chance
from tests.oracle.generate_switches import TAGS
from tests.oracle.model import KINDS, Table

if TYPE_CHECKING:
    from random import Random

WAYS = ("group", "tag", "date")
SHARES = ("0 %", "33.333 %", "50 %", "80 %", "100 %")


def add_unit_switches(rng: Random, scheme: Table) -> None:
    """Some numbers beside items depend on the unit."""
    if not chance(rng, 0.35):
        return
    groups = list(scheme["groups"])
    for level in (scheme["total"], *scheme.get("part", [])):
        put(rng, level, "full_marks", groups)
        put(rng, level, "bonus_cap", groups)
        put(rng, level, "minimum_coverage", groups)
        put(rng, level.get("bounds", {}), "to", groups)
        put(rng, level.get("bounds", {}), "from", groups)
    for section in scheme["section"]:
        put(rng, section, "cap", groups)
        put(rng, section, "points", groups, ("tag", "date"))
    for entry in (*scheme["veto"], *(item for kind in KINDS for item in scheme[kind])):
        put(rng, entry.get("effect", {}), "at_most", groups)
        put(rng, entry.get("effect", {}), "fixed", groups)
    for grade in scheme["grade"]:
        put(rng, grade.get("quota", {}), "share", groups, ("group", "date"))
    if scheme.get("part") and chance(rng, 0.6):
        other_weights(rng, scheme["part"], groups)


def put(rng: Random, table: Table, key: str, groups: list[str], ways: tuple[str, ...] = WAYS) -> None:
    if key in table and chance(rng, 0.5):
        table[key] = by_case(rng, table[key], groups, ways, key)


def other(rng: Random, value: Any, key: str) -> Any:
    """Another number for the same place; bounds stay in order."""
    if key in ("minimum_coverage", "share"):
        return rng.choice(SHARES)
    if key == "from":
        return min(value, rng.choice((0, -1, -2)))
    if value == "none" or (key == "bonus_cap" and chance(rng, 0.3)):
        return rng.choice(("none", 1, 2))
    return value * rng.choice((1, 1, 2, 3))


def by_case(rng: Random, value: Any, groups: list[str], ways: tuple[str, ...], key: str) -> Table:
    """The value in one case, others in the rest."""
    by = rng.choice(ways)
    if by == "date":
        return {"by": by, "first": value, rng.choice(("2024-01-01", "2024-06-30")): other(rng, value, key)}
    names = groups if by == "group" else rng.sample(TAGS, rng.randint(1, 2))
    kept = rng.sample(names, rng.randint(1, len(names)))
    made = {"by": by} | {name: other(rng, value, key) for name in kept}
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
