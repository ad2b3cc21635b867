"""Polars ↔ facts and results: tables in and out, without a float on the way.

Invariant: a number is taken only as the exact number that its writer saw; whatever is not exact is
refused with its place, never rounded. Polars is loaded only inside these functions.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from govscore.errors import InputError, Place, message_kind, problem
from govscore.facts.rows import COLUMNS, rows_of_columns
from govscore.i18n import mark_for_translation as N_
from govscore.points import PointsError, exact
from govscore.text import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import polars

    from govscore.errors import Problem
    from govscore.facts.rows import Row
    from govscore.scheme.units import Unit
    from govscore.scoring.result import Result, UnitResult

FINDINGS_REQUIRED: Final = ("unit", "item")
UNIT_COLUMNS: Final = ("unit", "name", "group", "tags")
UNITS_REQUIRED: Final = ("unit", "name", "group")
_EXACT_FLOAT: Final = 2**53
"""Below this every whole number has a float of its own."""
_LARGEST_WHOLE: Final = 10**30
MOST_COLUMNS: Final = 64
"""A table with more is not one of ours; it is refused before its rows are looked at."""

UNKNOWN_COLUMN: Final = message_kind(
    "intake.unknown-column",
    N_("there is no column “{found}” in this table"),
    N_("columns {known}"),
    N_("Correct the header or remove the column; nothing is ignored."),
)
MISSING_COLUMN: Final = message_kind(
    "intake.missing-column",
    N_("column {found} is missing"),
    N_("at least the columns {known}"),
    N_("Add the column to the header."),
)
COLUMN_TWICE: Final = message_kind(
    "intake.column-twice",
    N_("column {found} stands in the header twice"),
    N_("every column once"),
    N_("Remove one of them."),
)
TOO_MANY_COLUMNS: Final = message_kind(
    "intake.too-many-columns",
    N_("the table has {found} columns"),
    N_("at most {limit} columns"),
    N_("Is this another file, or one without line ends?"),
)
NOT_EXACT: Final = message_kind(
    "intake.not-exact",
    N_("column {column}: {found} is stored as a binary fraction, not as an exact number"),
    N_("a whole number, at most 4 decimals, or text"),
    N_("Pass the number as text, exactly as it is to count."),
)
TRUTH_VALUE: Final = message_kind(
    "intake.truth-value",
    N_("column {column}: found the truth value {found}"),
    N_("text or a number; answers are yes and no"),
    N_('Write "yes" or "no" as text.'),
)
OUT_OF_RANGE: Final = message_kind(
    "intake.out-of-range",
    N_("column {column}: the number {found} is too large"),
    N_("a number not beyond 1 000 000, or text"),
    N_("Correct the number; if it is a name, pass it as text."),
)
NOT_TEXT: Final = message_kind(
    "intake.not-text",
    N_("column {column}: found {found}"),
    N_("text, a whole number, a decimal or a date"),
    N_("Turn it into text first."),
)


def result_frame(result: Result) -> polars.DataFrame:
    """A row for each unit in the order of the roster (columns: `Result.to_polars`)."""
    import polars as pl

    charged = result.scheme.charges_total
    columns: tuple[tuple[str, Any, Callable[[UnitResult], object]], ...] = (
        ("unit", pl.String, lambda unit: unit.unit),
        ("name", pl.String, lambda unit: unit.name),
        ("group", pl.String, lambda unit: unit.group),
        ("base", pl.String, lambda unit: _decimal(unit.base)),
        ("bonus", pl.String, lambda unit: _decimal(unit.bonus)),
        ("major_deduction", pl.String, lambda unit: _decimal(unit.major_deduction)),
        *((("charged", pl.String, lambda unit: _decimal(unit.charged)),) if charged else ()),
        ("total", pl.String, lambda unit: _decimal(unit.total)),
        ("rank", pl.Int64, lambda unit: unit.rank),
        ("grade", pl.String, lambda unit: unit.grade),
        ("state", pl.String, lambda unit: unit.state),
        *(column for part in result.scheme.model.part for column in _part_columns(part.id)),
        ("coverage", pl.String, lambda unit: unit.coverage_text),
        ("covered", pl.Boolean, lambda unit: unit.covered),
        ("provisional", pl.Boolean, lambda unit: result.is_provisional(unit.group)),
        ("notice", pl.String, lambda _unit: result.notice),
    )
    return pl.DataFrame(
        {name: [read(unit) for unit in result.units] for name, _type, read in columns},
        schema={name: type for name, type, _read in columns},
    )


def _part_columns(id: str) -> Iterator[tuple[str, Any, Callable[[UnitResult], object]]]:
    """What each unit came to in a part: `part.<id>.state`, `.base`, `.score` (exact texts), `.grade`."""
    import polars as pl

    yield f"part.{id}.state", pl.String, lambda unit: unit.parts[id].state
    yield f"part.{id}.base", pl.String, lambda unit: _decimal(unit.parts[id].base)
    yield f"part.{id}.score", pl.String, lambda unit: _decimal(unit.parts[id].score)
    yield f"part.{id}.grade", pl.String, lambda unit: unit.parts[id].grade


def rows_from_frame(frame: polars.DataFrame, name: str = "") -> list[Row]:
    """Findings rows from a frame with the columns of the findings table (`unit` and `item` at least).

    Null is an empty cell. A place is written `value[3]`: column, and row from 0.

    Raises:
        InputError: unknown or missing columns, and every cell that is not exact.
    """
    return rows_of_columns(*frame_texts(frame, name, COLUMNS, FINDINGS_REQUIRED))


def units_from_frame(frame: polars.DataFrame, name: str = "") -> list[Unit]:
    """Units from a frame with the columns unit, name, group and perhaps tags; raises as `rows_from_frame`."""
    texts, places = frame_texts(frame, name, UNIT_COLUMNS, UNITS_REQUIRED)
    rows = zip(*texts.values(), strict=True)
    return [
        unit_from(dict(zip(texts, row, strict=True)), place) for row, place in zip(rows, places, strict=True)
    ]


def unit_from(texts: Mapping[str, str], place: Place) -> Unit:
    """A unit from its cells, of which any may be missing; tags are separated by spaces."""
    from govscore.scheme.units import Unit  # it loads the scheme's model

    id, name, group, tags = (texts.get(column, "") for column in UNIT_COLUMNS)
    return Unit(unit=id, name=name, group=group, tags=tuple(tags.split()), place=place)


def column_problems(
    found: Sequence[str], known: Sequence[str], required: Sequence[str], place: Callable[[int], Place]
) -> Iterator[Problem]:
    """What is wrong with a header.

    Args:
        found: the names that stand there.
        known: the names that may.
        required: the names that must.
        place: of the column with this number, from 0.
    """
    if len(found) > MOST_COLUMNS:
        yield problem(TOO_MANY_COLUMNS, place(0), found=len(found), limit=MOST_COLUMNS)
        return
    for number, column in enumerate(found):
        if column not in known:
            near = nearest(column, [each for each in known if each not in found])
            yield problem(UNKNOWN_COLUMN, place(number), near, found=column, known=", ".join(known))
        elif column in found[:number]:
            yield problem(COLUMN_TWICE, place(number), found=column)
    for column in required:
        if column not in found:
            yield problem(MISSING_COLUMN, place(0), found=column, known=", ".join(required))


def text_of(value: object) -> str:
    """The text that a value stands for; None is empty.

    Raises:
        PointsError: `bool`, `float`, … as in `govscore.points.exact`; `text` for other types.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        raise PointsError("bool")
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT_FLOAT:
        value = int(value)
    if isinstance(value, int):
        if abs(value) >= _LARGEST_WHOLE:
            raise PointsError("range")
        return str(int(value))
    if isinstance(value, float | Decimal | Fraction):
        number = exact(value)
        return format(number.quantize(Decimal(1)) if number == number.to_integral_value() else number, "f")
    if isinstance(value, datetime.date) and not (isinstance(value, datetime.datetime) and not value.tzinfo):
        return value.isoformat()
    raise PointsError("text")


def cell_problem(refused: PointsError, place: Place, column: str, value: object) -> Problem:
    """What is to be said about a value that `text_of` refused."""
    if refused.reason == "bool":
        return problem(TRUTH_VALUE, place, column=column, found=str(value).lower())
    if refused.reason == "text":
        return problem(NOT_TEXT, place, column=column, found=type(value).__name__)
    if refused.reason == "range" and isinstance(value, int | float | Fraction | Decimal):
        size = value if isinstance(value, Decimal) else Decimal(int(value))
        return problem(OUT_OF_RANGE, place, column=column, found=f"{size:.3E}")
    return problem(NOT_EXACT, place, column=column, found=str(value))


def _decimal(points: object) -> str | None:
    return None if points is None else str(points)


def frame_texts(
    frame: polars.DataFrame, name: str, known: Sequence[str], required: Sequence[str]
) -> tuple[dict[str, list[str]], list[Place]]:
    """The cells of a frame as text, column by column, and the place of each row."""
    headers = [Place(file=name, cell=column) for column in frame.columns]
    problems = list(column_problems(frame.columns, known, required, headers.__getitem__))
    if problems:
        raise InputError(*problems)
    columns: dict[str, list[str]] = {}
    for column in frame.columns:
        columns[column], found = _column(frame[column].to_list(), column, name)
        problems += found
    if problems:
        raise InputError(*problems)
    return columns, [Place(file=name, cell=f"[{number}]") for number in range(frame.height)]


def _column(values: Iterable[object], column: str, name: str) -> tuple[list[str], list[Problem]]:
    texts: list[str] = []
    problems: list[Problem] = []
    for number, value in enumerate(values):
        try:
            texts.append(text_of(value))
        except PointsError as refused:
            place = Place(file=name, cell=f"{column}[{number}]")
            problems.append(cell_problem(refused, place, column, value))
    return texts, problems
