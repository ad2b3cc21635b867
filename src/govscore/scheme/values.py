"""Values that only a scheme's own tables have: the cap of all bonus, the version of the language.

Invariant: as `rules.values`: checked on reading; each says how it is written.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from govscore.facts.shown import shown
from govscore.facts.switches import Switch, is_switch, read_switch
from govscore.points import LARGEST_POINTS, Points
from govscore.rules.days import DateValue
from govscore.rules.unit_values import of_units
from govscore.rules.values import not_negative
from govscore.text import nearest

UNCAPPED: Final = Points(10**40)
"""`"none"` as a case of a switch: more than everything, so that of several cases it is the largest."""


def _bonus_cap(value: object) -> Points | Switch | None:
    if is_switch(value):
        return read_switch(value, _case)
    return None if value == "none" or value is None else _cap(value)


def _case(value: object) -> Points:
    return UNCAPPED if value == "none" else _cap(value)


def _cap(value: object) -> Points:
    if isinstance(value, Points):
        return value
    if isinstance(value, str) and nearest(value, ["none"]):
        raise PydanticCustomError("number", "not a number", {"found": shown(value), "near": '"none"'})
    return not_negative(value)


def _format(value: object) -> object:
    if type(value) is not int or value != 1:
        raise PydanticCustomError("format", "another format", {"found": shown(value)})
    return value


BonusCap = Annotated[
    Points | Switch | None,
    BeforeValidator(_bonus_cap),
    of_units({"type": "number", "minimum": 0, "maximum": LARGEST_POINTS}, {"const": "none"}),
]
FormatOne = Annotated[Literal[1], BeforeValidator(_format, json_schema_input_type=Literal[1])]

__all__ = ["UNCAPPED", "BonusCap", "DateValue", "FormatOne"]
