"""`number`: a measured value, exact, with any decimals; it may be negative."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from govscore.facts.base import FactType, Field, Question, Reader, Subject, Values
from govscore.facts.names import Label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govscore.facts.rows import Row


class Number(FactType):
    """A measured value."""

    ask: Literal["number"] = "number"
    unit: Label = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """One column `x`: the value."""
        return ("x",)

    def question(self, id: str) -> Question:
        """One box for a number."""
        box = Field(fact=id, label=self.label(id), kind="number", unit=self.unit)
        return Question(id=id, title=self.label(id), ask="number", fields=(box,))

    def read(self, rows: Sequence[Row], reader: Reader) -> Values | None:
        """The value of the only row."""
        reader.blank(rows, "of", "start", "finish", "sharers", "matter")
        row = reader.single(rows)
        number = reader.number(row) if row else None
        return None if number is None else {"x": number}

    def subjects(self) -> Mapping[str, Subject]:
        """The value itself."""
        return {"": Subject(kind="number")}
