"""`earn`: starts at 0; lines add (checklist, pieces, discretion)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from govscore.i18n import gettext as _
from govscore.rules.base import Frame, Rule, Start
from govscore.rules.words import full_words

if TYPE_CHECKING:
    from govscore.rules.view import Note, View


class Earn(Rule):
    """Starts at 0."""

    plus_deducts: ClassVar[bool] = True

    start_reads: ClassVar[bool] = False

    kind: Literal["earn"] = "earn"

    def start(self, view: View, frame: Frame, note: Note) -> Start:
        """Nothing yet."""
        begin = view.constant(Fraction(0))
        note("start", points=begin, expression=lambda: "0")
        return Start(begin)

    def start_reach(self, frame: Frame) -> tuple[int | None, int | None]:
        """Nothing."""
        return 0, 0

    def start_words(self, frame: Frame) -> str:
        """That it starts at 0, and where it ends; a bonus or deduction starts there anyway."""
        if frame.kind != "base":
            return ""
        if self.bounds is not None and self.bounds.to is not None:
            return _("starts at 0")  # where it ends is said with the bounds
        return _("starts at 0, at most {amount}").format(amount=full_words(frame))
