"""Law: one more fault in a minus line never raises the unit's own total or grade."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.laws.schemes import UNITS, World, worlds
from tests.unit.scoring.small import found, loses, one


@given(worlds(), st.data())
def test_one_more_fault_never_helps(world: World, data: st.DataObject) -> None:
    """The unit's total does not rise, its grade does not get better, and nobody else's total moves."""
    fault = data.draw(st.sampled_from(sorted(world.faults)))
    worse = World(
        data=world.data, faults={**world.faults, fault: world.faults[fault] + 1}, absent=world.absent
    )
    before, after = world.result(), worse.result()
    grades = [grade["name"] for grade in world.data["grade"]]
    for unit in UNITS:
        old, new = before[unit.unit], after[unit.unit]
        assert old.total is not None
        assert new.total is not None
        if unit.unit == fault[0]:
            assert new.total <= old.total
            assert grades.index(new.grade or "") >= grades.index(old.grade or "")
        else:
            assert new.total == old.total


def test_an_exemption_that_a_fault_brings_about_may_help() -> None:
    """The specification's exception: `unless` on the fault's own count, which the scheme's author chose."""
    rule = loses(1, unless="x >= 2")
    assert [one(rule, found("i", "x", count)) for count in (1, 2)] == ["2", "3"]
