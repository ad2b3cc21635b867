"""Random tables of the whole: full marks, gates, caps, bounds."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.oracle.generate_items import chance, points

if TYPE_CHECKING:
    from random import Random

    from tests.oracle.model import Table


def full_sum(items: list[Table]) -> Decimal:
    return sum((Decimal(item["points"]) for item in items), Decimal(0))


def total_table(rng: Random, scheme: Table, grades: list[str]) -> Table:
    full = full_sum(scheme["base"]) if chance(rng, 0.6) else Decimal(rng.choice((100, 100, 30, 7)))
    made: Table = {
        "full_marks": full,
        "places": rng.randint(0, 4),
        "floor_at": rng.choice(("item", "section", "none")),
        "not_applicable": policy(rng, own=False),
    }
    if scheme["bonus"] or chance(rng, 0.2):
        cap = rng.choice(("1", "2", "3", "5", "0.5", "1.6667"))
        made["bonus_cap"] = "none" if chance(rng, 0.3) else points(cap)
    if chance(rng, 0.5):
        grade = rng.choice(grades) if grades else "不合格"
        made["fail"] = {"when": gate(rng, full, ("<", "<=")), "grade": grade}
    if scheme["bonus"] and chance(rng, 0.4):
        made["bonus_when"] = gate(rng, full, (">", ">="))
    if chance(rng, 0.3):
        made["bounds"] = bounds(rng, full)
    if chance(rng, 0.1):
        made["times"] = rng.choice((2, points("1.5"), points("0.25")))
    if chance(rng, 0.3):
        made["minimum_coverage"] = rng.choice(("0 %", "50 %", "66.667 %", "80 %", "100 %"))
    return made


def policy(rng: Random, *, own: bool) -> Table:
    """What becomes of items that are not applicable: of all of them, or of one."""
    name = rng.choice(("rescale", "rate", "peer_mean") if own else ("rescale",) * 8 + ("rate", "peer_mean"))
    if name == "rescale":
        scaled = {"to": rng.choice(("own", "full")), "within": rng.choice(("part", "section"))}
        return {"policy": name} | ({} if own else scaled)
    made: Table = {"policy": name}
    if name == "rate":
        made["rate"] = rng.choice(("60 %", "100 %", "33.333 %", "0 %"))
        if chance(rng, 0.6):
            made["without_note"] = rng.choice(("0 %", "30 %", "66.667 %"))
    return made


def gate(rng: Random, full: Decimal, operators: tuple[str, ...]) -> str:
    limit = rng.choice(("40 %", "50 %", "60 %", "66.667 %", str((full / 2).quantize(Decimal("0.01")))))
    text = f"base {rng.choice(operators)} {limit}"
    if chance(rng, 0.1):
        text += " and base >= 0"
    elif chance(rng, 0.1):
        text += f" or base = {full}"
    return text


def bounds(rng: Random, full: Decimal) -> Table:
    limits: Table = {"from": rng.choice((0, -1, 1)), "to": full + rng.choice((0, 1, -1)) + 2}
    wanted = rng.choice((["from"], ["to"], ["from", "to"]))
    return {side: limits[side] for side in wanted}
