"""What came of confirming a form: decided, or why not yet; and what waits as a draft.

Invariant: frozen; nothing here decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govscore.errors import Problem
    from govscore.events import Event, Finding
    from govscore.facts.base import Question
    from govscore.review.undo import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A form that was changed and not confirmed."""

    finding: Finding
    began: Finding | None
    """The decision shown when the form was first changed."""
    contested: bool = False
    """Somebody else decided first, and which one holds is not answered yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incomplete:
    """Nothing was decided: questions still wait for an answer."""

    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """Nothing was decided: something in the form is not valid."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Nothing was decided yet: somebody else decided meanwhile, and must be asked about."""

    unit: str
    item: str
    theirs: Finding | None
    mine: Finding
    event: Event | None
    """The event that made theirs: what the answer "mine" replaces, and nothing that came later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The decision in force says the same already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Shown, and to be saved."""

    step: Step


Outcome = Incomplete | Wrong | Clash | Unchanged | Decided
