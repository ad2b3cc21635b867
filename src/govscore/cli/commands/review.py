"""`govscore review`: the review desk."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import click

from govscore.cli.house import command
from govscore.cli.opening import folder_argument, open_to_act, person_option
from govscore.cli.streams import at_terminal
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_


@command(
    help=N_("Opens the review desk in the terminal; every decision is on disk as soon as it says saved.")
)
@folder_argument
@person_option
def review(folder: Path | None, author: str | None) -> None:
    """The command."""
    if not has_terminal():
        raise click.ClickException(
            _("the desk needs a terminal; govscore rank and govscore explain work without one")
        )
    open_desk(folder, author)


def has_terminal() -> bool:
    """Whether somebody can sit at the desk: keys come from stdin, it is drawn on stderr."""
    return at_terminal(sys.stdin, sys.stderr)


def open_desk(folder: Path | None, author: str | None) -> None:
    """Opens the desk on a folder and waits until it is left."""
    with open_to_act(folder, author) as assessment:
        from govscore.cli.commands.export import NAME
        from govscore.office.exporting import export_workbook
        from govscore.tui.app import run_desk

        gc.enable()
        target = (assessment.path or Path()) / NAME
        run_desk(assessment, export=lambda: export_workbook(assessment, target))
