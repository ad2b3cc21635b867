"""What a failure becomes: a sentence on stderr and an exit code.

Invariant: a fault of the program itself puts its details into a file, never on the screen; the file
holds the traceback and the command line.
"""

from __future__ import annotations

import datetime
import os
import platform
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from govscore import __version__
from govscore.cli import streams
from govscore.cli.exit_codes import ExitCode
from govscore.errors import GovscoreError, RefusedError, StorageError
from govscore.i18n import gettext as _
from govscore.text import inert

if TYPE_CHECKING:
    from collections.abc import Sequence


def tell_failure(error: Exception, arguments: Sequence[str]) -> ExitCode:
    """Says what went wrong and gives the exit code for it."""
    if isinstance(error, GovscoreError):
        streams.narrate(str(error))
        return _code_of(error)
    if isinstance(error, OSError):
        from govscore.errors import why_now

        where = f"{inert(str(error.filename))}: " if error.filename else ""
        what = where + why_now(error)
        streams.narrate(_("the machine did not do its part: {what}").format(what=what))
        return ExitCode.STORAGE
    streams.narrate(_fault(error, arguments))
    return ExitCode.INTERNAL


def _code_of(error: GovscoreError) -> ExitCode:
    if isinstance(error, RefusedError):
        return ExitCode.REFUSED
    return ExitCode.STORAGE if isinstance(error, StorageError) else ExitCode.WRONG_INPUT


def _fault(error: Exception, arguments: Sequence[str]) -> str:
    """Writes the log file and says in a sentence where it is."""
    what = f"{type(error).__name__}: {inert(str(error))[:200]}"
    log = _write(_details(error, arguments))
    if log is None:
        return _("a fault in govscore itself ({what}); no log file could be written").format(what=what)
    return _("a fault in govscore itself ({what}); the details are in {file}").format(what=what, file=log)


def _details(error: BaseException, arguments: Sequence[str]) -> str:
    head = (
        f"govscore {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"{datetime.datetime.now().astimezone().isoformat(timespec='seconds')}\n"
        f"arguments: {list(arguments)!r}\n\n"
    )
    return head + "".join(traceback.format_exception(error))


def _write(text: str) -> Path | None:
    """The file, in the user's folder for such things, else in the temporary one; None if neither works."""
    name = f"fault-{datetime.datetime.now().astimezone():%Y%m%d-%H%M%S}-{os.getpid()}.log"
    for folder in (_state_folder(), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / name
            file.write_text(text, encoding="utf-8", errors="backslashreplace")
        except OSError:
            continue
        return file
    return None


def _state_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or tempfile.gettempdir()) / "govscore"
    named = os.environ.get("XDG_STATE_HOME")
    return (Path(named) if named else Path.home() / ".local" / "state") / "govscore"
