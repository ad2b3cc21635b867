"""Random findings for one unit on one item or veto."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.oracle.facts import asked
from tests.oracle.generate_cases import dated_rows
from tests.oracle.generate_items import chance
from tests.oracle.generate_periods import period_rows
from tests.oracle.generate_reviewers import rows_of_reviewers

if TYPE_CHECKING:
    from random import Random

    from tests.oracle.model import Row, Table

NUMBERS = ("-1.5", "0", "1", "2", "2.5", "3.3333", "4", "4.5", "7", "1.23456", "-4")
WHOLES = ("0", "1", "3", "4", "5", "8", "10", "20", "7.5")
NOTES = ("yes", "no", "是", "否")
DATES = ("2024-01-01", "2024-03-05", "2024-06-30", "2024-12-31")
IN_WINDOW = ("2023-07-01", "2023-12-31", "2024-03-05", "2024-06-30")
ANSWERED_BY_CLEAN = ("count", "once", "points", "cases", "event", "yes_no")


def rows_for(rng: Random, unit: Row, table: Table, mood: str) -> list[Row]:
    """`mood`: complete, open (something may be left out), na, nothing; of every reviewer and period."""
    if "per" in table.get("rule", {}):
        return period_rows(
            rng, table, mood, lambda own, begins: rows_of_one(rng, unit, table, own, begins.isoformat())
        )
    return rows_of_reviewers(rng, table, mood, lambda own: rows_of_one(rng, unit, table, own, None))


def rows_of_one(rng: Random, unit: Row, table: Table, mood: str, begins: str | None) -> list[Row]:
    """What one reviewer establishes once; events of a period begin with its first day."""
    key = {"unit": unit["unit"], "item": str(table["id"])}
    kinds = asked(table)
    if mood == "na":
        return [
            key
            | {"state": "na", "reason": "不涉及"}
            | ({"note": rng.choice(NOTES)} if chance(rng, 0.5) else {})
        ]
    if mood == "nothing" or not kinds:
        return []
    left = sorted(kinds)
    if mood == "open":
        left = [name for name in left if chance(rng, 0.6)]
    rows: list[Row] = []
    clean = chance(rng, 0.5 if mood == "open" else 0.15)
    covered = [name for name in left if clean and by_clean(table, name, kinds[name]) and chance(rng, 0.7)]
    for name in left:
        if name not in covered:
            made = fact_rows(rng, unit, table, name, kinds[name])
            if kinds[name] == "event" and begins:
                made = [row | {"start": begins} if row.get("start") else row for row in made]
            rows += [key | (marked(rng, row) if kinds[name] in MARKED else row) for row in made]
    if covered:
        rows.append(key | {"state": "none"})
    return rows


MARKED = ("count", "once", "points", "cases", "event")


def marked(rng: Random, row: Row) -> Row:
    """The row, now and then with tags, or with a date where it has none."""
    if row.get("state"):
        return row
    made = dict(row)
    if chance(rng, 0.4) and "tags" not in row:
        made["tags"] = " ".join(rng.sample(("public", "window", "else"), rng.randint(1, 2)))
    if chance(rng, 0.4) and "start" not in row and "finish" not in row and row.get("value"):
        made["start"] = rng.choice(DATES)
    return made


def by_clean(table: Table, name: str, kind: str) -> bool:
    if kind == "choice":
        return "clean" in table["facts"][name]
    if kind == "level":
        return any(entry.get("clean") for entry in table["rule"]["levels"])
    return kind in ANSWERED_BY_CLEAN


def fact_rows(rng: Random, unit: Row, table: Table, name: str, kind: str) -> list[Row]:
    if kind in ("count", "once", "points", "cases", "event") and chance(rng, 0.08):
        return [{"fact": name, "state": "none"}]
    if kind == "event":
        return event_rows(rng, table)
    if kind == "points":
        return point_rows(rng, table, name)
    if kind == "cases":
        if chance(rng, 0.65):
            return dated_rows(rng, unit, table["facts"][name], name)
        return case_rows(rng, name)
    if kind == "count":
        return split(rng, name, lambda: str(rng.choice((0, 0, 1, 1, 2, 3, 4))))
    if kind == "once":
        return split(rng, name, lambda: rng.choice(("yes", "no", "no", "是", "否")))
    if kind == "number":
        return [{"fact": name, "value": rng.choice(NUMBERS)}]
    if kind == "ratio":
        return [ratio_row(rng, table, name)]
    if kind == "yes_no":
        return [{"fact": name, "value": rng.choice(("yes", "no", "是", "否"))}]
    if kind == "choice":
        return [{"fact": name, "value": rng.choice(list(table["facts"][name]["of"]))}]
    return [{"fact": "level", "value": rng.choice(table["rule"]["levels"])["id"]}]


def split(rng: Random, name: str, value: object) -> list[Row]:
    """One row, or several with distinct case ids."""
    if not callable(value):
        raise TypeError("value")
    if chance(rng, 0.7):
        return [{"fact": name, "value": value()}]
    return [{"fact": name, "case": f"c{number}", "value": value()} for number in range(rng.randint(1, 3))]


def point_rows(rng: Random, table: Table, name: str) -> list[Row]:
    """Points typed in a `range` row lie within the range, both ends included, and need a reason."""
    lines = [*table["rule"].get("minus", []), *table["rule"].get("plus", [])]
    low, high = next(line["range"] for line in lines if line.get("id") == name)
    if isinstance(high, dict):  # whatever the unit's is
        high = min(value for key, value in high.items() if key != "by")

    def typed() -> str:
        middle = (Decimal(low) + Decimal(high)) / 2
        inside = middle.quantize(Decimal("0.0001"))
        return str(rng.choice((low, high, inside if low <= inside <= high else low)))

    return [row | {"reason": "酌情"} for row in split(rng, name, typed)]


def case_rows(rng: Random, name: str) -> list[Row]:
    fields = rng.sample(("on_time", "late", "early", "missing"), rng.randint(1, 4))
    rows: list[Row] = []
    for entry in fields:
        rows += split(rng, f"{name}.{entry}", lambda: str(rng.choice((0, 1, 1, 2, 3))))
    return rows


def ratio_row(rng: Random, table: Table, name: str) -> Row:
    whole = Decimal(rng.choice(WHOLES))
    share = rng.choice(("0", "0.25", "0.3", "0.5", "0.6", "0.75", "0.85", "1", "0.33333"))
    part = whole * Decimal(share)
    if table["facts"][name].get("over") and chance(rng, 0.4):
        part = whole + 1
    if whole and chance(rng, 0.3):
        part = Decimal(rng.randint(0, int(whole)))
    return {"fact": name, "value": f"{part.normalize():f}", "of": str(whole)}


def event_rows(rng: Random, table: Table) -> list[Row]:
    levels = list(table["rule"]["levels"])
    rows: list[Row] = []
    for number in range(rng.choice((0, 1, 2, 3, 4))):
        days = IN_WINDOW if "window" in table["rule"] else DATES
        row = {"fact": "event", "case": f"e{number}", "value": rng.choice(levels), "start": rng.choice(days)}
        if chance(rng, 0.6):
            row["matter"] = rng.choice(("m1", "m2"))
        if chance(rng, 0.5):
            row["sharers"] = str(rng.choice((1, 2, 3, 7)))
        rows.append(row)
    rng.shuffle(rows)
    return rows or [{"fact": "event", "state": "none"}]
