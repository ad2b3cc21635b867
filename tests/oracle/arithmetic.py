"""Exact numbers: fractions, and the two roundings of the specification."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

ZERO = Fraction(0)


def nearest(value: Fraction, per_point: int) -> Fraction:
    """Round half away from zero to a multiple of 1/per_point."""
    above, below = value.numerator, value.denominator
    if per_point % below == 0:
        return value
    whole = (2 * abs(above) * per_point + below) // (2 * below)
    return Fraction(whole if above >= 0 else -whole, per_point)


def fine(value: Fraction) -> Fraction:
    """Within a unit the calculation runs in 1/100 000 000."""
    return nearest(value, 100_000_000)


def mark(value: Fraction) -> Fraction:
    """A part's base and score, the base and the total have a mark, rounded to 1/10 000."""
    return nearest(value, 10_000)


def is_percent(literal: object) -> bool:
    return isinstance(literal, str) and literal.strip().endswith("%")


@lru_cache(maxsize=4096)
def percent(literal: str) -> Fraction:
    """`%` is exactly 1/100."""
    return Fraction(literal.strip()[:-1].strip()) / 100


def amount(literal: object, full: Fraction | None) -> Fraction:
    """A percentage in the place of points is that share of the item's points (bonus and major: `cap`)."""
    if isinstance(literal, str):
        if full is None:
            raise ValueError("a percentage without points or cap to refer to")
        return percent(literal) * full
    if isinstance(literal, bool) or not isinstance(literal, (int, Fraction)):
        raise TypeError(f"not a number: {literal!r}")
    return Fraction(literal)


def decimal_text(value: Fraction, places: int) -> str:
    """The value with exactly so many decimals, rounded half away from zero."""
    per_point = 10**places
    units = nearest(value, per_point) * per_point
    sign = "-" if units < 0 else ""
    whole, rest = divmod(abs(units.numerator), per_point)
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"
