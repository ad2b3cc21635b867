"""`govscore review`: the review desk."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from govscore.cli.house import command
from govscore.cli.opening import folder_argument, person_option
from govscore.cli.streams import at_terminal, narrate
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from govscore.office.assessment import Assessment


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
    """Opens the desk on a folder and waits until it is left.

    A record's units are on the screen before it is read whole; whatever else the folder holds is read
    first.
    """
    from govscore.office.contents import RECORD
    from govscore.office.peek import outline
    from govscore.tui.app import run_desk

    path = folder or Path()
    seen = outline(path / RECORD)
    with _Opening(path, author) as opening:
        run_desk(opening.open if seen else opening.open(), outline=seen, export=opening.export)
        opening.tell()


class _Opening:
    """An assessment that is opened when the desk asks for it, and closed with the desk."""

    def __init__(self, path: Path, author: str | None) -> None:
        self._path = path
        self._author = author
        self._opened = ExitStack()
        self._assessment: Assessment | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def open(self) -> Assessment:
        """The assessment, for somebody who adds to its record."""
        from govscore.office.folder import open_folder

        self._assessment = self._opened.enter_context(open_folder(self._path, author=self._author))
        return self._assessment

    def export(self) -> Path:
        """Writes the workbook."""
        from govscore.cli.commands.export import NAME
        from govscore.office.exporting import export_workbook

        if self._assessment is None:
            raise RuntimeError("nothing is open yet")
        return export_workbook(self._assessment, self._path / NAME)

    def tell(self) -> None:
        """Narrates what the office remarks, once the desk no longer covers it."""
        for remark in self._assessment.remarks if self._assessment else ():
            narrate(remark)
