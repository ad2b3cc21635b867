"""Exact points: whole counts of 1/100 000 000 point, and the few divisions that round.

Invariant: nothing in this module, and no caller of it, ever holds a point as a float.
Source of the rules: `docs/scheme.md`, "Arithmetic".
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, localcontext
from fractions import Fraction
from typing import Final

UNITS_PER_POINT: Final = 10**8
"""How many of the finest units make a point."""
UNITS_PER_MARK_STEP: Final = 10**4
"""A mark is a multiple of 1/10 000 point: this many of the finest units."""
LITERAL_PLACES: Final = 4
"""Decimals that a point in a scheme or a typed point may have."""
LARGEST_POINTS: Final = 1_000_000
"""No literal, fact or typed point lies beyond this, on either side."""

_WIDE = Context(prec=200, rounding=ROUND_HALF_UP)
_SHORT: Final = 7
"""A number of fewer digits is below `LARGEST_POINTS`."""
_MOST_DIGITS: Final = 150
"""No number has more: with the bounds on its size, every product in `_WIDE` is then exact."""


class PointsError(ValueError):
    """A value that is not an exact number of points; `reason` is a stable word, not a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Points(int):
    """An exact number of points, counted in 1/100 000 000 point.

    It *is* that count, so sums and comparisons are integer ones; `str()` is the decimal
    (`str(Points(50_000_000)) == "0.5"`), `format(p, ".2f")` rounds half away from zero.
    """

    __slots__ = ()

    def __str__(self) -> str:
        return plain(self)

    def __repr__(self) -> str:
        return f"Points('{plain(self)}')"

    def __format__(self, spec: str) -> str:
        if not spec:
            return plain(self)
        if "." not in spec and spec[-1] not in "eEfFgGn%":
            spec += "f"  # never an exponent, as in `str()`
        with localcontext(_WIDE):
            shown = format(self.decimal, spec)
            if self < 0 and not any(digit in shown for digit in "123456789"):
                return format(Decimal(0), spec)  # rounded away: no minus sign before zero
        return shown

    @property
    def decimal(self) -> Decimal:
        """The number of points as an exact Decimal."""
        with localcontext(_WIDE):
            return Decimal(int(self)) / UNITS_PER_POINT

    @property
    def mark(self) -> Points:
        """This number rounded to 1/10 000 point: what gates, lines, ranks and ties compare."""
        return Points(mark(self))


def divide_round(numerator: int, denominator: int) -> int:
    """Numerator ÷ denominator as a whole number, halves away from zero (as workbooks round)."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    quotient, rest = divmod(abs(numerator), denominator)
    quotient += 2 * rest >= denominator
    return -quotient if numerator < 0 else quotient


def mark(units: int) -> int:
    """The mark of a number of points, in the finest units (a multiple of 10 000)."""
    return divide_round(int(units), UNITS_PER_MARK_STEP) * UNITS_PER_MARK_STEP


def from_fraction(value: Fraction) -> Points:
    """An exact fraction of points, rounded once to the finest unit."""
    return Points(divide_round(value.numerator * UNITS_PER_POINT, value.denominator))


def exact(value: object) -> Decimal:
    """An exact Decimal from what the library takes as a number.

    Takes int, str, Decimal, Fraction with a finite decimal form, and a float only if its shortest
    decimal form has at most four places.

    Raises:
        PointsError: `bool`, `float`, `nan`, `infinity`, `range`, `places`, `fraction` or `not_a_number`.
    """
    if isinstance(value, str) and is_short_whole(value):
        return Decimal(value)
    number = _read(value)
    if number.is_nan():
        raise PointsError("nan")
    if number.is_infinite():
        raise PointsError("infinity")
    if not number:
        return Decimal(0)
    if number.adjusted() > 6 or number.copy_abs() > LARGEST_POINTS:
        raise PointsError("range")
    if number.adjusted() < -60 or len(number.as_tuple().digits) > _MOST_DIGITS:
        raise PointsError("places")
    return number


def is_short_whole(text: str) -> bool:
    """Whether a text is a whole number far within all limits, as most numbers of facts are."""
    return len(text) < _SHORT and text.isascii() and text.isdigit()


def points(value: object, *, places: int = LITERAL_PLACES) -> Points:
    """A literal or typed number of points, exact, with at most `places` decimals.

    Raises:
        PointsError: as `exact`, and `places` if the number has more decimals.
    """
    number = exact(value)
    with localcontext(_WIDE):
        scaled = number * 10**places
        if scaled != scaled.to_integral_value():
            raise PointsError("places")
        return Points(int(scaled) * (UNITS_PER_POINT // 10**places))


def scaled(number: Decimal, places: int) -> int:
    """A number times 10^places, exact; `places` are at least its own decimals."""
    return int(_WIDE.scaleb(number, places))


def plain(units: int) -> str:
    """A number of points as a decimal without an exponent or trailing zeros."""
    sign = "-" if units < 0 else ""
    whole, rest = divmod(abs(int(units)), UNITS_PER_POINT)
    return f"{sign}{whole}" + (f".{rest:08d}".rstrip("0") if rest else "")


def show(units: int, places: int) -> str:
    """A number of points with a fixed number of decimals, rounded half away from zero for display."""
    step = 10 ** (8 - places)
    rounded = divide_round(int(units), step)
    sign = "-" if rounded < 0 else ""
    whole, rest = divmod(abs(rounded), 10**places)
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"


def _read(value: object) -> Decimal:
    if isinstance(value, bool):
        raise PointsError("bool")
    if isinstance(value, Points):
        return value.decimal
    if isinstance(value, float):
        number = _from_text(float.__repr__(value))
        if number.is_finite() and -int(number.as_tuple().exponent) > LITERAL_PLACES:
            raise PointsError("float")
        return number
    if isinstance(value, Fraction):
        return _from_fraction(value)
    if isinstance(value, int):
        if abs(value) > LARGEST_POINTS:
            raise PointsError("range")
        return Decimal(value)
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str):
        return _from_text(value)
    raise PointsError("not_a_number")


def _from_text(text: str) -> Decimal:
    if len(text) > 80 or not text.isascii() or "_" in text:
        raise PointsError("not_a_number")
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        raise PointsError("not_a_number") from None


def _from_fraction(value: Fraction) -> Decimal:
    with localcontext(_WIDE):
        number = Decimal(value.numerator) / Decimal(value.denominator)
        if abs(value) <= LARGEST_POINTS and Fraction(number) != value:
            raise PointsError("fraction")
        return number
