"""A mapping can hold None, which TOML cannot: it is a mistake like any other, never left out."""

from __future__ import annotations

import copy

import pytest

from govscore.errors import InputError
from govscore.scheme.read import scheme_from_mapping
from tests.unit.scoring.small import item, loses, scheme


def test_a_fact_that_is_none_is_told_and_not_dropped() -> None:
    rule = {"kind": "deduct", "minus": [{"when": "open = yes", "once": 1}]}
    data = scheme(base=[item("a", 100, rule, facts={"open": None})])
    with pytest.raises(InputError) as error:
        scheme_from_mapping(data)
    assert [each.place.path for each in error.value.problems] == ["base[0].facts.open"]


def test_the_same_scheme_with_the_fact_is_accepted() -> None:
    data = scheme(base=[item("a", 100, loses(1), facts={"open": {"ask": "yes_no"}})])
    assert scheme_from_mapping(copy.deepcopy(data)).items["a"].asked.keys() == {"open", "x"}
