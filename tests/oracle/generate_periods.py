"""Random items that are asked in every period, and findings on them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.oracle.generate_items import chance, points, small
from tests.oracle.model import KINDS
from tests.oracle.periods import periods_touched

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.oracle.model import Row, Table

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
NUMBERS = {"month": 12, "quarter": 4, "week": 53}


def add_periods(rng: Random, scheme: Table) -> None:
    """Some items are asked every quarter or month, few every week."""
    if not chance(rng, 0.35):
        return
    for kind in KINDS:
        for item in scheme[kind]:
            if chance(rng, 0.4):
                by_period(rng, item, kind)


def by_period(rng: Random, item: Table, kind: str) -> None:
    rule = item["rule"]
    rule.pop("window", None)
    rule["per"] = rng.choice((*("quarter",) * 12, *("month",) * 4, "week"))
    combines = ["sum", "mean"]
    if rule["kind"] in ("deduct", "earn"):
        combines += ["lines", "lines"]
    rule["combine"] = rng.choice(combines)
    if rule["combine"] != "sum":
        return
    full = item.get("points" if kind == "base" else "cap")
    rule["each_period"] = one_period(rng, rule, full)
    if "bounds" in rule:
        rule["bounds"] = {"from": 0 if kind == "major_deduction" else rng.choice((-1, 0))}


def one_period(rng: Random, rule: Table, full: int | Decimal | None) -> int | Decimal | str:
    """Mostly such that all periods together give the item's points, or less."""
    if full is None:
        return small(rng)
    if chance(rng, 0.2):
        return {"quarter": "25 %", "month": "8 %", "week": "1 %"}[rule["per"]]
    even = (Decimal(full) / NUMBERS[rule["per"]]).quantize(Decimal("0.0001"), "ROUND_DOWN")
    if generous(rule) and chance(rng, 0.5):
        even *= rng.choice((2, 3))
    return points(str(max(even, Decimal("0.0001")).normalize().quantize(Decimal("0.0001"))))


def generous(rule: Table) -> bool:
    """Whether no start can lack a value, so that all periods stay applicable."""
    return rule["kind"] in ("deduct", "earn", "events")


def exceeds(item: Table, kind: str) -> bool:
    """Whether the periods together are worth more than the item."""
    rule, full = item["rule"], item.get("points" if kind == "base" else "cap")
    each = rule.get("each_period")
    if full is None or each is None or isinstance(each, str):
        return False
    return Decimal(each) * NUMBERS[rule["per"]] > Decimal(full)


def period_rows(rng: Random, table: Table, mood: str, once: Callable[[str, date], list[Row]]) -> list[Row]:
    """Rows of every period; `once` makes those of one, in a mood and from its first day."""
    if mood == "na" and chance(rng, 0.5):
        return once("na", FIRST)
    rows: list[Row] = []
    whole = exceeds(table, "base" if "points" in table else "bonus")
    for period, begins in periods_touched(table["rule"]["per"], FIRST, LAST).items():
        own = mood
        if mood == "complete" and not whole and chance(rng, 0.12):
            own = "na"
        if mood == "open" and chance(rng, 0.6):
            own = "complete"
        rows += [row | {"period": period} for row in once(own, max(begins, FIRST))]
    return rows
