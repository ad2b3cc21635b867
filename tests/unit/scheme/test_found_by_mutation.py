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


def test_a_mistake_of_a_switch_inside_a_switch_is_told() -> None:
    inner = {"by": "colour", "other": 1}
    switch = {"by": "group", "all": inner, "other": 1}
    assert "scheme.switch-by" in told(scheme(base=[item("a", 100, loses(switch))]))


def test_a_percentage_of_periods_without_a_cap_is_told() -> None:
    rule = loses(1) | {"per": "quarter", "combine": "sum", "each_period": "25 %"}
    data = scheme(base=[item("a", 100, loses())], major_deduction=[extra("m", rule)])
    assert told(data) == {"scheme.percent-without-cap"}
