"""The example `two-parts-sample`: worked by hand, every hard case there, quoted exactly, plainly invented."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import tomli

from govscore import explain
from tests.sums import result_of
from tests.worked_example import WorkedExample

if TYPE_CHECKING:
    from collections.abc import Callable

    from govscore import UnitResult

EXAMPLE: Final = WorkedExample("two-parts-sample")
DOCUMENT: Final = (Path(__file__).parent / "fixtures" / "heze-2022.txt").read_text(encoding="utf-8")
SCHEME: Final = tomli.loads(EXAMPLE.text("scheme.toml"))
ENTRIES: Final = {
    entry["id"]: entry for kind in ("base", "bonus", "major_deduction", "veto") for entry in SCHEME[kind]
}


@EXAMPLE.by_hand
def test_what_was_worked_by_hand_adds_up(unit: dict[str, Any]) -> None:
    """The points of the items are what the sums of the parts add, and the parts what the base is made of."""
    points = {item: result_of(line) for item, _rule, line in unit["items"]}
    for part, first in (("daily", "d"), ("yearend", "y")):
        added = [
            points[id] for id, each in ENTRIES.items() if id in points and id[0] == first and "points" in each
        ]
        if added:
            assert f"({' + '.join(added)}) × " in unit[part]
            assert f" % × {result_of(unit[part])} ÷ " in unit["base"]
    assert unit["total"].startswith(result_of(unit["base"]))
    assert result_of(unit["total"])


@EXAMPLE.by_hand
def test_a_worked_line_quotes_the_rule_of_its_item(unit: dict[str, Any]) -> None:
    for item, rule, _line in unit["items"]:
        assert rule in ENTRIES[item]["note"], item


@EXAMPLE.by_hand
def test_govscore_gets_what_was_worked_by_hand(unit: dict[str, Any]) -> None:
    found = EXAMPLE.result[unit["id"]]
    assert (found.name, found.state, found.grade) == (unit["name"], "scored", unit["grade"])
    for item, _rule, line in unit["items"]:
        assert str(found.items[item].points) == result_of(line), item
    for part in ("daily", "yearend"):
        if part in unit:
            assert str(found.parts[part].score) == result_of(unit[part]), part
    assert (str(found.base), str(found.total)) == (result_of(unit["base"]), result_of(unit["total"]))


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=list(ENTRIES))
def test_a_requirement_is_quoted_exactly_from_its_clause(entry: dict[str, Any]) -> None:
    """The document states its clauses as `(八)`; a clause ends where the next begins."""
    number = entry["source"].strip("（）")
    clause = DOCUMENT.partition(f"({number})")[2].partition(f"({after(number)})")[0].replace("\n", "")
    assert entry["text"].rstrip("。") in clause


NUMBERS: Final = "一,二,三,四,五,六,七,八,九,十,十一,十二,十三,十四,十五,十六,十七,none"


def after(number: str) -> str:
    order = NUMBERS.split(",")
    return order[order.index(number) + 1]


def test_the_readme_quotes_why_daily_work_weighs_more() -> None:
    assert "加大日常考核比重" in DOCUMENT
    assert "“加大日常考核比重”" in EXAMPLE.readme


def test_all_is_marked_as_invented() -> None:
    EXAMPLE.check_invented()
    EXAMPLE.check_reasons()


def parted(unit: UnitResult, part: str) -> tuple[str, str, str | None]:
    found = unit.parts[part]
    return found.state, str(found.score), found.grade


def one_part_open(unit: UnitResult) -> bool:
    return (
        (unit.state, unit.total) == ("open", None)
        and parted(unit, "daily") == ("scored", "96", None)
        and unit.parts["yearend"].score is None
        and EXAMPLE.result.is_provisional(unit.group)
    )


def stopped_part(unit: UnitResult) -> bool:
    states = {unit.items[item].state for item in ("d1", "d2", "d3", "d4")}
    return parted(unit, "daily") == ("stopped", "None", "不合格") and states == {"stopped"}


CASES: Final[dict[str, tuple[str, Callable[[UnitResult], bool]]]] = {
    "weighted-shares": ("county-01", lambda unit: str(unit.base) == "92.56666667"),
    "same-matter": ("county-01", lambda unit: str(unit.items["d5"].points) == "3.5"),
    "part-stopped": ("county-02", stopped_part),
    "total-fails": ("county-02", lambda unit: unit.failed and (str(unit.total), unit.rank) == ("36", 3)),
    "part-floor": ("county-03", lambda unit: parted(unit, "yearend") == ("scored", "0", None)),
    "fail-boundary": ("county-03", lambda unit: (str(unit.base), unit.failed) == ("60", False)),
    "from-total": ("county-03", lambda unit: (str(unit.charged), str(unit.total)) == ("1", "59")),
    "open-part": ("county-04", one_part_open),
    "part-bonus-boundary": ("bureau-01", lambda unit: parted(unit, "daily") == ("scored", "81", None)),
    "part-bonus-locked": ("bureau-02", lambda unit: unit.items["d5"].state == "locked"),
    "rescaled-in-part": ("bureau-01", lambda unit: parted(unit, "yearend")[1] == "57.33333333"),
    "part-fails": ("bureau-03", lambda unit: parted(unit, "daily")[2] == "不合格" and unit.grade == "合格"),
    "zero-if": ("bureau-03", lambda unit: str(unit.items["d3"].points) == "0"),
    "part-unassessed": ("bureau-04", lambda unit: parted(unit, "daily") == ("unassessed", "None", None)),
    "total-bonus-locked": ("bureau-05", lambda unit: unit.items["t1"].state == "locked"),
    "grade-capped": ("bureau-05", lambda unit: (str(unit.total), unit.grade) == ("85", "合格")),
}


@pytest.mark.parametrize("case", CASES)
def test_a_hard_case_is_there(case: str) -> None:
    unit, holds = CASES[case]
    assert holds(EXAMPLE.result[unit])


def test_the_readme_lists_exactly_these_hard_cases() -> None:
    EXAMPLE.check_listed(CASES)


def test_the_example_raises_no_warning() -> None:
    EXAMPLE.check_without_warnings()


def test_each_part_and_the_weighing_are_explained() -> None:
    told = " ".join(step.text for step in explain(EXAMPLE.result, "county-01").totals)
    assert "91.5" in told
    assert "56.5" in told
    assert "92.56666667" in told
