"""Random switches in the place of numbers and limits of items: by group, tag, date and level."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.oracle.generate_items import chance
from tests.oracle.model import KINDS, Table

if TYPE_CHECKING:
    from random import Random

TAGS = ("public", "window", "no-web")
AMOUNTS = ("times", "each", "once", "cap", "points", "minus_cap", "plus_cap", "at", "to", "target", "every")
THRESHOLDS = ("short_of", "beyond")


def add_switches(rng: Random, scheme: Table, groups: list[str]) -> None:
    """Some numbers of some items depend on the case."""
    if not chance(rng, 0.4):
        return
    summed = {section["id"] for section in scheme["section"] if "points" in section}
    for kind in KINDS:
        for item in scheme[kind]:
            if "per" in item["rule"] or not chance(rng, 0.5):
                continue
            levels = picked_levels(item)
            switch_inside(rng, item["rule"], groups, levels)
            key = "points" if kind == "base" else "cap"
            if key in item and not summed and chance(rng, 0.5):
                item[key] = switch(rng, item[key], groups, [], ("group", "tag", "date"))


def picked_levels(item: Table) -> list[str]:
    levels = item["rule"].get("levels", [])
    picked = isinstance(levels, list) and all("when" not in level for level in levels)
    return [level["id"] for level in levels] if picked else []


def switch_inside(  # noqa: C901  one branch for each form of a value
    rng: Random, table: Table, groups: list[str], levels: list[str]
) -> None:
    events = table.get("kind") == "events"
    for key, value in table.items():
        if key == "window":  # days, which no switch decides
            continue
        if isinstance(value, dict) and key == "levels" and events:
            for level, worth in value.items():
                if not isinstance(worth, dict) and chance(rng, 0.3):
                    value[level] = switch(rng, worth, groups, [], ("group", "tag", "date"))
        elif isinstance(value, dict):
            switch_inside(rng, value, groups, levels)
        elif key == "range" and chance(rng, 0.35):
            value[1] = switch(rng, value[1], groups, [], ("group", "tag", "date"))
        elif isinstance(value, list) and key in ("minus", "plus", "levels"):
            for each in value:
                switch_inside(rng, each, groups, levels)
        elif isinstance(value, (list, date)) or value in ("best", "mean"):  # a window; the group
            continue
        elif key in (*AMOUNTS, *THRESHOLDS) and chance(rng, 0.35):
            ways: tuple[str, ...] = ("group", "tag", "date")
            if key == "times" and "kind" in table:
                ways = ("group",)
            table[key] = switch(rng, value, groups, levels, (*ways, "level") if levels else ways)


def switch(rng: Random, value: Any, groups: list[str], levels: list[str], ways: tuple[str, ...]) -> Table:
    """Every case with the value or one like it; `other` where it may be left out now and then."""
    by = rng.choice(ways)
    if by == "date":
        made: Table = {"by": "date", "first": like(rng, value)}
        return made | {
            day: like(rng, value)
            for day in rng.sample(("2024-01-01", "2024-03-01", "2024-06-30"), rng.randint(1, 2))
        }
    names = {"group": groups, "tag": list(TAGS), "level": levels}[by]
    kept = rng.sample(names, rng.randint(1, len(names)))
    made = {"by": by} | {name: like(rng, value) for name in kept}
    if by == "tag" or len(kept) < len(names) or chance(rng, 0.2):
        made["other"] = like(rng, value)
    return made


def like(rng: Random, value: Any) -> Any:
    """The value, or a larger one that has no more decimals."""
    if isinstance(value, str):
        number = Decimal(value.strip().removesuffix("%"))
        return f"{number * rng.choice((1, 1, 2))} %"
    return value * rng.choice((1, 1, 2, 3)) if value else value
