"""`rank`: points by the place of a measured fact in the unit's group."""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING, Literal

import numpy as np
from pydantic_core import PydanticCustomError

from govscore.facts.relations import relation
from govscore.i18n import gettext as _
from govscore.points import UNITS_PER_POINT, from_fraction
from govscore.rules.arithmetic import multiply_divide
from govscore.rules.base import Fault, Frame, Rule, Start, labels
from govscore.rules.faults import measured_faults
from govscore.rules.peer_words import best_words, own_text
from govscore.rules.values import AmountValue
from govscore.rules.words import listed, worth_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.rules.arithmetic import Array
    from govscore.rules.values import Amount
    from govscore.rules.view import Note, View


class Ranked(Rule):
    """Starts at the points of the unit's place in its group."""

    kind: Literal["rank"] = "rank"
    of: str
    points: tuple[AmountValue, ...]
    then_less: AmountValue | None = None

    @relation
    def _some_points(self) -> None:
        if not self.points:
            raise PydanticCustomError("empty", "no points", {"name": "points", "at": "points"})

    def start_compares(self) -> bool:
        """A place is a place among others."""
        return True

    def start_faults(self, frame: Frame) -> Iterator[Fault]:
        """Something to measure, and points that the places are worth."""
        if frame.full is None:
            yield Fault(code="rank_without_cap", path=("kind",))
        yield from measured_faults(self.of, frame.facts)

    def start_amounts(self) -> tuple[tuple[tuple[str | int, ...], Amount], ...]:
        """The points of each place, and what every further one has less."""
        found: list[tuple[tuple[str | int, ...], Amount]] = [
            (("points", place), amount) for place, amount in enumerate(self.points)
        ]
        if self.then_less is not None:
            found.append((("then_less",), self.then_less))
        return tuple(found)

    def start(self, view: View, frame: Frame, note: Note) -> Start:
        """The points of the place; beyond the list less and less, never below 0; one rounding."""
        place, operand = view.place(self.of), view.operand(self.of)
        points = np.where(operand.known & (place > 0), self._worth(place, view.full), 0)
        note(
            "start",
            points=points,
            expression=lambda: self._expression(int(place[0]), view),
            sentence=lambda: self._said(int(place[0]), view, frame),
        )
        return Start(points, operand.known)

    def _worth(self, place: Array, full: int | None) -> Array:
        listed = [int(from_fraction(amount.of(full) / UNITS_PER_POINT)) for amount in self.points]
        beyond = np.maximum(place - len(listed), 0)
        last = self.points[-1].of(full)
        if self.then_less is None:
            after = np.zeros(place.shape, dtype=np.int64)
        else:
            less = self.then_less.of(full)
            over = lcm(last.denominator, less.denominator)
            left = int(last * over) - multiply_divide(beyond, int(less * over))
            after = multiply_divide(np.maximum(left, 0), 1, over)
        inside = np.asarray(listed, dtype=np.int64)[np.clip(place, 1, len(listed)) - 1]
        return np.where(beyond > 0, after, inside)

    def _expression(self, place: int, view: View) -> str:
        """`7`, or `6 − 2 × 0.5` beyond the list."""
        beyond = place - len(self.points)
        if place == 0:
            return "0"
        if beyond <= 0:
            return self.points[place - 1].term(view.full)
        if self.then_less is None:
            return "0"
        last, less = self.points[-1], self.then_less
        text = f"{last.term(view.full)} − {beyond} × {less.term(view.full)}"
        below = last.of(view.full) < beyond * less.of(view.full)
        return f"max(0, {text})" if below else text

    def _said(self, place: int, view: View, frame: Frame) -> str:
        """The place and how it came about; who shares it is counted."""
        if place == 0 or view.peers is None:
            return _("{fact}: no place yet").format(fact=labels(frame.facts)(self.of))
        units = int(view.of_group(self.of, "best").units[0])
        template = (
            _("{fact}: place {place} of {units}, shared ({group}; this unit {own})")
            if view.peers.equals(self.of) > 1
            else _("{fact}: place {place} of {units} ({group}; this unit {own})")
        )
        return template.format(
            fact=labels(frame.facts)(self.of),
            place=place,
            units=units,
            group=best_words(view, self.of),
            own=own_text(view.operand(self.of)),
        )

    def start_words(self, frame: Frame) -> str:
        """What is ranked, and what the places are worth."""
        fact = labels(frame.facts)(self.of)
        worth = listed(worth_words(amount, frame.full) for amount in self.points)
        takes = frame.kind == "major_deduction"
        if self.best == "low":
            template = (
                _("deducted by place in the group, the lowest {fact} first: {worth}")
                if takes
                else _("by place in the group, the lowest {fact} first: {worth}")
            )
        else:
            template = (
                _("deducted by place in the group, the highest {fact} first: {worth}")
                if takes
                else _("by place in the group, the highest {fact} first: {worth}")
            )
        text = template.format(fact=fact, worth=worth)
        if self.then_less is not None:
            less = worth_words(self.then_less, frame.full)
            return text + _(", then {less} less for each further place, not below 0").format(less=less)
        return text + _(", then 0")
