"""The library's door for files: schemes, units and facts from whatever they are kept in.

Invariant: a source is taken whole or not at all; everything that is wrong with it is told at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from govscore.errors import InputError, Place, problem
from govscore.facts.rows import COLUMNS, Row, rows_of_columns
from govscore.intake import messages as m
from govscore.intake.csv_text import read_csv
from govscore.intake.files import CALENDAR, read_bytes
from govscore.intake.frames import is_frame, read_frame, read_parquet
from govscore.intake.objects import rows_of_objects
from govscore.intake.source import MOST_PROBLEMS, Columns, Table, all_of, placed
from govscore.scheme.encoding import MAX_BYTES
from govscore.scheme.read import read_scheme, scheme_from_mapping
from govscore.scheme.source import parse
from govscore.scheme.units import Unit, check_units
from govscore.scoring.facts import Facts, read_facts
from govscore.tables import FINDINGS_REQUIRED, UNIT_COLUMNS, UNITS_REQUIRED, unit_from
from govscore.text import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars

    from govscore.scheme.model import Scheme

FINDINGS: Final = Columns(known=COLUMNS, required=FINDINGS_REQUIRED, table="finding")
UNITS: Final = Columns(known=UNIT_COLUMNS, required=UNITS_REQUIRED, table="unit")

ENDINGS: Final = (".csv", ".toml", ".xlsx", ".parquet")
"""Of the files that tables are read from."""

_UNIT: Final = itemgetter(COLUMNS.index("unit"))
_ITEM: Final = itemgetter(COLUMNS.index("item"))

FactsSource: TypeAlias = "str | Path | polars.DataFrame | Iterable[Row | Mapping[str, object]]"
UnitsSource: TypeAlias = "str | Path | polars.DataFrame | Iterable[Unit | Mapping[str, object]]"


def load_scheme(
    source: str | Path | Mapping[str, Any] | None = None,
    *,
    text: str | None = None,
    calendar: str | Path | None = None,
) -> Scheme:
    """A scheme from its file, its text, or a mapping of the same shape.

    Args:
        source: a path; a text (a `str` with a line break in it is one); or a mapping.
        text: the TOML text, whatever it holds.
        calendar: the file that adds years and days to the calendar; None: `calendar.toml` beside the
            scheme's file, if there is one.

    Raises:
        InputError: no such file, or every problem of the scheme with its place.
        TypeError: neither or both are given.
    """
    if (source is None) == (text is None):
        raise TypeError("load_scheme takes a path, a text or a mapping")
    if text is None and isinstance(source, str) and "\n" in source:
        text = source
    if isinstance(source, Mapping):
        scheme = scheme_from_mapping(source)
    elif text is not None:
        scheme = read_scheme(text)
    else:
        path = Path(source or "")
        scheme = read_scheme(read_bytes(path, MAX_BYTES), str(path))
        beside = path.with_name(CALENDAR)
        calendar = beside if calendar is None and beside.exists() else calendar
    if calendar is None:
        return scheme
    file = Path(calendar)
    return with_calendar(scheme, read_bytes(file, MAX_BYTES), str(file))


def with_calendar(scheme: Scheme, source: str | bytes, name: str) -> Scheme:
    """The scheme with the working days that an office adds.

    Args:
        scheme: to which they are added.
        source: the TOML text, or the bytes of its file.
        name: what messages call it.

    Raises:
        InputError: every problem of the calendar with its place.
    """
    from govscore.calendar.days import Calendar  # only who adds to it needs it
    from govscore.calendar.table import read_table

    document = parse(source, name)
    table = read_table(document.data, lambda path, key: document.places.of(path, key=key))
    text = source if isinstance(source, str) else source.decode("utf-8-sig")
    return replace(scheme, calendar=Calendar(table), calendar_text=text)


def load_units(source: UnitsSource, scheme: Scheme, *, sheet: str = "") -> tuple[Unit, ...]:
    """The assessed units, checked against the scheme.

    Args:
        source: a path (.csv, .toml, .xlsx, .parquet), a Polars frame, or units and mappings.
        scheme: knows the groups, and which names its items apply to.
        sheet: of a workbook with several sheets, the one to read.

    Raises:
        InputError: every problem found, with its place.
    """
    if not isinstance(source, str | Path) and not is_frame(source):
        made, table = rows_of_objects(source, UNITS, Unit)
        units = [each if isinstance(each, Unit) else unit_from(*each) for each in made]
    else:
        table = _table(source, UNITS, sheet)
        units = [unit_from(row, place) for row, place in table.rows()]
    try:
        return check_units(units, scheme)
    except InputError as error:
        raise all_of(placed(error.problems, table)) from None


def load_facts(source: FactsSource, scheme: Scheme, units: Sequence[Unit], *, sheet: str = "") -> Facts:
    """What was established, read against the scheme.

    Args:
        source: a path (.csv, .toml, .xlsx, .parquet), a Polars frame, or rows and mappings.
        scheme: what may be established.
        units: about whom.
        sheet: of a workbook with several sheets, the one to read.

    Raises:
        InputError: every problem found, with its place.
    """
    if not isinstance(source, str | Path) and not is_frame(source):
        made, table = rows_of_objects(source, FINDINGS, Row)
        rows = [each if isinstance(each, Row) else Row(**each[0], place=each[1]) for each in made]
    else:
        table = _table(source, FINDINGS, sheet)
        rows = rows_of_columns(table.columns, table.places)
    rows, beyond = _few_strangers(rows, scheme, units)
    try:
        return read_facts(rows, scheme, units)
    except InputError as error:
        raise all_of(placed(error.problems, table), beyond) from None


def _few_strangers(rows: list[Row], scheme: Scheme, units: Sequence[Unit]) -> tuple[list[Row], int]:
    """The rows without those of unknown units and items that would not be listed anyway.

    A name is looked up among the known ones for each of them, which takes its time.
    """
    ids, entries = {unit.unit for unit in units}, scheme.entries
    if ids.issuperset(map(_UNIT, rows)) and set(entries).issuperset(map(_ITEM, rows)):
        return rows, 0
    strangers = [row.unit not in ids or row.item not in entries for row in rows]
    beyond = sum(strangers) - MOST_PROBLEMS
    if beyond <= 0:
        return rows, 0
    seen = 0
    kept = []
    for row, strange in zip(rows, strangers, strict=True):
        seen += strange
        if not strange or seen <= MOST_PROBLEMS:
            kept.append(row)
    return kept, beyond


def _table(source: str | Path | polars.DataFrame, columns: Columns, sheet: str) -> Table:
    if not isinstance(source, str | Path):
        return read_frame(source, columns)
    path = Path(source)
    ending = path.suffix.lower()
    if path.exists() and ending not in ENDINGS:
        found, known = ending or path.name, ", ".join(ENDINGS)
        near = nearest(ending, ENDINGS)
        raise InputError(problem(m.ENDING, Place(file=str(path)), near, found=found, known=known))
    name = str(path)
    if ending == ".csv":
        return read_csv(read_bytes(path), name, columns)
    if ending == ".toml":
        from govscore.intake.toml_rows import read_toml

        return read_toml(read_bytes(path, MAX_BYTES), name, columns)
    if ending == ".xlsx":
        from govscore.intake.workbook import read_workbook
        from govscore.intake.workbook_guard import LARGEST_WORKBOOK

        return read_workbook(read_bytes(path, LARGEST_WORKBOOK), name, columns, sheet)
    return read_parquet(read_bytes(path), name, columns)
