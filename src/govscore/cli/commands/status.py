"""`govscore status`: what a folder holds, and the next command; in full, what is open, too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from govscore.cli.house import command, option
from govscore.cli.opening import folder_argument
from govscore.cli.streams import narrate, say
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govscore.office.glance import Glance


@command(
    help=N_(
        "Says what a folder holds, what was decided last, and what comes next.\n\n"
        "It reads the record and compares scheme and units with it, but computes no score: "
        "what is open, and whether an approval holds, only --full says."
    )
)
@folder_argument
@option("--full", is_flag=True, help=N_("Compute the result, too."))
def status(folder: Path | None, *, full: bool) -> None:
    """The command."""
    tell(folder or Path(), full=full)


def tell(folder: Path, *, full: bool) -> None:
    """Says the state of a folder and the next commands."""
    from govscore.errors import InputError, Place, problem
    from govscore.office.glance import glance
    from govscore.office.messages import NO_FOLDER

    if not folder.is_dir():
        raise InputError(problem(NO_FOLDER, Place(file=str(folder))))
    seen = glance(folder)
    if full and seen.kind in ("record", "tables"):
        from govscore.cli.standing import standing_lines

        lines, following = standing_lines(folder, seen)
    else:
        for remark in seen.remarks:
            narrate(remark)
        lines, following = _glance_lines(seen), seen.next
    say("\n".join([*lines, *next_lines(folder, following)]))


def _glance_lines(seen: Glance) -> list[str]:
    from govscore.text import inert

    head = [inert(text) for text in (seen.title, seen.notice) if text]
    first = [_("govscore demo makes a folder with an example to look at.")] if seen.kind == "nothing" else []
    return [*head, *seen.lines(), *first]


def next_lines(folder: Path, following: Iterable[str]) -> list[str]:
    """The next commands as they would be typed here."""
    from shlex import quote

    from govscore.text import inert

    place = "" if folder.resolve() == Path.cwd() else inert(quote(str(folder)))
    lines = []
    for each in following:
        program, name, *rest = each.split(" ")
        named = [place] if place and name != "demo" else []
        lines.append("  " + " ".join([program, name, *named, *rest]))
    return [_("Next:"), *lines] if lines else []
