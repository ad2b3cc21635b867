"""The one place where the office meets differences between operating systems.

Invariant: whoever is above the record asks here, and nobody else tests which system this is.
"""

from __future__ import annotations

import getpass
import os
import sys
from typing import TYPE_CHECKING, Final

from govscore.errors import Place, RefusedError, message_kind, problem
from govscore.i18n import mark_for_translation as N_
from govscore.record.platform import fsync_folder, network_kind

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["TARGET_BUSY", "TargetBusyError", "fsync_folder", "is_network_path", "login_name", "replace_file"]

TARGET_BUSY: Final = message_kind(
    "office.target_busy",
    N_("the file cannot be replaced: it is open in another program, or you may not write here"),
    todo=N_("Close it in Excel or WPS, or choose another name; the old file is unchanged."),
)


class TargetBusyError(RefusedError):
    """The file to be replaced is held by another program; neither file was changed."""


def replace_file(temporary: Path, target: Path) -> None:
    """Puts a finished temporary file (on the same disk) in the place of another, durably.

    After a power cut there is either the old file or the new one, complete.

    Raises:
        TargetBusyError: the target is open elsewhere; the temporary file is still there.
    """
    with temporary.open("r+b") as file:
        os.fsync(file.fileno())
    try:
        temporary.replace(target)
    except PermissionError as error:
        raise TargetBusyError(problem(TARGET_BUSY, Place(file=str(target)))) from error
    fsync_folder(target.parent)


def is_network_path(path: Path) -> str | None:
    """The kind of the network file system that holds this path, or None (best effort)."""
    return network_kind(path)


def login_name() -> str:
    """The name this session runs under: a suggestion, no proof; empty if the system knows none."""
    if sys.platform == "win32":
        return os.getlogin()
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        pass
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
