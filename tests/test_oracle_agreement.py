"""The engine and the independent oracle agree, exactly, on the first half of the random cases."""

from __future__ import annotations

import pytest

from tests.oracle_agreement import CHUNKS, Half

HALF = Half(0)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_engine_agrees_with_the_oracle(chunk: int) -> None:
    """Every state, number, rank, grade and coverage of every unit and item is the same."""
    for name, found in HALF.agrees(chunk):
        assert found == [], name


def test_the_random_cases_exercise_everything() -> None:
    """Each start, line, modifier, policy, floor, veto effect, tie rule and way of reviewing."""
    assert HALF.not_exercised() == []
