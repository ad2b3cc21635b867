"""What a `range` line asks: points with a reason, the one place where points are typed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from govscore.facts import messages as m
from govscore.facts.base import FactType, Field, Question, Reader, Values
from govscore.i18n import gettext as _
from govscore.points import PointsError, plain, points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govscore.facts.rows import Row


class TypedPoints(FactType):
    """Points within a range, each row with its reason; several rows add up."""

    ask: Literal["points"] = "points"
    low: int
    high: int

    @property
    def columns(self) -> tuple[str, ...]:
        """One column `x`: the sum, in 1/100 000 000 point."""
        return ("x",)

    def question(self, id: str) -> Question:
        """Points and a reason, as often as needed."""
        box = Field(
            fact=id,
            label=_("points"),
            kind="points",
            low=Decimal(plain(self.low)),
            high=Decimal(plain(self.high)),
        )
        reason = Field(fact=id, column="reason", label=_("reason"), kind="text")
        return Question(
            id=id, title=self.label(id), ask="points", fields=(box, reason), repeated=True, clean=True
        )

    def read(self, rows: Sequence[Row], reader: Reader) -> Values | None:
        """The sum of all rows."""
        reader.blank(rows, "of", "finish", "sharers")
        total, sound = 0, True
        for row in rows:
            try:
                amount = points(row.value)
            except PointsError:
                amount = None
            if amount is None or not self.low <= amount <= self.high:
                reader.wrong(row, m.POINTS_RANGE, found=row.value, low=plain(self.low), high=plain(self.high))
                sound = False
            elif not row.reason.strip():
                reader.wrong(row, m.REASON_NEEDED)
                sound = False
            else:
                total += amount
        return {"x": total} if sound else None

    def is_fault(self, row: Row, reader: Reader) -> bool:  # noqa: ARG002
        """Points are never typed without a fault."""
        return True

    def clean_values(self) -> Values | None:
        """Nothing found."""
        return {"x": 0}
