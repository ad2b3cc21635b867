"""`milestones`: steps that are reached one after the other, each worth its points.

A step counts only if all steps before it were reached: whoever publishes a document that was never
put to consultation has reached the draft, and no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
from pydantic import Field

from govscore.errors import message_kind
from govscore.facts.yes_no import YesNo
from govscore.rules.base import Fault, Frame, Rule, Start
from govscore.rules.values import AmountValue, Part, SimpleIdentifier, Title
from govscore.rules.words import listed, worth_words
from govscore_more_kinds.words import CATALOGUE, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govscore.facts.base import FactType
    from govscore.rules.values import Amount
    from govscore.rules.view import Note, View

STEP_TWICE = message_kind(
    "more-kinds.step-twice",
    "the step “{found}” is listed twice",
    "steps with ids of their own",
    "Rename one of them.",
    catalogue=CATALOGUE,
)


class Step(Part):
    """A step and what reaching it adds."""

    id: SimpleIdentifier
    title: Title
    points: AmountValue

    @classmethod
    def key_words(cls) -> Mapping[str, str]:
        """What its keys mean."""
        return {
            "id": _("The id under which the reviewer says whether the step was reached."),
            "title": _("What the reviewer reads."),
            "points": _("What reaching the step adds."),
        }


class Milestones(Rule):
    """Starts at the points of the steps that were reached without a gap."""

    kind: Literal["milestones"] = "milestones"
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    @classmethod
    def key_words(cls) -> Mapping[str, str]:
        """What its keys mean."""
        return {
            "": _("Starts at the points of the steps that were reached in order."),
            "steps": _("The steps in their order; a step counts only after all before it."),
        }

    def start_asks(self, frame: Frame) -> Mapping[str, FactType]:
        """Whether each step was reached."""
        return {step.id: YesNo(title=step.title) for step in self.steps}

    def start_faults(self, frame: Frame) -> Iterator[Fault]:
        """Two steps of one id."""
        seen: set[str] = set()
        for place, step in enumerate(self.steps):
            if step.id in seen:
                path = ("steps", place, "id")
                yield Fault(code="step_twice", path=path, data={"found": step.id}, kind=STEP_TWICE)
            seen.add(step.id)

    def start_amounts(self) -> tuple[tuple[tuple[str | int, ...], Amount], ...]:
        """What each step is worth."""
        return tuple((("steps", place, "points"), step.points) for place, step in enumerate(self.steps))

    def start(self, view: View, frame: Frame, note: Note) -> Start:
        """The points of all steps before the first that was not reached."""
        reached = np.ones(view.size, dtype=np.int64)
        points = np.zeros(view.size, dtype=np.int64)
        count = np.zeros(view.size, dtype=np.int64)
        for step in self.steps:
            reached = reached * view.column(step.id)
            points = points + view.amount(reached, step.points.of(view.full))
            count = count + reached
        note(
            "start",
            points=points,
            expression=lambda: self._expression(int(count[0]), view),
            sentence=lambda: self._sentence(int(count[0])),
        )
        return Start(points)

    def _expression(self, count: int, view: View) -> str:
        """The terms of the steps reached: `1 + 20 % × 5`."""
        return " + ".join(step.points.term(view.full) for step in self.steps[:count]) or "0"

    def _sentence(self, count: int) -> str:
        """Which step was reached last."""
        if count == 0:
            return _("no step reached")
        return _("reached up to “{step}”").format(step=self.steps[count - 1].title)

    def start_words(self, frame: Frame) -> str:
        """The steps with their points."""
        steps = [
            _("{step}: {amount}").format(step=step.title, amount=worth_words(step.points, frame.full))
            for step in self.steps
        ]
        return _("steps reached in order: ") + listed(steps)
