"""What submit, approve and return have in common: they act on the record and say what it led to."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from govscore.cli.house import option
from govscore.cli.opening import open_to_act
from govscore.cli.streams import say
from govscore.cli.words import heading
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from govscore.office.assessment import Assessment


@contextmanager
def acting(folder: Path | None, author: str | None) -> Iterator[Assessment]:
    """The assessment to act on; when the block has ended, the new state is said."""
    with open_to_act(folder, author) as assessment:
        yield assessment
        standing, anchor = assessment.standing(), assessment.anchor()
        say("\n".join(heading(assessment)))
        say(_("Result digest: {digest}").format(digest=_grouped(standing.result_digest)))
        say(_("Record: event {number}, {hash}").format(number=anchor.number, hash=anchor.short))


def _grouped(digest: str) -> str:
    """The first digits of a digest in groups of four, to be compared by eye."""
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))


def note_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `--note`."""
    return option("--note", metavar=N_("TEXT"), default="", help=N_("A note for the record."))(function)
