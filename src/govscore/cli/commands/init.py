"""`govscore init`: an assessment begins in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from govscore.cli.commands.status import next_lines
from govscore.cli.house import command, option
from govscore.cli.opening import PATH, folder_argument
from govscore.cli.streams import narrate, say
from govscore.cli.words import heading
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_
from govscore.text import inert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govscore.office.assessment import Assessment


@command(
    help=N_(
        "Begins an assessment: with people named, the record of a folder that has a scheme and units.\n\n"
        "Without any option, in a folder without a scheme, "
        "it writes a scheme and a list of units to begin with. "
        "Findings that lie there become decisions of whoever begins it; nothing that is there is overwritten."
    )
)
@folder_argument
@option("--scheme", metavar=N_("FILE"), type=PATH, help=N_("Copy this scheme into the folder."))
@option("--units", metavar=N_("FILE"), type=PATH, help=N_("Copy this list of units into the folder."))
@option("--findings", metavar=N_("FILE"), type=PATH, help=N_("Take these findings over as decisions."))
@option(
    "--reviewer", "reviewers", metavar=N_("NAME"), multiple=True, help=N_("Who reviews; may be repeated.")
)
@option(
    "--leader",
    "leaders",
    metavar=N_("NAME"),
    multiple=True,
    help=N_("Who approves, and did not review; may be repeated."),
)
@option("--as", "author", metavar=N_("NAME"), help=N_("Who begins it; left out: the first reviewer."))
def init(
    folder: Path | None,
    scheme: Path | None,
    units: Path | None,
    findings: Path | None,
    reviewers: Sequence[str],
    leaders: Sequence[str],
    author: str | None,
) -> None:
    """The command."""
    folder = folder or Path()
    if not any((scheme, units, findings, reviewers, leaders, author)) and not _has_scheme(folder):
        _write_starter(folder)
        return
    with _begun(
        folder, scheme, units, findings, reviewers=reviewers, leaders=leaders, author=author
    ) as begun:
        say("\n".join(heading(begun)))
        narrate(_("the record is begun; decisions taken over: {count}").format(count=begun.decided))
    narrate("\n".join(next_lines(folder, ("govscore review",))))


def _has_scheme(folder: Path) -> bool:
    from govscore.office.contents import SCHEME

    return (folder / SCHEME).exists()


def _write_starter(folder: Path) -> None:
    from govscore.office.init import write_starter

    for file in write_starter(folder):
        say(inert(str(file)))
    narrate(_("written; make them yours, then begin the record"))
    narrate("\n".join(next_lines(folder, ("govscore check", "govscore init --reviewer … --leader …"))))


def _begun(
    folder: Path, scheme: Path | None, units: Path | None, findings: Path | None, **people: Any
) -> Assessment:
    """The new assessment; a folder's own findings are taken over if no file is named."""
    from govscore.office.init import init_folder, start_record

    if scheme is None and units is None and findings is None:
        return start_record(folder, **people)
    return init_folder(folder, scheme=scheme, units=units, findings=findings, **people)
