"""`govscore export`: the ranking workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from govscore.cli.house import command, option
from govscore.cli.opening import source_options
from govscore.cli.streams import narrate, say
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from govscore.cli.opening import Source

NAME: Final = "ranking.xlsx"


@command(
    help=N_(
        "Writes the ranking workbook and prints where it is.\n\n"
        "The workbook is internal: it is stamped with the state of the approval and not for publication."
    )
)
@source_options()
@option(
    "-o",
    "--output",
    "target",
    metavar=N_("FILE"),
    type=click.Path(path_type=Path),
    help=N_("The workbook; left out: ranking.xlsx in the folder."),
)
def export(source: Source, target: Path | None) -> None:
    """The command."""
    with source.open() as assessment:
        from govscore.office.exporting import export_workbook

        wanted = target or (assessment.path or Path()) / NAME
        written = export_workbook(assessment, wanted)
        if written != wanted:
            narrate(_("the file is open in another program; the new one was written beside it"))
        say(str(written))
