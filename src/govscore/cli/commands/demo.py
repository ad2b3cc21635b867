"""`govscore demo`: a copy of the example, in the desk or printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from govscore.cli.commands.review import has_terminal, open_desk
from govscore.cli.house import command, option
from govscore.cli.streams import narrate, say
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from govscore.office.assessment import Assessment

FOLDER: Final = "govscore-demo"


@command(
    help=N_(
        "Makes a folder with a copy of the example, some of it already decided, and opens it in the desk.\n\n"
        "A folder made before is opened again, and nothing in it is overwritten."
    )
)
@option(
    "--dir",
    "folder",
    metavar=N_("FOLDER"),
    type=click.Path(path_type=Path),
    default=FOLDER,
    help=N_("Where to make it; left out: govscore-demo here."),
)
@option("--no-tui", "printed", is_flag=True, help=N_("Print the ranking and write the workbook instead."))
def demo(folder: Path, *, printed: bool) -> None:
    """The command."""
    _prepare(folder)
    if not printed and not has_terminal():
        narrate(_("there is no terminal for the desk: going on as with --no-tui"))
        printed = True
    if printed:
        _print(folder)
    else:
        from govscore.office.demo import REVIEWERS

        open_desk(folder, REVIEWERS[0])
        _hints(folder)


def _prepare(folder: Path) -> None:
    from govscore.office.contents import RECORD
    from govscore.text import inert

    name = inert(str(folder))
    if (folder / RECORD).exists():
        narrate(_("{folder} is there already and is opened again as it is").format(folder=name))
        return
    from govscore.office.demo import copy_demo

    copy_demo(folder)
    narrate(_("a copy of the example is in {folder}").format(folder=name))


def _print(folder: Path) -> None:
    from govscore.cli.commands.export import NAME
    from govscore.cli.commands.rank import as_table
    from govscore.office.exporting import export_workbook
    from govscore.office.folder import open_folder
    from govscore.text import inert

    with open_folder(folder, read_only=True) as assessment:
        say(as_table(assessment))
        written = export_workbook(assessment, folder / NAME)
        say(_("workbook: {file}").format(file=inert(str(written))))
        _hints(folder, assessment)


def _hints(folder: Path, assessment: Assessment | None = None) -> None:
    """What to look at next, as commands."""
    from shlex import quote

    from govscore.text import inert

    place = inert(quote(str(folder)))
    unit = assessment.units[0].unit if assessment else _("UNIT")
    narrate(_("What to look at next:"))
    for line, text in (
        (f"govscore status {place}", _("the state, and what is open")),
        (f"govscore explain {place} {unit}", _("why a unit has its score")),
        (f"govscore review {place}", _("the desk")),
        (f"govscore export {place}", _("the workbook")),
    ):
        narrate(f"  {line}    # {text}")
