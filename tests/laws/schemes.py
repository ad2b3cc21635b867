"""Small schemes for the laws, drawn by hypothesis; plain faults only: here the laws hold throughout."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from govscore.facts.rows import Row
from govscore.scheme.read import scheme_from_mapping
from govscore.scheme.units import Unit
from govscore.scoring.facts import read_facts
from govscore.scoring.score import score

if TYPE_CHECKING:
    from govscore.scheme.model import Scheme
    from govscore.scoring.result import Result

UNITS = tuple(Unit(unit=f"u{number}", name=f"示例{number}", group="all") for number in range(3))


@dataclass(frozen=True)
class World:
    """A scheme as a mapping and the faults of every unit: counts by (unit, item, line)."""

    data: dict[str, Any]
    faults: dict[tuple[str, str, str], int]
    absent: frozenset[tuple[str, str]]
    """Items that are not applicable."""

    def scheme(self) -> Scheme:
        return scheme_from_mapping(self.data)

    def rows(self) -> list[Row]:
        made = [
            Row(unit=unit, item=item, fact=line, value=str(count))
            for (unit, item, line), count in self.faults.items()
            if (unit, item) not in self.absent
        ]
        return made + [Row(unit=unit, item=item, state="na") for unit, item in self.absent]

    def result(self) -> Result:
        scheme = self.scheme()
        return score(scheme, read_facts(self.rows(), scheme, UNITS), UNITS)


def header(full: int, to: str, within: str) -> dict[str, Any]:
    return {
        "format": 1,
        "scheme": {
            "id": "law",
            "title": "规律",
            "period": {"from": _day("2024-01-01"), "to": _day("2024-12-31")},
            "points_source": "illustrative",
        },
        "groups": {"all": "全部"},
        "total": {
            "full_marks": full,
            "places": 2,
            "floor_at": "item",
            "not_applicable": {"policy": "rescale", "to": to, "within": within},
            "bonus_cap": 5,
        },
        "rank": {"ties": "share"},
        "grade": [
            {"name": "优", "when": ">= 90 %", "quota": {"share": "34 %", "round": "up", "ties": "in"}},
            {"name": "良", "when": ">= 60 %"},
            {"name": "差"},
        ],
    }


def _day(text: str) -> object:
    import datetime

    return datetime.date.fromisoformat(text)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    count = draw(st.integers(1, 5))
    points = [draw(st.integers(1, 12)) for _ in range(count)]
    to, within = draw(st.sampled_from(["own", "full"])), draw(st.sampled_from(["part", "section"]))
    data = header(sum(points), to, within)
    data["section"] = [{"id": "s", "title": "节"}]
    data["base"] = [_item(draw, number, worth) for number, worth in enumerate(points)]
    data["major_deduction"] = [
        {
            "id": "m",
            "title": "重大",
            "rule": {"kind": "deduct", "minus": [{"id": "x", "title": "次", "each": 2}]},
        }
    ]
    lines = [(item["id"], line.get("id", "n")) for item in data["base"] for line in item["rule"]["minus"]]
    lines += [(item["id"], "n") for item in data["base"]]
    lines.append(("m", "x"))
    faults = {(unit.unit, item, line): draw(st.integers(0, 4)) for unit in UNITS for item, line in lines}
    ids = [item["id"] for item in data["base"]]
    absent = {(unit.unit, item) for unit in UNITS for item in ids[1:] if draw(st.integers(0, 5)) == 0}
    return World(data=data, faults=faults, absent=frozenset(absent))


def _item(draw: st.DrawFn, number: int, worth: int) -> dict[str, Any]:
    lines = []
    for line in range(draw(st.integers(1, 3))):
        made: dict[str, Any] = {
            "id": f"l{line}",
            "title": "问题",
            "each": draw(st.sampled_from(["10 %", "33.3 %", 1, 2])),
        }
        if draw(st.booleans()):
            made["cap"] = draw(st.integers(1, 4))
        if draw(st.integers(0, 3)) == 0:
            made["times"] = draw(st.sampled_from([2, Decimal("0.5")]))
        if draw(st.integers(0, 3)) == 0:
            made["from"] = draw(st.sampled_from(["s", "total"]))
        lines.append(made)
    rule: dict[str, Any] = {"kind": "deduct", "minus": [*lines, *_by_steps(draw)]}
    _modify(draw, rule)
    facts = {"n": {"ask": "count"}}
    item: dict[str, Any] = {"id": f"i{number}", "facts": facts, "title": "项", "points": worth, "rule": rule}
    if number == 0 or draw(st.booleans()):
        item["section"] = "s"
    return item


def _by_steps(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A line that measures the fault `n` of its item, or none."""
    if draw(st.booleans()):
        return []
    every, steps = draw(st.integers(1, 3)), draw(st.sampled_from(["whole", "started", "exact"]))
    return [{"of": "n", "beyond": 0, "every": every, "each": "33.3 %", "steps": steps}]


def _modify(draw: st.DrawFn, rule: dict[str, Any]) -> None:
    """Modifiers that a fault can only make worse."""
    if draw(st.integers(0, 3)) == 0:
        rule["zero_if"] = "l0 >= 3"
    if draw(st.integers(0, 3)) == 0:
        rule["ceiling"] = {"when": "l0 >= 1", "at": draw(st.sampled_from(["60 %", 1]))}
    if draw(st.integers(0, 3)) == 0:
        rule["minus_cap"] = draw(st.sampled_from(["50 %", 2]))
    if draw(st.integers(0, 3)) == 0:
        rule["bounds"] = {"from": -1}
    if draw(st.integers(0, 3)) == 0:
        rule["times"] = 2
