"""`cases`: how many were on time, late, early or missing (`docs/scheme.md`, "Facts").

Dates of single cases come with the calendar; in this version the counts are given.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BeforeValidator, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from govscore.facts import messages as m
from govscore.facts.base import FactType, Field, Question, Reader, Subject, Values
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govscore.facts.rows import Row

CLASSES: Final = {
    "on_time": N_("on time"),
    "late": N_("late"),
    "early": N_("early"),
    "missing": N_("missing"),
}
_DURATION: Final = re.compile(r"[1-9][0-9]{0,4} (hours?|days?|working days?|weeks?|months?)\Z")


def _limit(value: object) -> object:
    """A duration in words or a date."""
    if isinstance(value, datetime.datetime) or not isinstance(value, (str, datetime.date)):
        raise PydanticCustomError("duration", "not a duration", {"found": str(value)})
    if isinstance(value, datetime.date):
        return value.isoformat()
    if not _DURATION.match(value):
        raise PydanticCustomError("duration", "not a duration", {"found": value})
    return value


Limit = Annotated[str, BeforeValidator(_limit)]


class Cases(FactType):
    """Cases, each with a limit in time."""

    ask: Literal["cases"] = "cases"
    unit: str = ""
    within: Limit | None = None
    at_least: Limit | None = None
    roll: StrictBool = False

    @model_validator(mode="after")
    def _one_limit(self) -> Cases:
        if (self.within is None) == (self.at_least is None):
            raise PydanticCustomError("one_limit", "one limit")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """One column a class, and `all`: their sum."""
        return (*CLASSES, "all")

    def question(self, id: str) -> Question:
        """One box a class."""
        boxes = tuple(
            Field(fact=f"{id}.{name}", label=_(label), kind="whole", unit=self.unit, required=False)
            for name, label in CLASSES.items()
        )
        return Question(id=id, title=self.label(id), ask="cases", fields=boxes, clean=True)

    def fact_names(self, id: str) -> tuple[str, ...]:
        """The classes; the fact alone and `all` are known, to say that they are not given."""
        return (id, *(f"{id}.{name}" for name in CLASSES), f"{id}.all")

    def read(self, rows: Sequence[Row], reader: Reader) -> Values | None:
        """The counts of the four classes; one not given is 0."""
        counts: dict[str, int] = dict.fromkeys(CLASSES, 0)
        sound = True
        for row in rows:
            name = row.fact.rpartition(".")[2] if "." in row.fact else ""
            if name == "all":
                reader.wrong(row, m.ALL_IS_A_SUM)
                sound = False
                continue
            if not name or row.start or row.finish:
                reader.wrong(row, m.DATES_LATER)
                sound = False
                continue
            count = reader.whole(row)
            sound = sound and count is not None
            counts[name] += count or 0
        reader.blank(rows, "of", "sharers")
        return {**counts, "all": sum(counts.values())} if sound else None

    def subjects(self) -> Mapping[str, Subject]:
        """Each class and `all`."""
        return {name: Subject(kind="count", column=name) for name in self.columns}

    def clean_values(self) -> Values | None:
        """No cases at all."""
        return dict.fromkeys(self.columns, 0)
