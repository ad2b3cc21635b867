"""xlsx: one sheet of plain cells as a table; every mistake with file, sheet and cell.

Invariant: the workbook is opened in another process with limits, after the guard passed it; a number
is taken only if it is exact, and nothing is taken that a clerk cannot see.
"""

from __future__ import annotations

import json
import subprocess
import sys
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, Final

from govscore.errors import InputError, Place, problem
from govscore.i18n import mark_for_translation as N_
from govscore.intake import messages as m
from govscore.intake.source import Table, cell_problems, refuse
from govscore.intake.workbook_child import MOST_CELLS, SECONDS, TOO_MANY, UNREADABLE
from govscore.intake.workbook_guard import check_workbook
from govscore.points import PointsError
from govscore.tables import TRUTH_VALUE, cell_problem, column_problems, text_of
from govscore.text import nearest

if TYPE_CHECKING:
    from govscore.errors import MessageKind, Problem
    from govscore.intake.source import Columns

_CHILD: Final = "govscore.intake.workbook_child"
_KINDS: Final = {
    "formula": m.FORMULA,
    "error": m.ERROR_CELL,
    "date": m.DATE_CELL,
    "percent": m.PERCENT_CELL,
    "truth": TRUTH_VALUE,
}


def read_workbook(raw: bytes, name: str, columns: Columns, sheet: str = "") -> Table:
    """The rows of a workbook's sheet; empty rows are left out.

    Args:
        raw: the file's bytes.
        name: what messages call it.
        columns: which columns it may have.
        sheet: the sheet to read; "": the only one that has cells.

    Raises:
        InputError: a dangerous or damaged workbook, and every cell that is not a typed value.
    """
    check_workbook(raw, name)
    chosen = _choose(_cells_of(raw, name), name, columns, sheet)
    here = Place(file=name, sheet=chosen["title"])
    grid: dict[int, dict[int, tuple[str, str]]] = {}
    for row, column, kind, text in chosen["cells"]:
        grid.setdefault(row, {})[column] = (kind, text)
    problems: list[Problem] = [
        problem(m.MERGED, here._replace(cell=each.partition(":")[0]), found=each) for each in chosen["merged"]
    ]
    first = min(grid)
    header = {column: text for column, (_kind, text) in grid.pop(first).items()}
    numbers = list(header)
    problems += column_problems(
        list(header.values()),
        columns.known,
        columns.required,
        lambda number: here._replace(cell=f"{letters(numbers[number])}{first}"),
    )
    refuse(problems)
    return _table(grid, header, here)


def letters(column: int) -> str:
    """The letters of a column, from 1: A, B, … Z, AA."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def _table(grid: dict[int, dict[int, tuple[str, str]]], header: dict[int, str], here: Place) -> Table:
    at = {name: letters(column) for column, name in header.items()}
    left = letters(min(header))
    rows: list[tuple[dict[str, str], Place]] = []
    problems: list[Problem] = []

    def cell(place: Place, column: str) -> Place:
        return place._replace(cell=at[column] + place.cell.lstrip(ascii_uppercase)) if column in at else place

    for number, cells in grid.items():
        place = here._replace(cell=f"{left}{number}")
        outside = next((column for column in cells if column not in header), None)
        if outside is not None:
            where = here._replace(cell=f"{letters(outside)}{number}")
            problems.append(problem(m.RAGGED, where, found=max(cells), expected=len(header)))
        texts = {}
        for column, (kind, text) in cells.items():
            if column in header:
                texts[header[column]], found = _text(kind, text, cell(place, header[column]), header[column])
                problems += found
        problems += cell_problems(texts, place, cell)
        rows.append((texts, place))
    refuse(problems)
    return Table.of_rows(rows, cell, here.file)


def _text(kind: str, text: str, place: Place, column: str) -> tuple[str, list[Problem]]:
    """A cell as text, or what is wrong with it."""
    if kind == "text":
        return text, []
    if kind != "number":
        near = {"true": "yes", "false": "no"}.get(text) if kind == "truth" else None
        near = text.removesuffix("T00:00:00") if kind == "date" else near
        return "", [problem(_KINDS[kind], place, near, column=column, found=text)]
    number = float(text) if any(sign in text for sign in ".einf") else int(text)
    try:
        return text_of(number), []
    except PointsError as refused:
        return "", [cell_problem(refused, place, column, text)]


def _choose(sheets: list[dict[str, Any]], name: str, columns: Columns, wanted: str) -> dict[str, Any]:
    """The sheet to read."""
    filled = [sheet for sheet in sheets if sheet["cells"]]
    hidden = [Place(file=name, sheet=sheet["title"]) for sheet in filled if sheet["hidden"]]
    if hidden:
        raise InputError(*(problem(m.HIDDEN_SHEET, place) for place in hidden))
    known = [sheet["title"] for sheet in filled]
    if wanted:
        chosen = [sheet for sheet in filled if sheet["title"] == wanted]
        if not chosen:
            near = nearest(wanted, known)
            raise _refused(m.NO_SHEET, name, near, found=wanted, known=", ".join(known) or "—")
        return chosen[0]
    if not filled:
        raise _refused(m.NO_HEADER, name, known=", ".join(columns.required))
    if len(filled) > 1:
        raise _refused(m.SEVERAL_SHEETS, name, known=", ".join(known))
    return filled[0]


def _cells_of(raw: bytes, name: str) -> list[dict[str, Any]]:
    """All sheets, read by a process of its own."""
    command = [sys.executable, "-P", "-X", "utf8", "-m", _CHILD]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=2 * SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise _refused(m.HEAVY, name, found=N_("it takes too long"), limit=f"{SECONDS} s") from None
    if done.returncode == 0:
        sheets: list[dict[str, Any]] = json.loads(done.stdout)["sheets"]
        return sheets
    if done.returncode == UNREADABLE:
        raise _refused(m.NOT_A_WORKBOOK, name, detail=json.loads(done.stdout)["error"])
    if done.returncode == TOO_MANY:
        raise _refused(m.HEAVY, name, found=N_("too many cells"), limit=MOST_CELLS)
    raise _refused(m.NOT_A_WORKBOOK, name, detail=N_("the reader broke off"))


def _refused(kind: MessageKind, name: str, near: str | None = None, /, **data: object) -> InputError:
    return InputError(problem(kind, Place(file=name), near, **data))
