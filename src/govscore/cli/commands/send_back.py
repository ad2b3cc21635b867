"""`govscore return`: the submitted result goes back, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.cli.acting import acting
from govscore.cli.house import command, option
from govscore.cli.opening import folder_argument, person_option
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from pathlib import Path


@command(name="return", help=N_("Sends the submitted result back to the reviewers; needs a reason."))
@folder_argument
@person_option
@option("--reason", metavar=N_("TEXT"), required=True, help=N_("Why it goes back."))
def send_back(folder: Path | None, author: str | None, reason: str) -> None:
    """The command."""
    with acting(folder, author) as assessment:
        assessment.send_back(reason)
