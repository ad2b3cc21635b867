"""The example `peers-sample`: worked by hand, every hard case there, plainly invented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from govscore import explain
from tests.sums import end_of, result_of
from tests.worked_example import WorkedExample

if TYPE_CHECKING:
    from collections.abc import Callable

    from govscore import UnitResult

EXAMPLE: Final = WorkedExample("peers-sample")


@EXAMPLE.by_hand
def test_what_was_worked_by_hand_adds_up(unit: dict[str, Any]) -> None:
    points = " + ".join(result_of(line) for _item, line in unit["items"])
    assert unit["total"] == f"{points} = {result_of(unit['total'])}"


@EXAMPLE.by_hand
def test_govscore_gets_what_was_worked_by_hand(unit: dict[str, Any]) -> None:
    found = EXAMPLE.result[unit["id"]]
    assert (found.name, found.rank, found.grade) == (unit["name"], unit["rank"], unit["grade"])
    for item, line in unit["items"]:
        assert str(found.items[item].points) == result_of(line), item
    assert str(found.total) == result_of(unit["total"])


@EXAMPLE.by_hand
def test_the_explanation_comes_to_the_same(unit: dict[str, Any]) -> None:
    trace = {each.item: each for each in explain(EXAMPLE.result, unit["id"]).items}
    for item, line in unit["items"]:
        assert str(result_of(line)) == str(trace[item].points)
        assert end_of(trace[item].arithmetic) == int(trace[item].points or 0) / type(end_of("1"))(10**8)


def test_all_is_marked_as_invented() -> None:
    EXAMPLE.check_invented()
    EXAMPLE.check_reasons()


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
        step.text
        for item in explain(EXAMPLE.result, unit.unit).items
        if item.item == "4"
        for step in item.steps
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
    assert holds(EXAMPLE.result[unit])


def test_the_readme_lists_exactly_these_hard_cases() -> None:
    EXAMPLE.check_listed(CASES)
