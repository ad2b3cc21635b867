"""`govscore score`: the scores of all units."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from govscore.cli import unit_rows
from govscore.cli.house import command
from govscore.cli.opening import source_options
from govscore.cli.output import head_of, output_options, to_json, unit_json
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from govscore.cli.opening import Source
    from govscore.office.assessment import Assessment
    from govscore.scoring.display import Display
    from govscore.scoring.result import Result, UnitResult

_COVERAGE: Final = len("0.0000")
"""In a table for people coverage is cut, never rounded up."""
FORMATS: Final = ("table", "json", "csv", "parquet")
COLUMNS: Final = (
    "unit", "name", "group", "base", "bonus", "major_deduction", "charged", "total", "rank", "grade",
    "state", "coverage", "covered",
)  # fmt: skip


@command(
    help=N_(
        "Prints the scores of all units.\n\n"
        "JSON, CSV and Parquet hold exact numbers as text; "
        "what a unit does not have is null or empty, never 0. Names stand there exactly as they were given."
    )
)
@source_options()
@output_options(*FORMATS)
def score(source: Source, form: str | None, target: Path | None) -> None:
    """The command."""
    unit_rows.write(source, form, target, _WRITERS)


def as_table(assessment: Assessment) -> str:
    """A table for each group, its units in the order of the roster."""
    headings = (
        _("Id"), _("Unit"), _("Base"), _("Bonus"), _("Major deduction"), _("Total"), _("Rank"), _("Grade"),
        _("Coverage"),
    )  # fmt: skip
    return unit_rows.as_tables(assessment, headings, _cells, "  rrrrr r", _in_order)


def _cells(unit: UnitResult, shown: Display) -> tuple[str | None, ...]:
    return (
        unit.unit,
        unit.name,
        shown.base_text(unit),
        shown.text(unit.bonus),
        shown.text(unit.major_deduction),
        shown.total_text(unit),
        None if unit.rank is None else str(unit.rank),
        unit.grade,
        unit.coverage_text and unit.coverage_text[:_COVERAGE],
    )


def _in_order(result: Result, group: str) -> list[UnitResult]:
    return [unit for unit in result if unit.group == group]


def as_json(assessment: Assessment) -> str:
    """Everything, exact."""
    result = assessment.result()
    provisional, charges = unit_rows.provisional_groups(result), result.scheme.charges_total
    units = [{**unit_json(unit, charges=charges), "provisional": provisional[unit.group]} for unit in result]
    return to_json({**head_of(assessment), "units": units})


def as_csv(assessment: Assessment) -> str:
    """A row for each unit."""
    result = assessment.result()
    columns = [name for name in COLUMNS if result.scheme.charges_total or name != "charged"]
    columns += unit_rows.part_columns(result.scheme)
    return unit_rows.as_csv(result, columns, result)


def as_parquet(assessment: Assessment) -> bytes:
    """The table of `Result.to_polars` as Parquet."""
    target = io.BytesIO()
    assessment.result().to_polars().write_parquet(target)
    return target.getvalue()


_WRITERS: Final[dict[str, Callable[[Assessment], str | bytes]]] = {
    "table": as_table,
    "json": as_json,
    "csv": as_csv,
    "parquet": as_parquet,
}
