"""The example `quarterly-sample`: worked by hand, every hard case there, plainly invented."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import tomli

from govscore import explain, load_facts, load_scheme, load_units, score
from govscore.lint import look_over
from tests.sums import result_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from govscore import Result

FOLDER: Final = Path(__file__).parent.parent / "examples" / "quarterly-sample"
NOTICE: Final = "示例数据，非真实考核结果"
HAND: Final = tomli.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))
README: Final = (FOLDER / "README.md").read_text(encoding="utf-8")
by_hand = pytest.mark.parametrize("unit", HAND["unit"], ids=lambda unit: unit["id"])


@cache
def result() -> Result:
    scheme = load_scheme(FOLDER / "scheme.toml")
    units = load_units(FOLDER / "units.csv", scheme)
    return score(scheme, load_facts(FOLDER / "findings.csv", scheme, units), units)


def points(unit: str, item: str) -> str:
    return str(result()[unit].items[item].points)


@by_hand
def test_what_was_worked_by_hand_adds_up(unit: dict[str, Any]) -> None:
    worked = {item: result_of(line) for item, line in unit["items"]}
    base = " + ".join(worked[item] for item in ("1", "2", "3") if item in worked)
    assert unit["base"].startswith(f"({base}) × 100 ÷ ")
    assert unit["bonus"] == f"min(3, {worked['4']}) = {result_of(unit['bonus'])}"
    assert f"{result_of(unit['base'])} + {result_of(unit['bonus'])}" in unit["total"]
    assert result_of(unit["total"])


@by_hand
def test_govscore_gets_what_was_worked_by_hand(unit: dict[str, Any]) -> None:
    found = result()[unit["id"]]
    assert (found.name, found.state, found.grade) == (unit["name"], "scored", unit["grade"])
    for item, line in unit["items"]:
        assert str(found.items[item].points) == result_of(line), item
    for what in ("base", "bonus", "total"):
        assert str(getattr(found, what)) == result_of(unit[what]), what


def test_all_is_marked_as_invented() -> None:
    assert result().notice == HAND["notice"] == NOTICE
    assert f"**{NOTICE}。**" in README
    assert NOTICE in (FOLDER / "scheme.toml").read_text(encoding="utf-8").splitlines()[0]
    assert all(unit.name.startswith("示例") for unit in result())


def lines_told(unit: str, item: str) -> list[str]:
    trace = next(each for each in explain(result(), unit).items if each.item == item)
    return [step.text for step in trace.steps]


CASES: Final[dict[str, Callable[[], bool]]] = {
    "cap-over-the-year": lambda: points("street-01", "1") == "26",
    "count-over-the-year": lambda: str(result()["street-01"].total) == "70",
    "zero-in-one-quarter": lambda: points("street-03", "1") == "0",
    "floor-of-a-month": lambda: any(
        step.startswith("2024年09月") and "3" in step and "0" in step for step in lines_told("bureau-01", "2")
    ),
    "cap-of-a-quarter": lambda: points("bureau-01", "4") == "2",
    "quarter-without-value": lambda: "2024年第3季度：不涉及" in lines_told("bureau-01", "3"),
    "months-not-applicable": lambda: str(result()["bureau-02"].items["2"].full) == "22.5",
    "item-not-applicable": lambda: result()["street-03"].items["2"].state == "not_applicable",
    "open-month": lambda: (
        (result()["street-02"].state, result()["street-02"].items["2"].state) == ("open", "open")
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_hard_case_is_there(case: str) -> None:
    assert CASES[case]()


def test_the_readme_lists_the_hard_cases_with_their_units() -> None:
    listed = dict(re.findall(r"(?m)^\| `([a-z-]+)` \| `([a-z0-9-]+)` \|", README))
    assert set(listed) == set(CASES)
    assert set(listed.values()) <= {unit.unit for unit in result()}


def test_the_example_raises_no_warning() -> None:
    scheme = load_scheme(FOLDER / "scheme.toml")
    assert look_over(scheme, load_units(FOLDER / "units.csv", scheme)).warnings == ()
