"""`reviewers`: how many review an item or veto, and how what they establish becomes one.

Invariant: facts of several reviewers are never mixed; either they are the same, or each reviewer's are
scored and the points are combined. Source: `docs/scheme.md`, "Several reviewers".
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from govscore.facts.relations import relation
from govscore.facts.shown import shown
from govscore.i18n import gettext as _
from govscore.i18n import ngettext
from govscore.rules.values import Amount, AmountValue, Part, Title, written
from govscore.rules.words import worth_words
from govscore.text import nearest

MOST_RATERS: Final = 99
_WORDS: Final = ("single", "same")


def _whole(value: object) -> object:
    if type(value) is not int or not 2 <= value <= MOST_RATERS:
        data = {"found": shown(value), "most": str(MOST_RATERS)}
        raise PydanticCustomError("raters_range", "not a number of raters", data)
    return value


def _in_full(value: object) -> object:
    """`"single"` and `"same"` as the tables that they stand for."""
    if isinstance(value, str):
        if value not in _WORDS:
            near = nearest(value, _WORDS)
            data = {"found": shown(value)} | ({"near": f'"{near}"'} if near else {})
            raise PydanticCustomError("reviewers_word", "not a word", data)
        return {"take": value}
    return value


RatersValue = Annotated[int, BeforeValidator(_whole), written(type="integer", minimum=2, maximum=MOST_RATERS)]


class Reviewers(Part):
    """How many review, and how what they establish becomes one."""

    take: Literal["single", "same", "mean", "median", "trimmed", "pair"]
    raters: RatersValue | None = None
    above: RatersValue | None = None
    tolerance: AmountValue | None = None
    leader: Title | None = None

    @relation
    def _fits(self) -> None:
        needed = {"mean": ("raters",), "median": ("raters",), "trimmed": ("raters", "above"),
                  "pair": ("tolerance", "leader")}.get(self.take, ())  # fmt: skip
        may = {*needed, *(("raters",) if self.take in ("same", "pair") else ())}
        stated = [key for key in ("raters", "above", "tolerance", "leader") if getattr(self, key) is not None]
        for key in stated:
            if key not in may:
                data = {"found": key, "take": self.take, "at": key}
                raise PydanticCustomError("reviewers_here", "a key of another way", data)
        if missing := [key for key in needed if key not in stated]:
            data = {"name": ", ".join(missing), "take": self.take}
            raise PydanticCustomError("reviewers_missing", "a key is missing", data)

    @property
    def several(self) -> bool:
        """Whether each reviewer's facts are kept apart."""
        return self.take != "single"

    @property
    def combines(self) -> bool:
        """Whether reviewers' points become one number, so that their facts may differ."""
        return self.take not in _WORDS

    @property
    def least(self) -> int:
        """With fewer raters the item is open."""
        return (self.raters or 2) if self.several else 1

    def words(self, full: int | None) -> str:
        """The way in a sentence; "" for a single reviewer.

        Args:
            full: what a percentage refers to: the item's points or cap, in the finest units.
        """
        if not self.several:
            return ""
        number = self.least
        who = ngettext("{count} reviewer", "at least {count} reviewers", number).format(count=number)
        return _("{who}: {how}").format(who=who, how=self._how(full))

    def _how(self, full: int | None) -> str:
        if self.take == "same":
            return _("the same facts, else open")
        if self.take == "mean":
            return _("the mean of their points")
        if self.take == "median":
            return _("the median of their points")
        if self.take == "trimmed":
            template = _("the mean of their points, without one highest and one lowest if more than {above}")
            return template.format(above=self.above)
        tolerance = self.tolerance or Amount()
        template = _(
            "the mean of the nearest two at most {tolerance} apart, of three if need be; else {leader}'s"
        )
        return template.format(tolerance=worth_words(tolerance, full), leader=self.leader)


SINGLE: Final = Reviewers.model_construct(take="single")
ReviewersValue = Annotated[
    Reviewers,
    BeforeValidator(_in_full, json_schema_input_type=Reviewers | Literal["single", "same"]),
]
