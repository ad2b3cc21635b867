"""Rows that are Python objects already: mappings of columns to values, or the finished thing.

Invariant: a mapping is held to the same columns and the same exactness as a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from govscore.errors import Place, problem
from govscore.intake import messages as m
from govscore.intake.source import Table, cell_problems, refuse
from govscore.points import PointsError
from govscore.tables import cell_problem, column_problems, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govscore.errors import Problem
    from govscore.intake.source import Columns

Ready = TypeVar("Ready")


def rows_of_objects(
    source: Iterable[object], columns: Columns, ready: type[Ready]
) -> tuple[list[Ready | tuple[dict[str, str], Place]], Table]:
    """Finished rows as they are, mappings as text with a place (`[3]`, counted from 0).

    Args:
        source: rows and mappings, mixed as one likes.
        columns: what a mapping may hold.
        ready: the type of a finished row.

    Raises:
        InputError: anything else, unknown or missing columns, and every value that is not exact.
    """
    made: list[Ready | tuple[dict[str, str], Place]] = []
    rows: list[tuple[dict[str, str], Place]] = []
    problems: list[Problem] = []
    for number, each in enumerate(source):
        place = Place(path=f"[{number}]")
        if isinstance(each, ready):
            made.append(each)
        elif isinstance(each, Mapping):
            texts, found = texts_of_mapping(each, columns, place)
            problems += found
            rows.append((texts, place))
            made.append(rows[-1])
        else:
            problems.append(problem(m.NOT_A_ROW, place, found=type(each).__name__))
    refuse(problems)
    return made, Table.of_rows(rows, _cell)


def texts_of_mapping(
    row: Mapping[str, object], columns: Columns, place: Place
) -> tuple[dict[str, str], list[Problem]]:
    """The cells of one mapping as text, and what is wrong with them."""
    names = [str(name) for name in row]
    problems = list(column_problems(names, columns.known, columns.required, lambda _number: place))
    if problems:
        return {}, problems
    texts: dict[str, str] = {}
    for column, value in row.items():
        try:
            texts[column] = text_of(value)
        except PointsError as refused:
            problems.append(cell_problem(refused, _cell(place, column), column, value))
    return texts, [*problems, *cell_problems(texts, place, _cell)]


def _cell(place: Place, column: str) -> Place:
    return place._replace(path=f"{place.path}.{column}")
