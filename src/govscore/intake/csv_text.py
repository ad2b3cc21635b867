"""CSV: commas, quotes where needed, a header, UTF-8; every mistake with its line and column.

Invariant: every row has as many cells as the header, exactly as they stand in the file.
"""

from __future__ import annotations

import csv
import io
from itertools import islice, repeat
from typing import TYPE_CHECKING, Final

from govscore.errors import Place, problem
from govscore.facts.rows import tuples_of
from govscore.intake import messages as m
from govscore.intake.files import decode
from govscore.intake.source import MOST_CHARACTERS, MOST_ROWS, Table, cell_problems, refuse
from govscore.tables import MOST_COLUMNS, column_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    csv.field_size_limit(_FIELD_LIMIT)
    records = _records(text, lines, problems)
    header_line, header = next(records, (1, []))
    if not any(header):
        refuse(problems or [problem(m.NO_HEADER, lines.at(1), known=", ".join(columns.known))])
    problems += _header_problems(header, header_line, lines, columns)
    refuse(problems)
    plain = _a_line_each(text, len(header)) if header_line == 1 else None
    if plain is not None:
        return _table(header, range(2, len(plain) + 2), plain, lines, problems)
    return _table(header, *_rows(records, len(header), lines, problems), lines, problems)


def _a_line_each(text: str, width: int) -> list[list[str]] | None:
    """The rows below the header, if every record is a line of its own and has this many cells.

    Nearly all tables are like that. None if not: then the records are read one by one, to tell where
    they stand and what is wrong with them.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        next(reader)
        rows = list(islice(filter(any, reader), MOST_ROWS + 1))
    except csv.Error:
        return None
    whole = reader.line_num == 1 + len(rows) and len(rows) <= MOST_ROWS
    return rows if whole and set(map(len, rows)) <= {width} else None


def _rows(
    records: Iterator[tuple[int, list[str]]], width: int, lines: _Lines, problems: list[Problem]
) -> tuple[list[int], list[list[str]]]:
    """The lines on which the rows begin, and their cells."""
    starts: list[int] = []
    rows: list[list[str]] = []
    for line, cells in records:
        if len(cells) != width:
            problems.append(problem(m.RAGGED, lines.at(line), found=len(cells), expected=width))
        elif len(rows) >= MOST_ROWS:
            problems.append(problem(m.TOO_MANY_ROWS, lines.at(line), limit=MOST_ROWS))
            break
        else:
            starts.append(line)
            rows.append(cells)
    return starts, rows


def _table(
    header: list[str],
    starts: Sequence[int],
    rows: Sequence[list[str]],
    lines: _Lines,
    problems: list[Problem],
) -> Table:
    numbers = {column: number for number, column in enumerate(header)}

    def cell(place: Place, column: str) -> Place:
        return lines.at(place.line, numbers[column]) if column in numbers else place

    if max(map(len, map("".join, rows)), default=0) > MOST_CHARACTERS:
        for line, cells in zip(starts, rows, strict=True):
            problems += cell_problems(dict(zip(header, cells, strict=True)), lines.at(line), cell)
    refuse(problems)
    cells_of = zip(*rows, strict=True) if rows else repeat(())
    columns = dict(zip(header, cells_of, strict=False))
    return Table(name=lines.name, columns=columns, places=lines.each(starts), cell=cell)


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

    def each(self, lines: Sequence[int]) -> list[Place]:
        """`at` of every one of these."""
        nothing = repeat("")
        return tuples_of(Place, repeat(self.name), lines, repeat(0), nothing, nothing, nothing)

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
