"""What the laws do not promise, and why: each exception that the language allows, seen at work."""

from __future__ import annotations

from tests.unit.scoring.small import found, item, loses, run, scheme, unit, units, veto


def test_a_fixed_total_may_make_a_fault_pay() -> None:
    """`fixed` is literal: the ninth fault lifts 100 − 8 × 10 = 20 to 59, where 10 would be left."""
    fixed = veto("v", "a/x >= 9", {"fixed": 59})
    data = scheme(base=[item("a", 100, loses(10))], veto=[fixed])
    assert str(unit(data, found("a", "x", 8)).total) == "20"
    assert str(unit(data, found("a", "x", 9)).total) == "59"


def test_a_quota_that_keeps_equals_out_may_make_a_fault_pay_in_grades_not_in_points() -> None:
    """One place in each grade: a and b, level at 100, are out of both and get 差; with a fault of its own
    b leaves 优 to a, is alone below the line and takes the place of 良."""
    one = {"share": "34 %", "round": "down", "ties": "out"}
    grades = [{"name": "优", "when": ">= 90", "quota": one}, {"name": "良", "when": ">= 80", "quota": one}]
    data = scheme(base=[item("a", 100, loses())], grade=[*grades, {"name": "差"}])
    roster = units("a", "b", "c")

    def world(faults: int) -> list[tuple[str, str | None]]:
        lost = {"a": 0, "b": faults, "c": 50}
        rows = [found("a", "x", each, unit=id) for id, each in lost.items()]
        return [(str(each.total), each.grade) for each in run(data, *rows, roster=roster)]

    assert world(0) == [("100", "差"), ("100", "差"), ("50", "差")]
    assert world(1) == [("100", "优"), ("99", "良"), ("50", "差")]
