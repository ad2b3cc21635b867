"""`deduct`: starts at the item's points; lines take."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from govscore.i18n import gettext as _
from govscore.points import plain
from govscore.rules.base import Frame, Rule, Start
from govscore.rules.words import full_words

if TYPE_CHECKING:
    from govscore.rules.view import Note, View


class Deduct(Rule):
    """Starts at its points (bonus items and major deductions at 0)."""

    start_reads: ClassVar[bool] = False

    kind: Literal["deduct"] = "deduct"

    def start(self, view: View, frame: Frame, note: Note) -> Start:
        """The full points of a base item, else 0."""
        begin = view.constant(Fraction(_begin(frame)))
        note("start", points=begin, expression=lambda: plain(_begin(frame)))
        return Start(begin)

    def start_reach(self, frame: Frame) -> tuple[int | None, int | None]:
        """Where it starts."""
        return _begin(frame), _begin(frame)

    def start_words(self, frame: Frame) -> str:
        """Where it starts."""
        if frame.kind != "base":
            return ""
        return _("starts at {amount}").format(amount=full_words(frame))


def _begin(frame: Frame) -> int:
    return (frame.full or 0) if frame.kind == "base" else 0
