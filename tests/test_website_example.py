"""The example `website-indicators-sample`: worked by hand, every hard case there, plainly invented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from govscore import explain
from tests.sums import result_of
from tests.worked_example import WorkedExample

if TYPE_CHECKING:
    from collections.abc import Callable

    from govscore import UnitResult

EXAMPLE: Final = WorkedExample("website-indicators-sample")


@EXAMPLE.by_hand
def test_what_was_worked_by_hand_adds_up(unit: dict[str, Any]) -> None:
    points = {item: result_of(line) for item, line in unit["items"]}
    base = " + ".join(each for item, each in points.items() if int(item) < 10)
    assert unit["base"].startswith(f"({base}) × 100 ÷ ")
    bonus = [each for item, each in points.items() if int(item) >= 10]
    if bonus:
        assert unit["bonus"].startswith(f"min(30, {' + '.join(bonus)}) = ")
    total = f"{result_of(unit['base'])} + {result_of(unit['bonus'])} − 0"
    assert unit["total"] == f"{total} = {result_of(unit['total'])}"


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
    EXAMPLE.check_reasons()


def test_the_deductions_are_from_100_and_75_without_services() -> None:
    items = [item for item in EXAMPLE.result.scheme.items.values() if item.kind == "base"]
    worth = [
        sum(item.variants.points_in(group) or 0 for item in items if item.applies(group, "x", ()))
        for group in ("portals", "sites", "internal")
    ]
    assert [each // 10**8 for each in worth] == [100, 100, 75]


def states(unit: UnitResult, *items: str) -> set[str]:
    return {unit.items[item].state for item in items}


def stopped(unit: UnitResult) -> bool:
    return (unit.state, unit.base, unit.total, unit.rank, unit.grade) == (
        "stopped",
        None,
        None,
        None,
        "不合格",
    )


def stopped_unreviewed(unit: UnitResult) -> bool:
    return stopped(unit) and states(unit, *unit.items).isdisjoint({"reviewed", "open"})


def no_services(unit: UnitResult) -> bool:
    return states(unit, "5", "6") == {"not_assigned"}


def provisional(unit: UnitResult) -> bool:
    return unit.state == "open" and unit.total is None and EXAMPLE.result.is_provisional(unit.group)


def veto(unit: UnitResult, id: str) -> tuple[bool, bool]:
    found = next(each for each in unit.vetoes if each.id == id)
    return found.acts, found.warns


CASES: Final[dict[str, tuple[str, Callable[[UnitResult], bool]]]] = {
    "stop": ("site-05", stopped_unreviewed),
    "stop-at-once": ("internal-04", stopped_unreviewed),
    "media-veto": ("site-04", lambda unit: stopped(unit) and veto(unit, "account") == (True, False)),
    "warning": ("portal-02", lambda unit: veto(unit, "down") == (False, True) and str(unit.total) == "100"),
    "veto-boundary": ("internal-02", lambda unit: veto(unit, "home") == (False, False)),
    "or-boundary": ("site-02", lambda unit: veto(unit, "columns") == (False, False)),
    "item-floor": ("site-01", lambda unit: str(unit.items["1"].points) == "0"),
    "started-steps": ("site-01", lambda unit: str(unit.items["2"].points) == "4"),
    "fail": ("site-03", lambda unit: unit.failed and str(unit.total) == "59" and unit.rank == 3),
    "fail-boundary": ("internal-02", lambda unit: not unit.failed and str(unit.base) == "60"),
    "bonus-locked": ("site-02", lambda unit: str(unit.base) == "80" and states(unit, "10") == {"locked"}),
    "bonus-cap": ("portal-01", lambda unit: str(unit.bonus) == "30"),
    "same-matter": ("portal-01", lambda unit: str(unit.items["11"].points) == "12"),
    "unclaimed": ("portal-02", lambda unit: states(unit, "10", "11", "12") == {"none"}),
    "rescaled": ("internal-01", lambda unit: str(unit.base) == "89.33333333"),
    "not-assigned": ("internal-01", no_services),
    "no-value": ("internal-01", lambda unit: str(unit.items["4"].points) == "15"),
    "open": ("internal-03", provisional),
}


@pytest.mark.parametrize("case", CASES)
def test_a_hard_case_is_there(case: str) -> None:
    unit, holds = CASES[case]
    assert holds(EXAMPLE.result[unit])


def test_the_readme_lists_exactly_these_hard_cases() -> None:
    EXAMPLE.check_listed(CASES)


def test_a_veto_is_explained_and_a_warning_too() -> None:
    assert any("站点无法访问" in step.text for step in explain(EXAMPLE.result, "site-05").totals)
    assert any(step.name == "warning:down" for step in explain(EXAMPLE.result, "portal-02").totals)
