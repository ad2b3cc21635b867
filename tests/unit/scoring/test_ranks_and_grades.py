"""Ranks in each group and grades by line, on marks; worked by hand."""

from __future__ import annotations

import pytest

from govscore.scheme.units import Unit
from tests.unit.scoring.small import Table, found, item, run, scheme, units

SHARE: Table = {"kind": "share", "of": "x"}
GRADES = [{"name": "优秀", "when": ">= 90"}, {"name": "良好", "when": ">= 60 %"}, {"name": "差"}]


def totals(*scores: str, ties: str = "share", **more: object) -> Table:
    """Ranks and grades of units a, b, c, … with these totals of 100."""
    data = scheme(
        base=[item("i", 100, SHARE, facts={"x": {"ask": "ratio"}})], rank={"ties": ties}, grade=GRADES, **more
    )
    ids = [chr(ord("a") + place) for place in range(len(scores))]
    rows = [found("i", "x", score, of="100", unit=id) for id, score in zip(ids, scores, strict=True)]
    result = run(data, *rows, roster=units(*ids))
    return {"ranks": [unit.rank for unit in result], "grades": [unit.grade for unit in result]}


@pytest.mark.parametrize(("ties", "ranks"), [("share", [1, 3, 1, 4, 4, 6]), ("dense", [1, 2, 1, 3, 3, 4])])
def test_equal_marks_share_the_better_rank(ties: str, ranks: list[int]) -> None:
    assert totals("95", "90", "95", "80", "80", "70", ties=ties)["ranks"] == ranks


def test_ranks_compare_marks_not_displayed_numbers() -> None:
    # 80.0001 and 80.0002 look alike with two places; 80.00011 and 80.00012 have one mark, 80.0001
    assert totals("80.0001", "80.0002")["ranks"] == [2, 1]
    assert totals("80.00011", "80.00012")["ranks"] == [1, 1]
    # halves away from zero: 80.00005 has the mark 80.0001, 80.00004999 the mark 80.0000
    assert totals("80.00005", "80.0001", "80.00004999")["ranks"] == [1, 1, 3]


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("90", "优秀"), ("89.99995", "优秀"), ("89.99994999", "良好"), ("89.9999", "良好"),
        ("60", "良好"), ("59.9999", "差"), ("0", "差"),
    ],
)  # fmt: skip
def test_the_first_line_that_is_met_gives_the_grade(total: str, grade: str) -> None:
    assert totals(total)["grades"] == [grade]


def test_a_percentage_in_a_line_is_of_full_marks() -> None:
    # 60 % of 50 = 30; the base is rescaled to 50: 60 × 50 ÷ 100 = 30
    change = {"full_marks": 50, "not_applicable": {"policy": "rescale", "to": "full", "within": "part"}}
    assert totals("60", "59.9", total=change)["grades"] == ["良好", "差"]


def test_each_group_is_ranked_apart_and_only_scored_units_have_a_rank() -> None:
    data = scheme(
        base=[item("i", 100, SHARE, facts={"x": {"ask": "ratio"}})], groups={"all": "全部", "streets": "街道"}
    )
    roster = (*units("a", "b", "c"), Unit(unit="d", name="示例街道", group="streets"))
    scores = {"a": "70", "b": "80", "d": "10"}
    rows = [found("i", "x", score, of="100", unit=id) for id, score in scores.items()]
    result = run(data, *rows, roster=roster)
    assert [unit.rank for unit in result] == [2, 1, None, 1]
    assert (result.is_provisional("all"), result.is_provisional("streets")) == (True, False)
    assert result.provisional
    assert [unit.unit for unit in result.ranking("all")] == ["b", "a", "c"]


def test_only_the_last_decimal_of_three_thirds_decides() -> None:
    """Three items of a third each: items are not rounded to marks on the way."""
    thirds = [item(id, 1, SHARE, facts={"x": {"ask": "ratio"}}) for id in "ijk"]
    data = scheme(
        base=thirds, total={"full_marks": 3}, grade=[{"name": "达标", "when": ">= 1"}, {"name": "未达标"}]
    )
    rows = [found(id, "x", 1, of="3") for id in "ijk"]
    reached = run(data, *rows)["u"]
    # 3 × 0.33333333 = 0.99999999, whose mark is 1.0000
    assert (str(reached.total), str(reached.total.mark if reached.total else None)) == ("0.99999999", "1")
    assert reached.grade == "达标"
