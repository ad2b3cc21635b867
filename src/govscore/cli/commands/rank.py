"""`govscore rank`: the ranking of each group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from govscore.cli import unit_rows
from govscore.cli.house import command
from govscore.cli.opening import source_options
from govscore.cli.output import head_of, output_options, to_json, unit_json
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from pathlib import Path

    from govscore.cli.opening import Source
    from govscore.office.assessment import Assessment
    from govscore.scoring.display import Display
    from govscore.scoring.result import Result, UnitResult

FORMATS: Final = ("table", "json", "csv")
COLUMNS: Final = ("rank", "unit", "name", "total", "grade", "state", "covered")


@command(
    help=N_(
        "Prints the ranking of each group.\n\n"
        "While a unit of a group is open, every line of that group says that it is provisional."
    )
)
@source_options()
@output_options(*FORMATS)
def rank(source: Source, form: str | None, target: Path | None) -> None:
    """The command."""
    unit_rows.write(source, form, target, _WRITERS)


def as_table(assessment: Assessment) -> str:
    """A table for each group: by rank, then open units, then those without a score."""
    headings = (_("Rank"), _("Unit"), _("Total"), _("Grade"))
    return unit_rows.as_tables(assessment, headings, _cells, "r r", _by_rank)


def _cells(unit: UnitResult, shown: Display) -> tuple[str | None, ...]:
    rank = None if unit.rank is None else str(unit.rank)
    return (rank, unit.name, shown.total_text(unit), unit.grade)


def _by_rank(result: Result, group: str) -> tuple[UnitResult, ...]:
    return result.ranking(group)


def as_json(assessment: Assessment) -> str:
    """The groups with their rankings."""
    result = assessment.result()
    groups = [
        {
            "group": group,
            "title": title,
            "provisional": result.is_provisional(group),
            "ranking": [_line(unit_json(unit)) for unit in result.ranking(group)],
        }
        for group, title in result.scheme.groups.items()
    ]
    return to_json({**head_of(assessment), "groups": groups})


def _line(unit: dict[str, Any]) -> dict[str, Any]:
    return {name: unit[name] for name in (*COLUMNS, "so_far", "low", "high")}


def as_csv(assessment: Assessment) -> str:
    """A row for each unit, group by group, in the order of the ranking."""
    result = assessment.result()
    units = (unit for group in result.scheme.groups for unit in result.ranking(group))
    return unit_rows.as_csv(result, ("group", *COLUMNS), units)


_WRITERS: Final = {"table": as_table, "json": as_json, "csv": as_csv}
