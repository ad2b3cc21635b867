"""Laws of the linter: it never fails, order changes nothing, what keeps the laws is not blamed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from govscore.lint import look_over
from govscore.scheme.read import read_scheme, scheme_from_mapping
from tests.cases import roster
from tests.laws.schemes import World, worlds
from tests.oracle.generate import case

LAWS = {"W018", "W019", "W020", "W021", "W022"}


@given(worlds())
@settings(max_examples=40)
def test_schemes_that_keep_the_laws_are_not_blamed(world: World) -> None:
    """Plain faults: one more never raises a score, and nothing found is best."""
    assert {each.id for each in look_over(world.scheme()).warnings} & LAWS == set()


@given(worlds())
@settings(max_examples=20)
def test_the_order_of_items_changes_nothing_that_is_told(world: World) -> None:
    turned = {**world.data, "base": world.data["base"][::-1]}
    told = [
        sorted(
            (each.id, *(each.data.values() if each.id != "W014" else ()))  # which of two stands first
            for each in look_over(scheme_from_mapping(data)).warnings
        )
        for data in (world.data, turned)
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize("chunk", range(4))
def test_random_schemes_are_looked_over_without_a_failure(chunk: int) -> None:
    """Every kind of rule, condition, gate, grade and veto; each warning can be put into words."""
    for seed in range(chunk * 25, chunk * 25 + 25):
        made = case(seed)
        units = roster(made.units)
        found = look_over(read_scheme(made.scheme_text, "case.toml"), units)
        assert all(str(each) for each in found.warnings)
