"""`govscore approve`: a leader's consent to the submitted result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.cli.acting import acting, note_option
from govscore.cli.house import command
from govscore.cli.opening import folder_argument, person_option
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from pathlib import Path


@command(
    help=N_(
        "Approves the submitted result: exactly that one, and nothing that comes after it.\n\n"
        "Only a leader of the roster who reviewed nothing in it can approve."
    )
)
@folder_argument
@person_option
@note_option
def approve(folder: Path | None, author: str | None, note: str) -> None:
    """The command."""
    with acting(folder, author) as assessment:
        assessment.approve(note)
