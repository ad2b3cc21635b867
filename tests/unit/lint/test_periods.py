"""Warnings about items that are asked in every period."""

from __future__ import annotations

import pytest

from govscore.lint import look_over
from govscore.scheme.read import scheme_from_mapping
from tests.unit.scoring.small import item, loses, scheme


@pytest.mark.parametrize(("each", "told"), [(2, False), ("25 %", False), (3, False), (1, True)])
def test_periods_that_together_are_worth_less_than_the_item_are_told(each: object, told: bool) -> None:
    """Four quarters of 1 point reach 4 of the 8 points at most (W006)."""
    rule = loses() | {"per": "quarter", "combine": "sum", "each_period": each}
    found = look_over(scheme_from_mapping(scheme(base=[item("i", 8, rule)], total={"full_marks": 8})))
    assert any(each.id == "W006" for each in found.warnings) == told


@pytest.mark.parametrize("combine", ["lines", "mean"])
def test_an_item_that_is_asked_every_month_is_tried_out_in_every_month(combine: str) -> None:
    rule = loses() | {"per": "month", "combine": combine}
    found = look_over(scheme_from_mapping(scheme(base=[item("i", 8, rule)], total={"full_marks": 8})))
    assert found.warnings == ()
