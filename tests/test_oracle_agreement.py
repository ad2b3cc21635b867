"""The engine and the independent oracle agree, exactly, on random schemes × findings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from govscore.points import plain
from govscore.scheme.read import read_scheme
from govscore.scoring.facts import read_facts
from govscore.scoring.score import score
from tests.cases import roster, row
from tests.oracle.agreement import differences
from tests.oracle.coverage import missing, table
from tests.oracle.generate import case
from tests.oracle.model import Seen
from tests.oracle.scorer import score as oracle_score

if TYPE_CHECKING:
    from govscore.scoring.result import Result, UnitResult

CASES = int(os.environ.get("GOVSCORE_ORACLE_CASES") or (20_000 if os.environ.get("GOVSCORE_FULL") else 5_000))
CHUNKS = 10


def run(
    scheme_text: str, units: list[dict[str, str]], findings: list[dict[str, str]]
) -> dict[str, dict[str, Any]]:
    """The engine's answers in the shape that the oracle compares."""
    return as_answers(engine(scheme_text, units, findings))


def engine(scheme_text: str, units: list[dict[str, str]], findings: list[dict[str, str]]) -> Result:
    """The engine's result."""
    scheme, on_it = read_scheme(scheme_text, "case.toml"), roster(units)
    return score(scheme, read_facts(map(row, findings), scheme, on_it), on_it)


def as_answers(result: Result) -> dict[str, dict[str, Any]]:
    """Plain text for each unit."""
    return {unit.unit: _answer(unit) for unit in result.units}


def _answer(unit: UnitResult) -> dict[str, Any]:
    def text(points: int | None) -> str | None:
        return None if points is None else plain(points)

    return {
        "state": unit.state,
        "base": text(unit.base),
        "bonus": text(unit.bonus) if unit.state == "scored" else None,
        "major_deduction": text(unit.major_deduction) if unit.state == "scored" else None,
        "charged": text(unit.charged) if unit.state == "scored" else None,
        "total": text(unit.total),
        "rank": unit.rank,
        "grade": unit.grade,
        "missed": tuple(each.grade for each in unit.missed),
        "warnings": tuple(veto.id for veto in unit.vetoes if veto.warns),
        "coverage": unit.coverage,
        "parts": {
            id: {
                "state": part.state,
                "base": text(part.base),
                "bonus": text(part.bonus) if part.state == "scored" else None,
                "major_deduction": text(part.major_deduction) if part.state == "scored" else None,
                "score": text(part.score),
                "grade": part.grade,
            }
            for id, part in unit.parts.items()
        },
        # An open item of a stopped unit needs no review: the engine says "stopped", the oracle "open".
        "items": {
            id: {"state": "open" if item.state == "stopped" else item.state, "points": text(item.points)}
            for id, item in unit.items.items()
        },
    }


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_engine_agrees_with_the_oracle(chunk: int) -> None:
    """Every state, number, rank, grade and coverage of every unit and item is the same."""
    size = CASES // CHUNKS
    for seed in range(chunk * size, (chunk + 1) * size):
        assert differences(case(seed), run) == [], f"seed {seed}"


def test_the_random_cases_exercise_everything() -> None:
    """Each start, line kind, gate, cap, veto effect and nothing was seen while scoring 1 000 of them."""
    seen = Seen()
    for seed in range(1_000):
        each = case(seed)
        oracle_score(each.scheme_text, each.units, each.findings, seen=seen)
    print(table(seen))
    assert missing(seen) == []
