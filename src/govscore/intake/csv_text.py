"""CSV: commas, quotes where needed, a header, UTF-8; every mistake with its line and column.

Invariant: every row has as many cells as the header, exactly as they stand in the file.
"""

from __future__ import annotations

import codecs
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
    from _csv import Reader
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from govscore.errors import Problem
    from govscore.intake.source import Columns

_SEPARATORS: Final = (";", "\t", "|", "，", "；")
_FIELD_LIMIT: Final = 16 * 1024 * 1024
_AT_ONCE: Final = 500
"""So many records are turned into columns at a time: while they are in the processor's cache."""
_MOST_SEEN: Final = 50_000
"""So many different cells are remembered."""


def read_csv(raw: bytes, name: str, columns: Columns) -> Table:
    """The rows of a CSV file; empty rows are left out.

    Raises:
        InputError: every mistake in its form.
    """
    text = decode(raw, name)
    lines = _Lines(text, name)
    problems: list[Problem] = []
    csv.field_size_limit(_FIELD_LIMIT)
    records = _records(_reader(raw), lines, problems)
    header_line, header = next(records, (1, []))
    if not any(header):
        refuse(problems or [problem(m.NO_HEADER, lines.at(1), known=", ".join(columns.known))])
    problems += _header_problems(header, header_line, lines, columns)
    refuse(problems)
    numbers = {column: number for number, column in enumerate(header)}

    def cell(place: Place, column: str) -> Place:
        return lines.at(place.line, numbers[column]) if column in numbers else place

    plain = _plain_columns(_reader(raw), len(header)) if header_line == 1 else None
    starts, cells = plain or _columns(records, header, lines, cell, problems)
    refuse(problems)
    by_name = dict(zip(header, cells, strict=True))
    return Table(name=name, columns=by_name, places=lines.each(starts), cell=cell)


def _reader(raw: bytes) -> Reader:
    """Its records, from bytes that were decoded without a fault; without a second copy of the whole text."""
    file = io.BytesIO(raw.removeprefix(codecs.BOM_UTF8))
    return csv.reader(io.TextIOWrapper(file, encoding="utf-8", newline=""), strict=True)


def _plain_columns(reader: Reader, width: int) -> tuple[Sequence[int], list[list[str]]] | None:
    """The lines of the rows and the columns, if each record is a line of its own without anything wrong.

    Nearly all tables are like that. None if not: then the records are read one by one, to tell where
    they stand and what is wrong with them.
    """
    columns: list[list[str]] = [[] for _column in range(width)]
    seen: dict[str, str] = {}  # a word that stands in many cells is kept once
    try:
        next(reader)
        while rows := list(islice(filter(any, reader), _AT_ONCE)):
            whole = reader.line_num == 1 + len(columns[0]) + len(rows) <= 1 + MOST_ROWS
            if not whole or set(map(len, rows)) != {width} or _longest(rows) > MOST_CHARACTERS:
                return None
            for column, cells in zip(columns, zip(*rows, strict=True), strict=True):
                column.extend(map(seen.setdefault, cells, cells) if any(cells) else cells)
            if len(seen) > _MOST_SEEN:
                seen.clear()
    except csv.Error:
        return None
    return range(2, 2 + len(columns[0])), columns


def _longest(rows: Iterable[list[str]]) -> int:
    return max(map(len, map("".join, rows)))


def _columns(
    records: Iterator[tuple[int, list[str]]],
    header: list[str],
    lines: _Lines,
    cell: Callable[[Place, str], Place],
    problems: list[Problem],
) -> tuple[list[int], list[list[str]]]:
    """The lines on which the rows begin, and the columns; with every row that is not as it should be."""
    starts: list[int] = []
    columns: list[list[str]] = [[] for _column in header]
    long: list[Problem] = []
    for line, cells in records:
        if len(cells) != len(header):
            problems.append(problem(m.RAGGED, lines.at(line), found=len(cells), expected=len(header)))
        elif len(starts) >= MOST_ROWS:
            problems.append(problem(m.TOO_MANY_ROWS, lines.at(line), limit=MOST_ROWS))
            break
        else:
            starts.append(line)
            for column, text in zip(columns, cells, strict=True):
                column.append(text)
            if _longest([cells]) > MOST_CHARACTERS:
                long += cell_problems(dict(zip(header, cells, strict=True)), lines.at(line), cell)
    problems += long
    return starts, columns


def _records(reader: Reader, lines: _Lines, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The records that are not empty, each with the line on which it begins; ends at broken quotes."""
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
