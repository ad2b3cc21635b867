"""`share`: the item's points × a ratio, or × min(1, fact ÷ target)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import numpy as np

from govscore.facts.shown import shown
from govscore.i18n import gettext as _
from govscore.points import plain
from govscore.rules.arithmetic import multiply_divide
from govscore.rules.base import Fault, Frame, Rule, Start, labels, subjects_of
from govscore.rules.faults import measured_faults
from govscore.rules.line_words import target_words
from govscore.rules.peer_words import measured_words, term_text
from govscore.rules.values import TargetValue, decimal_text
from govscore.rules.view import at_most_one
from govscore.rules.words import full_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.rules.arithmetic import Array, Mask
    from govscore.rules.conditions import Operand
    from govscore.rules.view import Note, View


class Share(Rule):
    """Starts at a share of its points, never more than the points."""

    kind: Literal["share"] = "share"
    of: str
    target: TargetValue | None = None

    def start_faults(self, frame: Frame) -> Iterator[Fault]:
        """Something to measure, a target that fits it, and points to share."""
        if frame.full is None:
            yield Fault(code="share_without_cap", path=("kind",))
        unmeasured = tuple(measured_faults(self.of, frame.facts))
        yield from unmeasured
        if not unmeasured:
            yield from self._target_faults(subjects_of(frame.facts)[self.of].kind == "ratio")

    def start_compares(self) -> bool:
        """Whether the target is what the group has."""
        return isinstance(self.target, str)

    def start_compared(self) -> tuple[tuple[str | int, ...], str]:
        """The target says so."""
        return ("target",), f'target = "{self.target}"'

    def _target_faults(self, ratio: bool) -> Iterator[Fault]:
        if self.target is None:
            if not ratio:
                yield Fault(code="target_needed", path=("of",), data={"found": self.of})
        elif isinstance(self.target, str):
            return
        elif ratio != (self.target.share is not None):
            found = shown(str(self.target)) if self.target.share is not None else str(self.target)
            yield Fault(code="target_kind", path=("target",), data={"found": found, "fact": self.of})
        elif self.target.value <= 0:
            yield Fault(code="target_positive", path=("target",), data={"found": str(self.target)})

    def start(self, view: View, frame: Frame, note: Note) -> Start:
        """Points × part ÷ whole, or points × min(1, fact ÷ target); one rounding."""
        operand = view.operand(self.of)
        top, bottom, counts = self._reached(operand, view)
        # What is reached is at most the whole, so that the points are at most the item's.
        points = multiply_divide(np.where(counts, top, 0), view.full or 0, np.where(counts, bottom, 1))
        note(
            "start",
            points=points,
            expression=lambda: self._expression(operand, view),
            sentence=lambda: self._said(view, frame),
        )
        return Start(points, operand.known)

    def start_reach(self, frame: Frame) -> tuple[int | None, int | None]:
        """Between nothing and its points."""
        return 0, frame.full or 0

    def _reached(self, operand: Operand, view: View) -> tuple[Array, Array, Mask]:
        """min(1, fact ÷ target) as columns, and where it is above nothing at all."""
        if not isinstance(self.target, str):
            target = self.target.value if self.target else Fraction(1)
            return *at_most_one(operand, target.numerator, target.denominator), operand.known
        group = view.of_group(self.of, self.target)
        above = operand.known & group.known & np.asarray(group.top > 0, dtype=bool)
        top, bottom = at_most_one(operand, np.where(above, group.top, 1), np.where(above, group.bottom, 1))
        return top, bottom, above

    def _said(self, view: View, frame: Frame) -> str:
        fact = labels(frame.facts)(self.of)
        if not isinstance(self.target, str):
            return fact
        group = measured_words(view, self.of, self.target)
        return _("{fact} ({group})").format(fact=fact, group=group)

    def _expression(self, operand: Operand, view: View) -> str:
        """`6 × 85 ÷ 90`, or `min(1, …)` where the target is passed."""
        if not operand.known[0]:
            return "—"
        value, over = int(operand.value[0]), _first(operand.over)
        full = plain(view.full or 0)
        if operand.kind == "ratio":
            scale = view.scale(self.of)
            part = f"{decimal_text(Fraction(value, scale))} ÷ {decimal_text(Fraction(over, scale))}"
        else:
            part = decimal_text(Fraction(value, over))
        if self.target is None:
            return f"{full} × {part}" if value <= over else f"{full} × min(1, {part})"
        if not isinstance(self.target, str):
            return f"{full} × min(1, {part} ÷ {self.target})"
        group = view.of_group(self.of, self.target)
        if int(group.top[0]) <= 0 or not group.known[0]:
            return "0"
        limit = term_text(Fraction(int(group.top[0]), int(group.bottom[0])), operand.kind)
        return f"{full} × min(1, {part} ÷ {limit})"

    def start_words(self, frame: Frame) -> str:
        """What is measured, against what."""
        fact = labels(frame.facts)(self.of)
        full = full_words(frame)
        takes = frame.kind == "major_deduction"
        if self.target is None:
            template = _("{amount} × {fact} off") if takes else _("{amount} × {fact}")
            return template.format(amount=full, fact=fact)
        template = (
            _("{amount} × {fact} ÷ {target} off, at most {amount}")
            if takes
            else _("{amount} × {fact} ÷ {target}, at most {amount}")
        )
        target = target_words(self.target, low=self.best == "low")
        return template.format(amount=full, fact=fact, target=target)


def _first(column: Array | int) -> int:
    return column if isinstance(column, int) else int(column[0])
