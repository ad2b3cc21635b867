"""Folders and files that the office makes: nothing that is there is overwritten.

Invariant: what the system refuses becomes a `StorageError` that names the path.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from govscore.errors import Place, RefusedError, StorageError, problem
from govscore.office import messages as m
from govscore.office.platform import fsync_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Inside the block, errors of the system become a `StorageError` about this path."""
    try:
        yield
    except OSError as error:
        place = Place(file=str(error.filename or path))
        raise StorageError(problem(m.CANNOT_WRITE, place, detail=error.strerror or error)) from error


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


def write_new(folder: Path, files: dict[str, bytes]) -> None:
    """Writes new files into a folder, which is made if it is not there, and puts them on disk.

    Raises:
        StorageError: the disk or the permissions are in the way.
    """
    import os

    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            with (folder / name).open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        fsync_folder(folder)
