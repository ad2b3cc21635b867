"""The least coverage for a rank and a grade; worked by hand."""

from __future__ import annotations

import pytest

from govscore.i18n import speaking
from govscore.scoring.trace import explain
from tests.unit.scoring.small import Table, clean, found, item, loses, na, run, scheme, units, veto

GRADES = [{"name": "优秀", "when": ">= 90"}, {"name": "合格"}]


def world(minimum: str, **more: object) -> Table:
    """Items of 50, 30 and 20 points."""
    return scheme(
        base=[item("a", 50, loses()), item("b", 30, loses()), item("c", 20, loses())],
        grade=GRADES,
        total={"minimum_coverage": minimum},
        **more,
    )


@pytest.mark.parametrize(
    ("minimum", "rank", "grade"),
    [("50 %", 1, "优秀"), ("50.0001 %", None, None), ("49 %", 1, "优秀"), ("0 %", 1, "优秀")],
)
def test_below_the_minimum_a_unit_has_a_total_but_no_rank_or_grade(
    minimum: str, rank: int | None, grade: str | None
) -> None:
    """b and c are not applicable: 50 of 100 points are; own points are 100, so 50 × 100 ÷ 50."""
    reached = run(world(minimum), clean("a"), na("b"), na("c"))["u"]
    assert (reached.state, str(reached.total), reached.coverage_text) == ("scored", "100", "0.5000")
    assert (reached.rank, reached.grade, reached.covered) == (rank, grade, rank is not None)


def test_thirds_are_compared_exactly() -> None:
    """2 of 3 points: 66.6666… % is not 66.6667 %, and is more than 66.6666 %."""
    for minimum, covered in (("66.6667 %", False), ("66.6666 %", True)):
        data = scheme(
            base=[item("a", 2, loses()), item("b", 1, loses())], total={"minimum_coverage": minimum}
        )
        assert run(data, clean("a"), na("b"))["u"].covered is covered


def test_the_others_are_ranked_without_it_and_it_comes_after_them() -> None:
    rows = [*(clean("a"), na("b"), na("c"))]
    rows += [found("a", "x", 10, unit="v"), clean("b", unit="v"), clean("c", unit="v")]
    rows += [found("a", "x", 20, unit="w"), clean("b", unit="w"), clean("c", unit="w")]
    result = run(world("60 %"), *rows, roster=units("u", "v", "w", "x"))
    assert [unit.rank for unit in result] == [None, 1, 2, None]
    assert [unit.unit for unit in result.ranking("all")] == ["v", "w", "u", "x"]


def test_an_open_item_counts_as_applicable_and_a_forced_grade_does_not_count_either() -> None:
    data = world("60 %", veto=[veto("v", "a/x >= 1", {"zero": "合格"})])
    opened = run(data, found("a", "x", 1), na("b"))["u"]
    assert (opened.state, opened.coverage_text, opened.covered) == ("open", "0.7000", True)
    zeroed = run(data, found("a", "x", 1), na("b"), na("c"))["u"]
    assert (str(zeroed.total), zeroed.rank, zeroed.grade) == ("0", None, None)


def test_a_stopped_unit_keeps_the_grade_of_its_stop() -> None:
    data = world("60 %", veto=[veto("v", "a/x >= 1", {"stop": "合格"})])
    stopped = run(data, found("a", "x", 1), na("b"), na("c"))["u"]
    assert (stopped.state, stopped.grade) == ("stopped", "合格")


def test_the_trace_says_why_and_never_rounds_up_to_the_minimum() -> None:
    """59.999 of 100 points are 59.999 %, which two decimals would show as 60.00 %."""
    data = scheme(
        base=[item("a", 59.999, loses()), item("b", 40.001, loses())], total={"minimum_coverage": "60 %"}
    )
    result = run(data, clean("a"), na("b"))
    assert explain(result, "u").totals[-1].text == "涉及率 59.99 %，低于最低限 60 %，不排名次、不定等级"
    with speaking("en"):
        said = explain(result, "u").totals[-1]
    assert said.name == "coverage"
    assert said.text == "coverage of 59.99 % is below the minimum of 60 %: no rank, no grade"


def test_a_coverage_in_text_never_seems_to_meet_a_minimum_that_it_misses() -> None:
    """59 999 of 100 000 points is not 60 %; 2 of 3 is cut, never rounded up; 7 of 10 has four places."""
    for shares, text in (((59_999, 40_001), "0.5999900000"), ((2, 1), "0.6666666666"), ((7, 3), "0.7000")):
        data = scheme(base=[item("a", shares[0], loses()), item("b", shares[1], loses())])
        assert run(data, clean("a"), na("b"))["u"].coverage_text == text
