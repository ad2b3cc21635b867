"""The example `two-parts-sample`: worked by hand, every hard case there, quoted exactly, plainly invented."""

from __future__ import annotations

import csv
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

    from govscore import Result, UnitResult

FOLDER: Final = Path(__file__).parent.parent / "examples" / "two-parts-sample"
DOCUMENT: Final = (Path(__file__).parent / "fixtures" / "heze-2022.txt").read_text(encoding="utf-8")
NOTICE: Final = "示例数据，非真实考核结果"
HAND: Final = tomli.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))
SCHEME: Final = tomli.loads((FOLDER / "scheme.toml").read_text(encoding="utf-8"))
ENTRIES: Final = {
    entry["id"]: entry for kind in ("base", "bonus", "major_deduction", "veto") for entry in SCHEME[kind]
}
README: Final = (FOLDER / "README.md").read_text(encoding="utf-8")
by_hand = pytest.mark.parametrize("unit", HAND["unit"], ids=lambda unit: unit["id"])


@cache
def result() -> Result:
    scheme = load_scheme(FOLDER / "scheme.toml")
    units = load_units(FOLDER / "units.csv", scheme)
    return score(scheme, load_facts(FOLDER / "findings.csv", scheme, units), units)


@by_hand
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


@by_hand
def test_a_worked_line_quotes_the_rule_of_its_item(unit: dict[str, Any]) -> None:
    for item, rule, _line in unit["items"]:
        assert rule in ENTRIES[item]["note"], item


@by_hand
def test_govscore_gets_what_was_worked_by_hand(unit: dict[str, Any]) -> None:
    found = result()[unit["id"]]
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
    assert "“加大日常考核比重”" in README


def test_all_is_marked_as_invented() -> None:
    assert result().notice == HAND["notice"] == NOTICE
    assert f"**{NOTICE}。**" in README
    assert all(unit.name.startswith("示例") for unit in result())
    rows = list(csv.DictReader((FOLDER / "findings.csv").read_text(encoding="utf-8").splitlines()))
    assert all(row["reason"].startswith("示例：") for row in rows if row["reason"])
    assert result().scheme.model.scheme.points_source == "illustrative"


def parted(unit: UnitResult, part: str) -> tuple[str, str, str | None]:
    found = unit.parts[part]
    return found.state, str(found.score), found.grade


def one_part_open(unit: UnitResult) -> bool:
    return (
        (unit.state, unit.total) == ("open", None)
        and parted(unit, "daily") == ("scored", "96", None)
        and unit.parts["yearend"].score is None
        and result().is_provisional(unit.group)
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
    assert holds(result()[unit])


def test_the_readme_lists_exactly_these_hard_cases() -> None:
    table = re.findall(r"(?m)^\| `([a-z-]+)` \| `([a-z0-9-]+)` \| ([^|]+) \|", README)
    assert [(case, unit) for case, unit, _name in table] == [
        (case, unit) for case, (unit, _holds) in CASES.items()
    ]
    assert [name for _case, _unit, name in table] == [result()[unit].name for _case, unit, _name in table]


def test_the_example_raises_no_warning() -> None:
    scheme = load_scheme(FOLDER / "scheme.toml")
    assert look_over(scheme, load_units(FOLDER / "units.csv", scheme)).warnings == ()


def test_each_part_and_the_weighing_are_explained() -> None:
    told = " ".join(step.text for step in explain(result(), "county-01").totals)
    assert "91.5" in told
    assert "56.5" in told
    assert "92.56666667" in told
