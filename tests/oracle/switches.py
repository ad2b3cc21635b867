"""Switches: numbers that depend on group, date, level or tag, replaced by what holds for a unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from tests.oracle.arithmetic import percent
from tests.oracle.model import Finding, Item, Row, Scheme, Seen, Table

Pick = Callable[[Table], list[Any] | None]
"""The values of a switch that fit; None: it is not decided here."""


def for_unit(item: Item, unit: Row, first_day: object, seen: Seen) -> Item:
    """What the unit's group and tags decide; `date` without a date: the period's first day."""
    tags = unit.get("tags", "").split()

    def pick(switch: Table) -> list[Any] | None:
        if switch["by"] == "the unit":
            return [tags, str(first_day)]
        if switch["by"] == "group":
            return [switch.get(unit["group"], switch.get("other"))]
        if switch["by"] == "date":
            return [on_day(switch, str(first_day))]
        if switch["by"] == "tag":
            return tagged(switch, tags, seen)
        return None

    return replace_all(item, pick, seen)


LEVELS = ("full_marks", "bonus_cap", "minimum_coverage", "weight", "points", "cap")


def scheme_for_unit(scheme: Scheme, unit: Row, first_day: object, seen: Seen) -> Scheme:
    """Numbers beside items and of effects: the unit's group and tags, and the first day, decide."""
    tags = unit.get("tags", "").split()

    def one(value: Any, name: str) -> Any:
        if not isinstance(value, dict) or "by" not in value:
            return value
        seen[f"switch:by {value['by']} of {name}"] += 1
        if value["by"] == "group":
            return value.get(unit["group"], value.get("other"))
        if value["by"] == "date":
            return on_day(value, str(first_day))
        fitting = tagged(value, tags, seen)
        return "none" if "none" in fitting else max(fitting, key=lambda each: size(each, None))

    def level(table: Table, kind: str) -> Table:
        made = {
            key: one(value, f"{key} of a {kind}") if key in LEVELS else value for key, value in table.items()
        }
        for key, where in (("bounds", "bounds"), ("effect", "an effect"), ("quota", "a quota")):
            if key in made:
                made[key] = {side: one(value, f"{side} of {where}") for side, value in made[key].items()}
        return made

    table = dict(scheme.table)
    table["total"] = level(table["total"], "total")
    for key, kind in (("part", "part"), ("section", "section"), ("grade", "grade"), ("veto", "veto")):
        table[key] = [level(each, kind) for each in table.get(key, [])]
    items = []
    for item in scheme.items:
        effect = {
            key: one(value, f"{key} of an effect") for key, value in item.table.get("effect", {}).items()
        }
        items.append(replace(item, table=item.table | {"effect": effect}) if effect else item)
    sections = {section["id"]: section for section in table["section"]}
    return Scheme(table, tuple(items), sections)


def for_level(item: Item, finding: Finding, seen: Seen) -> Item:
    """`level`: the level picked in a `level` rule."""
    fact = finding.facts.get("level")
    if fact is None or fact.kind != "level":
        return item
    return replace_all(
        item, lambda switch: [of_level(switch, str(fact.word))] if switch["by"] == "level" else None, seen
    )


def of_level(switch: Table, level: str) -> Any:
    return switch.get(level, switch.get("other"))


def on_day(switch: Table, day: str) -> Any:
    """From that day on; before the first of them `first`."""
    days = sorted(key for key in switch if key not in ("by", "first", "unit's") and key <= day)
    return switch[days[-1]] if days else switch["first"]


def tagged(switch: Table, tags: list[str], seen: Seen) -> list[Any]:
    fitting = [switch[tag] for tag in switch if tag not in ("by", "other") and tag in tags]
    if len(fitting) > 1:
        seen["switch:two tags match"] += 1
    return fitting or [switch["other"]]


def replace_all(item: Item, pick: Pick, seen: Seen) -> Item:
    """The points (or cap) first: percentages refer to them, and two tags match: the larger amount."""
    table = dict(item.table)
    for key in ("points", "cap"):
        if key in table:
            table[key] = chosen(table[key], pick, None, f"the {key} of an item", seen)
    full = replace(item, table=table).full if not is_switch(table, item.kind) else None
    rule = dict(table["rule"])
    table["rule"] = inside(rule, pick, full, "rule", seen)
    return replace(item, table=table)


def is_switch(table: Table, kind: str) -> bool:
    return isinstance(table.get("points" if kind == "base" else "cap"), dict)


def inside(value: Any, pick: Pick, full: Fraction | None, name: str, seen: Seen) -> Any:
    if isinstance(value, dict) and "by" in value:
        return chosen(value, pick, full, name, seen)
    if (
        isinstance(value, dict) and name == "levels" and "id" not in value
    ):  # of events: each has its date and tags
        return {
            key: prepared(each, pick) if row_decides(each) else inside(each, pick, full, key, seen)
            for key, each in value.items()
        }
    if isinstance(value, dict):
        by_rows = "id" in value or "count" in value
        return {
            key: prepared(each, pick)
            if by_rows and key in ROW_KEYS and row_decides(each)
            else inside(each, pick, full, key, seen)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [inside(each, pick, full, name, seen) for each in value]
    return value


def prepared(switch: Table, pick: Pick) -> Table:
    """A switch that rows decide, with what the unit adds: its tags, and the first day."""
    added = pick({"by": "the unit"})
    return switch if added is None else switch | {"unit's": added}


def of_row(value: Any, row: Row, full: Fraction | None, seen: Seen, name: str) -> Fraction:
    """What a number comes to for one row: its own date; its own and the unit's tags, the larger amount."""
    if not (isinstance(value, dict) and row_decides(value)):
        return size(value, full)
    tags, first_day = value["unit's"]
    own = row.get("tags", "").split()
    seen[f"switch:rows by {value['by']} of {name}"] += 1
    if value["by"] == "date":
        if not row.get("start"):
            seen["switch:rows without a date"] += 1
        return size(on_day(value, row.get("start", "")[:10] or first_day), full)
    known = [tag for tag in {*own, *tags} if tag in value and tag not in ("by", "other", "unit's")]
    if len(known) > 1:
        seen["switch:rows with two tags that match"] += 1
    return max(size(each, full) for each in ([value[tag] for tag in known] or [value["other"]]))


ROW_KEYS = ("each", "once", "times")


def row_decides(value: Any) -> bool:
    """Rows have dates and tags of their own."""
    return isinstance(value, dict) and value.get("by") in ("date", "tag")


def chosen(value: Any, pick: Pick, full: Fraction | None, name: str, seen: Seen) -> Any:
    if not isinstance(value, dict) or "by" not in value:
        return value
    fitting = pick(value)
    if fitting is None:
        return value
    seen[f"switch:by {value['by']} of {name}"] += 1
    return max(fitting, key=lambda each: size(each, full))


def size(value: Any, full: Fraction | None) -> Fraction:
    """What an amount comes to."""
    if isinstance(value, str):
        return percent(value) * (full if full is not None else 1)
    return Fraction(value)
