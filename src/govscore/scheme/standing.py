"""What follows from a score, as a scheme writes it: effects of vetoes, ties, grades.

Invariant: a table that passed says exactly one thing; nothing in it depends on another table.
"""

from __future__ import annotations

from typing import Final, Literal

from pydantic import ConfigDict
from pydantic_core import PydanticCustomError

from govscore.facts.relations import relation
from govscore.rules.conditions import ConditionValue
from govscore.rules.unit_values import PointsOfUnits, ProportionOfUnits
from govscore.rules.values import Part, Title


class Rank(Part):
    """`[rank]`."""

    ties: Literal["share", "dense"]
    tie_break: tuple[str, ...] | None = None
    """Ids of sections and items whose points part units with equal totals, one after the other."""


class Quota(Part):
    """How many units of a group may have a grade."""

    share: ProportionOfUnits
    """Of all units on the group's roster, whatever their states."""
    round: Literal["down", "up", "nearest"]
    ties: Literal["out", "in"]
    """What becomes of equals across the last place."""


class Grade(Part):
    """`[[grade]]`: a name, the line that reaches it, and perhaps how many may have it."""

    name: Title
    when: ConditionValue | None = None
    quota: Quota | None = None


_EFFECTS: Final = ("stop", "zero", "at_most", "fixed")


class Effect(Part):
    """What a veto, or an item that took points, does to the total and the grade."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": ["stop"]},
                {"required": ["zero"]},
                {"required": ["at_most"]},
                {"required": ["fixed"]},
                {
                    "required": ["cap_grade"],
                    "properties": {"stop": False, "zero": False, "at_most": False, "fixed": False},
                },
            ],
            "dependentSchemas": {"grade": {"anyOf": [{"required": ["at_most"]}, {"required": ["fixed"]}]}},
        }
    )

    stop: Title | None = None
    zero: Title | None = None
    at_most: PointsOfUnits | None = None
    fixed: PointsOfUnits | None = None
    grade: Title | None = None
    cap_grade: Title | None = None

    @relation
    def _one_effect(self) -> None:
        chosen = [name for name in _EFFECTS if getattr(self, name) is not None]
        if len(chosen) > 1:
            data = {"found": ", ".join(chosen), "at": chosen[1]}
            raise PydanticCustomError("effect_two", "two effects", data)
        if self.grade is not None and self.at_most is None and self.fixed is None:
            raise PydanticCustomError("effect_grade", "grade without a limit", {"at": "grade"})
        if not chosen and self.cap_grade is None:
            raise PydanticCustomError("effect_none", "no effect")

    @property
    def forced(self) -> str | None:
        """The grade that it forces, which never lifts."""
        return self.stop or self.zero or self.grade

    def grades(self) -> tuple[tuple[str, str], ...]:
        """Every grade that it names, with its key."""
        return tuple(
            (key, name)
            for key in ("stop", "zero", "grade", "cap_grade")
            if (name := getattr(self, key)) is not None
        )
