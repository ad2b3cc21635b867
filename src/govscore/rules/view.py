"""What a start or line sees: the columns of one item for a block of units.

Invariant: read-only; a start gets numbers from here and from nowhere else, so the bulk run and the
trace compute the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from govscore.rules.arithmetic import (
    SUMMABLE,
    Array,
    Mask,
    Size,
    add,
    multiply_divide,
    narrow,
    wide,
)
from govscore.rules.conditions import Operand
from govscore.rules.values import ONCE, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from govscore.facts.base import FactType, Subject
    from govscore.facts.rows import Row
    from govscore.rules.peers import Measure, OfGroup, Peers


Left = Mapping[tuple[str, ...], Mapping[str, "FactColumns"]]
"""By the items that lines yield to: the facts without the rows whose matter is recorded there."""
Spared = Mapping[tuple[tuple[str, ...], str], "tuple[tuple[Row, str], ...]"]
"""Of one unit, by the items that lines yield to and the fact: rows left out, each with the item."""


class Note(Protocol):
    """Records a step for the trace; in bulk it does nothing."""

    def __call__(self, step: str, /, **data: Any) -> None:
        """A step by its stable name, with its columns and parameters."""


def silent(step: str, /, **data: Any) -> None:
    """The note of a bulk run."""


@dataclass(frozen=True, slots=True)
class FactColumns:
    """One fact's columns for a block of units."""

    values: Mapping[str, Array]
    """0 wherever the fact is not answered."""
    answered: Mask
    scale: int = 1
    """The columns hold the values times this (numbers and ratios may have decimals)."""
    peak: int | None = None
    """No value of any column is larger; None: not known beforehand."""

    def of(self, places: Array) -> FactColumns:
        """The columns of some units of the block."""
        values = {name: column[places] for name, column in self.values.items()}
        return FactColumns(values, self.answered[places], self.scale, self.peak)


@dataclass(frozen=True, slots=True)
class Stack:
    """Several periods in one view: their columns stand one block of units below the other."""

    periods: tuple[str, ...]
    applies: Mask
    """(periods × units,): where a period is applicable."""

    def anywhere(self, mask: Mask) -> Mask:
        """Where something holds in any applicable period."""
        return np.asarray((mask & self.applies).reshape(len(self.periods), -1).any(axis=0))

    def apart(self, column: Array) -> Array:
        """(periods, units): a column of all periods; 0 where one is not applicable."""
        return np.where(self.applies, column, 0).reshape(len(self.periods), -1)

    def added(self, column: Array, parts: Array | int) -> tuple[Array, Array | int]:
        """Fractions of all periods added up exactly: numerators, and the denominators that they share."""
        numerators = self.apart(column)
        if isinstance(parts, int):
            return sum_of(numerators), parts
        denominators = np.where(numerators == 0, 1, parts.reshape(len(self.periods), -1))
        top, bottom = wide(numerators[0]), wide(denominators[0])
        for more, below in zip(wide(numerators[1:]), wide(denominators[1:]), strict=True):
            top, bottom = top * below + more * bottom, bottom * below
            common = np.gcd(top, bottom)
            top, bottom = top // common, bottom // common
        return narrow(top), narrow(bottom)


def sum_of(columns: Iterable[Array]) -> Array:
    """Columns added up; there is at least one."""
    return reduce(add, columns)


@dataclass(slots=True)
class View:
    """One item for a block of units."""

    size: Size
    """How many units there are; of items that are scored together (items, units), as all their columns."""
    full: int | None
    """What percentages refer to, in the finest units: a base item's points, else the cap."""
    facts: Mapping[str, FactType]
    columns: Mapping[str, FactColumns]
    times: Fraction = ONCE
    """What everything that minus lines take counts (`times` of the whole)."""
    rows: tuple[Row, ...] = ()
    """For a trace of one unit: its findings, so that a start can show how its columns came about."""
    without: Left = field(default_factory=dict)
    spared: Spared = field(default_factory=dict)
    pooled: Mapping[tuple[str, str], Fraction] | None = None
    """For a trace of one unit: what its events count where those of several items count together, by period
    and case."""
    stack: Stack | None = None
    """Where the lines of several periods act together: how their columns stand in these."""
    peers: Peers | None = None
    """What the units are measured against; None: the rule measures against nobody."""
    _subjects: dict[str, Operand] = field(default_factory=dict)

    def count(self, name: str) -> Array:
        """A count by its condition name (`posts`, `reply.late`); 0 where it is not answered."""
        return self.operand(name).value

    def column(self, fact: str, name: str = "x") -> Array:
        """A fact's column; 0 where it is not answered."""
        return self.columns[fact].values[name]

    def peak(self, name: str) -> int | None:
        """No value of the columns behind a condition name is larger; None: not known beforehand."""
        return self.columns[name.partition(".")[0]].peak

    def left(self, yields_to: tuple[str, ...]) -> View:
        """The item as a line sees it that yields to others."""
        own = self.without.get(yields_to)
        return self if own is None else replace(self, columns={**self.columns, **own}, _subjects={})

    def operand(self, name: str) -> Operand:
        """What a condition of this item may name."""
        if name not in self._subjects:
            fact, _dot, part = name.partition(".")
            self._subjects[name] = operand_of(self.columns[fact], self.facts[fact].subjects()[part])
        return self._subjects[name]

    def of_group(self, name: str, which: OfGroup) -> Measure:
        """The best value, or the mean, of each unit's group, exact.

        Args:
            name: a count, number or ratio by its condition name.
            which: "best" (the largest value, or under `best = "low"` the smallest) or "mean".
        """
        return self._peers.of_group(name, which)

    def place(self, name: str) -> Array:
        """Each unit's place in its group by a measured fact; equals share the better one; 0: none."""
        return self._peers.place(name)

    @property
    def _peers(self) -> Peers:
        if self.peers is None:
            raise ValueError("a rule that measures against the group without saying so")
        return self.peers

    def anywhere(self, mask: Mask) -> Mask:
        """Where something holds; of several periods in any that is applicable."""
        return mask if self.stack is None else self.stack.anywhere(mask)

    def scale(self, name: str) -> int:
        """What the columns behind a condition name are multiplied by."""
        return self.columns[name.partition(".")[0]].scale

    def amount(self, count: Array, amount: Fraction) -> Array:
        """Count × amount, rounded once to the finest unit."""
        return multiply_divide(count, amount.numerator, amount.denominator)

    def constant(self, amount: Fraction) -> Array:
        """The amount for every unit, rounded once."""
        whole = rounded(amount)
        return np.full(self.size, whole, dtype=np.int64 if abs(whole) < SUMMABLE else object)


def operand_of(columns: FactColumns, subject: Subject) -> Operand:
    """A fact's column or ratio as something that a condition compares."""
    value = columns.values[subject.column]
    over: Array | int = columns.scale
    known = columns.answered
    if subject.over is not None:
        over = columns.values[subject.over]
        known = known & (over > 0)
        over = np.where(known, over, 1)
    return Operand(
        kind=subject.kind,
        value=value,
        over=over,
        known=known,
        open=~columns.answered,
        options=subject.options,
        peak=None if columns.peak is None else max(columns.peak, columns.scale),
        settled=True,
    )


def at_most_one(operand: Operand, numerator: Array | int, denominator: Array | int) -> tuple[Array, Array]:
    """min(1, operand ÷ (numerator ÷ denominator)) as numerator and denominator columns."""
    top = multiply_divide(operand.value, denominator, peak=operand.peak)
    over = operand.over if isinstance(operand.over, np.ndarray) else np.full(top.shape, operand.over)
    bottom = multiply_divide(over, numerator, peak=operand.peak)
    return np.minimum(top, bottom), bottom
