"""Polars frames and Parquet files as tables.

Invariant: Polars is loaded only for what is a frame already, or a Parquet file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeGuard

from govscore.errors import InputError, Place, problem
from govscore.intake import messages as m
from govscore.intake.source import MOST_ROWS, Table, cell_problems, refuse
from govscore.tables import MOST_COLUMNS, TOO_MANY_COLUMNS, frame_texts

if TYPE_CHECKING:
    import polars

    from govscore.errors import Problem
    from govscore.intake.source import Columns

_MAGIC: Final = b"PAR1"


def is_frame(source: object) -> TypeGuard[polars.DataFrame]:
    """Whether this is a Polars frame (asked without loading Polars)."""
    kind = type(source)
    return kind.__module__.partition(".")[0] == "polars" and kind.__name__ == "DataFrame"


def read_frame(frame: polars.DataFrame, columns: Columns, name: str = "") -> Table:
    """The rows of a frame; places are written `value[3]`, rows counted from 0.

    Raises:
        InputError: a wrong header, too many rows, and every cell that is not exact.
    """
    if frame.height > MOST_ROWS:
        raise InputError(problem(m.TOO_MANY_ROWS, Place(file=name), limit=MOST_ROWS))
    texts, places = frame_texts(frame, name, columns.known, columns.required)
    table = Table(name=name, columns=texts, places=places, cell=_cell)
    problems: list[Problem] = []
    for row, place in table.rows():
        problems += cell_problems(row, place, _cell)
    refuse(problems)
    return table


def read_parquet(raw: bytes, name: str, columns: Columns) -> Table:
    """The rows of a Parquet file; raises as `read_frame`, and if it is none."""
    import io

    import polars as pl

    damaged = InputError(problem(m.NOT_PARQUET, Place(file=name)))
    if not (raw.startswith(_MAGIC) and raw.endswith(_MAGIC)):
        raise damaged
    try:
        lazy = pl.scan_parquet(io.BytesIO(raw))
        width = len(lazy.collect_schema())
        height = int(lazy.select(pl.len()).collect().item())
        small = width <= MOST_COLUMNS and height <= MOST_ROWS
        frame = lazy.collect() if small else None
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as error:
        raise damaged from error
    if width > MOST_COLUMNS:
        raise InputError(problem(TOO_MANY_COLUMNS, Place(file=name), found=width, limit=MOST_COLUMNS))
    if frame is None:
        raise InputError(problem(m.TOO_MANY_ROWS, Place(file=name), limit=MOST_ROWS))
    return read_frame(frame, columns, name)


def _cell(place: Place, column: str) -> Place:
    return place._replace(cell=f"{column}{place.cell}")
