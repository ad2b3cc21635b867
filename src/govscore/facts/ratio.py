"""`ratio`: part and whole, both kept; a whole of 0 leaves it without value."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pydantic import StrictBool

from govscore.facts import messages as m
from govscore.facts.base import FactType, Field, Question, Reader, Subject, Values
from govscore.facts.names import Label
from govscore.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govscore.facts.rows import Row


class Ratio(FactType):
    """A part of a whole, or another result's score and maximum."""

    ask: Literal["ratio"] = "ratio"
    part: Label = ""
    whole: Label = ""
    over: StrictBool = False
    source: Label = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """`part` and `whole`, in the same measure."""
        return ("part", "whole")

    def question(self, id: str) -> Question:
        """Two boxes, part and whole."""
        low = Decimal(0)
        part = Field(fact=id, label=self.part or _("part"), kind="number", low=low)
        whole = Field(fact=id, column="of", label=self.whole or _("whole"), kind="number", low=low)
        return Question(id=id, title=self.label(id), ask="ratio", fields=(part, whole))

    def read(self, rows: Sequence[Row], reader: Reader) -> Values | None:
        """Part and whole of the only row."""
        reader.blank(rows, "start", "finish", "sharers", "matter")
        row = reader.single(rows)
        if row is None:
            return None
        part = reader.number(row, low=Decimal(0))
        whole = reader.number(row, "of", low=Decimal(0))
        if part is None or whole is None:
            return None
        if part > whole and not self.over:
            reader.wrong(row, m.PART_ABOVE_WHOLE, part=row.value, whole=row.of)
            return None
        return {"part": part, "whole": whole}

    def subjects(self) -> Mapping[str, Subject]:
        """The ratio itself."""
        return {"": Subject(kind="ratio", column="part", over="whole")}
