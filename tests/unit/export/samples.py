"""Results to export: the example, random cases of the oracle's generator, small hand-made schemes."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import openpyxl

from govscore.export.stamp import Stamp, counts
from govscore.export.workbook import ranking_bytes, unit_bytes
from govscore.facts.rows import COLUMNS, Row
from govscore.scheme.read import read_scheme
from govscore.scheme.units import Unit, check_units
from govscore.scoring.board import Board
from govscore.scoring.facts import read_facts
from govscore.scoring.trace import explain_on
from tests.oracle.generate import case

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govscore.scoring.result import Result

EXAMPLE: Final = Path(__file__).resolve().parents[3] / "examples" / "pingcheng-2024"
CLOCK: Final = datetime(2024, 12, 31, 14, 5, 9, tzinfo=timezone(timedelta(hours=8)))


@dataclass(frozen=True)
class Sample:
    """A scored assessment."""

    board: Board
    result: Result

    def stamp(self, **changes: Any) -> Stamp:
        """A stamp that fits the result."""
        given: dict[str, Any] = {
            "state": "reviewing",
            "provisional": self.result.provisional,
            "printed_at": CLOCK,
            "scheme_digest": "0123456789abcdef" * 4,
            "result_digest": "fedcba9876543210" * 4,
            "anchor_number": 120,
            "anchor_hash": "abcd" * 16,
            "assurance": "recorded",
            "decisions": 1_234,
            **counts(self.result),
        }
        return Stamp(**{**given, **changes})

    def ranking(self, **changes: Any) -> bytes:
        """The ranking workbook."""
        return ranking_bytes(self.result, lambda unit: explain_on(self.board, unit), self.stamp(**changes))

    def unit(self, unit: str, **changes: Any) -> bytes:
        """A unit's own page."""
        return unit_bytes(self.result, explain_on(self.board, unit), self.stamp(**changes))


def sample(scheme_text: str, units: Iterable[Unit], findings: Iterable[Mapping[str, str]]) -> Sample:
    """Scores a scheme, units and findings."""
    scheme = read_scheme(scheme_text, "scheme.toml")
    roster = check_units(units, scheme)
    rows = [
        Row(**{column: row.get(column) or "" for column in COLUMNS})  # type: ignore[arg-type]
        for row in findings
    ]
    board = Board(scheme, read_facts(rows, scheme, roster), roster)
    return Sample(board, board.result())


def roster(rows: Iterable[Mapping[str, str]]) -> list[Unit]:
    """Units from rows of text."""
    return [
        Unit(unit=row["unit"], name=row["name"], group=row["group"], tags=tuple(row.get("tags", "").split()))
        for row in rows
    ]


@cache
def example() -> Sample:
    """The example that is shipped."""
    with (
        (EXAMPLE / "units.csv").open(encoding="utf-8", newline="") as units,
        (EXAMPLE / "findings.csv").open(encoding="utf-8", newline="") as findings,
    ):
        text = (EXAMPLE / "scheme.toml").read_text(encoding="utf-8")
        return sample(text, roster(csv.DictReader(units)), csv.DictReader(findings))


def random_sample(seed: int) -> Sample:
    """A random scheme with random findings."""
    each = case(seed)
    return sample(each.scheme_text, roster(each.units), each.findings)


def read(content: bytes, *, values: bool = False) -> Any:
    """A workbook read back by another library."""
    return openpyxl.load_workbook(BytesIO(content), data_only=values)
