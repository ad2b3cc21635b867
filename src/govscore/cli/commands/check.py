"""`govscore check`: every mistake in a scheme, or in a whole folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from govscore.cli.exit_codes import ExitCode
from govscore.cli.house import argument, command, option
from govscore.cli.opening import PATH
from govscore.cli.streams import narrate, say
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_
from govscore.i18n import ngettext
from govscore.text import inert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govscore.scheme.model import Scheme
    from govscore.scheme.units import Unit


@command(
    help=N_(
        "Finds every mistake in a scheme file, or in scheme, units and findings of a folder.\n\n"
        "Each is told with its place, what was expected and what to do. "
        "Without mistakes it says what was checked, and warns of what is allowed, "
        "but most likely not meant (docs/lint.md)."
    )
)
@argument(
    "path",
    metavar=N_("[PATH]"),
    help=N_("A scheme file or an assessment folder; left out: the current folder."),
    type=PATH,
    required=False,
)
@option("--strict", is_flag=True, help=N_("Warnings that are not accepted end with exit code 1."))
@click.pass_context
def check(context: click.Context, path: Path | None, *, strict: bool) -> None:
    """The command."""
    path = path or Path()
    if not path.is_dir():
        from govscore import load_scheme

        scheme = load_scheme(path)
        warnings = _warn(scheme, None)
        _tell(path, _scheme_words(scheme), *warnings)
    else:
        from govscore.office.contents import RECORD

        warnings = (_check_record if (path / RECORD).exists() else _check_files)(path)
    if strict and warnings:
        context.exit(ExitCode.REFUSED)


def _warn(scheme: Scheme, units: Sequence[Unit] | None) -> tuple[str, ...]:
    """Tells the warnings; how many they are, if there are any, and not those that were accepted."""
    from govscore.lint import look_over

    found = look_over(scheme, units)
    for each in found.warnings:
        narrate(str(each))
    count = len(found.warnings)
    if not count:
        return ()
    return (ngettext("{count} warning", "{count} warnings", count).format(count=count),)


def _check_record(folder: Path) -> tuple[str, ...]:
    from govscore.office.folder import open_folder

    with open_folder(folder, read_only=True) as assessment:
        for remark in assessment.remarks:
            narrate(remark)
        count = assessment.decided
        words = ngettext("{count} decision", "{count} decisions", count).format(count=count)
        warnings = _warn(assessment.scheme, assessment.units)
        _tell(folder, _scheme_words(assessment.scheme), _units_words(assessment.units), words, *warnings)
        return warnings


def _check_files(folder: Path) -> tuple[str, ...]:
    """Scheme, then units, then findings: each can only be read once the one before is right."""
    from govscore import load_facts, load_scheme, load_units
    from govscore.errors import InputError
    from govscore.office.contents import FINDINGS, SCHEME, UNITS, find_table

    scheme = load_scheme(folder / SCHEME)
    done = [_scheme_words(scheme)]
    units = None
    units_file, findings_file = find_table(folder, UNITS), find_table(folder, FINDINGS)
    if units_file is None:
        text = _("{folder} has no list of units: only the scheme was checked")
        narrate(text.format(folder=inert(str(folder))))
    else:
        try:
            units = load_units(units_file, scheme)
        except InputError:
            if findings_file is not None:
                narrate(_("the findings are checked once the units are right"))
            raise
        done.append(_units_words(units))
        if findings_file is not None:
            count = sum(1 for _row in load_facts(findings_file, scheme, units).rows())
            done.append(
                ngettext("{count} row of findings", "{count} rows of findings", count).format(count=count)
            )
    warnings = _warn(scheme, units)
    _tell(folder, *done, *warnings)
    return warnings


def _scheme_words(scheme: Scheme) -> str:
    items, vetoes = len(scheme.items), len(scheme.vetoes)
    return " · ".join(
        (
            _("the scheme"),
            ngettext("{count} item", "{count} items", items).format(count=items),
            ngettext("{count} veto", "{count} vetoes", vetoes).format(count=vetoes),
        )
    )


def _units_words(units: Sequence[Unit]) -> str:
    return ngettext("{count} unit", "{count} units", len(units)).format(count=len(units))


def _tell(path: Path, *done: str) -> None:
    say(_("{path}: no mistake found; checked: {what}").format(path=inert(str(path)), what=" · ".join(done)))
