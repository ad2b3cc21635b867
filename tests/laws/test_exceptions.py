"""What the laws do not promise, and why: each exception that the language allows, seen at work."""

from __future__ import annotations

from tests.unit.scoring.small import found, item, loses, scheme, unit, veto


def test_a_fixed_total_may_make_a_fault_pay() -> None:
    """`fixed` is literal: the ninth fault lifts 100 − 8 × 10 = 20 to 59, where 10 would be left."""
    fixed = veto("v", "a/x >= 9", {"fixed": 59})
    data = scheme(base=[item("a", 100, loses(10))], veto=[fixed])
    assert str(unit(data, found("a", "x", 8)).total) == "20"
    assert str(unit(data, found("a", "x", 9)).total) == "59"
