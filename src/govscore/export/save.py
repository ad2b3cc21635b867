"""Putting a finished workbook on disk: beside the target, fsynced, then in its place.

Invariant: at every moment, also after a crash, the target is either the old file or the new one,
complete; a file that is open elsewhere is never touched.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from govscore.errors import Place, StorageError, problem, why
from govscore.export import messages as m

if TYPE_CHECKING:
    from datetime import datetime


def save(content: bytes, target: Path, now: datetime) -> Path:
    """Writes the file, in place of an older one unless that is open in another program.

    Args:
        content: the finished file.
        target: where it should go.
        now: names the file that is written beside a busy target.

    Returns:
        The file really written: the target, or one beside it with the time in its name.

    Raises:
        StorageError: the folder takes no file; the old file is unchanged.
    """
    real = Path(os.path.realpath(target))
    try:
        return _save(content, target, real, now)
    except OSError as error:
        place = Place(file=str(target))
        raise StorageError(problem(m.CANNOT_WRITE, place, None, why=why(error))) from error


def _save(content: bytes, target: Path, real: Path, now: datetime) -> Path:
    temporary = _write_temporary(content, real)
    try:
        written = target
        if is_open_elsewhere(real):
            written = _put_beside(temporary, real, now)
        else:
            with contextlib.suppress(OSError):
                shutil.copymode(real, temporary)
            try:
                temporary.replace(real)
            except PermissionError:
                written = _put_beside(temporary, real, now)
        _fsync_folder(real.parent)
    finally:
        _discard(temporary)
    return written


def is_open_elsewhere(target: Path) -> bool:
    """Whether Excel, WPS or LibreOffice left a lock file beside the target.

    A lock file that a crashed program left behind looks the same: then the new file goes beside, too.
    """
    name = target.name
    locks = (f"~${name}", f".~{name}", f".~lock.{name}#")
    return target.exists() and any((target.parent / lock).exists() for lock in locks)


def _write_temporary(content: bytes, target: Path) -> Path:
    temporary = target.with_name(f".{target.stem[:40]}.{secrets.token_hex(6)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        _discard(temporary)
        raise
    return temporary


def _discard(temporary: Path) -> None:
    """Leaves nothing behind; why writing failed is told, not why tidying up did."""
    with contextlib.suppress(OSError):
        temporary.unlink(missing_ok=True)


def _put_beside(temporary: Path, target: Path, now: datetime) -> Path:
    """Moves the file beside the target, to a name that nothing has yet."""
    stem = f"{target.stem} {now:%Y-%m-%d %H-%M-%S}"
    for number in range(1, 1_000):
        beside = target.with_name(f"{stem}{f' ({number})' if number > 1 else ''}{target.suffix}")
        if not beside.exists():
            temporary.replace(beside)
            return beside
    raise FileExistsError(os.strerror(17))


def _fsync_folder(folder: Path) -> None:
    """Puts the new name on disk, where the system can do that with a folder."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(
        OSError
    ):  # a folder that may not be read, or cannot be fsynced: the file is there
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
