"""What a unit is measured against: the best value of its group, the mean, and its place among them.

Invariant: exact; values compare as fractions, and only units that are compared (reviewed, applicable,
not stopped) and have a value count.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from govscore.rules.arithmetic import Array, Mask, largest, wide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govscore.rules.conditions import Operand
    from govscore.rules.view import View

OfGroup = Literal["best", "mean"]
"""What the group offers to measure against."""
OF_GROUP: Final[tuple[OfGroup, ...]] = ("best", "mean")
_BITS: Final = 62
_SAFE: Final = 2**62


@dataclass(frozen=True, slots=True)
class Compared:
    """Who is measured against whom: the whole roster, or several blocks of it below each other."""

    groups: tuple[Array, ...]
    """Places of the units of each group."""
    counted: Mask
    """Whose facts count: reviewed, applicable, not stopped."""
    names: tuple[str, ...] = ()
    """What the units are called; explanations name them."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The best or the mean of each unit's group."""

    top: Array
    """Numerators."""
    bottom: Array
    """Denominators, above 0."""
    units: Array
    """How many units of the group have a value; 0: there is nothing to measure against."""

    def of(self, block: slice | Array) -> Measure:
        """The same for a block of units."""
        return Measure(self.top[block], self.bottom[block], self.units[block])

    @property
    def known(self) -> Mask:
        """Where there is anything to measure against."""
        return np.asarray(self.units > 0, dtype=bool)


def best(operand: Operand, compared: Compared | None, *, low: bool = False) -> Measure:
    """The largest value of each unit's group, or the smallest.

    Args:
        operand: what is measured.
        compared: who is compared; None: nobody.
        low: the smallest is the best.
    """
    found: list[tuple[Array, Fraction, int]] = []
    for group, mine, codes in _coded(operand, compared):
        at = mine[codes.argmin() if low else codes.argmax()]
        found.append((group, Fraction(int(operand.value[at]), _over(operand, int(at))), mine.size))
    return _measure(operand.value.shape[0], found)


def mean(operand: Operand, compared: Compared | None) -> Measure:
    """The mean value of each unit's group; of ratios the mean of the units' ratios, exact."""
    found: list[tuple[Array, Fraction, int]] = []
    for group, mine in _members(operand, compared):
        over = operand.over[mine] if isinstance(operand.over, np.ndarray) else operand.over
        found.append((group, sum_of(operand.value[mine], over) / mine.size, mine.size))
    return _measure(operand.value.shape[0], found)


def places(operand: Operand, compared: Compared | None, *, low: bool = False) -> Array:
    """The place of each unit in its group: equals share the better one, the next is skipped; 0: none."""
    found = np.zeros(operand.value.shape[0], dtype=np.int64)
    for _group, mine, codes in _coded(operand, compared):
        counts = np.bincount(codes)
        up_to = np.cumsum(counts)
        by_code = 1 + (up_to - counts if low else mine.size - up_to)
        found[mine] = by_code[codes]
    return found


def holders(operand: Operand, compared: Compared, unit: int, *, low: bool = False) -> tuple[str, ...]:
    """The names of the units that have the best value of a unit's group."""
    for group, mine, codes in _coded(operand, compared):
        if unit in group:
            first = mine[codes == (codes.min() if low else codes.max())]
            return tuple(sorted(compared.names[at] for at in first))
    return ()


def sum_of(values: Array, over: Array | int) -> Fraction:
    """The exact sum of values ÷ their denominators."""
    if isinstance(over, int):
        return Fraction(_sum(values), over)
    denominators, which = np.unique(over, return_inverse=True)
    if values.dtype != object and largest(values) * values.size >= _SAFE:
        values = wide(values)
    sums = np.zeros(denominators.size, dtype=values.dtype)
    np.add.at(sums, which, values)
    return _tree([Fraction(int(each), int(below)) for each, below in zip(sums, denominators, strict=True)])


def _sum(values: Array) -> int:
    return int(wide(values).sum() if largest(values) * values.size >= _SAFE else values.sum())


def _tree(terms: list[Fraction]) -> Fraction:
    """The sum, added up in pairs, so that denominators stay small as long as possible."""
    while len(terms) > 1:
        pairs = [one + other for one, other in zip(terms[::2], terms[1::2], strict=False)]
        terms = pairs if len(terms) % 2 == 0 else [*pairs, terms[-1]]
    return terms[0] if terms else Fraction(0)


def _members(operand: Operand, compared: Compared | None) -> Sequence[tuple[Array, Array]]:
    """Each group with those of its units that have a value and count."""
    if compared is None:
        return ()
    there = compared.counted & operand.known
    found = [(group, group[there[group]]) for group in compared.groups]
    return [(group, mine) for group, mine in found if mine.size]


def _coded(operand: Operand, compared: Compared | None) -> Sequence[tuple[Array, Array, Array]]:
    """Each group, its units that count, and codes that order their values exactly; equals have one code."""
    found = []
    for group, mine in _members(operand, compared):
        over = operand.over[mine] if isinstance(operand.over, np.ndarray) else operand.over
        found.append((group, mine, codes_of(operand.value[mine], over)))
    return found


def codes_of(values: Array, over: Array | int) -> Array:
    """Whole numbers from 0 that order values ÷ denominators; equal fractions have the same."""
    if isinstance(over, int):
        return np.unique(values, return_inverse=True)[1].astype(np.int64)
    if values.dtype == object or over.dtype == object or largest(over) >= 2**50:
        fractions = [Fraction(int(value), int(below)) for value, below in zip(values, over, strict=True)]
        order = {each: code for code, each in enumerate(sorted(set(fractions)))}
        return np.array([order[each] for each in fractions], dtype=np.int64)
    keys = _digits(values, over)
    order_of = np.lexsort(keys[::-1])
    new = np.zeros(values.size, dtype=bool)
    for key in keys:
        new[1:] |= key[order_of][1:] != key[order_of][:-1]
    codes = np.empty(values.size, dtype=np.int64)
    codes[order_of] = np.cumsum(new)
    return codes


def _digits(values: Array, over: Array) -> list[Array]:
    """The quotients digit by digit, in a base as large as int64 allows.

    Two different fractions differ by at least 1 ÷ (the product of their denominators), so that many
    binary places tell them apart.
    """
    bits = largest(over).bit_length()
    step = _BITS - bits
    quotient, rest = np.divmod(values, over)
    found = [quotient]
    for _digit in range(ceil(2 * bits / step)):
        quotient, rest = np.divmod(rest << step, over)
        found.append(quotient)
    return found


def _over(operand: Operand, at: int) -> int:
    return int(operand.over[at]) if isinstance(operand.over, np.ndarray) else operand.over


def _measure(size: int, found: Sequence[tuple[Array, Fraction, int]]) -> Measure:
    """A value for each group, as columns."""
    far = any(max(abs(each.numerator), each.denominator) >= _SAFE for _group, each, _units in found)
    kind = object if far else np.int64
    top, bottom = np.zeros(size, dtype=kind), np.ones(size, dtype=kind)
    units = np.zeros(size, dtype=np.int64)
    for group, each, count in found:
        top[group], bottom[group], units[group] = each.numerator, each.denominator, count
    return Measure(top, bottom, units)


@dataclass(slots=True)
class Peers:
    """What the units of a block are measured against: a view of everybody, and which of them the block is."""

    everybody: View
    compared: Compared | None
    """None: nobody counts yet, as if no unit had a value."""
    block: slice | Array
    low: bool = False
    """Whether the smallest value is the best (`best = "low"`)."""
    _known: dict[tuple[str, OfGroup], Measure] = field(default_factory=dict)
    _placed: dict[str, Array] = field(default_factory=dict)

    def of_group(self, name: str, which: OfGroup) -> Measure:
        """The best value or the mean of each unit's group."""
        if (name, which) not in self._known:
            operand = self.everybody.operand(name)
            found = (
                best(operand, self.compared, low=self.low)
                if which == "best"
                else mean(operand, self.compared)
            )
            self._known[name, which] = found.of(self.block)
        return self._known[name, which]

    def place(self, name: str) -> Array:
        """Each unit's place in its group; 0: none."""
        return self._places(name)[self.block]

    def _places(self, name: str) -> Array:
        if name not in self._placed:
            self._placed[name] = places(self.everybody.operand(name), self.compared, low=self.low)
        return self._placed[name]

    def holders(self, name: str) -> tuple[str, ...]:
        """The names of the units with the best value of the first unit's group."""
        if self.compared is None:
            return ()
        return holders(self.everybody.operand(name), self.compared, self._first(), low=self.low)

    def equals(self, name: str) -> int:
        """How many units of the first unit's group have its place, itself included."""
        every, first = self._places(name), self._first()
        groups = () if self.compared is None else self.compared.groups
        return sum(int((every[group] == every[first]).sum()) for group in groups if first in group)

    def _first(self) -> int:
        return int(np.arange(np.prod(self.everybody.size))[self.block][0])
