"""`govscore score`: the scores of all units."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from govscore.cli.house import command
from govscore.cli.opening import source_options
from govscore.cli.output import deliver, form_of, head_of, output_options, to_csv, to_json, unit_json
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from govscore.cli.opening import Source
    from govscore.office.assessment import Assessment

FORMATS: Final = ("table", "json", "csv", "parquet")
COLUMNS: Final = (
    "unit", "name", "group", "base", "bonus", "major_deduction", "total", "rank", "grade", "state",
    "coverage", "covered",
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
    form = form_of(form, target, FORMATS)
    with source.open() as assessment:
        deliver(_WRITERS[form](assessment), target, assessment)


def as_table(assessment: Assessment) -> str:
    """A table for each group, with the scheme's places."""
    from govscore.cli.table import table
    from govscore.cli.words import foot, heading, unit_remark
    from govscore.scoring.display import display
    from govscore.text import inert

    result = assessment.result()
    shown = display(result)
    parts = ["\n".join(heading(assessment))]
    headings = (
        _("Id"), _("Unit"), _("Base"), _("Bonus"), _("Major deduction"), _("Total"), _("Rank"), _("Grade"),
        _("Coverage"), _("Remark"),
    )  # fmt: skip
    for group, title in result.scheme.groups.items():
        rows = [
            (
                unit.unit,
                unit.name,
                shown.base_text(unit),
                shown.text(unit.bonus),
                shown.text(unit.major_deduction),
                shown.total_text(unit),
                None if unit.rank is None else str(unit.rank),
                unit.grade,
                unit.coverage_text,
                unit_remark(result.scheme, unit, shown, provisional=result.is_provisional(group)),
            )
            for unit in result
            if unit.group == group
        ]
        if rows:
            parts.append(inert(title) + "\n" + table(headings, rows, "  rrrrr r"))
    return "\n\n".join([*parts, "\n".join(foot(result))]).rstrip() + "\n"


def as_json(assessment: Assessment) -> str:
    """Everything, exact."""
    result = assessment.result()
    units = [{**unit_json(unit), "provisional": result.is_provisional(unit.group)} for unit in result]
    return to_json({**head_of(assessment), "units": units})


def as_csv(assessment: Assessment) -> str:
    """A row for each unit, exact; whether its rank is provisional, and the notice, in the last columns."""
    result = assessment.result()
    rows = []
    for unit in result:
        content = {**unit_json(unit), "covered": str(unit.covered).lower()}
        provisional = str(result.is_provisional(unit.group)).lower()
        rows.append([*(content[name] for name in COLUMNS), provisional, result.notice])
    return to_csv((*COLUMNS, "provisional", "notice"), rows)


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
