"""The example `peers-sample`: worked by hand, every hard case there, plainly invented."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import tomli

from govscore import explain, load_facts, load_scheme, load_units, score
from tests.sums import end_of, result_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from govscore import Result, UnitResult

FOLDER: Final = Path(__file__).parent.parent / "examples" / "peers-sample"
NOTICE: Final = "示例数据，非真实考核结果"
HAND: Final = tomli.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))
README: Final = (FOLDER / "README.md").read_text(encoding="utf-8")
by_hand = pytest.mark.parametrize("unit", HAND["unit"], ids=lambda unit: unit["id"])


@cache
def result() -> Result:
    scheme = load_scheme(FOLDER / "scheme.toml")
    units = load_units(FOLDER / "units.csv", scheme)
    return score(scheme, load_facts(FOLDER / "findings.csv", scheme, units), units)


@by_hand
def test_what_was_worked_by_hand_adds_up(unit: dict[str, Any]) -> None:
    points = " + ".join(result_of(line) for _item, line in unit["items"])
    assert unit["total"] == f"{points} = {result_of(unit['total'])}"


@by_hand
def test_govscore_gets_what_was_worked_by_hand(unit: dict[str, Any]) -> None:
    found = result()[unit["id"]]
    assert (found.name, found.rank, found.grade) == (unit["name"], unit["rank"], unit["grade"])
    for item, line in unit["items"]:
        assert str(found.items[item].points) == result_of(line), item
    assert str(found.total) == result_of(unit["total"])


@by_hand
def test_the_explanation_comes_to_the_same(unit: dict[str, Any]) -> None:
    trace = {each.item: each for each in explain(result(), unit["id"]).items}
    for item, line in unit["items"]:
        assert str(result_of(line)) == str(trace[item].points)
        assert end_of(trace[item].arithmetic) == int(trace[item].points or 0) / type(end_of("1"))(10**8)


def test_all_is_marked_as_invented() -> None:
    assert result().notice == HAND["notice"] == NOTICE
    assert f"**{NOTICE}。**" in README
    assert all(unit.name.startswith("示例") for unit in result())
    rows = list(csv.DictReader((FOLDER / "findings.csv").read_text(encoding="utf-8").splitlines()))
    assert all(row["reason"].startswith("示例：") for row in rows if row["reason"])
    assert result().scheme.model.scheme.points_source == "illustrative"


def of(item: str, state: str, points: str | None) -> Callable[[UnitResult], bool]:
    def holds(unit: UnitResult) -> bool:
        found = unit.items[item]
        return (found.state, None if found.points is None else str(found.points)) == (state, points)

    return holds


def left(unit: UnitResult) -> bool:
    return unit.state == "stopped" and {item.state for item in unit.items.values()} == {"stopped"}


def waits(unit: UnitResult) -> bool:
    settled = of("1", "reviewed", "20")(unit) and of("5", "reviewed", "20")(unit)
    told = [
        step.text for item in explain(result(), unit.unit).items if item.item == "4" for step in item.steps
    ]
    return settled and unit.state == "open" and unit.open_items == () and "示例二街道" in told[-1]


CASES: Final[dict[str, tuple[str, Callable[[UnitResult], bool]]]] = {
    "tie": ("bureau-03", of("1", "reviewed", "18")),
    "lowest-first": ("bureau-04", of("2", "reviewed", "14")),
    "best": ("bureau-01", of("3", "reviewed", "15")),
    "mean-of-ratios": ("bureau-02", of("4", "reviewed", "19.59183673")),
    "peer-mean": ("bureau-03", of("4", "not_applicable", "19.31972789")),
    "rate-with-note": ("bureau-04", of("5", "not_applicable", "12")),
    "rate-without-note": ("street-03", of("5", "not_applicable", "5")),
    "stopped": ("bureau-05", left),
    "provisional": ("street-01", waits),
    "only-two": ("street-02", of("5", "reviewed", "18")),
}


@pytest.mark.parametrize("case", CASES)
def test_a_hard_case_is_there(case: str) -> None:
    unit, holds = CASES[case]
    assert holds(result()[unit])


def test_the_readme_lists_exactly_these_hard_cases() -> None:
    table = re.findall(r"(?m)^\| `([a-z-]+)` \| `([a-z0-9-]+)` \| ([^|]+) \|", README)
    assert [(case, unit) for case, unit, _name in table] == [
        (case, unit) for case, (unit, _h) in CASES.items()
    ]
    assert [name for _case, _unit, name in table] == [result()[unit].name for _case, unit, _name in table]
