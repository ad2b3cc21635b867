"""`govscore submit`: the present result goes before the leader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.cli.acting import acting, note_option
from govscore.cli.house import command
from govscore.cli.opening import folder_argument, person_option
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from pathlib import Path


@command(help=N_("Submits the present result for approval; refused while anything is open."))
@folder_argument
@person_option
@note_option
def submit(folder: Path | None, author: str | None, note: str) -> None:
    """The command."""
    with acting(folder, author) as assessment:
        assessment.submit(note)
