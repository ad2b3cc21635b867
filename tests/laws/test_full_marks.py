"""Law: all full gives full marks where the assigned points add up, or are rescaled, to them."""

from __future__ import annotations

from hypothesis import given

from govscore.points import Points
from tests.laws.schemes import UNITS, World, worlds


@given(worlds())
def test_a_unit_without_fault_has_full_marks(world: World) -> None:
    """No fault anywhere: the base is the full marks, unless fewer points are its own."""
    clean = World(data=world.data, faults=dict.fromkeys(world.faults, 0), absent=world.absent)
    result = clean.result()
    for unit in UNITS:
        assert result[unit.unit].total == Points(world.data["total"]["full_marks"] * 10**8)
