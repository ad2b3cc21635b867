"""Modifiers that a rule of any kind may have: a ceiling of its start, bounds of its own, caps of its lines.

Invariant: each limit is rounded once to the finest unit, then compared exactly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ConfigDict, Field
from pydantic_core import PydanticCustomError

from govscore.facts.relations import relation
from govscore.i18n import gettext as _
from govscore.rules.conditions import ConditionValue
from govscore.rules.values import AmountValue, BoundValue, Part
from govscore.rules.words import in_words, times_text, worth_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from govscore.facts.switches import Switch
    from govscore.rules.values import Amount
    from govscore.rules.words import Labels


class Ceiling(Part):
    """`ceiling`: where the start ends if a condition holds."""

    when: ConditionValue
    at: AmountValue

    def words(self, label: Labels, reference: int | None) -> str:
        """The ceiling in a sentence."""
        return _("starts at most at {amount} if {condition}").format(
            amount=worth_words(self.at, reference), condition=in_words(self.when, label)
        )


class RuleBounds(Part):
    """`bounds` of a rule: they replace the sides of 0 … points (or cap) that they name."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    from_: BoundValue | None = Field(default=None, alias="from")
    to: BoundValue | None = None

    @relation
    def _some_side(self) -> None:
        if self.from_ is None and self.to is None:
            raise PydanticCustomError("bounds_empty", "no side")

    def amounts(self) -> Iterator[tuple[str, Amount]]:
        """The sides that are named, with their keys."""
        for key, amount in (("from", self.from_), ("to", self.to)):
            if amount is not None:
                yield key, amount

    def words(self, reference: int | None) -> str:
        """The lower side in a sentence; where a rule ends its kind says."""
        if self.from_ is None:
            return ""
        return _("not below {amount}").format(amount=worth_words(self.from_, reference))


def side_cap_words(cap: Amount, takes: bool, reference: int | None) -> str:
    """`minus_cap` or `plus_cap` in a sentence."""
    template = (
        _("these take at most {amount} in this item")
        if takes
        else _("these add at most {amount} in this item")
    )
    return template.format(amount=worth_words(cap, reference))


def all_times_words(times: Fraction | Switch) -> str:
    """`times` of the whole, or of a part, beside the rule of an item in a sentence."""
    return _("as in all items, what minus lines take counts {number} times").format(number=times_text(times))


def times_words(times: Fraction | Switch) -> str:
    """`times` of a rule or of the whole in a sentence."""
    return _("everything that minus lines take counts {number} times").format(number=times_text(times))
