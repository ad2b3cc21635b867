"""The clock: the one place that asks the machine what time it is.

Invariant: a time that leaves here has whole seconds and an offset; everything below the office gets
times as arguments.
"""

from __future__ import annotations

from datetime import datetime


def now() -> datetime:
    """The present time with the offset of this machine."""
    return datetime.now().astimezone()


def stamp(time: datetime) -> str:
    """The time as the record writes it: ISO 8601, whole seconds, with an offset."""
    if time.tzinfo is None:
        time = time.astimezone()
    return time.isoformat(timespec="seconds")
