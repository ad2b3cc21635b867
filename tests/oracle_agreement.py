"""The engine and the independent oracle on random schemes × findings: who runs them, and how many.

A case is one scheme with one set of findings for its units; every scheme is drawn with two of them. The
cases are divided between two test files, so that two workers share them; each of the two must by itself
exercise every feature of the coverage table half as often as all of them have to.
"""

from __future__ import annotations

import os
from collections import Counter
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from govscore.points import plain
from govscore.scheme.read import read_scheme
from govscore.scoring.facts import read_facts
from govscore.scoring.score import score
from tests.cases import roster, row
from tests.oracle.agreement import differences
from tests.oracle.coverage import missing, table
from tests.oracle.generate import cases
from tests.oracle.model import Seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.scoring.result import Result, UnitResult

CASES = int(
    os.environ.get("GOVSCORE_ORACLE_CASES") or (20_000 if os.environ.get("GOVSCORE_FULL") else 10_000)
)
FINDINGS = 2
"""Sets of findings for each scheme."""
HALVES = 2
CHUNKS = 100
"""Tests of each half: so many that the two files are among the first that workers are given."""
ALL = 20_000
"""With so many cases what matters is exercised a hundred times; with a tenth of them at least once."""


class Half:
    """One half of the schemes, in chunks, and what was seen while the oracle scored them."""

    def __init__(self, half: int) -> None:
        schemes = CASES // FINDINGS
        self._first, self._end = (schemes * number // HALVES for number in (half, half + 1))
        self._seen: dict[int, Seen] = {}

    def seeds(self, chunk: int) -> range:
        """The schemes of a chunk; all chunks together are the half."""
        size = self._end - self._first
        return range(*(self._first + size * number // CHUNKS for number in (chunk, chunk + 1)))

    def agrees(self, chunk: int) -> Iterator[tuple[str, list[str]]]:
        """Each case of a chunk by name, and in what the two differ."""
        seen = self._seen[chunk] = Seen()
        for seed in self.seeds(chunk):
            for number, case in enumerate(islice(cases(seed), FINDINGS)):
                seen.update(case.seen)
                yield f"seed {seed}, findings {number}", differences(case, run)

    def not_exercised(self) -> list[str]:
        """Features seen too rarely in this half; chunks that were not run here are looked at now."""
        for chunk in set(range(CHUNKS)) - set(self._seen):
            made = (case for seed in self.seeds(chunk) for case in islice(cases(seed), FINDINGS))
            self._seen[chunk] = Seen()
            for case in made:
                self._seen[chunk].update(case.seen)
        seen = sum(self._seen.values(), Counter[str]())
        print(table(seen))
        return missing(seen, least())


def least() -> int:
    """How often each half must exercise every feature; too few cases to tell: not at all."""
    if CASES >= ALL:
        return 100 // HALVES
    return 1 if CASES >= ALL // 10 else 0


read_once = lru_cache(maxsize=2)(read_scheme)
"""Schemes are frozen: one is read once for all findings on it."""


def run(
    scheme_text: str, units: list[dict[str, str]], findings: list[dict[str, str]]
) -> dict[str, dict[str, Any]]:
    """The engine's answers in the shape that the oracle compares."""
    return as_answers(engine(scheme_text, units, findings))


def engine(scheme_text: str, units: list[dict[str, str]], findings: list[dict[str, str]]) -> Result:
    """The engine's result."""
    scheme, on_it = read_once(scheme_text, "case.toml"), roster(units)
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
