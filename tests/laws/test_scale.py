"""Law: all points in a scheme times k give marks times k, to about (k + 1) / 20 000."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.laws.schemes import UNITS, World, worlds


def scaled(data: dict[str, Any], k: int) -> dict[str, Any]:
    """The scheme with every number of points times k; percentages and counts stay."""
    made = copy.deepcopy(data)
    made["total"]["full_marks"] *= k
    made["total"]["bonus_cap"] *= k
    for item in [*made["base"], *made["major_deduction"]]:
        if "points" in item:
            item["points"] *= k
        rule = item["rule"]
        for table, key in (
            (rule, "minus_cap"),
            (rule.get("ceiling", {}), "at"),
            (rule.get("bounds", {}), "from"),
        ):
            if isinstance(table.get(key), int):
                table[key] *= k
        for line in rule["minus"]:
            for key in ("each", "cap"):
                if isinstance(line.get(key), int):
                    line[key] *= k
    return made


@given(worlds(), st.integers(2, 9))
def test_points_times_k_give_totals_times_k(world: World, k: int) -> None:
    """Totals scale; ranks and grades stay (where marks are far enough from a line)."""
    before = world.result()
    after = World(data=scaled(world.data, k), faults=world.faults, absent=world.absent).result()
    for unit in UNITS:
        old, new = before[unit.unit].total, after[unit.unit].total
        assert old is not None
        assert new is not None
        assert abs(int(new) - k * int(old)) * 20_000 <= (k + 1) * 10**8
