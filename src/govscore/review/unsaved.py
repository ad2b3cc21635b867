"""Decisions that could not be saved: why, and the step that each was part of.

Invariant: trying again does again what failed, and nothing else: a withdrawal stays one, and what was one
step is one step, so one undo still takes it back.
"""

from __future__ import annotations

from govscore.review.book import Key
from govscore.review.undo import Step


class Unsaved(dict[Key, str]):
    """Unit and item of what is shown and not saved, and why."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: dict[Key, Step] = {}

    def keep(self, step: Step, why: str) -> None:
        """Remembers a step that could not be saved."""
        for change in step.changes:
            self[change.key] = why
            self._steps[change.key] = step

    def again(self, key: Key) -> Step | None:
        """What of the failed step is still not saved; None: this is saved, or was never decided."""
        if key not in self:
            return None
        step = self._steps[key]
        mine = (each for each in step.changes if each.key in self and self._steps[each.key] is step)
        return Step(changes=tuple(mine))
