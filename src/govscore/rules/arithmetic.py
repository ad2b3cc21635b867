"""Exact arithmetic on columns: int64 where it is safe, big integers where it is not.

Invariant: no operation here wraps silently; every product that could leave int64 is computed with
Python's integers, and a result that fits comes back as int64.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

Array: TypeAlias = "NDArray[Any]"
"""A column: int64, or Python integers (dtype object) where bounds demand it."""
Mask: TypeAlias = "NDArray[np.bool_]"
Size: TypeAlias = "int | tuple[int, ...]"
"""How many units there are; of items that are scored together how many items and units."""
Relation: TypeAlias = "Callable[[Any, Any], Any]"
"""One of numpy's comparisons."""

_SAFE: Final = 2**62
SUMMABLE: Final = 2**50
"""Thousands of values below this add up without leaving int64."""
_TOGETHER: Final = 1000


def largest(column: Array) -> int:
    """The largest absolute value of a column."""
    return int(max(abs(int(column.max())), abs(int(column.min())))) if column.size else 0


def wide(column: Array) -> Array:
    """The column as Python integers."""
    return column if column.dtype == object else column.astype(object)


def narrow(column: Array) -> Array:
    """The column as int64 if every value is small enough to add up safely."""
    if column.dtype != object:
        return column
    return column.astype(np.int64) if largest(column) < SUMMABLE else column


def add(column: Array, more: Array) -> Array:
    """The sum of two columns that came from here; it may be added to again, however often."""
    return _settle(column + more)


def total(columns: Sequence[Array], size: Size, *, peak: int | None = None) -> Array:
    """The sum of columns that came from here; it may be added to again, however often.

    Args:
        columns: none of them below 0 where `peak` is given.
        size: of a sum of nothing.
        peak: what all of them together never exceed, proven beforehand; None: it is looked up.
    """
    if not columns:
        return np.zeros(size, dtype=np.int64)
    if peak is not None and peak < SUMMABLE:
        return reduce(np.add, columns)
    whole = columns[0]
    for place, column in enumerate(columns[1:], 1):
        # So many columns of what is summable stay far inside 64 bits.
        whole = add(whole, column) if place % _TOGETHER == 0 else whole + column
    return whole if len(columns) == 1 else _settle(whole)


def multiply_divide(
    column: Array, numerator: Array | int, denominator: Array | int = 1, *, peak: int | None = None
) -> Array:
    """Column × numerator ÷ denominator, multiplied first, divided once, halves away from zero.

    Args:
        column: integers.
        numerator: an integer or a column of them.
        denominator: a positive integer or a column of them.
        peak: no value of the column is larger, proven beforehand; None: it is looked up, which takes time.
    """
    size = largest(column) if peak is None else peak
    top = _size(numerator)
    bottom = _size(denominator)
    if size * top >= _SAFE or bottom >= _SAFE or top >= _SAFE:
        # Object arrays keep Python integers through numpy's own operators.
        column = wide(column)
    product = column if isinstance(numerator, int) and numerator == 1 else column * numerator
    if isinstance(denominator, int):
        if denominator != 1:
            product = divide_columns(product, denominator)
        small = size * top < SUMMABLE * denominator
    else:
        product = divide_columns(product, denominator)
        small = size * top < SUMMABLE
    return product if small and product.dtype != object else _settle(product)


def divide_columns(column: Array, denominator: Array | int) -> Array:
    """Each value ÷ denominator (positive), rounded to a whole number, halves away from zero."""
    # Half of the divisor is added before rounding down; of a half below zero a hair less, so that it
    # goes down as well.
    half = denominator >> 1
    if not column.size or column.min() >= 0:
        return np.asarray((column + half) // denominator)
    even = 1 - (denominator & 1)
    below = even * (column < 0) if isinstance(even, np.ndarray) or even else 0
    return np.asarray((column + half - below) // denominator)


def marks(column: Array) -> Array:
    """The marks of points: rounded to 1/10 000 point, in units of 1/10 000."""
    found = divide_columns(column, 10_000)
    return narrow(found) if found.dtype == object else found  # 2⁶³ ÷ 10 000 can be added up safely


def compare_products(left: Array, left_factor: Array | int, right: Array, right_factor: Array | int) -> Array:
    """The sign (-1, 0, 1) of left × left_factor − right × right_factor, exact."""
    one = largest(left) * _size(left_factor)
    two = largest(right) * _size(right_factor)
    if max(one, two) >= _SAFE // 2 or max(_size(left_factor), _size(right_factor)) >= _SAFE:
        left, right = wide(left), wide(right)
    difference = left * left_factor - right * right_factor
    sign = (difference > 0).astype(np.int64) - (difference < 0).astype(np.int64)
    return np.asarray(sign, dtype=np.int64)


def relate(
    relation: Relation,
    left: Array,
    left_factor: Array | int,
    right: Array | int,
    right_factor: Array | int,
    *,
    peak: int | None = None,
) -> Mask:
    """Whether left × left_factor stands in a relation to right × right_factor, exact.

    Args:
        relation: one of numpy's comparisons: `np.less`, `np.equal`, …
        left: a column, as are those that follow unless they are numbers.
        left_factor: multiplies `left`.
        right: what it is compared with.
        right_factor: multiplies `right`.
        peak: no value of `left`, and none of a column among `right` and `right_factor`, is larger,
            proven beforehand; None: they are looked up.
    """
    one = (largest(left) if peak is None else peak) * _size(left_factor, peak)
    two = _size(right, peak) * _size(right_factor, peak)
    if max(one, two) >= _SAFE:
        left, right = wide(left), wide(right) if isinstance(right, np.ndarray) else right
        right_factor = wide(right_factor) if isinstance(right_factor, np.ndarray) else right_factor
    held = relation(_product(left, left_factor), _product(right, right_factor))
    return np.asarray(held, dtype=bool)


def _product(column: Array | int, factor: Array | int) -> Array | int:
    if isinstance(factor, int) and factor == 1:
        return column
    return factor if isinstance(column, int) and column == 1 else column * factor


def _size(factor: Array | int, peak: int | None = None) -> int:
    """How large a number is, or the largest of a column."""
    if isinstance(factor, int):
        return abs(factor)
    return largest(factor) if peak is None else peak


def _settle(column: Array) -> Array:
    if column.dtype == object:
        return narrow(column)
    return column if largest(column) < SUMMABLE else wide(column)
