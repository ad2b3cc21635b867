"""A fact whose rows do not all count the same: beside its own columns it settles to one for each option.

Invariant: the columns of the options are what the fact itself makes of the rows that meet each option.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from govscore.facts import messages as m
from govscore.facts.base import FactType, Field
from govscore.facts.row_options import RowOptions
from govscore.i18n import pgettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govscore.facts.base import Question, Reader, Subject, Values
    from govscore.facts.rows import Row


class ByRows(FactType):
    """A fact that lines read row by row."""

    inner: FactType
    options: tuple[tuple[str, str, RowOptions], ...]
    """Name of the columns, the column of the fact that they part, and the options; one for each line."""
    dearest: bool = False
    """Whether only the dearest row counts, once (`once`)."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Those of the fact, and for each line one for each option."""
        every = [f"{name}:{place}" for name, _column, each in self.options for place in range(each.size)]
        return (*self.inner.columns, *every)

    def question(self, id: str) -> Question:
        """What the fact asks, row by row, with the date or the tags of each."""
        asked = self.inner.question(id)
        kinds = {switch.by for _name, _column, each in self.options for switch in each.switches}
        tags = Field(fact=id, column="tags", label=pgettext("cases", "tags"), kind="text", required=False)
        date = Field(fact=id, column="start", label=pgettext("row", "date"), kind="moment", required=False)
        boxes = [box for by, box in (("tag", tags), ("date", date)) if by in kinds]
        if asked.row_fields:
            known = {field.column for field in asked.row_fields}
            new = (box for box in boxes if box.column not in known)
            return replace(asked, row_fields=(*asked.row_fields, *new))
        return replace(asked, fields=(*asked.fields, *boxes), repeated=True)

    def read(self, rows: Sequence[Row], reader: Reader) -> Values | None:
        """What the fact was read as, and how much of it meets each option."""
        read = self.inner.read(rows, reader)
        if read is None:
            return None
        if not self._dated(rows, reader):
            return None
        for name, column, options in self.options:
            met: dict[int, list[Row]] = {}
            for row in rows:
                met.setdefault(options.place(row, reader), []).append(row)
            read |= self._parted(name, column, options, met, reader)
        return read

    def _dated(self, rows: Sequence[Row], reader: Reader) -> bool:
        """Whether every date that decides can be read."""
        if not any(switch.by == "date" for _name, _column, each in self.options for switch in each.switches):
            return True
        from govscore.calendar.moments import moment

        wrong = [row for row in rows if row.start and moment(row.start) is None]
        for row in wrong:
            reader.wrong(row, m.CASE_MOMENT, None, column="start", found=row.start)
        return not wrong

    def _parted(
        self, name: str, column: str, options: RowOptions, met: Mapping[int, list[Row]], reader: Reader
    ) -> Values:
        found: Values = {f"{name}:{place}": 0 for place in range(options.size)}
        aside = replace(reader, problems=[])
        for place, rows in met.items():
            read = self.inner.read(rows, aside)
            if read is not None:
                found[f"{name}:{place}"] = read[column]
        if self.dearest:
            there = [place for place in met if found[f"{name}:{place}"]]
            kept = max(there, key=lambda place: (options.worth(place), -place), default=-1)
            found = {key: int(key == f"{name}:{kept}") for key in found}
        return found

    def subjects(self) -> Mapping[str, Subject]:
        """Those of the fact."""
        return self.inner.subjects()

    def clean_values(self) -> Values | None:
        """Those of the fact; nothing was found that could meet an option."""
        clean = self.inner.clean_values()
        return None if clean is None else {**dict.fromkeys(self.columns, 0), **clean}

    def is_fault(self, row: Row, reader: Reader) -> bool:
        """As the fact says."""
        return self.inner.is_fault(row, reader)

    def fact_names(self, id: str) -> tuple[str, ...]:
        """Those of the fact."""
        return self.inner.fact_names(id)

    def label(self, id: str) -> str:
        """That of the fact."""
        return self.inner.label(id)

    def words(self, id: str, groups: Mapping[str, str] | None = None) -> str:
        """Those of the fact."""
        return self.inner.words(id, groups)

    def row_words(self, row: Row, reader: Reader) -> str:
        """Those of the fact."""
        return self.inner.row_words(row, reader)

    def details(self, rows: Sequence[Row], reader: Reader) -> tuple[str, ...]:
        """Those of the fact."""
        return self.inner.details(rows, reader)
