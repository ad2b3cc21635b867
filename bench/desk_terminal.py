"""A process in a real pseudo-terminal, driven by keys, timed to the last byte that it draws.

Invariant: a frame counts as done when nothing more came for a while; the time taken is that of its last
byte, not of the wait.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

QUIET: Final = 0.05
"""Seconds without output after which a frame is over."""
_NOT_OURS: Final = ("GOVSCORE_", "TEXTUAL")
_ANSWERS: Final = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",  # yes, frames are drawn at once
    b"\x1b[6n": b"\x1b[1;1R",
    b"\x1b[c": b"\x1b[?62;22c",
}


class Terminal:
    """A terminal of a fixed size with one process in it."""

    def __init__(
        self, command: Sequence[str], *, size: tuple[int, int] = (140, 40), folder: Path | None = None,
        more: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        self._leader, follower = pty.openpty()
        columns, rows = size
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(_NOT_OURS)},
            "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **(more or {}),
        }  # fmt: skip
        for name in ("SSH_CONNECTION", "COLUMNS", "LINES", "NO_COLOR"):
            environment.pop(name, None)
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            command, stdin=follower, stdout=follower, stderr=follower, cwd=folder, env=environment,
            start_new_session=True,
        )  # fmt: skip
        os.close(follower)
        self.seen = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._leader)

    def _read(self, wait: float) -> bytes:
        ready, _, _ = select.select([self._leader], [], [], wait)
        if not ready:
            return b""
        try:
            found = os.read(self._leader, 1 << 16)
        except OSError:
            return b""
        for question, answer in _ANSWERS.items():
            if question in found:
                os.write(self._leader, answer)
        self.seen += found
        return found

    def until(self, text: str, *, limit: float = 60.0) -> float:
        """Seconds from the start until this text was drawn."""
        wanted = text.encode()
        while wanted not in self.seen:
            if time.perf_counter() - self.began > limit:
                raise TimeoutError(f"never drawn: {text}\n{self.seen[-2_000:].decode(errors='replace')}")
            self._read(0.5)
        return time.perf_counter() - self.began

    def settle(self, quiet: float = 0.5) -> None:
        """Waits until nothing is drawn any more."""
        while self._read(quiet):
            pass

    def frame(self, key: bytes) -> float | None:
        """Presses a key; seconds until the last byte of what it drew, None if it drew nothing."""
        start = time.perf_counter()
        os.write(self._leader, key)
        last: float | None = None
        while self._read(QUIET if last is not None else 1.0):
            last = time.perf_counter()
        self.seen = b""
        return None if last is None else last - start
