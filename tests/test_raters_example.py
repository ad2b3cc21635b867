"""The example `raters-sample`, worked by hand: the lines add up, and govscore agrees."""

from __future__ import annotations

from typing import Any, Final

from govscore import explain
from tests.sums import end_of, result_of
from tests.worked_example import NOTICE, WorkedExample

EXAMPLE: Final = WorkedExample("raters-sample")


@EXAMPLE.by_hand
def test_every_line_worked_by_hand_adds_up(unit: dict[str, Any]) -> None:
    for item in unit["item"]:
        if "lines" in item:
            assert [result_of(line) for line in item["lines"]][-1] == item["points"], item["id"]
    points = {item["id"]: item["points"] for item in unit["item"]}
    base = " + ".join(points[id] for id in ("columns", "reading", "report"))
    assert unit["base"] == f"{base} = {result_of(unit['base'])}"
    assert unit["bonus"] == f"min(2, {points['service']}) = {result_of(unit['bonus'])}"
    total = f"{result_of(unit['base'])} + {result_of(unit['bonus'])}"
    assert unit["total"] == f"{total} = {result_of(unit['total'])}"


@EXAMPLE.by_hand
def test_govscore_gets_what_was_worked_by_hand(unit: dict[str, Any]) -> None:
    scored = EXAMPLE.result[unit["id"]]
    assert scored.name == unit["name"]
    for item in unit["item"]:
        mine = scored.items[item["id"]]
        assert (mine.state, str(mine.points)) == (item.get("state", "reviewed"), item["points"]), item["id"]
    for name in ("base", "bonus", "total"):
        assert str(getattr(scored, name)) == result_of(unit[name]), name
    assert scored.grade == unit["grade"]


@EXAMPLE.by_hand
def test_the_explanation_is_arithmetic_too(unit: dict[str, Any]) -> None:
    points = {item["id"]: item["points"] for item in unit["item"]}
    for trace in explain(EXAMPLE.result, unit["id"]).items:
        assert str(end_of(trace.arithmetic)) == str(end_of(points[trace.item])), trace.item


def test_what_is_open_says_what_it_waits_for() -> None:
    (unit,) = [unit for unit in EXAMPLE.hand["unit"] if "open" in unit]
    assert list(EXAMPLE.result[unit["id"]].open_items) == unit["open"]
    told = {trace.item: trace.details for trace in explain(EXAMPLE.result, unit["id"]).items}
    assert told["reading"] == ("张三、王五相差过大，需要第三名评审人",)
    assert told["report"] == ("张三、王五的核定不一致",)


def test_everything_is_marked_as_invented() -> None:
    assert EXAMPLE.result.notice == NOTICE
    for name in ("README.md", "expected.toml", "scheme.toml"):
        assert NOTICE in EXAMPLE.text(name)
