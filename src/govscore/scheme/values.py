"""Values that only a scheme's own tables have: the cap of all bonus, the version of the language.

Invariant: as `rules.values`: checked on reading; each says how it is written.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from govscore.facts.shown import shown
from govscore.rules.days import DateValue
from govscore.rules.values import NotNegativePoints
from govscore.text import nearest


def _bonus_cap(value: object) -> object:
    if isinstance(value, str) and value != "none" and nearest(value, ["none"]):
        raise PydanticCustomError("number", "not a number", {"found": shown(value), "near": '"none"'})
    return None if value == "none" else value


def _format(value: object) -> object:
    if type(value) is not int or value != 1:
        raise PydanticCustomError("format", "another format", {"found": shown(value)})
    return value


BonusCap = Annotated[
    NotNegativePoints | None,
    BeforeValidator(_bonus_cap, json_schema_input_type=NotNegativePoints | Literal["none"]),
]
FormatOne = Annotated[Literal[1], BeforeValidator(_format, json_schema_input_type=Literal[1])]

__all__ = ["BonusCap", "DateValue", "FormatOne"]
