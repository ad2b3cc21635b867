"""What holds for a whole scheme or a part of it: full marks, gates, limits, what is not applicable.

Invariant: each table is sound by itself; which keys stand in `[total]` and which in `[[part]]` is checked
where both are seen (`scheme.parts`).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from govscore.facts.relations import relation
from govscore.facts.switches import Switch, switchable
from govscore.rules.conditions import ConditionValue
from govscore.rules.unit_values import PointsOfUnits, PositiveOfUnits, ProportionOfUnits, of_units
from govscore.rules.values import (
    SHARE_FORM,
    Identifier,
    Part,
    TimesValue,
    Title,
    proportion,
)
from govscore.scheme.policies import NotApplicable
from govscore.scheme.values import BonusCap, DateValue

FloorAt: TypeAlias = Literal["item", "section", "none"]


def _weight(value: object) -> Fraction:
    weight = proportion(value)
    if not weight:
        raise PydanticCustomError("not_positive", "not above 0", {"found": "0 %"})
    return weight


Weight: TypeAlias = Annotated[Fraction | Switch, BeforeValidator(switchable(_weight)), of_units(SHARE_FORM)]


class SchemePeriod(Part):
    """First and last day of what is assessed."""

    from_: DateValue = Field(alias="from")
    to: DateValue

    @relation
    def _in_order(self) -> None:
        if self.from_ > self.to:
            data = {"found": str(self.to), "at": "to"}
            raise PydanticCustomError("period_order", "ends before it starts", data)


class Gate(Part):
    """`fail`: below which base a unit fails, and its grade then."""

    when: ConditionValue
    grade: Title


class Bounds(Part):
    """Limits of the score."""

    from_: PointsOfUnits | None = Field(default=None, alias="from")
    to: PointsOfUnits | None = None

    @relation
    def _in_order(self) -> None:
        if self.from_ is None and self.to is None:
            raise PydanticCustomError("bounds_empty", "no side")
        if isinstance(self.from_, Switch) or isinstance(self.to, Switch):
            return  # seen case by case (`scheme.unit_checks`)
        if self.from_ is not None and self.to is not None and self.from_ > self.to:
            data = {"found": str(self.to), "at": "to"}
            raise PydanticCustomError("bounds_order", "upper below lower", data)


class Total(Part):
    """`[total]`: limits and gates of the whole."""

    full_marks: PositiveOfUnits
    places: Annotated[int, Field(ge=0, le=4, strict=True)]
    floor_at: FloorAt | None = None
    """Without parts; else each part states it. So with `not_applicable` and `times`."""
    not_applicable: NotApplicable | None = None
    fail: Gate | None = None
    bonus_when: ConditionValue | None = None
    bonus_cap: BonusCap = None
    bounds: Bounds | None = None
    times: TimesValue | None = None
    minimum_coverage: ProportionOfUnits | None = None
    """Below it a unit has a total, but no rank or grade."""
    stopped_part: Literal["stop", "zero"] | None = None
    """What a part that a veto stopped makes of the total."""


class SchemePart(Part):
    """`[[part]]`: a share of the final score with its own base, bonus and deductions."""

    id: Identifier
    title: Title
    weight: Weight
    full_marks: PositiveOfUnits
    floor_at: FloorAt
    not_applicable: NotApplicable
    fail: Gate | None = None
    """It marks the part only."""
    bonus_when: ConditionValue | None = None
    bonus_cap: BonusCap = None
    bounds: Bounds | None = None
    times: TimesValue | None = None


def whole_part(total: Total, title: str) -> SchemePart:
    """The one part of a scheme without `[[part]]`: its base is that of the total, which has the gates."""
    stated = {key: getattr(total, key) for key in ("full_marks", "floor_at", "not_applicable", "times")}
    return SchemePart.model_construct(id="", title=title, weight=Fraction(1), **stated)
