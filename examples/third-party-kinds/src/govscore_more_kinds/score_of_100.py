"""`score_of_100`: somebody else's assessment on the scale of 0 to 100, at most two decimals.

In conditions and in `share` it is the share of 100: a score of 87.5 meets `x >= 85 %`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from govscore.errors import message_kind
from govscore.facts.base import FactType, Field, Question, Reader, Subject, Values
from govscore.facts.names import Label
from govscore_more_kinds.words import CATALOGUE, _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govscore.facts.rows import Row

HUNDRED = Decimal(100)
PLACES = 2
NO_SCORE = message_kind(
    "more-kinds.score",
    "unit {unit}, item {item}: the score is {found}",
    "a score from 0 to 100 with at most two decimals",
    catalogue=CATALOGUE,
)


class ScoreOf100(FactType):
    """A score from 0 to 100."""

    ask: Literal["score_of_100"] = "score_of_100"
    by: Label = ""

    @classmethod
    def key_words(cls) -> Mapping[str, str]:
        """What its keys mean."""
        return {
            "": _("A score from 0 to 100 that somebody else gave."),
            "by": _("Who gave the score, to be read by people."),
        }

    @property
    def columns(self) -> tuple[str, ...]:
        """`score`, and `hundred`: what it is a part of."""
        return ("score", "hundred")

    def question(self, id: str) -> Question:
        """One box."""
        label = _("score by {by}").format(by=self.by) if self.by else self.label(id)
        box = Field(fact=id, label=label, kind="number", low=Decimal(0), high=HUNDRED)
        return Question(id=id, title=self.label(id), ask="score_of_100", fields=(box,))

    def read(self, rows: Sequence[Row], reader: Reader) -> Values | None:
        """The score of the only row."""
        reader.blank(rows, "of", "start", "finish", "sharers", "matter")
        row = reader.single(rows)
        score = reader.number(row, low=Decimal(0)) if row else None
        if row is None or score is None:
            return None
        if score > HUNDRED or round(score, PLACES) != score:
            reader.wrong(row, NO_SCORE, found=row.value)
            return None
        return {"score": score, "hundred": HUNDRED}

    def subjects(self) -> Mapping[str, Subject]:
        """Its share of 100."""
        return {"": Subject(kind="ratio", column="score", over="hundred")}
