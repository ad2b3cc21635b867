"""Numbers that stand beside items, and may be switches that a unit decides: by group, by date or by tag.

Invariant: as `rules.values`; nobody picks a level for the whole, so that none goes by level.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Final

from pydantic import BeforeValidator

from govscore.facts.names import written
from govscore.facts.switches import OF_UNITS, Switch, switch_form, switchable
from govscore.points import LARGEST_POINTS, Points
from govscore.rules.values import SHARE_FORM, any_points, positive, proportion

_NUMBER: Final = {"type": "number", "minimum": -LARGEST_POINTS, "maximum": LARGEST_POINTS}
ABOVE_ZERO: Final = _NUMBER | {"minimum": 0, "exclusiveMinimum": 0}


def of_units(*forms: dict[str, Any]) -> Any:
    """How a number is written that may be a switch, in terms of JSON Schema."""
    return written(anyOf=[*forms, switch_form(forms, OF_UNITS)])


PointsOfUnits = Annotated[Points | Switch, BeforeValidator(switchable(any_points)), of_units(_NUMBER)]
PositiveOfUnits = Annotated[Points | Switch, BeforeValidator(switchable(positive)), of_units(ABOVE_ZERO)]
ProportionOfUnits = Annotated[
    Fraction | Switch, BeforeValidator(switchable(proportion)), of_units(SHARE_FORM)
]
