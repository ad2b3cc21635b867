"""Random vetoes and effects."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.oracle.generate_items import Draft, chance, comparison, small, title

if TYPE_CHECKING:
    from random import Random

    from tests.oracle.model import Table

ForeignFact = tuple[str, str, list[str]]


def effect(rng: Random, grades: list[str], *, with_stop: bool) -> Table:
    """One of stop, zero, at_most, fixed, or none; plus `cap_grade`; `grade` beside `at_most` or `fixed`."""
    grade = rng.choice(grades) if grades else "不合格"
    made: Table
    kinds = ["zero", "at_most", "at_most", "fixed", *(["cap_grade", "cap_grade"] if grades else [])]
    kind = rng.choice([*kinds, "stop", "stop"] if with_stop else kinds)
    if kind in ("at_most", "fixed"):
        made = {kind: rng.choice((0, 3, 5, 10, Decimal("2.5"), 59, -2))}
        if chance(rng, 0.5):
            made["grade"] = grade
    else:
        made = {kind: grade}
    if grades and kind in ("zero", "at_most", "fixed") and chance(rng, 0.3):
        made["cap_grade"] = rng.choice(grades)
    return made


def veto(
    rng: Random,
    name: str,
    foreign: list[ForeignFact],
    items: list[Table],
    names: list[str],
    grades: list[str],
) -> Table:
    draft = Draft(rng, "veto", None)
    made: Table = {"id": name, "title": title(rng), "effect": effect(rng, grades, with_stop=True)}
    for _ in range(rng.choice((0, 1, 1, 2))):
        draft.some_fact()
    choices: list[str] = []
    for readable, ask in draft.readable.items():
        choices.append(comparison(rng, readable, ask, list(draft.facts.get(readable, {}).get("of", []))))
    choices += [comparison(rng, *fact) for fact in rng.sample(foreign, min(2, len(foreign)))]
    if "stop" not in made["effect"]:
        choices += [points_comparison(rng, item) for item in rng.sample(items, min(2, len(items)))]
    if not choices:
        draft.fact("yes_no")
        choices = [f"{fact} = yes" for fact in draft.readable]
    picked = rng.sample(choices, rng.randint(1, min(3, len(choices))))
    made["when"] = rng.choice((" and ", " or ")).join(picked)
    if chance(rng, 0.3):
        made["warn_when"] = rng.choice((" and ", " or ")).join(rng.sample(choices, min(2, len(choices))))
    if draft.facts:
        made["facts"] = draft.facts
    if chance(rng, 0.25):
        made["applies_to"] = rng.sample(names, rng.randint(1, min(3, len(names))))
    return made


def points_comparison(rng: Random, item: Table) -> str:
    operator = rng.choice(("<", "<=", ">=", "=", ">", "!="))
    if ("points" in item or "cap" in item) and chance(rng, 0.5):
        return f"{item['id']}/points {operator} {rng.choice(('0 %', '25 %', '33.333 %', '50 %', '100 %'))}"
    return f"{item['id']}/points {operator} {rng.choice((0, 1, small(rng)))}"
