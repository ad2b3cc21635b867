"""Lines: what takes or adds points, in `minus` and `plus` of every kind of rule.

Invariant: all rows of one line together stay exact and are rounded once, at the line's end.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Annotated, Final, Literal

import numpy as np
from pydantic import ConfigDict, Field
from pydantic_core import PydanticCustomError

from govscore.facts.count import Count
from govscore.facts.points_typed import TypedPoints
from govscore.facts.relations import relation
from govscore.facts.row_options import BY_ROWS, RowOptions, row_switch
from govscore.facts.switches import Switch
from govscore.facts.yes_no import AnyYes
from govscore.rules.arithmetic import add, multiply_divide
from govscore.rules.conditions import ConditionValue, evaluate
from govscore.rules.line_words import line_words
from govscore.rules.steps import Rounding, counted
from govscore.rules.times import SwitchedTimes
from govscore.rules.unit_values import PositiveOfUnits
from govscore.rules.values import (
    ONCE,
    Amount,
    AmountValue,
    Identifier,
    Label,
    Part,
    SimpleIdentifier,
    StepValue,
    ThresholdValue,
    Title,
    decimal_text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govscore.facts.base import FactType
    from govscore.rules.arithmetic import Array, Mask
    from govscore.rules.peers import Measure, OfGroup
    from govscore.rules.values import Target
    from govscore.rules.view import Note, View
    from govscore.rules.words import Labels

Form = Literal["each", "once", "range"]
_BY_ROWS: Final = frozenset({"each", "once", "times"})
_STEP_KEYS: Final = ("short_of", "beyond", "every", "steps")


class Line(Part):
    """One line. With `id` it asks its fact; without, it reads declared facts."""

    model_config = ConfigDict(
        defer_build=False,  # part of every rule: built once, not once for each kind
        json_schema_extra={
            "oneOf": [{"required": [form]} for form in ("each", "once", "range")],
            "dependentSchemas": {
                "of": {"not": {"anyOf": [{"required": ["id"]}, {"required": ["count"]}]}},
                "short_of": {"not": {"required": ["beyond"]}},
            },
            "dependentRequired": {
                "id": ["title"], "count": ["each"], "range": ["id"], "of": ["each", "every", "steps"],
                **{key: ["of"] for key in _STEP_KEYS},
            },
        },
    )  # fmt: skip

    id: SimpleIdentifier | None = None
    title: Title | None = None
    each: AmountValue | None = None
    once: AmountValue | None = None
    range: tuple[PositiveOfUnits, PositiveOfUnits] | None = None
    count: str | None = None
    of: str | None = None
    short_of: ThresholdValue | None = None
    beyond: ThresholdValue | None = None
    every: StepValue | None = None
    steps: Rounding | None = None
    when: ConditionValue | None = None
    unless: ConditionValue | None = None
    times: SwitchedTimes | None = None
    cap: AmountValue | None = None
    from_: str | None = Field(default=None, alias="from")
    yields_to: Annotated[tuple[Identifier, ...], Field(min_length=1)] | None = None
    unit: Label = ""

    @relation
    def _one_form(self) -> None:
        forms = [name for name in ("each", "once", "range") if getattr(self, name) is not None]
        if len(forms) != 1:
            data = {"found": ", ".join(forms)} | ({"at": forms[1]} if forms else {})
            raise PydanticCustomError(
                "line_forms" if forms else "line_form", "one of each, once, range", data
            )
        low, high = self.range or (0, 0)  # where they depend on the unit, `scheme.unit_checks` looks at them
        if not isinstance(low, Switch) and not isinstance(high, Switch) and low > high:
            raise PydanticCustomError("range_order", "the range goes down", {"at": "range"})
        self._measured(forms[0])
        if forms[0] == "each" and self.id is not None and self.count is not None:
            raise PydanticCustomError("line_id_count", "id and count", {"at": "count"})
        if forms[0] != "each" and self.count is not None:
            raise PydanticCustomError("line_count", "count goes with each", {"at": "count"})
        if self.yields_to is not None and self.fact is None:
            raise PydanticCustomError("line_yields", "no rows to yield with", {"at": "yields_to"})
        if self.id is None:
            self._without_id(forms[0])
        elif self.title is None:
            raise PydanticCustomError("line_title", "a title is needed", {"found": self.id})

    def _measured(self, form: str) -> None:
        """Whether the keys of a line that goes by steps are all there, and no others."""
        stated = [key for key in _STEP_KEYS if getattr(self, key) is not None]
        if self.of is None:
            if stated:
                raise PydanticCustomError(
                    "line_of", "nothing is measured", {"found": stated[0], "at": stated[0]}
                )
            return
        others = [key for key in ("id", "count", "once", "range") if getattr(self, key) is not None]
        if others:
            data = {"found": ", ".join(others), "at": others[0]}
            raise PydanticCustomError("line_of_with", "of goes with each alone", data)
        if self.short_of is not None and self.beyond is not None:
            raise PydanticCustomError("line_short_beyond", "both sides", {"at": "beyond"})
        missing = [key for key in ("every", "steps") if key not in stated]
        if self.short_of is None and self.beyond is None:
            missing.insert(0, "short_of")
        if missing:
            raise PydanticCustomError("line_steps", "keys are missing", {"missing": ", ".join(missing)})

    def _without_id(self, form: str) -> None:
        if form == "each" and self.count is None and self.of is None:
            raise PydanticCustomError("line_each", "each needs id or count", {"at": "each"})
        if form == "once" and self.when is None:
            raise PydanticCustomError("line_once", "once needs id or when", {"at": "once"})
        if form == "range":
            raise PydanticCustomError("line_range", "range needs id", {"at": "range"})

    def switched_by_rows(self) -> frozenset[str]:
        """What one row is worth, of a line that charges rows: each has its own date and tags."""
        return _BY_ROWS if self.id is not None or self.count is not None else frozenset()

    @property
    def form(self) -> Form:
        """How it charges: each row (or step), once, or points typed within a range."""
        return "each" if self.each is not None else "once" if self.once is not None else "range"

    @property
    def fact(self) -> str | None:
        """The fact or field of cases whose rows it charges; None: a condition or steps, which have none."""
        return self.id or self.count

    @property
    def worth(self) -> Amount:
        """What one row, or the line once, is worth; for a range its upper end."""
        if self.range is not None:
            high = self.range[1]
            return Amount(switch=_amounts(high)) if isinstance(high, Switch) else Amount(points=high)
        return self.each or self.once or Amount()

    @property
    def measure(self) -> tuple[Target | OfGroup, Target, Rounding, bool]:
        """Of a line with `of`: threshold, length of a step, rounding of steps, whether short of it."""
        threshold = self.short_of if self.short_of is not None else self.beyond
        if threshold is None or self.every is None or self.steps is None:
            raise ValueError("a line without steps")
        return threshold, self.every, self.steps, self.short_of is not None

    @property
    def against(self) -> OfGroup | None:
        """Whether it measures against the best or the mean of the group."""
        threshold = self.short_of if self.short_of is not None else self.beyond
        return threshold if isinstance(threshold, str) else None

    def asks(self) -> FactType | None:
        """The fact that it asks under its own id."""
        if self.id is None:
            return None
        title = self.title or self.id
        if self.range is not None:
            low, high = (
                min(_values(self.range[0])),
                max(_values(self.range[1])),
            )  # where it depends: the widest
            return TypedPoints(title=title, low=low, high=high)
        return AnyYes(title=title) if self.form == "once" else Count(title=title, unit=self.unit)

    def amounts(self) -> tuple[tuple[str, Amount], ...]:
        """Its amounts with the keys they stand under."""
        pairs = (("each", self.each), ("once", self.once), ("cap", self.cap))
        return tuple((key, amount) for key, amount in pairs if amount is not None)

    def take(
        self, view: View, side: str, note: Note, factor: Fraction = ONCE, place: int = 0
    ) -> tuple[Array, int | None]:
        """What the line comes to for every unit, in the finest units, after its own cap; and what at most.

        Args:
            view: the item's columns.
            side: "minus" or "plus".
            note: records the step for a trace.
            factor: `times` of the rule and of the whole; the line's own multiplies it.
            place: the line's place in its side.

        Returns:
            The points, never below 0; and what none of them exceeds, or None if that is not known beforehand.
        """
        if isinstance(self.times, Fraction):
            factor = factor * self.times
        left = view if self.yields_to is None else view.left(self.yields_to)
        count, parts, peak = self._rows(left)
        charged = count if self.range is None else left.column(self.id or "")
        options, met = self.row_options(view.full), None
        if options is not None:
            peak, met = None, self._met(left, options, f"{side}.{place}")
            charged, parts = _worth_of(met, options)
        each = factor if self.range is not None or self._parted else self._each(view.full, factor)
        count, charged, exempt = self._acting(view, count, charged)
        by_period = None
        if view.stack is not None:
            peak, by_period, rows = None, view.stack.apart(charged), view.stack.added(count, 1)[0]
            charged, parts = view.stack.added(charged, parts)
            count = charged if self.range is None else rows
        divisor = (
            multiply_divide(parts, each.denominator)
            if isinstance(parts, np.ndarray)
            else (parts * each.denominator)
        )
        taken = multiply_divide(charged, each.numerator, divisor, peak=peak)
        uncapped, most = taken, None
        if peak is not None and isinstance(divisor, int):
            most = peak * each.numerator // divisor + 1
        if self.cap is not None:
            most = self.cap.units(view.full)
            taken = np.minimum(taken, most)
        note(
            "line", line=self, side=side, count=count, parts=parts, factor=factor, exempt=exempt,
            options=options, met=met,
            taken=taken, uncapped=uncapped, full=view.full, view=view, by_period=by_period,
        )  # fmt: skip
        return taken, most

    def _each(self, full: int | None, factor: Fraction) -> Fraction:
        """What one row or step comes to."""
        worth = self.worth.of(full)
        return worth if factor is ONCE else worth * factor

    @property
    def _parted(self) -> bool:
        """Whether what one row is worth depends on the row."""
        return self.worth.switch is not None

    def row_options(self, full: int | None) -> RowOptions | None:
        """What its rows may come to, if that depends on their dates or tags.

        Args:
            full: what percentages refer to.
        """
        found = []
        worth, times = None if self.range is not None else self.worth.switch, self.times
        if self.fact is not None and worth is not None and worth.by in BY_ROWS:
            found.append(row_switch(worth, lambda each: each.of(full), lambda each: each.term(full)))
        if self.fact is not None and isinstance(times, Switch) and times.by in BY_ROWS:
            found.append(row_switch(times, Fraction, decimal_text))
        return RowOptions(tuple(found)) if found else None

    def most_once(self, full: int | None) -> Fraction:
        """The most that the line comes to if it is charged once, its own `times` included."""
        options = self.row_options(full)
        factor = self.times if isinstance(self.times, Fraction) else ONCE
        fixed = ONCE if self._parted else self.worth.of(full)
        most = ONCE if options is None else max(map(options.worth, range(options.size)))
        return fixed * factor * most

    def _met(self, view: View, options: RowOptions, name: str) -> list[Array]:
        """How much of what is counted meets each option."""
        fact = (self.fact or "").partition(".")[0]
        return [view.column(fact, f"{name}:{place}") for place in range(options.size)]

    def _acting(self, view: View, count: Array, charged: Array) -> tuple[Array, Array, Mask | None]:
        """Rows and what they are charged where the conditions let the line act, and where it is exempted."""
        if self.when is not None and not (self.form == "once" and self.id is None):
            holds = evaluate(self.when, view.operand).true
            charged, count = np.where(holds, charged, 0), np.where(holds, count, 0)
        if self.unless is None:
            return count, charged, None
        spared = evaluate(self.unless, view.operand).true
        exempt = view.anywhere(spared & np.asarray(charged != 0, dtype=bool))
        return np.where(spared, 0, count), np.where(spared, 0, charged), exempt

    def _rows(self, view: View) -> tuple[Array, Array | int, int | None]:
        """What is charged, as numerators and denominators: rows, or steps; and its peak, if it is known."""
        if self.range is not None:
            ones = np.ones_like(view.columns[self.id or ""].answered, dtype=np.int64)
            return ones, 1, view.peak(self.id or "")
        if self.id:
            return view.column(self.id), 1, view.peak(self.id)
        if self.of is not None:
            return *self._steps(view, self.of), None
        if self.count is not None:
            return view.count(self.count), 1, view.peak(self.count)
        if self.when is None:
            raise ValueError("a line without id, count, of or when")
        return evaluate(self.when, view.operand).true.astype(np.int64), 1, 1

    def _steps(self, view: View, name: str) -> tuple[Array, Array | int]:
        """How many steps there are to a number, or to what the group has."""
        threshold, every, rounding, short = self.measure
        limit: Fraction | Measure
        limit = view.of_group(name, threshold) if isinstance(threshold, str) else threshold.value
        return counted(view.operand(name), limit, every.value, rounding, short)

    def words(self, label: Labels, takes: bool, reference: int | None, *, low: bool = False) -> str:
        """The line in a sentence: "迟报：每件扣0.5分，最多扣2分"."""
        return line_words(self, label, takes, reference, low=low)


def _amounts(end: Switch) -> Switch:
    """An end of a range that depends on the unit, as what lines charge."""
    cases = tuple((key, Amount(points=each)) for key, each in end.cases)
    return Switch(end.by, cases, None if end.other is None else Amount(points=end.other))


def _values(end: int | Switch) -> list[int]:
    """Every number that an end of a range may be."""
    return [int(each) for each in (end.values() if isinstance(end, Switch) else (end,))]


def _worth_of(met: Sequence[Array], options: RowOptions) -> tuple[Array, int]:
    """What rows come to by the options that they meet, exactly: numerators, and their denominator."""
    worth = [options.worth(place) for place in range(options.size)]
    parts = lcm(*(each.denominator for each in worth))
    total = np.zeros_like(met[0])
    for column, each in zip(met, worth, strict=True):
        total = add(total, multiply_divide(column, int(each * parts)))
    return total, parts
