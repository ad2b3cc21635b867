"""Small schemes for tests: only what a test is about has to be written down."""

from __future__ import annotations

import copy
import datetime
from typing import TYPE_CHECKING, Any

from govscore.facts.rows import Row
from govscore.scheme.read import scheme_from_mapping
from govscore.scheme.units import Unit
from govscore.scoring.board import Board
from govscore.scoring.facts import read_facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govscore.scoring.result import Result, UnitResult

Table = dict[str, Any]
ONE = (Unit(unit="u", name="示例单位", group="all"),)


def units(*ids: str, **tags: str) -> tuple[Unit, ...]:
    return tuple(
        Unit(unit=id, name=f"示例{id}", group="all", tags=tuple(tags.get(id, "").split())) for id in ids
    )


def scheme(**changes: Any) -> Table:
    """A scheme of 100 points; `total` is merged, everything else replaces or is added."""
    data: Table = {
        "format": 1,
        "scheme": {
            "id": "small",
            "title": "小方案",
            "period": {"from": datetime.date(2024, 1, 1), "to": datetime.date(2024, 12, 31)},
            "points_source": "illustrative",
        },
        "groups": {"all": "全部"},
        "total": {
            "full_marks": 100,
            "places": 2,
            "floor_at": "item",
            "not_applicable": {"policy": "rescale", "to": "own", "within": "part"},
            "bonus_cap": "none",
        },
        "rank": {"ties": "share"},
    }
    changes = copy.deepcopy(changes)
    data["total"] |= changes.pop("total", {})
    return data | changes


def item(id: str, points: Any, rule: Table, **more: Any) -> Table:
    """A base item."""
    return {"id": id, "title": f"项{id}", "points": points, "rule": rule, **more}


def extra(id: str, rule: Table, **more: Any) -> Table:
    """A bonus item or a major deduction."""
    return {"id": id, "title": f"项{id}", "rule": rule, **more}


def veto(id: str, when: str, effect: Table, **more: Any) -> Table:
    return {"id": id, "title": f"否决{id}", "when": when, "effect": effect, **more}


def loses(each: Any = 1, id: str = "x", **more: Any) -> Table:
    """A `deduct` with one line."""
    return {"kind": "deduct", "minus": [{"id": id, "title": "问题", "each": each, **more}]}


def gains(each: Any = 1, id: str = "x", **more: Any) -> Table:
    """An `earn` with one line."""
    return {"kind": "earn", "plus": [{"id": id, "title": "得分点", "each": each, **more}]}


def found(item: str, fact: str = "", value: object = "", *, unit: str = "u", **cells: str) -> Row:
    return Row(unit=unit, item=item, fact=fact, value=str(value), **cells)  # type: ignore[arg-type]


def na(item: str, unit: str = "u") -> Row:
    return found(item, unit=unit, state="na")


def clean(item: str, unit: str = "u") -> Row:
    return found(item, unit=unit, state="none")


def board(data: Table, rows: Iterable[Row], roster: tuple[Unit, ...] = ONE) -> Board:
    made = scheme_from_mapping(data)
    return Board(made, read_facts(rows, made, roster), roster)


def run(data: Table, *rows: Row, roster: tuple[Unit, ...] = ONE) -> Result:
    return board(data, rows, roster).result()


def unit(data: Table, *rows: Row) -> UnitResult:
    """The result of the only unit."""
    return run(data, *rows)["u"]


def one(rule: Table, *rows: Row, points: Any = 3, **more: Any) -> str | None:
    """The points of one base item `i`."""
    reached = unit(scheme(base=[item("i", points, rule, **more)]), *rows).items["i"]
    return None if reached.points is None else str(reached.points)


def of_kind(kind: str, rule: Table, *rows: Row, **more: Any) -> str | None:
    """The points of one bonus item or major deduction `i`, beside a base item without fault."""
    data = scheme(base=[item("b", 100, {"kind": "deduct"})], **{kind: [extra("i", rule, **more)]})
    reached = unit(data, clean("b"), *rows).items["i"]
    return None if reached.points is None else str(reached.points)
