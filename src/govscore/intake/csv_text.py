"""CSV: commas, quotes where needed, a header, UTF-8; every mistake with its line and column.

Invariant: every row has as many cells as the header, exactly as they stand in the file.
"""

from __future__ import annotations

import csv
import io
from sys import intern
from typing import TYPE_CHECKING, Final

from govscore.errors import Place, problem
from govscore.intake import messages as m
from govscore.intake.files import decode
from govscore.intake.source import MOST_CHARACTERS, MOST_ROWS, Table, cell_problems, refuse
from govscore.tables import MOST_COLUMNS, column_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.errors import Problem
    from govscore.intake.source import Columns

_SEPARATORS: Final = (";", "\t", "|", "，", "；")
_FIELD_LIMIT: Final = 16 * 1024 * 1024


def read_csv(raw: bytes, name: str, columns: Columns) -> Table:
    """The rows of a CSV file; empty rows are left out.

    Raises:
        InputError: every mistake in its form.
    """
    text = decode(raw, name)
    lines = _Lines(text, name)
    problems: list[Problem] = []
    rows: list[tuple[int, list[str]]] = []
    csv.field_size_limit(_FIELD_LIMIT)
    records = _records(text, lines, problems)
    header_line, header = next(records, (1, []))
    header = [intern(column) for column in header]  # a row is then made of its cells three times as fast
    if not any(header):
        refuse(problems or [problem(m.NO_HEADER, lines.at(1), known=", ".join(columns.known))])
    problems += _header_problems(header, header_line, lines, columns)
    refuse(problems)
    for line, cells in records:
        if len(cells) != len(header):
            problems.append(problem(m.RAGGED, lines.at(line), found=len(cells), expected=len(header)))
        elif len(rows) >= MOST_ROWS:
            problems.append(problem(m.TOO_MANY_ROWS, lines.at(line), limit=MOST_ROWS))
            break
        else:
            rows.append((line, cells))
    return _table(header, rows, lines, problems)


def _table(
    header: list[str], rows: list[tuple[int, list[str]]], lines: _Lines, problems: list[Problem]
) -> Table:
    numbers = {column: number for number, column in enumerate(header)}

    def cell(place: Place, column: str) -> Place:
        return lines.at(place.line, numbers[column]) if column in numbers else place

    made = []
    for line, cells in rows:
        place, named = lines.at(line), dict(zip(header, cells, strict=True))
        if len("".join(cells)) > MOST_CHARACTERS:
            problems += cell_problems(named, place, cell)
        made.append((named, place))
    refuse(problems)
    return Table(name=lines.name, rows=made, cell=cell)


def _records(text: str, lines: _Lines, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The records that are not empty, each with the line on which it begins; ends at broken quotes."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begin = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            problems.append(problem(m.QUOTES, lines.at(begin)))
            return
        if any(cells):
            yield begin, cells
        begin = reader.line_num + 1


def _header_problems(header: list[str], line: int, lines: _Lines, columns: Columns) -> Iterator[Problem]:
    only = header[0]
    separator = next((each for each in _SEPARATORS if each in only), None)
    if len(header) == 1 and separator:
        shown = {"\t": "Tab"}.get(separator, separator)
        yield problem(m.SEPARATOR, lines.at(line), found=shown)
        return
    shown_columns = header if len(header) <= MOST_COLUMNS else header[:1] * len(header)
    yield from column_problems(
        shown_columns, columns.known, columns.required, lambda number: lines.at(line, number)
    )


class _Lines:
    """Where records and cells begin; looked for only when there is something to tell."""

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self.name = name
        self._starts: list[int] = []

    def at(self, line: int, cell: int | None = None) -> Place:
        """A record that begins on this line, or a cell of it, from 0."""
        if cell is None:
            return Place(file=self.name, line=line)
        line, column = self._cell(line, cell)
        return Place(file=self.name, line=line, column=column)

    def _cell(self, line: int, cell: int) -> tuple[int, int]:
        if not self._starts:
            text = self._text.replace("\r\n", "\n").replace("\r", "\n")
            self._text, self._starts = text, [0]
            for place, sign in enumerate(text):
                if sign == "\n":
                    self._starts.append(place + 1)
        at = self._starts[line - 1]
        for _cell in range(cell):
            at = _after_cell(self._text, at)
        before = self._text.count("\n", self._starts[line - 1], at)
        return line + before, at - self._starts[line - 1 + before] + 1


def _after_cell(text: str, at: int) -> int:
    """Where the cell after the one that begins here begins."""
    quoted = text[at : at + 1] == '"'
    at += quoted
    while at < len(text):
        if quoted and text[at] == '"':
            quoted = text[at + 1 : at + 2] == '"'
            at += quoted
        elif not quoted and text[at] in ",\n":
            return at + 1
        at += 1
    return at
