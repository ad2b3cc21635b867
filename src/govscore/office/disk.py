"""Folders and files that the office makes: nothing that is there is overwritten.

Invariant: what the system refuses becomes a `StorageError` that names the path, and a failure leaves
nothing behind.
"""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from govscore.errors import GovscoreError, Place, RefusedError, StorageError, problem, why
from govscore.office import messages as m
from govscore.office.platform import fsync_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@contextmanager
def writing(path: Path, *, own: bool = False) -> Iterator[None]:
    """Inside the block, errors of the system become a `StorageError` about this path.

    Args:
        path: what is written.
        own: name this path even if the system names another, such as a temporary one.
    """
    try:
        yield
    except OSError as error:
        place = Place(file=str(path if own else error.filename or path))
        raise StorageError(problem(m.CANNOT_WRITE, place, detail=why(error))) from error


def refuse_existing(path: Path, names: Iterable[str]) -> None:
    """Refuses a folder that has one of these files already (all are named).

    Raises:
        RefusedError: there is such a file.
    """
    found = [name for name in names if (path / name).exists()]
    if found:
        raise RefusedError(problem(m.NOT_EMPTY, Place(file=str(path)), found=", ".join(found)))


def refuse_used(path: Path) -> None:
    """Refuses anything but a new or an empty folder.

    Raises:
        RefusedError: a file of this name, or a folder with something in it.
    """
    if path.is_dir():
        found = sorted(each.name for each in path.iterdir())
    else:
        found = [path.name] if path.exists() else []
    if found:
        shown = ", ".join(found[:3]) + (", …" if len(found) > 3 else "")
        raise RefusedError(problem(m.NOT_EMPTY, Place(file=str(path)), found=shown))


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A place to build files in that stand in the folder when the block has ended, and not before.

    The folder is made if it is not there. If anything fails, neither files nor new folders are left.

    Raises:
        RefusedError: one of the files came to be there meanwhile.
        StorageError: the disk or the permissions are in the way.
    """
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    stage = folder / f".{secrets.token_hex(6)}.new"
    try:
        with writing(folder):
            stage.mkdir(parents=True)
        yield stage
        _put(stage, folder)
        made = []
    except GovscoreError as error:
        error.problems = tuple(
            replace(each, place=each.place._replace(file=each.place.file.replace(str(stage), str(folder))))
            for each in error.problems
        )
        raise
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        for each in made:
            with suppress(OSError):
                each.rmdir()


def _put(stage: Path, folder: Path) -> None:
    """Moves the finished files to their place, the record last; takes all back if one cannot be moved."""
    names = sorted((each.name for each in stage.iterdir()), key=lambda name: (name.endswith(".sqlite"), name))
    moved: list[Path] = []
    try:
        refuse_existing(folder, names)
        with writing(folder):
            for name in names:
                (stage / name).rename(folder / name)
                moved.append(folder / name)
            fsync_folder(folder)
    except BaseException:
        for each in moved:
            each.unlink(missing_ok=True)
        raise


def write_new(folder: Path, files: dict[str, bytes]) -> None:
    """Writes new files into a folder, which is there, and puts them on disk.

    Raises:
        StorageError: the disk or the permissions are in the way.
    """
    with writing(folder):
        for name, content in files.items():
            with (folder / name).open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        fsync_folder(folder)
