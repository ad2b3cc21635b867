"""`times`: what multiplies everything that a line, or all minus lines of a rule, come to.

Invariant: above 0 and exact; a switch by date or tag stands on single lines only, whose rows decide it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from govscore.facts.names import written
from govscore.facts.switches import Switch, is_switch, switch_form, switchable
from govscore.points import LARGEST_POINTS
from govscore.rules.values import ONCE, times


def _times_of_all(value: object) -> object:
    """A multiplier of all lines; by date or tag each row would have its own, which is not supported yet."""
    if is_switch(value) and isinstance(value, Mapping) and value["by"] in ("date", "tag"):
        raise PydanticCustomError("later", "not supported yet", {"name": "by"})
    return switchable(times)(value)


def multiplier(stated: Fraction | Switch | None) -> Fraction:
    """`times` as a number; 1 if it is not stated."""
    if isinstance(stated, Switch):
        raise TypeError("a multiplier whose case is not known")
    return ONCE if stated is None else stated


_ABOVE_ZERO = {"type": "number", "exclusiveMinimum": 0, "maximum": LARGEST_POINTS}
TimesOfAll = Annotated[
    Fraction | Switch,
    BeforeValidator(_times_of_all),
    written(anyOf=[_ABOVE_ZERO, switch_form([_ABOVE_ZERO], ("group", "level"))]),
]
SwitchedTimes = Annotated[
    Fraction | Switch,
    BeforeValidator(switchable(times)),
    written(anyOf=[_ABOVE_ZERO, switch_form([_ABOVE_ZERO])]),
]
