"""What mutated schemes found: mistakes inside mistakes are told, not raised."""

from __future__ import annotations

from typing import Any

import pytest

from govscore.errors import InputError
from govscore.scheme.read import scheme_from_mapping
from tests.unit.scoring.small import extra, item, loses, scheme


def told(data: dict[str, Any]) -> set[str]:
    with pytest.raises(InputError) as refused:
        scheme_from_mapping(data)
    return {problem.id for problem in refused.value.problems}


@pytest.mark.parametrize("by", ["colour", "group", "tag"])
def test_a_switch_inside_a_switch_is_told(by: str) -> None:
    switch = {"by": "tag", "remote": {"by": by, "all": 2, "other": 1}, "other": 1}
    assert told(scheme(base=[item("a", 100, loses(switch))])) == {"scheme.switch-nested"}


def test_a_percentage_of_periods_without_a_cap_is_told() -> None:
    rule = loses(1) | {"per": "quarter", "combine": "sum", "each_period": "25 %"}
    data = scheme(base=[item("a", 100, loses())], major_deduction=[extra("m", rule)])
    assert told(data) == {"scheme.percent-without-cap"}
