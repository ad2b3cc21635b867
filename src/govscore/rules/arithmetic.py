"""Exact arithmetic on columns: int64 where it is safe, big integers where it is not.

Invariant: no operation here wraps silently; every product that could leave int64 is computed with
Python's integers, and a result that fits comes back as int64.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Array: TypeAlias = "NDArray[Any]"
"""A column: int64, or Python integers (dtype object) where bounds demand it."""
Mask: TypeAlias = "NDArray[np.bool_]"

_SAFE: Final = 2**62
_SUMMABLE: Final = 2**50  # thousands of such values add up without leaving int64


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
    return column.astype(np.int64) if largest(column) < _SUMMABLE else column


def add(column: Array, more: Array) -> Array:
    """The sum of two columns that came from here; it may be added to again, however often."""
    return _settle(column + more)


def multiply_divide(column: Array, numerator: Array | int, denominator: Array | int = 1) -> Array:
    """Column × numerator ÷ denominator, multiplied first, divided once, halves away from zero.

    Args:
        column: integers.
        numerator: an integer or a column of them.
        denominator: a positive integer or a column of them.
    """
    top = largest(numerator) if isinstance(numerator, np.ndarray) else abs(numerator)
    bottom = largest(denominator) if isinstance(denominator, np.ndarray) else abs(denominator)
    # Object arrays keep Python integers through numpy's own operators.
    if largest(column) * top >= _SAFE or bottom >= _SAFE or top >= _SAFE:
        column = wide(column)
    product = column * numerator
    if isinstance(denominator, int) and denominator == 1:
        return _settle(product)
    return _settle(divide_columns(product, denominator))


def divide_columns(column: Array, denominator: Array | int) -> Array:
    """Each value ÷ denominator (positive), rounded to a whole number, halves away from zero."""
    size = np.abs(column)
    quotient = size // denominator
    rest = size - quotient * denominator
    quotient = quotient + (rest >= denominator - rest)
    return np.where(column < 0, -quotient, quotient)


def marks(column: Array) -> Array:
    """The marks of points: rounded to 1/10 000 point, in units of 1/10 000."""
    return _settle(divide_columns(column, 10_000))


def compare_products(left: Array, left_factor: Array | int, right: Array, right_factor: Array | int) -> Array:
    """The sign (-1, 0, 1) of left × left_factor − right × right_factor, exact."""
    one = largest(left) * _size(left_factor)
    two = largest(right) * _size(right_factor)
    if max(one, two) >= _SAFE // 2 or max(_size(left_factor), _size(right_factor)) >= _SAFE:
        left, right = wide(left), wide(right)
    difference = left * left_factor - right * right_factor
    sign = (difference > 0).astype(np.int64) - (difference < 0).astype(np.int64)
    return np.asarray(sign, dtype=np.int64)


def _size(factor: Array | int) -> int:
    return largest(factor) if isinstance(factor, np.ndarray) else abs(factor)


def _settle(column: Array) -> Array:
    if column.dtype == object:
        return narrow(column)
    return column if largest(column) < _SUMMABLE else wide(column)
