"""Where output goes: data to stdout in UTF-8 whatever the locale, narration to stderr.

Invariant: a reader that stops reading (`| head`) ends the command quietly, without a message.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAMPLE: Final = "\u8003\u6838"
"""Two Chinese characters that stderr must be able to show."""


class ReaderGoneError(Exception):
    """Nobody reads stdout any more; not an `OSError`, since click would end the process in its own way."""


def prepare() -> None:
    """Makes stdout UTF-8 with plain line feeds, and stderr able to show Chinese."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    if isinstance(sys.stderr, TextIOWrapper):
        encoding = sys.stderr.encoding
        sys.stderr.reconfigure(
            encoding=encoding if _shows_chinese(encoding) else "utf-8", errors="backslashreplace"
        )


def _shows_chinese(encoding: str) -> bool:
    try:
        _SAMPLE.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def say(text: str) -> None:
    """Writes data, and a line break at its end.

    Raises:
        OSError: stdout is closed.
        ReaderGoneError: the reader is gone.
    """
    _check_open()
    with _reader():
        sys.stdout.write(text if text.endswith("\n") else text + "\n")


def say_bytes(data: bytes) -> None:
    """Writes data that is not text; raises as `say`."""
    _check_open()
    with _reader():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


def _check_open() -> None:
    if sys.stdout is None or sys.stdout.closed:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF), "stdout")


def narrate(text: str) -> None:
    """Tells the person at the terminal something that is no data."""
    if sys.stderr is not None:
        with suppress(OSError, ValueError):  # nobody listens: the exit code still tells
            sys.stderr.write(text + "\n")
            sys.stderr.flush()


def finish() -> None:
    """Sends out what is still buffered.

    Raises:
        ReaderGoneError: the reader is gone.
    """
    if sys.stdout is not None and not sys.stdout.closed:
        with _reader():
            sys.stdout.flush()


@contextmanager
def _reader() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise ReaderGoneError from None


def give_up() -> None:
    """Throws away what nobody reads, so that Python does not complain about it at its end."""
    with suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)


def at_terminal(*streams: IO[str] | None) -> bool:
    """Whether all of these are a terminal."""
    return all(stream is not None and not stream.closed and stream.isatty() for stream in streams)
