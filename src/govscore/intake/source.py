"""A table as it was read: rows of text, and where each cell stands.

Invariant: whatever form a table came in, from here on it is rows with places, and one function puts a
problem into its cell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from govscore.errors import InputError, Place, problem
from govscore.intake import messages as m

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from govscore.errors import Problem

MOST_ROWS: Final = 2_000_000
MOST_CHARACTERS: Final = 32_767
"""In one cell: as many as a workbook holds."""
MOST_PROBLEMS: Final = 200
"""So many are listed one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table by its columns, and the place of each row."""

    name: str = ""
    """What messages call it: mostly the file's path."""
    columns: Mapping[str, Sequence[str]]
    """The cells of each column, as many as there are places."""
    places: Sequence[Place]
    cell: Callable[[Place, str], Place]
    """The place of a row's cell in this column, from the place of the row."""

    @classmethod
    def of_rows(
        cls,
        rows: Sequence[tuple[Mapping[str, str], Place]],
        cell: Callable[[Place, str], Place],
        name: str = "",
    ) -> Table:
        """The table of these rows; a cell that a row lacks is empty."""
        names = dict.fromkeys(column for cells, _place in rows for column in cells)
        columns = {column: [cells.get(column, "") for cells, _place in rows] for column in names}
        return cls(name=name, columns=columns, places=[place for _cells, place in rows], cell=cell)

    def rows(self) -> Iterator[tuple[dict[str, str], Place]]:
        """Row by row: its cells by column, and its place."""
        for place, *cells in zip(self.places, *self.columns.values(), strict=True):
            yield dict(zip(self.columns, cells, strict=True)), place


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which columns a table may and must have, and what a row of it is called in TOML."""

    known: tuple[str, ...]
    required: tuple[str, ...]
    table: str


_COLUMN_OF: Final = {
    "findings.unknown-unit": "unit",
    "findings.unknown-item": "item",
    "findings.unknown-fact": "fact",
    "findings.not-assigned": "item",
    "findings.state": "state",
    "findings.na-of-item": "fact",
    "findings.no-fact": "fact",
    "findings.all-is-a-sum": "fact",
    "findings.cases-mixed": "fact",
    "findings.na-and-values": "state",
    "findings.none-and-values": "state",
    "findings.not-an-option": "value",
    "findings.part-above-whole": "value",
    "findings.event-date": "start",
    "findings.points-out-of-range": "value",
    "findings.reason-needed": "reason",
    "findings.period-needed": "period",
    "findings.unknown-period": "period",
    "findings.period-not-here": "period",
    "units.unknown-group": "group",
    "units.no-name": "name",
    "units.twice": "unit",
    "units.identifier": "unit",
}
"""The column a message is about, where its data do not say."""


def placed(problems: Iterable[Problem], table: Table) -> tuple[Problem, ...]:
    """The problems in the order of the rows; those to be listed in the cell they are about, if known."""
    numbers = {place: number for number, place in enumerate(table.places)}
    found = sorted(problems, key=lambda each: numbers.get(each.place, -1))
    for number, each in enumerate(found[:MOST_PROBLEMS]):  # looking for a cell takes its time
        column = each.data.get("column") or _COLUMN_OF.get(each.id, "")
        if column and each.place in numbers:
            found[number] = replace(each, place=table.cell(each.place, column))
        elif each.place == Place():
            found[number] = replace(each, place=Place(file=table.name))
    return tuple(found)


def refuse(problems: Sequence[Problem]) -> None:
    """Raises `all_of` these problems if there are any."""
    if problems:
        raise all_of(problems)


def all_of(problems: Sequence[Problem], beyond: int = 0) -> InputError:
    """One error with the problems; of those that are not listed it says how many there are.

    Args:
        problems: what was found.
        beyond: how many more were not even put into words.
    """
    listed = problems[:MOST_PROBLEMS]
    beyond += len(problems) - len(listed)
    if not beyond:
        return InputError(*listed)
    return InputError(*listed, problem(m.MORE, listed[-1].place, count=beyond))


def cell_problems(cells: Mapping[str, str], row: Place, cell: Callable[[Place, str], Place]) -> list[Problem]:
    """Cells of a row that hold more than a cell may."""
    return [
        problem(m.LONG_CELL, cell(row, column), column=column, found=len(text), limit=MOST_CHARACTERS)
        for column, text in cells.items()
        if len(text) > MOST_CHARACTERS
    ]
