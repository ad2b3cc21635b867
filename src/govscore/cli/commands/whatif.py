"""`govscore whatif`: which single changes of facts would gain a unit most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from govscore.cli.commands.explain import WORDS, find_entry, find_unit, sort_words
from govscore.cli.house import argument, command, option
from govscore.cli.opening import source_options
from govscore.cli.output import (
    deliver,
    exact,
    form_of,
    head_of,
    output_options,
    to_csv,
    to_json,
    unit_json,
)
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from pathlib import Path

    from govscore.analysis.whatif import Gain, GradeLine, WhatIf
    from govscore.cli.opening import Source
    from govscore.office.assessment import Assessment

FORMATS: Final = ("table", "json", "csv")
COLUMNS: Final = (
    "unit", "item", "title", "kind", "fact", "period", "change", "gain", "total", "so_far", "state", "rank",
    "grade",
)  # fmt: skip


@command(
    help=N_(
        "Prints which single changes of facts would gain a unit most, and what its grades are short of.\n\n"
        "Each change is read and scored like findings; nothing is saved. "
        "With an item or veto only changes there. Open units are compared by their points so far."
    )
)
@argument("words", metavar=N_("[FOLDER] UNIT [ITEM]"), help=WORDS, nargs=-1, required=True)
@option(
    "--top",
    metavar=N_("NUMBER"),
    type=click.IntRange(min=1),
    help=N_("How many changes to print; left out: 10 in the table, else all."),
)
@source_options(folder_as_option=True)
@output_options(*FORMATS)
def whatif(
    words: tuple[str, ...], top: int | None, source: Source, form: str | None, target: Path | None
) -> None:
    """The command."""
    from govscore.analysis.whatif import what_if_on

    source, unit, item = sort_words(words, source)
    form = form_of(form, target, FORMATS)
    with source.open() as assessment:
        id = find_unit(assessment, unit)
        found = what_if_on(assessment.board, id, None if item is None else find_entry(assessment, item))
        deliver(_written(assessment, found, form, top), target, assessment)


def _written(assessment: Assessment, found: WhatIf, form: str, top: int | None) -> str:
    if form == "json":
        return as_json(assessment, found, top)
    if form == "csv":
        return as_csv(assessment, found, top)
    from govscore.cli.gains import as_text

    return as_text(assessment, found, top or 10)


def as_json(assessment: Assessment, found: WhatIf, top: int | None) -> str:
    """The unit, the changes with the rows that make them, and the grades."""
    head = {**head_of(assessment), "provisional": found.provisional}
    return to_json(
        {
            **head,
            "unit": unit_json(found.unit, charges=assessment.scheme.charges_total),
            "changes": [_change_json(gain) for gain in found.gains[:top]],
            "grades": [_grade_json(line) for line in found.lines],
        }
    )


def _change_json(gain: Gain) -> dict[str, Any]:
    rows = [
        {name: cell for name, cell in row._asdict().items() if cell and name != "place"}
        for row in gain.change.rows
    ]
    return {**_cells(gain), "rows": rows}


def _cells(gain: Gain) -> dict[str, Any]:
    change = gain.change
    return {
        "item": change.item,
        "title": change.title,
        "kind": change.kind,
        "fact": change.fact or None,
        "period": change.period or None,
        "change": change.text,
        "gain": exact(gain.gain),
        "total": exact(gain.total),
        "so_far": exact(gain.so_far),
        "state": gain.state,
        "rank": gain.rank,
        "grade": gain.grade,
    }


def _grade_json(line: GradeLine) -> dict[str, Any]:
    return {
        "grade": line.grade,
        "line": line.line or None,
        "short": exact(line.short),
        "has_it": line.has_it,
        "hindrances": list(line.hindrances),
    }


def as_csv(assessment: Assessment, found: WhatIf, top: int | None) -> str:
    """A row for each change, exact; the notice in the last column."""
    rows = []
    for gain in found.gains[:top]:
        cells = {"unit": gain.change.unit, **_cells(gain)}
        provisional = str(found.provisional).lower()
        rows.append([*(cells[name] for name in COLUMNS), provisional, assessment.scheme.notice])
    return to_csv((*COLUMNS, "provisional", "notice"), rows)
