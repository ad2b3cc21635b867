"""`count`: a whole number ≥ 0. Several rows, told apart by `case`, add up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from govscore.facts.base import FactType, Field, Question, Reader, Subject, Values
from govscore.facts.names import Label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govscore.facts.rows import Row


class Count(FactType):
    """How often something was found."""

    ask: Literal["count"] = "count"
    unit: Label = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """One column `x`: the count."""
        return ("x",)

    def question(self, id: str) -> Question:
        """One box for a whole number."""
        box = Field(fact=id, label=self.label(id), kind="whole", unit=self.unit)
        return Question(id=id, title=self.label(id), ask="count", fields=(box,), clean=True)

    def read(self, rows: Sequence[Row], reader: Reader) -> Values | None:
        """The sum over all rows."""
        reader.blank(rows, "of", "finish", "sharers")
        counts = [reader.whole(row) for row in rows]
        known = [count for count in counts if count is not None]
        return {"x": sum(known)} if len(known) == len(counts) else None

    def is_fault(self, row: Row, reader: Reader) -> bool:
        """A count above 0."""
        return bool(reader.whole(row))

    def subjects(self) -> Mapping[str, Subject]:
        """The count itself."""
        return {"": Subject(kind="count")}

    def clean_values(self) -> Values | None:
        """Nothing found."""
        return {"x": 0}
