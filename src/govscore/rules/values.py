"""Values as schemes write them: points, shares of points, identifiers. Checked on reading.

Invariant: a value that passed is exact; a percentage stays a fraction until a line or start rounds.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Final, LiteralString

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from govscore.facts.names import Identifier, Label, Passage, SimpleIdentifier, Title, written
from govscore.facts.shown import shown
from govscore.facts.switches import Switch, is_switch, read_switch, switch_form, switchable
from govscore.points import (
    LARGEST_POINTS,
    LITERAL_PLACES,
    Points,
    PointsError,
    divide_round,
    exact,
    plain,
    points,
)
from govscore.rules.peers import OF_GROUP, OfGroup
from govscore.text import nearest

MOST_PLACES: Final = 60
"""Decimals that a target, a percentage or a threshold may have: they need not be whole steps of points."""
ONCE: Final = Fraction(1)
"""The multiplier of what is not multiplied; told by identity, since comparing fractions takes time."""
_LONGEST: Final = 200
_PERCENT: Final = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*%\s*\Z", re.ASCII)


class Part(BaseModel):
    """Base of everything that a scheme writes as a table: frozen, and no key is ever ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)

    def switched_by_rows(self) -> frozenset[str]:
        """Keys whose switches by date or tag each row of a finding decides, rather than the unit."""
        return frozenset()


@dataclass(frozen=True, slots=True)
class Amount:
    """Points, or a share of the points of the item (`"60 %"`); or amounts by case."""

    points: Points | None = None
    share: Fraction | None = None
    switch: Switch | None = None
    """Until it is known which case holds: the amounts by case."""

    def of(self, full: int | None) -> Fraction:
        """The amount in the finest units, exact (a percentage need not come out whole).

        Args:
            full: what a percentage refers to: a base item's points, else the item's cap.
        """
        if self.points is None and self.switch is not None:
            raise ValueError("an amount whose case is not known")
        return _exact_amount(self.points, self.share, full)

    def units(self, full: int | None) -> int:
        """The amount rounded to the finest units: what a limit comes to."""
        return rounded(self.of(full))

    def term(self, full: int | None) -> str:
        """The amount as a calculator takes it: `0.5`, or `60 % × 3`.

        Args:
            full: as in `of`.
        """
        if self.points is not None or full is None:
            return str(self)
        return f"{self} × {plain(full)}"

    def __str__(self) -> str:
        if self.switch is not None:
            return str(self.switch)
        if self.points is not None:
            return str(self.points)
        return percent_text(self.share or Fraction(0))


@lru_cache(maxsize=4096)
def _exact_amount(points: Points | None, share: Fraction | None, full: int | None) -> Fraction:
    if points is not None:
        return Fraction(int(points))
    if share is None or full is None:
        raise ValueError("a percentage without anything to refer to")
    return share * full


def rounded(units: Fraction) -> int:
    """A fraction of the finest units as whole ones, halves away from zero."""
    whole = units.denominator == 1
    return units.numerator if whole else divide_round(units.numerator, units.denominator)


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
    refuse_switch(value)
    match = _PERCENT.match(value) if isinstance(value, str) and len(value) < 60 else None
    if not match:
        raise PydanticCustomError("percent", "not a percentage", _with_near(value, _plain_percent(value)))
    return _exact(match[1], value) / 100


def proportion(value: object) -> Fraction:
    """A percentage of a whole: from 0 % to 100 %."""
    share = value if isinstance(value, Fraction) else percent(value)
    if share > 1:
        raise PydanticCustomError("share_range", "beyond the whole", {"found": shown(value)})
    return share


def refuse_switch(value: object) -> None:
    """Refuses a switch (`{ by = "group", … }`) by its name."""
    if is_switch(value):
        raise PydanticCustomError("later", "not supported yet", {"name": "by"})


def number_refused(value: object, refused: PointsError, most: int = LITERAL_PLACES) -> PydanticCustomError:
    """What is wrong with a number, as the error that a validator raises.

    Args:
        value: what was found.
        refused: why it is not a number of points.
        most: how many decimals it may have.
    """
    if isinstance(value, str):
        plain = _plain_number(value)
        if plain is not None:
            return PydanticCustomError("number_in_quotes", "a number in quotes", _with_near(value, plain))
    code = _REASONS.get(refused.reason, "number")
    return PydanticCustomError(code, "not a number", {"found": shown(value), "most": str(most)})


_REASONS: Final[dict[str, LiteralString]] = {
    "range": "number_range",
    "places": "number_places",
    "float": "number_places",
}


def _with_near(value: object, near: str | None) -> dict[str, str]:
    return {"found": shown(value)} | ({"near": near} if near else {})


def _plain_number(text: str) -> str | None:
    """The number that a text in quotes holds, full-width digits made plain."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).strip()
    try:
        exact(plain)
    except PointsError:
        return None
    return plain


def _plain_percent(value: object) -> str | None:
    """The percentage that was meant by `60%%`, `６０％` or a number with a full-width sign."""
    text = unicodedata.normalize("NFKC", value[:_LONGEST]) if isinstance(value, str) else ""
    number = _plain_number(text.replace("%", ""))
    return f'"{number} %"' if number and "%" in text and _PERCENT.match(f"{number} %") else None


def _has_percent_sign(value: object) -> bool:
    """Whether a text is meant as a percentage, in whatever width."""
    return isinstance(value, str) and "%" in unicodedata.normalize("NFKC", value[:_LONGEST])


def _exact(text: str, value: object) -> Fraction:
    try:
        return Fraction(exact(text))
    except PointsError as refused:
        raise number_refused(value, refused, MOST_PLACES) from None


def any_points(value: object) -> Points:
    """Points, below 0 or not."""
    refuse_switch(value)
    _refuse_text(value)
    try:
        return points(value)
    except PointsError as refused:
        raise number_refused(value, refused) from None


def _refuse_text(value: object) -> None:
    """Refuses a number in quotes: texts are percentages."""
    if isinstance(value, str):
        raise number_refused(value, PointsError("not_a_number"))


def positive(value: object) -> Points:
    """Points above 0."""
    number = any_points(value)
    if number <= 0:
        raise PydanticCustomError("not_positive", "not above 0", {"found": shown(value)})
    return number


def not_negative(value: object) -> Points:
    """Points of at least 0."""
    number = any_points(value)
    if number < 0:
        raise PydanticCustomError("negative", "below 0", {"found": shown(value)})
    return number


def amount(value: object) -> Amount:
    """Points, or a share of the item's points."""
    if isinstance(value, Amount):
        return value
    if isinstance(value, Points):
        return Amount(points=value)
    if is_switch(value):
        return Amount(switch=read_switch(value, amount))
    if _has_percent_sign(value):
        return Amount(share=percent(value))
    return Amount(points=not_negative(value))


def _bound(value: object) -> Amount:
    """Points that may be below 0, or a share of the item's points."""
    if is_switch(value):
        return Amount(switch=read_switch(value, _bound))
    if isinstance(value, Amount) or _has_percent_sign(value):
        return amount(value)
    return Amount(points=any_points(value))


def times(value: object) -> Fraction:
    """A multiplier: a number above 0."""
    refuse_switch(value)
    _refuse_text(value)
    try:
        number = Fraction(exact(value))
    except PointsError as refused:
        raise number_refused(value, refused, MOST_PLACES) from None
    if number <= 0:
        raise PydanticCustomError("not_positive", "not above 0", {"found": shown(value)})
    return number


def _step(value: object) -> Target:
    """The length of a step: above 0."""
    if is_switch(value):
        return Target(switch=read_switch(value, _step))
    target = _percent_or_number(value)
    if target.switch is None and target.value <= 0:
        raise PydanticCustomError("not_positive", "not above 0", {"found": str(target)})
    return target


def _percent_or_number(value: object) -> Target:
    if isinstance(value, Target):
        return value
    if is_switch(value):
        return Target(switch=read_switch(value, _percent_or_number))
    if _has_percent_sign(value):
        return Target(share=percent(value))
    _refuse_text(value)
    try:
        return Target(number=Fraction(exact(value)))
    except PointsError as refused:
        raise number_refused(value, refused, MOST_PLACES) from None


def _measured_against(value: object) -> Target | OfGroup:
    """A number, a percentage of a ratio, or the best or the mean of the group."""
    for word in OF_GROUP:
        if value == word:
            return word
    if isinstance(value, str) and not _has_percent_sign(value) and _plain_number(value) is None:
        raise PydanticCustomError("of_group", "not a target", _with_near(value, nearest(value, OF_GROUP)))
    return _percent_or_number(value)


@dataclass(frozen=True, slots=True)
class Target:
    """What a fact is measured against: a number, or a percentage of a ratio."""

    number: Fraction | None = None
    share: Fraction | None = None
    switch: Switch | None = None
    """Until it is known which case holds: the targets by case."""

    @property
    def value(self) -> Fraction:
        """The target as a fraction."""
        if self.switch is not None:
            raise ValueError("a target whose case is not known")
        return self.share if self.share is not None else self.number or Fraction(0)

    def __str__(self) -> str:
        if self.switch is not None:
            return str(self.switch)
        if self.share is not None:
            return percent_text(self.share)
        return decimal_text(self.value)


_NUMBER: Final = {"type": "number", "minimum": -LARGEST_POINTS, "maximum": LARGEST_POINTS}
_AMOUNT: Final = _NUMBER | {"minimum": 0}
_ABOVE_ZERO: Final = _AMOUNT | {"exclusiveMinimum": 0}
SHARE_FORM: Final = {"type": "string", "pattern": r"^\s*[0-9]+(\.[0-9]+)?\s*%\s*$"}
PositivePoints = Annotated[Points, BeforeValidator(positive), written(**_ABOVE_ZERO)]
SwitchedPoints = Annotated[
    Points | Switch,
    BeforeValidator(switchable(positive)),
    written(anyOf=[_ABOVE_ZERO, switch_form([_ABOVE_ZERO])]),
]
AmountValue = Annotated[
    Amount, BeforeValidator(amount), written(anyOf=[_AMOUNT, SHARE_FORM, switch_form([_AMOUNT, SHARE_FORM])])
]
Share = Annotated[Fraction, BeforeValidator(percent), written(**SHARE_FORM)]
Proportion = Annotated[Fraction, BeforeValidator(proportion), written(**SHARE_FORM)]
BoundValue = Annotated[
    Amount, BeforeValidator(_bound), written(anyOf=[_NUMBER, SHARE_FORM, switch_form([_NUMBER, SHARE_FORM])])
]
TimesValue = Annotated[Fraction, BeforeValidator(times), written(**_ABOVE_ZERO)]
_GROUP_WORD: Final = {"type": "string", "enum": list(OF_GROUP)}
TargetValue = Annotated[
    Target | OfGroup,
    BeforeValidator(_measured_against),
    written(anyOf=[_AMOUNT, SHARE_FORM, _GROUP_WORD, switch_form([_AMOUNT, SHARE_FORM])]),
]
"""What full points need: a number, a percentage, or the best or the mean of the group."""
ThresholdValue = Annotated[
    Target | OfGroup,
    BeforeValidator(_measured_against),
    written(anyOf=[_NUMBER, SHARE_FORM, _GROUP_WORD, switch_form([_NUMBER, SHARE_FORM])]),
]
"""From where steps are counted, likewise."""
StepValue = Annotated[
    Target,
    BeforeValidator(_step),
    written(anyOf=[_ABOVE_ZERO, SHARE_FORM, switch_form([_ABOVE_ZERO, SHARE_FORM])]),
]

__all__ = [
    "ONCE",
    "Amount",
    "AmountValue",
    "BoundValue",
    "Identifier",
    "Label",
    "Part",
    "Passage",
    "PositivePoints",
    "Proportion",
    "Share",
    "SimpleIdentifier",
    "StepValue",
    "SwitchedPoints",
    "Target",
    "TargetValue",
    "ThresholdValue",
    "TimesValue",
    "Title",
    "amount",
    "any_points",
    "decimal_text",
    "is_switch",
    "not_negative",
    "number_refused",
    "percent",
    "percent_text",
    "positive",
    "proportion",
    "refuse_switch",
    "times",
    "written",
]  # fmt: skip
