"""Random cases of the oracle's generator, handed to the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from govscore.facts.rows import COLUMNS, Row
from govscore.scheme.read import read_scheme
from govscore.scheme.units import Unit
from govscore.scoring.board import Board
from govscore.scoring.facts import read_facts
from tests.oracle.generate import case

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govscore.scheme.model import Scheme
    from govscore.scoring.facts import Facts
    from tests.oracle.generate import Case

Cells = dict[str, str]


class Given(NamedTuple):
    """A case as the engine takes it."""

    scheme: Scheme
    units: tuple[Unit, ...]
    rows: tuple[Row, ...]

    def facts(self) -> Facts:
        return read_facts(self.rows, self.scheme, self.units)

    def board(self) -> Board:
        return Board(self.scheme, self.facts(), self.units)


def row(cells: Mapping[str, str]) -> Row:
    known: dict[str, Any] = {column: cells.get(column, "") for column in COLUMNS}
    return Row(**known)


def roster(units: Iterable[Mapping[str, str]]) -> tuple[Unit, ...]:
    return tuple(
        Unit(unit=u["unit"], name=u["name"], group=u["group"], tags=tuple(u.get("tags", "").split()))
        for u in units
    )


def given(each: Case) -> Given:
    rows = tuple(map(row, each.findings))
    return Given(read_scheme(each.scheme_text, "case.toml"), roster(each.units), rows)


def random_case(seed: int) -> Given:
    return given(case(seed))
