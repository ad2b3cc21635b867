"""`govscore rank`: the ranking of each group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from govscore.cli.house import command
from govscore.cli.opening import source_options
from govscore.cli.output import deliver, form_of, head_of, output_options, to_csv, to_json, unit_json
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from pathlib import Path

    from govscore.cli.opening import Source
    from govscore.office.assessment import Assessment

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
    form = form_of(form, target, FORMATS)
    with source.open() as assessment:
        deliver(_WRITERS[form](assessment), target, assessment)


def as_table(assessment: Assessment) -> str:
    """A table for each group: by rank, then open units, then those without a score."""
    from govscore.cli.table import table
    from govscore.cli.words import foot, heading, unit_remark
    from govscore.scoring.display import display
    from govscore.text import inert

    result = assessment.result()
    shown = display(result)
    parts = ["\n".join(heading(assessment))]
    headings = (_("Rank"), _("Unit"), _("Total"), _("Grade"), _("Remark"))
    for group, title in result.scheme.groups.items():
        rows = [
            (
                None if unit.rank is None else str(unit.rank),
                unit.name,
                shown.total_text(unit),
                unit.grade,
                unit_remark(result.scheme, unit, shown, provisional=result.is_provisional(group)),
            )
            for unit in result.ranking(group)
        ]
        if rows:
            parts.append(inert(title) + "\n" + table(headings, rows, "r r"))
    return "\n\n".join([*parts, "\n".join(foot(result))]).rstrip() + "\n"


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
    rows = []
    for group in result.scheme.groups:
        provisional = str(result.is_provisional(group)).lower()
        for unit in result.ranking(group):
            content = {**unit_json(unit), "covered": str(unit.covered).lower()}
            rows.append([group, *(content[name] for name in COLUMNS), provisional, result.notice])
    return to_csv(("group", *COLUMNS, "provisional", "notice"), rows)


_WRITERS: Final = {"table": as_table, "json": as_json, "csv": as_csv}
