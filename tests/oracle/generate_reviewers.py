"""Random `reviewers`, and findings of several reviewers who agree, nearly agree or do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.facts import asked
from tests.oracle.generate_items import chance, looks_at_the_group, points

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.oracle.model import Row, Table

NAMES = ("甲", "乙", "丙", "丁", "戊", "己")
LEADER = "主任"


def way(rng: Random, full: object) -> object:
    """A way in which several points become one."""
    take = rng.choice(("mean", "median", "trimmed", "pair", "pair", "same"))
    if take == "same":
        return "same" if chance(rng, 0.7) else {"take": "same", "raters": 3}
    if take == "pair":
        tolerance: object = points(rng.choice(("0", "0.5", "1", "2")))
        if full is not None and chance(rng, 0.3):
            tolerance = rng.choice(("10 %", "33.333 %", "50 %"))
        made: Table = {"take": "pair", "tolerance": tolerance, "leader": LEADER}
        return made | ({"raters": 3} if chance(rng, 0.2) else {})
    made = {"take": take, "raters": rng.choice((2, 2, 3))}
    return made | ({"above": rng.choice((2, 3, 4))} if take == "trimmed" else {})


def add_reviewers(rng: Random, scheme: Table) -> None:
    """Of some items several reviewers; what a veto reads, and what acts by itself, is not combined."""
    if not chance(rng, 0.4):
        return
    read = {name for veto in scheme["veto"] for name in items_read(veto)}
    for item in (item for kind in ("base", "bonus", "major_deduction") for item in scheme[kind]):
        for line in (*item["rule"].get("minus", ()), *item["rule"].get("plus", ())):
            read |= {*line["yields_to"], item["id"]} if "yields_to" in line else set()
    for kind in ("base", "bonus", "major_deduction"):
        for item in scheme[kind]:
            if "per" not in item["rule"] and chance(rng, 0.5):
                alone = "effect" in item or item["rule"]["kind"] == "events" or item["id"] in read
                alone = alone or looks_at_the_group(item["rule"])
                item["reviewers"] = "same" if alone else way(rng, item.get("points", item.get("cap")))
    for veto in scheme["veto"]:
        if chance(rng, 0.3):
            veto["reviewers"] = "same"


def items_read(veto: Table) -> list[str]:
    """The items whose facts a veto reads."""
    words = f"{veto['when']} {veto.get('warn_when', '')}".split()
    return [word.partition("/")[0] for word in words if "/" in word and not word.endswith("/points")]


def take_of(table: Table) -> str:
    stated = table.get("reviewers", "single")
    return str(stated if isinstance(stated, str) else stated["take"])


def rows_of_reviewers(rng: Random, table: Table, mood: str, make: Callable[[str], list[Row]]) -> list[Row]:
    """What each reviewer found: mostly enough of them, mostly near each other."""
    take = take_of(table)
    if take == "single" or mood == "nothing" or not asked(table):
        return make(mood)
    number = rng.choice((2, 3, 3, 3, 4, 6))
    if mood == "open":
        number = rng.choices((1, 2, 3, 4, 6), (1, 5, 5, 2, 1))[0]
    first = make(mood)
    rows: list[Row] = []
    for name in NAMES[:number]:
        own = first
        if name != NAMES[0] and not chance(rng, 0.85 if take == "same" else 0.4):
            still_na = mood == "na" and chance(rng, 0.95)
            own = make("na" if still_na else rng.choice(("complete", "complete", mood)))
        rows += [row | {"reviewer": name} | reasons(rng, row, name) for row in own]
    if take == "pair" and chance(rng, 0.7):
        said = make(rng.choices(("complete", "na", "open"), (5, 4, 1))[0])
        rows += [row | {"reviewer": LEADER} for row in said]
    return rows


def reasons(rng: Random, row: Row, name: str) -> Row:
    """Reasons and notes aside."""
    return {"reason": f"{name}核定", "note": rng.choice(("", "yes"))} if chance(rng, 0.2) else {}
