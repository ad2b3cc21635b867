"""The example `quarterly-sample`: worked by hand, every hard case there, plainly invented."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pytest

from govscore import explain
from tests.sums import result_of
from tests.worked_example import NOTICE, WorkedExample

if TYPE_CHECKING:
    from collections.abc import Callable


EXAMPLE: Final = WorkedExample("quarterly-sample")


def points(unit: str, item: str) -> str:
    return str(EXAMPLE.result[unit].items[item].points)


@EXAMPLE.by_hand
def test_what_was_worked_by_hand_adds_up(unit: dict[str, Any]) -> None:
    worked = {item: result_of(line) for item, line in unit["items"]}
    base = " + ".join(worked[item] for item in ("1", "2", "3") if item in worked)
    assert unit["base"].startswith(f"({base}) × 100 ÷ ")
    assert unit["bonus"] == f"min(3, {worked['4']}) = {result_of(unit['bonus'])}"
    assert f"{result_of(unit['base'])} + {result_of(unit['bonus'])}" in unit["total"]
    assert result_of(unit["total"])


@EXAMPLE.by_hand
def test_govscore_gets_what_was_worked_by_hand(unit: dict[str, Any]) -> None:
    found = EXAMPLE.result[unit["id"]]
    assert (found.name, found.state, found.grade) == (unit["name"], "scored", unit["grade"])
    for item, line in unit["items"]:
        assert str(found.items[item].points) == result_of(line), item
    for what in ("base", "bonus", "total"):
        assert str(getattr(found, what)) == result_of(unit[what]), what


def test_all_is_marked_as_invented() -> None:
    EXAMPLE.check_invented()
    assert NOTICE in EXAMPLE.text("scheme.toml").splitlines()[0]


def lines_told(unit: str, item: str) -> list[str]:
    trace = next(each for each in explain(EXAMPLE.result, unit).items if each.item == item)
    return [step.text for step in trace.steps]


CASES: Final[dict[str, Callable[[], bool]]] = {
    "cap-over-the-year": lambda: points("street-01", "1") == "26",
    "count-over-the-year": lambda: str(EXAMPLE.result["street-01"].total) == "70",
    "zero-in-one-quarter": lambda: points("street-03", "1") == "0",
    "floor-of-a-month": lambda: any(
        step.startswith("2024年09月") and "3" in step and "0" in step for step in lines_told("bureau-01", "2")
    ),
    "cap-of-a-quarter": lambda: points("bureau-01", "4") == "2",
    "quarter-without-value": lambda: "2024年第3季度：不涉及" in lines_told("bureau-01", "3"),
    "months-not-applicable": lambda: str(EXAMPLE.result["bureau-02"].items["2"].full) == "22.5",
    "item-not-applicable": lambda: EXAMPLE.result["street-03"].items["2"].state == "not_applicable",
    "open-month": lambda: (
        (EXAMPLE.result["street-02"].state, EXAMPLE.result["street-02"].items["2"].state) == ("open", "open")
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_hard_case_is_there(case: str) -> None:
    assert CASES[case]()


def test_the_readme_lists_the_hard_cases_with_their_units() -> None:
    listed = dict(re.findall(r"(?m)^\| `([a-z-]+)` \| `([a-z0-9-]+)` \|", EXAMPLE.readme))
    assert set(listed) == set(CASES)
    assert set(listed.values()) <= {unit.unit for unit in EXAMPLE.result}


def test_the_example_raises_no_warning() -> None:
    EXAMPLE.check_without_warnings()
