"""Random parts: what a scheme without them states in [total] is divided among them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.oracle.generate_items import chance, points, title
from tests.oracle.generate_totals import bounds, full_sum, gate, policy
from tests.oracle.model import KINDS, Table

if TYPE_CHECKING:
    from random import Random

    from tests.oracle.model import Row, Unit

NAMES = ("web", "media", "year-end", "daily.1")
WEIGHTS = (
    ("30 %", "70 %"), ("50 %", "50 %"), ("12.5 %", "87.5 %"), ("33.333 %", "33.333 %", "33.334 %"),
    ("20 %", "30 %", "50 %"), ("0.0001 %", "99.9999 %"), ("100 %",), ("40 %", "60 %"),
)  # fmt: skip


def divide(rng: Random, scheme: Table, grades: list[str]) -> None:
    """Parts for the whole scheme: base items in one each, others in one or in the total."""
    weights = rng.choice(WEIGHTS)
    names = list(NAMES[: len(weights)])
    tops = [table for table in scheme["section"] if "section" not in table]
    sections = {table["id"]: table for table in scheme["section"]}
    with_base = {top_of(item, sections)["id"] for item in scheme["base"]}
    loose = [item for kind in KINDS for item in scheme[kind] if "section" not in item]
    for table in (*tops, *loose):
        if table["id"] in with_base or chance(rng, 0.6):
            table["part"] = rng.choice(names)
    shares = zip(names, weights, strict=True)
    scheme["part"] = [part_table(rng, scheme, grades, name, weight) for name, weight in shares]
    for key in ("floor_at", "not_applicable", "times"):
        scheme["total"].pop(key, None)
    add_vetoes(rng, scheme, names)


def top_of(table: Table, sections: dict[str, Table]) -> Table:
    while "section" in table:
        table = sections[table["section"]]
    return table


def inside(scheme: Table, kind: str, name: str | None) -> list[Table]:
    sections = {table["id"]: table for table in scheme["section"]}
    return [item for item in scheme[kind] if top_of(item, sections).get("part") == name]


def part_table(rng: Random, scheme: Table, grades: list[str], name: str, weight: str) -> Table:
    own = full_sum(inside(scheme, "base", name))
    full = own if own and chance(rng, 0.6) else Decimal(rng.choice((100, 60, 30, 7)))
    made: Table = {
        "id": name,
        "title": title(rng),
        "weight": weight,
        "full_marks": full,
        "floor_at": rng.choice(("item", "section", "none")),
        "not_applicable": policy(rng, own=False),
    }
    if inside(scheme, "bonus", name):
        made["bonus_cap"] = rng.choice(("none", 1, 3, points("0.5")))
        if chance(rng, 0.5):
            made["bonus_when"] = gate(rng, full, (">", ">="))
    if chance(rng, 0.3):
        made["fail"] = {
            "when": gate(rng, full, ("<", "<=")), "grade": rng.choice(grades[1:]) if grades else "不合格",
        }  # fmt: skip
    if chance(rng, 0.35):
        made["bounds"] = bounds(rng, rng.choice((full, full // 2)))
    if chance(rng, 0.1):
        made["times"] = rng.choice((2, points("1.5"), points("0.25")))
    return made


def add_vetoes(rng: Random, scheme: Table, names: list[str]) -> None:
    """Some vetoes act on a part; then its stops need a word what becomes of the total."""
    of_total = {f"{item['id']}/points" for item in inside(scheme, "bonus", None)}
    for veto in scheme["veto"]:
        words = set(f"{veto['when']} {veto.get('warn_when', '')}".split())
        if chance(rng, 0.6) and not ("bonus_when" in scheme["total"] and of_total & words):
            veto["part"] = rng.choice(names)
    if any("part" in veto and "stop" in veto["effect"] for veto in scheme["veto"]) or chance(rng, 0.1):
        scheme["total"]["stopped_part"] = rng.choice(("stop", "zero", "zero"))


def gates_on_marks(rng: Random, scheme: Table, _units: list[Row], results: dict[str, Unit]) -> None:
    """Gates of parts exactly at bases that occur."""
    for part in scheme.get("part", ()):
        bases = [unit.parts[part["id"]].base for unit in results.values() if part["id"] in unit.parts]
        known = [base for base in bases if base and base > 0 and (base * 10_000).denominator == 1]
        if known and "bonus_when" in part and chance(rng, 0.4):
            part["bonus_when"] = f"base {rng.choice(('>', '>='))} {points(str(float(rng.choice(known))))}"
