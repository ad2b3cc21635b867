"""Where output may go: no file of the assessment itself, nothing but a file, with the ending of its form.

Invariant: every command and the desk ask here before anything is written; a file is written whole or
not at all, and a failure leaves nothing beside it.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from govscore.errors import InputError, Place, problem
from govscore.office import messages as m
from govscore.office.contents import kind_of
from govscore.office.disk import writing
from govscore.office.platform import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STDOUT: Final = Path("-")


def form_of(target: Path, form: str | None, endings: Mapping[str, str]) -> str:
    """The form of output for this file: the one asked for, else that of its ending, else the first.

    Args:
        target: the file; a device or pipe needs no ending.
        form: what was asked for, if anything was.
        endings: form by ending, in lower case.

    Raises:
        InputError: an ending that stands for nothing, or for another form.
    """
    first = next(iter(endings.values()))
    ending = target.suffix.lower()
    if target == STDOUT or not ending or is_stream(target):
        return form or first
    if ending not in endings or form not in (None, endings[ending]):
        known = ", ".join(each for each, name in endings.items() if form in (None, name))
        raise InputError(problem(m.TARGET_ENDING, Place(file=str(target)), found=ending, known=known))
    return endings[ending]


def check_target(target: Path, files: Iterable[Path], *, streams: bool = False) -> None:
    """Refuses a target that must not be overwritten, or is no file.

    Args:
        target: where output is to go.
        files: those that the assessment was read from (`Assessment.files`).
        streams: a device or pipe may be written to.

    Raises:
        InputError: one of these files, also through a link; a folder; a device.
    """
    place = Place(file=str(target))
    if any(_same(target, file) for file in files):
        raise InputError(problem(m.TARGET_OWN, place))
    if target.exists() and not target.is_file() and not (streams and is_stream(target)):
        raise InputError(problem(m.TARGET_NO_FILE, place, what=kind_of(target)))


def check_workbook(target: Path, files: Iterable[Path]) -> None:
    """Refuses a target that is no place for a workbook; raises as `check_target`."""
    if target == STDOUT:
        raise InputError(problem(m.TARGET_STDOUT, form="xlsx"))
    check_target(target, files)
    if target.suffix.lower() != ".xlsx":
        raise InputError(
            problem(m.TARGET_ENDING, Place(file=str(target)), found=target.suffix, known=".xlsx")
        )


def is_stream(target: Path) -> bool:
    """Whether it takes bytes but can be replaced by no file: a device or a pipe."""
    return target.is_fifo() or target.is_char_device() or target.is_block_device()


def write_whole(target: Path, content: bytes) -> None:
    """Puts the content in the place of a file; into a device or pipe it is simply written.

    Raises:
        StorageError: the system is in the way; an older file is unchanged.
        TargetBusyError: the file is open in another program.
    """
    with writing(target, own=True):
        if is_stream(target):
            with target.open("wb") as file:
                file.write(content)
            return
        real = Path(os.path.realpath(target))
        beside = real.with_name(f".{real.name[:40]}.{secrets.token_hex(6)}")
        try:
            with beside.open("xb") as file:
                file.write(content)
            replace_file(beside, real)
        finally:
            with suppress(OSError):  # why writing failed is told, not why tidying up did
                beside.unlink(missing_ok=True)


def _same(one: Path, other: Path) -> bool:
    with suppress(OSError):
        return one.samefile(other)
    return os.path.realpath(one) == os.path.realpath(other)
