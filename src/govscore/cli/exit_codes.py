"""What the exit code of a command means; scripts rely on these numbers."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit code of every command."""

    FINE = 0
    REFUSED = 1
    """Well formed, but not allowed now: wrong person, wrong state, a lost race."""
    WRONG_INPUT = 2
    """What was handed in, or how the command was called, is wrong."""
    STORAGE = 3
    """The machine did not do its part: disk, lock, permission, a damaged record."""
    INTERNAL = 70
    """A fault of this program; a log file holds the details."""
    INTERRUPTED = 130
    """Ctrl-C."""
