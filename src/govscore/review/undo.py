"""Undo and redo: what was changed, in steps; taking one back is itself a new decision or withdrawal.

Invariant: a step holds the findings before and after, so it can be taken back and made again without
looking anywhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govscore.events import Finding
    from govscore.review.book import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One item of one unit."""

    unit: str
    item: str
    before: Finding | None
    after: Finding | None
    """None: the item is open again (the decision is withdrawn)."""
    replaces: int = 0
    """Number of the event that the screen showed when it was made; 0: nothing was decided there yet."""
    begun: Finding | None = None
    """What stood in the form and was not decided, since the item was decided otherwise (not applicable)."""
    returns: Finding | None = None
    """What comes back into the form with this change, since it takes one back that put it aside."""

    @property
    def key(self) -> Key:
        """Unit and item."""
        return self.unit, self.item

    @property
    def reversed(self) -> Change:
        """The change that takes this one back."""
        return Change(
            unit=self.unit, item=self.item, before=self.after, after=self.before, returns=self.begun
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one key did: one decision, or the rest of a unit at once."""

    changes: tuple[Change, ...]

    @property
    def reversed(self) -> Step:
        """The step that takes this one back."""
        return Step(changes=tuple(change.reversed for change in reversed(self.changes)))


@dataclass(slots=True)
class Undo:
    """Steps that can be taken back, and steps that were."""

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)

    def add(self, step: Step) -> None:
        """Remembers a new step; what was undone before it cannot be redone."""
        self.done.append(step)
        self.undone.clear()

    def forget(self, unit: str, item: str) -> None:
        """Drops every step on an item that somebody else decided since: taking it back would hide that."""
        for steps in (self.done, self.undone):
            steps[:] = [step for step in steps if all(each.key != (unit, item) for each in step.changes)]

    def undo(self) -> Step | None:
        """The step that takes the last one back."""
        if not self.done:
            return None
        step = self.done.pop()
        self.undone.append(step)
        return step.reversed

    def redo(self) -> Step | None:
        """The step that makes the last undone one again."""
        if not self.undone:
            return None
        step = self.undone.pop()
        self.done.append(step)
        return step
