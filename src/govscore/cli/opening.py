"""Which assessment a command works on: a folder, or three files.

Invariant: every command finds its assessment the same way, and says aloud what the office remarks.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govscore.cli.house import argument, option
from govscore.cli.streams import narrate
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from govscore.office.assessment import Assessment

PATH = click.Path(path_type=Path)
_FILES = ("scheme", "units", "findings")


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where an assessment is read from."""

    folder: Path | None = None
    scheme: Path | None = None
    units: Path | None = None
    findings: Path | None = None

    @contextmanager
    def open(self) -> Iterator[Assessment]:
        """The assessment, to be looked at only; what the office remarks goes to stderr."""
        with self._opened() as assessment:
            for remark in assessment.remarks:
                narrate(remark)
            yield assessment

    def _opened(self) -> Assessment:
        from govscore.office.folder import open_files, open_folder

        if self.scheme is None or self.units is None or self.findings is None:
            return open_folder(self.folder or Path(), read_only=True)
        return open_files(self.scheme, self.units, self.findings)


@contextmanager
def open_to_act(folder: Path | None, author: str | None) -> Iterator[Assessment]:
    """The assessment of a folder, for somebody who adds to its record."""
    from govscore.office.folder import open_folder

    with open_folder(folder or Path(), author=author) as assessment:
        for remark in assessment.remarks:
            narrate(remark)
        yield assessment


def folder_argument(function: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the argument `folder`; None is the current one."""
    return argument(
        "folder",
        metavar=N_("[FOLDER]"),
        help=N_("The assessment folder; left out: the current one."),
        type=PATH,
        required=False,
    )(function)


def person_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the option that says who acts, as `author`."""
    return option(
        "--as",
        "--reviewer",
        "author",
        metavar=N_("NAME"),
        help=N_("Who acts, as on the roster; else GOVSCORE_REVIEWER, else the only reviewer."),
    )(function)


def source_options(*, folder_as_option: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Adds a folder and the three files; the function gets them as `source`."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def call(folder: Path | None, **settings: Any) -> Any:
            files = {name: settings.pop(name) for name in _FILES}
            return function(source=_source(folder, files), **settings)

        decorated: Callable[..., Any] = call
        for name, help in reversed(_HELP.items()):
            decorated = option(f"--{name}", metavar=N_("FILE"), type=PATH, help=help)(decorated)
        if not folder_as_option:
            return folder_argument(decorated)
        help = N_("The assessment folder; left out: the current one.")
        return option("--folder", metavar=N_("FOLDER"), type=PATH, help=help)(decorated)

    return add


_HELP = {
    "scheme": N_("Instead of a folder: the scheme, with --units and --findings."),
    "units": N_("Instead of a folder: the units' list."),
    "findings": N_("Instead of a folder: the findings table."),
}


def _source(folder: Path | None, files: dict[str, Path | None]) -> Source:
    missing = [f"--{name}" for name, file in files.items() if file is None]
    if len(missing) == len(files):
        return Source(folder=folder)
    if missing:
        names = ", ".join(missing)
        raise click.UsageError(
            _("scheme, units and findings go together; missing: {names}").format(names=names)
        )
    if folder is not None:
        raise click.UsageError(_("name a folder or three files, not both"))
    return Source(**files)
