"""Three units of the example `pingcheng-2024`, worked by hand: they add up, and govscore agrees."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from govscore import explain
from tests.example_result import scored
from tests.example_tables import EXPECTED, ITEMS, SCHEME, SCHEME_TEXT, UNITS
from tests.sums import end_of, result_of, rounded

if TYPE_CHECKING:
    from govscore import Result


def joined(points: list[str]) -> str:
    return " + ".join(points)


def of_kind(unit: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    ids = {item["id"] for item in SCHEME[kind]}
    return [item for item in unit["item"] if item["id"] in ids and "points" in item]


def scheme_block(item: str) -> str:
    """The text of one item in `scheme.toml`."""
    blocks = re.split(r"(?m)^(?=\[\[)", SCHEME_TEXT)
    return next(block for block in blocks if f'\nid = "{item}"\n' in block)


HAND = EXPECTED["unit"]
BY_HAND = pytest.mark.parametrize("unit", HAND, ids=[unit["id"] for unit in HAND])


def test_rounding_is_half_away_from_zero() -> None:
    assert rounded(Fraction(1, 2 * 10**8)) == Fraction(1, 10**8)
    assert rounded(Fraction(-1, 2 * 10**8)) == Fraction(-1, 10**8)
    assert rounded(Fraction(1, 3)) == Fraction(33333333, 10**8)


def test_the_evaluator_refuses_a_wrong_line() -> None:
    assert result_of("3 − 2 × 0.5 = 2") == "2"
    with pytest.raises(AssertionError):
        result_of("3 − 2 × 0.5 = 0.5")


@BY_HAND
def test_every_line_worked_by_hand_adds_up(unit: dict[str, Any]) -> None:
    for item in unit["item"]:
        if "state" in item:
            assert item == {"id": item["id"], "state": "not_applicable"}
            continue
        stated = [result_of(line) for line in item["lines"]]
        assert stated[-1] == item["points"], item["id"]


@BY_HAND
def test_rules_quoted_by_hand_stand_in_the_scheme(unit: dict[str, Any]) -> None:
    for item in unit["item"]:
        if "state" in item:
            continue
        rest = scheme_block(item["id"])
        for quote in item["rule"].split(" … "):
            _before, found, rest = rest.partition(quote)
            assert found, (item["id"], quote)


@BY_HAND
def test_totals_worked_by_hand_add_up(unit: dict[str, Any]) -> None:
    base = of_kind(unit, "base")
    scores, possible = result_of(unit["scores"]), result_of(unit["possible"])
    bonus, deduction = result_of(unit["bonus"]), result_of(unit["major_deduction"])
    assert unit["scores"].startswith(joined([item["points"] for item in base]) + " = ")
    assert unit["possible"].startswith(joined([f"{ITEMS[item['id']]['points']:g}" for item in base]) + " = ")
    assert unit["base"] == f"{scores} × 100 ÷ {possible} = {result_of(unit['base'])}"
    for kind, cap in (("bonus", 10), ("major_deduction", 12)):
        amounts = joined([item["points"] for item in of_kind(unit, kind)])
        assert unit[kind].startswith(f"min({cap}, {amounts}) = ")
    total = f"max(0, min(105, {result_of(unit['base'])} + {bonus} − {deduction}))"
    assert unit["total"] == f"{total} = {result_of(unit['total'])}"


@BY_HAND
def test_items_worked_by_hand_are_those_assigned_to_the_unit(unit: dict[str, Any]) -> None:
    row = UNITS[unit["id"]]
    mine = {row["unit"], row["group"], *row["tags"].split()}
    everyone = set(SCHEME["groups"])
    assigned = [id for id, item in ITEMS.items() if mine & set(item.get("applies_to", everyone))]
    assert [item["id"] for item in unit["item"]] == assigned
    assert unit["name"] == row["name"]


@pytest.fixture(scope="module")
def result() -> Result:
    return scored()


@BY_HAND
def test_govscore_gets_what_was_worked_by_hand(unit: dict[str, Any], result: Result) -> None:
    scored = result[unit["id"]]
    for item in unit["item"]:
        mine = scored.items[item["id"]]
        assert mine.state == item.get("state", "reviewed")
        if "points" in item:
            assert str(mine.points) == item["points"], item["id"]
        else:
            assert mine.points is None
    assert scored.state == "scored"
    for name in ("base", "bonus", "major_deduction", "total"):
        assert str(getattr(scored, name)) == result_of(unit[name]), name
    assert scored.grade == unit["grade"]


@BY_HAND
def test_the_explanation_is_arithmetic_too(unit: dict[str, Any], result: Result) -> None:
    """What `explain` writes gives the points worked by hand, and so do its steps to the total."""
    trace = explain(result, unit["id"])
    points = {item["id"]: item["points"] for item in unit["item"] if "points" in item}
    for item in trace.items:
        if item.item in points:
            assert end_of(item.arithmetic) == Fraction(points[item.item])
    steps = {step.name: step for step in trace.totals}
    for name in ("base", "bonus"):
        assert end_of(steps[name].arithmetic) == Fraction(result_of(unit[name]))
    assert str(steps["total"].points) == result_of(unit["total"])
