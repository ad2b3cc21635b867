"""TOML tables of rows: `[[finding]]` and `[[unit]]`, with the columns of the CSV as keys.

Invariant: the same values give the same rows as a CSV file; places are those of the TOML text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.errors import problem
from govscore.intake import messages as m
from govscore.intake.source import Table, cell_problems, refuse
from govscore.points import PointsError
from govscore.scheme.source import parse
from govscore.tables import cell_problem, column_problems, text_of

if TYPE_CHECKING:
    from govscore.errors import Place, Problem
    from govscore.intake.source import Columns
    from govscore.scheme.places import Places

_LISTS: Final = frozenset({"tags"})
"""Columns that may be a list of texts."""


def read_toml(raw: bytes, name: str, columns: Columns) -> Table:
    """The rows of a TOML file.

    Raises:
        InputError: every mistake of the TOML, of its keys and of its values.
    """
    document = parse(raw, name)
    places, array = document.places, columns.table
    problems: list[Problem] = [
        problem(m.TOML_TABLE, places.of((key,), key=True), None, found=key, known=array)
        for key in document.data
        if key != array
    ]
    listed = document.data.get(array, [])
    if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
        problems.append(problem(m.TOML_TABLE, places.of((array,), key=True), None, found=array, known=array))
        listed = []
    refuse(problems)
    rows: list[tuple[dict[str, str], Place]] = []
    paths: dict[Place, int] = {}
    for number, row in enumerate(listed):
        place = places.of((array, number))
        paths[place] = number
        texts, found = _texts(row, (array, number), places, columns)
        problems += found
        rows.append((texts, place))
    refuse(problems)

    def cell(place: Place, column: str) -> Place:
        number = paths[place]
        return places.of((array, number, column)) if column in listed[number] else place

    return Table.of_rows(rows, cell, name)


def _texts(
    row: dict[str, object], path: tuple[str, int], places: Places, columns: Columns
) -> tuple[dict[str, str], list[Problem]]:
    keys = list(row)

    def place_of_key(number: int) -> Place:
        return places.of((*path, keys[number]), key=True) if keys else places.of(path)

    problems = list(column_problems(keys, columns.known, columns.required, place_of_key))
    texts: dict[str, str] = {}
    for column, value in row.items():
        plain = _joined(value) if column in _LISTS else value
        try:
            texts[column] = text_of(plain)
        except PointsError as refused:
            problems.append(cell_problem(refused, places.of((*path, column)), column, value))
    long = cell_problems(texts, places.of(path), lambda _row, column: places.of((*path, column)))
    return texts, [*problems, *long]


def _joined(value: object) -> object:
    """A list of words as the text that a CSV cell would hold; anything else as it is."""
    if not isinstance(value, list):
        return value
    words = [each for each in value if isinstance(each, str)]
    return " ".join(words) if len(words) == len(value) else value
