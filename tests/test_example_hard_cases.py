"""Every hard case that the example `pingcheng-2024` claims to show is there."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from tests.example_result import scored
from tests.example_tables import EXAMPLE, REAL, UNITS

if TYPE_CHECKING:
    from collections.abc import Callable

    from govscore import Result, UnitResult


@pytest.fixture(scope="module")
def result() -> Result:
    return scored()


def test_no_real_unit_fails_or_is_stopped(result: Result) -> None:
    for unit in REAL:
        assert result[unit].state == "scored"
        assert result[unit].grade in ("优秀", "良好")


def points(unit: UnitResult, *items: str) -> list[str]:
    return [str(unit.items[item].points) for item in items]


def states(unit: UnitResult, *items: str) -> set[str]:
    return {unit.items[item].state for item in items}


def number(amount: Any) -> Fraction:
    return Fraction(str(amount))


def not_assigned(unit: UnitResult) -> None:
    assert states(unit, "43") == {"not_assigned"}
    assert unit.items["43"].points is None


def not_applicable(unit: UnitResult) -> None:
    assert states(unit, "9", "10", "36") == {"not_applicable"}
    assert str(unit.base) == "91.77185858"


def no_value(unit: UnitResult) -> None:
    assert states(unit, "25", "32", "34") == {"not_applicable"}
    assert unit.state == "scored"


def open_base(unit: UnitResult) -> None:
    assert states(unit, "29") == {"open"}
    assert (unit.state, unit.base, unit.total, unit.rank, unit.grade) == ("open", None, None, None, None)


def open_bonus(unit: UnitResult) -> None:
    assert states(unit, "44") == {"open"}
    assert unit.base is not None
    assert (unit.state, unit.total, unit.rank, unit.grade) == ("open", None, None, None)


def line_cap(unit: UnitResult) -> None:
    assert points(unit, "8") == ["1.6"]


def zero_if(unit: UnitResult) -> None:
    assert states(unit, "31") == {"reviewed"}
    assert points(unit, "31") == ["0"]


def shared(unit: UnitResult) -> None:
    assert points(unit, "44") == ["1.33333333"]


def same_matter(unit: UnitResult) -> None:
    assert points(unit, "45") == ["3.75"]


def item_cap(unit: UnitResult) -> None:
    assert points(unit, "44") == ["6"]


def bonus_cap(unit: UnitResult) -> None:
    assert points(unit, "44", "45", "46") == ["6", "3.75", "2"]
    assert str(unit.bonus) == "10"


def total_bound(unit: UnitResult) -> None:
    assert number(unit.base) + 10 > 105
    assert str(unit.total) == "105"


def bonus_locked(unit: UnitResult) -> None:
    assert states(unit, "44", "45", "46") == {"locked"}
    assert unit.items["44"].points is None
    assert str(unit.base) == str(unit.total) == "80"
    assert unit.grade == "良好"


def fail(unit: UnitResult) -> None:
    assert number(unit.base) < 60
    assert unit.grade == "不合格"
    assert unit.total is not None
    assert unit.rank is not None


def stop(unit: UnitResult) -> None:
    assert unit.state == "stopped"
    assert (unit.base, unit.total, unit.rank, unit.grade) == (None, None, None, "不合格")


def veto_at_most(unit: UnitResult) -> None:
    assert number(unit.base) > 90
    assert (str(unit.total), unit.grade) == ("75", "合格")


def veto_cap_grade(unit: UnitResult) -> None:
    assert number(unit.items["29"].points) < 3
    assert 80 <= number(unit.total) == number(unit.base)
    assert unit.grade == "合格"


def grade_capped(unit: UnitResult) -> None:
    assert number(unit.total) >= 90
    assert unit.grade == "良好"


def section_cap(unit: UnitResult) -> None:
    assert points(unit, "47", "49") == ["8", "6"]
    assert str(unit.major_deduction) == "12"
    assert 80 <= number(unit.total) < 90
    assert unit.grade == "合格"


def at_most(unit: UnitResult) -> None:
    assert number(unit.base) - number(unit.major_deduction) > 59
    assert (str(unit.total), unit.grade) == ("59", "不合格")


def zero(unit: UnitResult) -> None:
    assert number(unit.base) > 90
    assert (str(unit.total), unit.grade) == ("0", "不合格")
    assert unit.rank is not None


HARD_CASES: dict[str, tuple[Callable[[UnitResult], None], str]] = {
    "not-assigned": (not_assigned, "caizheng"),
    "not-applicable": (not_applicable, "wenlv"),
    "no-value": (no_value, "gongbao"),
    "open-base": (open_base, "bureau-03"),
    "open-bonus": (open_bonus, "street-09"),
    "line-cap": (line_cap, "street-01"),
    "zero-if": (zero_if, "street-08"),
    "shared": (shared, "street-08"),
    "same-matter": (same_matter, "bureau-01"),
    "item-cap": (item_cap, "bureau-01"),
    "bonus-cap": (bonus_cap, "bureau-01"),
    "total-bound": (total_bound, "bureau-01"),
    "bonus-locked": (bonus_locked, "bureau-04"),
    "fail": (fail, "bureau-02"),
    "stop": (stop, "street-05"),
    "veto-at-most": (veto_at_most, "street-06"),
    "veto-cap-grade": (veto_cap_grade, "street-02"),
    "grade-capped": (grade_capped, "street-07"),
    "section-cap": (section_cap, "street-11"),
    "at-most": (at_most, "street-10"),
    "zero": (zero, "street-12"),
}
TIED = ("street-03", "street-04")


@pytest.mark.parametrize("case", HARD_CASES)
def test_a_hard_case_is_there(case: str, result: Result) -> None:
    check, unit = HARD_CASES[case]
    check(result[unit])


def test_equal_totals_share_a_rank_and_the_next_is_skipped(result: Result) -> None:
    first, second = (result[unit] for unit in TIED)
    assert str(first.total) == str(second.total)
    assert first.rank is not None
    assert first.rank == second.rank
    ranks = [result[unit].rank for unit, row in UNITS.items() if row["group"] == "streets"]
    assert ranks.count(first.rank) == 2
    assert first.rank + 1 not in ranks
    assert first.rank + 2 in ranks


def test_the_readme_lists_exactly_these_hard_cases() -> None:
    table = re.findall(
        r"(?m)^\| `([a-z-]+)` \| ((?:`[a-z0-9-]+` ?)+)\| ([^|]+) \|",
        (EXAMPLE / "README.md").read_text(encoding="utf-8"),
    )
    listed = {case: tuple(re.findall(r"`(.*?)`", units)) for case, units, _name in table}
    assert listed == {case: (unit,) for case, (_check, unit) in HARD_CASES.items()} | {"tie": TIED}
    for _case, units, names in table:
        assert names.split("、") == [UNITS[unit]["name"] for unit in re.findall(r"`(.*?)`", units)]
