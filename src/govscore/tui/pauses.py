"""When the memory of dead objects is collected: while nobody types, never in the middle of a key.

Invariant: nothing is collected within a moment after a key, unless so much has gathered that it must be;
what was there before the desk opened (all facts of the assessment) is never walked over.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY_SECONDS: Final = 0.5
_QUIET_SECONDS: Final = 0.4
"""So long after a key the next one is not expected at once."""
_FULL_SECONDS: Final = 60.0
_WORTH_IT: Final = 2_000
"""Fewer new objects than this are left for the next time."""
_MOST: Final = 500_000
"""With so many new objects Python collects by itself, key or not."""


@contextmanager
def no_pauses() -> Iterator[None]:
    """Keeps the collector out of the keys; `Pauses.collect` does its work in between."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_MOST, 20, 1_000_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


class Pauses:
    """Knows when the last key was, and collects in the pauses."""

    def __init__(self) -> None:
        self._last_key = self._last_full = monotonic()

    def key(self) -> None:
        """A key was pressed."""
        self._last_key = monotonic()

    def collect(self) -> None:
        """Collects what is young, or now and then everything; to be called every so often."""
        now = monotonic()
        if now - self._last_key < _QUIET_SECONDS or gc.get_count()[0] < _WORTH_IT:
            return
        if now - self._last_full < _FULL_SECONDS:
            gc.collect(1)
            return
        self._last_full = now
        gc.collect()
