"""Lines: what takes or adds points, in `minus` and `plus` of every kind of rule.

Invariant: all rows of one line together stay exact and are rounded once, at the line's end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from pydantic import ConfigDict
from pydantic_core import PydanticCustomError

from govscore.facts.count import Count
from govscore.facts.points_typed import TypedPoints
from govscore.facts.relations import relation
from govscore.facts.yes_no import AnyYes
from govscore.i18n import gettext as _
from govscore.points import from_fraction, plain
from govscore.rules.conditions import ConditionValue, evaluate
from govscore.rules.values import Amount, AmountValue, Label, Part, PositivePoints, SimpleIdentifier, Title
from govscore.rules.words import in_words, points_words, worth_words

if TYPE_CHECKING:
    from govscore.facts.base import FactType
    from govscore.rules.arithmetic import Array
    from govscore.rules.view import Note, View
    from govscore.rules.words import Labels

Form = Literal["each", "once", "range"]


class Line(Part):
    """One line. With `id` it asks its fact; without, it reads declared facts."""

    model_config = ConfigDict(defer_build=False)  # part of every rule: built once, not once for each kind

    later: ClassVar[frozenset[str]] = frozenset(
        {"of", "short_of", "beyond", "every", "steps", "unless", "from", "yields_to", "times"}
    )

    id: SimpleIdentifier | None = None
    title: Title | None = None
    each: AmountValue | None = None
    once: AmountValue | None = None
    range: tuple[PositivePoints, PositivePoints] | None = None
    count: str | None = None
    when: ConditionValue | None = None
    cap: AmountValue | None = None
    unit: Label = ""

    @relation
    def _one_form(self) -> None:
        forms = [name for name in ("each", "once", "range") if getattr(self, name) is not None]
        if len(forms) != 1:
            data = {"found": ", ".join(forms)} | ({"at": forms[1]} if forms else {})
            raise PydanticCustomError(
                "line_forms" if forms else "line_form", "one of each, once, range", data
            )
        if self.range is not None and self.range[0] > self.range[1]:
            raise PydanticCustomError("range_order", "the range goes down", {"at": "range"})
        if forms[0] == "each" and self.id is not None and self.count is not None:
            raise PydanticCustomError("line_id_count", "id and count", {"at": "count"})
        if forms[0] != "each" and self.count is not None:
            raise PydanticCustomError("line_count", "count goes with each", {"at": "count"})
        if self.id is None:
            self._without_id(forms[0])
        elif self.title is None:
            raise PydanticCustomError("line_title", "a title is needed", {"found": self.id})

    def _without_id(self, form: str) -> None:
        if form == "each" and self.count is None:
            raise PydanticCustomError("line_each", "each needs id or count", {"at": "each"})
        if form == "once" and self.when is None:
            raise PydanticCustomError("line_once", "once needs id or when", {"at": "once"})
        if form == "range":
            raise PydanticCustomError("line_range", "range needs id", {"at": "range"})

    @property
    def form(self) -> Form:
        """How it charges: each row, once, or points typed within a range."""
        return "each" if self.each is not None else "once" if self.once is not None else "range"

    @property
    def worth(self) -> Amount:
        """What one row, or the line once, is worth; for a range its upper end."""
        if self.range is not None:
            return Amount(points=self.range[1])
        return self.each or self.once or Amount()

    def asks(self) -> FactType | None:
        """The fact that it asks under its own id."""
        if self.id is None:
            return None
        title = self.title or self.id
        if self.range is not None:
            return TypedPoints(title=title, low=int(self.range[0]), high=int(self.range[1]))
        return AnyYes(title=title) if self.form == "once" else Count(title=title, unit=self.unit)

    def amounts(self) -> tuple[tuple[str, Amount], ...]:
        """Its amounts with the keys they stand under."""
        pairs = (("each", self.each), ("once", self.once), ("cap", self.cap))
        return tuple((key, amount) for key, amount in pairs if amount is not None)

    def take(self, view: View, side: str, note: Note) -> Array:
        """What the line comes to for every unit, in the finest units, after its own cap."""
        if self.range is not None:
            count = np.ones(view.size, dtype=np.int64)
            taken = view.column(self.id or "")
        else:
            count = view.column(self.id) if self.id else self._count(view)
            taken = view.amount(count, self.worth.of(view.full))
        if self.when is not None and not (self.form == "once" and self.id is None):
            holds = evaluate(self.when, view.operand).true
            taken, count = np.where(holds, taken, 0), np.where(holds, count, 0)
        uncapped = taken
        if self.cap is not None:
            taken = np.minimum(taken, int(from_fraction(self.cap.of(view.full) / 10**8)))
        note("line", line=self, side=side, count=count, taken=taken, uncapped=uncapped, full=view.full)
        return taken

    def _count(self, view: View) -> Array:
        if self.count is not None:
            return view.count(self.count)
        if self.when is None:
            raise ValueError("a line without id, count or when")
        return evaluate(self.when, view.operand).true.astype(np.int64)

    def words(self, label: Labels, takes: bool, reference: int | None) -> str:
        """The line in a sentence: "迟报：每件扣0.5分，最多扣2分"."""
        amount = worth_words(self.worth, reference)
        what = self.title or (label(self.count) if self.count else "")
        if self.form == "once" and not what and self.when is not None:
            template = _("if {condition}: take {amount}") if takes else _("if {condition}: add {amount}")
            text = template.format(condition=in_words(self.when, label), amount=amount)
            return text + self._cap(takes, reference)
        if self.range is not None:
            template = _("{what}: take {low} to {high}") if takes else _("{what}: add {low} to {high}")
            text = template.format(what=what, low=plain(self.range[0]), high=points_words(self.range[1]))
        elif self.form == "each":
            text = self._each(label, takes).format(what=what, amount=amount, unit=self._unit(label))
        else:
            template = _("{what}: take {amount}") if takes else _("{what}: add {amount}")
            text = template.format(what=what, amount=amount)
        if self.when is not None:
            text += _(" (only if {condition})").format(condition=in_words(self.when, label))
        return text + self._cap(takes, reference)

    def _unit(self, label: Labels) -> str:
        return self.unit or (label.unit(self.count) if self.count else "")

    def _each(self, label: Labels, takes: bool) -> str:
        if self._unit(label):
            template = (
                _("{what}: take {amount} for each {unit}")
                if takes
                else _("{what}: add {amount} for each {unit}")
            )
        else:
            template = _("{what}: take {amount} each time") if takes else _("{what}: add {amount} each time")
        return template

    def _cap(self, takes: bool, reference: int | None) -> str:
        if self.cap is None:
            return ""
        template = _(", taking at most {amount}") if takes else _(", adding at most {amount}")
        return template.format(amount=worth_words(self.cap, reference))
