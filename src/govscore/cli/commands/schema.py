"""`govscore schema`: the scheme language as JSON Schema, for editors."""

from __future__ import annotations

from pathlib import Path

import click

from govscore.cli.house import command, option
from govscore.cli.output import to_json
from govscore.cli.streams import narrate, say
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_


@command(
    help=N_(
        "Prints the scheme language as JSON Schema, from which an editor completes and underlines.\n\n"
        "It holds what this installation reads, with the starts and fact types of other packages; "
        "its words are in the language set."
    )
)
@option(
    "-o",
    "--output",
    "target",
    metavar=N_("FILE"),
    type=click.Path(path_type=Path),
    help=N_("Write into this file (.json) instead of stdout."),
)
def schema(target: Path | None) -> None:
    """The command."""
    from govscore.scheme.json_schema import json_schema

    text = to_json(json_schema())
    if target is None or target == Path("-"):
        say(text)
        return
    from govscore.office.contents import own_files
    from govscore.office.target import check_target, form_of, write_whole
    from govscore.text import inert

    form_of(target, None, {".json": "json"})
    check_target(target, own_files(target.parent), streams=True)
    write_whole(target, text.encode())
    narrate(_("written: {file}").format(file=inert(str(target))))
