"""Values as schemes write them: points, shares of points, identifiers. Checked on reading.

Invariant: a value that passed is exact; a percentage stays a fraction until a line or start rounds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from govscore.points import Points, PointsError, exact, points
from govscore.text import IDENTIFIER, SIMPLE_IDENTIFIER

_PERCENT: Final = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*%\s*\Z", re.ASCII)


class Part(BaseModel):
    """Base of everything that a scheme writes as a table: frozen, and no key is ever ignored."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, populate_by_name=True
    )


@dataclass(frozen=True, slots=True)
class Amount:
    """Points, or a share of the points of the item (`"60 %"`)."""

    points: Points | None = None
    share: Fraction | None = None

    def of(self, full: int | None) -> Fraction:
        """The amount in the finest units, exact (a percentage need not come out whole).

        Args:
            full: what a percentage refers to: a base item's points, else the item's cap.
        """
        if self.points is not None:
            return Fraction(int(self.points))
        if self.share is None or full is None:
            raise ValueError("a percentage without anything to refer to")
        return self.share * full

    def __str__(self) -> str:
        if self.points is not None:
            return str(self.points)
        return percent_text(self.share or Fraction(0))


def decimal_text(number: Fraction) -> str:
    """A fraction with a finite decimal form, as that decimal."""
    places = 0
    while (number * 10**places).denominator > 1:
        places += 1
    sign, digits = "-" if number < 0 else "", str(abs(number * 10**places).numerator).rjust(places + 1, "0")
    return f"{sign}{digits[: len(digits) - places]}" + (f".{digits[-places:]}" if places else "")


def percent_text(share: Fraction) -> str:
    """A share as a percentage in words: `12.5 %`."""
    return f"{decimal_text(share * 100)} %"


def percent(value: object) -> Fraction:
    """A percentage `"60 %"` as an exact share."""
    match = _PERCENT.match(value) if isinstance(value, str) and len(value) < 60 else None
    if not match:
        raise PydanticCustomError("percent", "not a percentage", {"found": str(value)})
    try:
        return Fraction(exact(match[1])) / 100
    except PointsError as refused:
        raise PydanticCustomError(
            "number", "not a number", {"found": str(value), "why": refused.reason}
        ) from None


def _points(value: object) -> Points:
    if isinstance(value, str) or value is None or isinstance(value, (list, dict)):
        raise PydanticCustomError("number", "not a number", {"found": str(value), "why": "not_a_number"})
    try:
        return points(value)
    except PointsError as refused:
        raise PydanticCustomError(
            "number", "not a number", {"found": str(value), "why": refused.reason}
        ) from None


def _positive(value: object) -> Points:
    number = _points(value)
    if number <= 0:
        raise PydanticCustomError("not_positive", "not above 0", {"found": str(value)})
    return number


def _not_negative(value: object) -> Points:
    number = _points(value)
    if number < 0:
        raise PydanticCustomError("negative", "below 0", {"found": str(value)})
    return number


def _amount(value: object) -> Amount:
    if isinstance(value, Amount):
        return value
    if isinstance(value, dict) and "by" in value:
        raise PydanticCustomError("later", "not supported yet", {"name": "by"})
    if isinstance(value, str) and "%" in value:
        return Amount(share=percent(value))
    return Amount(points=_not_negative(value))


def _identifier(value: object) -> str:
    if not isinstance(value, str) or not IDENTIFIER.match(value):
        raise PydanticCustomError("identifier", "not an identifier", {"found": str(value)})
    return value


def _simple_identifier(value: object) -> str:
    if not isinstance(value, str) or not SIMPLE_IDENTIFIER.match(value):
        raise PydanticCustomError("simple_identifier", "not an identifier", {"found": str(value)})
    return value


def _title(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise PydanticCustomError("empty_text", "no text", {"found": str(value)})
    return value


def _percent_or_number(value: object) -> Target:
    if isinstance(value, str) and "%" in value:
        return Target(share=percent(value))
    try:
        number = Fraction(exact(value)) if not isinstance(value, str) else None
    except PointsError as refused:
        raise PydanticCustomError(
            "number", "not a number", {"found": str(value), "why": refused.reason}
        ) from None
    if value in ("best", "mean"):
        raise PydanticCustomError("later", "not supported yet", {"name": f'target = "{value}"'})
    if number is None:
        raise PydanticCustomError("number", "not a number", {"found": str(value), "why": "not_a_number"})
    return Target(number=number)


@dataclass(frozen=True, slots=True)
class Target:
    """What a `share` is measured against: a number, or a percentage of a ratio."""

    number: Fraction | None = None
    share: Fraction | None = None

    @property
    def value(self) -> Fraction:
        """The target as a fraction."""
        return self.share if self.share is not None else self.number or Fraction(0)

    def __str__(self) -> str:
        if self.share is not None:
            return percent_text(self.share)
        return decimal_text(self.value)


PointsValue = Annotated[Points, BeforeValidator(_points)]
PositivePoints = Annotated[Points, BeforeValidator(_positive)]
NotNegativePoints = Annotated[Points, BeforeValidator(_not_negative)]
AmountValue = Annotated[Amount, BeforeValidator(_amount)]
Share = Annotated[Fraction, BeforeValidator(percent)]
TargetValue = Annotated[Target, BeforeValidator(_percent_or_number)]
Identifier = Annotated[str, BeforeValidator(_identifier)]
SimpleIdentifier = Annotated[str, BeforeValidator(_simple_identifier)]
Title = Annotated[str, BeforeValidator(_title)]
