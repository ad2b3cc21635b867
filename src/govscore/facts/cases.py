"""`cases`: how many were on time, late, early or missing (`docs/scheme.md`, "Facts").

Dates of single cases come with the calendar; in this version the counts are given.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BeforeValidator, StrictBool
from pydantic_core import PydanticCustomError

from govscore.facts import messages as m
from govscore.facts.base import FactType, Field, Question, Reader, Subject, Values
from govscore.facts.names import Label, written
from govscore.facts.relations import relation
from govscore.facts.shown import shown
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_
from govscore.text import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govscore.facts.rows import Row

CLASSES: Final = {
    "on_time": N_("on time"),
    "late": N_("late"),
    "early": N_("early"),
    "missing": N_("missing"),
}
_DURATION: Final = re.compile(r"[1-9][0-9]{0,4} (hours?|days?|working days?|weeks?|months?)\Z")
_NUMBER_AND_UNIT: Final = re.compile(r"\s*([0-9]{1,5})\s*([A-Za-z][A-Za-z ]*)\Z", re.ASCII)
_UNITS: Final = ("hours", "days", "working days", "weeks", "months")


def _duration(value: object) -> object:
    """A duration in words."""
    if isinstance(value, Mapping) and "by" in value:
        raise PydanticCustomError("later", "not supported yet", {"name": "by"})
    if isinstance(value, str) and _DURATION.match(value):
        return str(value)
    raise PydanticCustomError("duration", "not a duration", {"found": shown(value)} | _near(value))


def _limit(value: object) -> object:
    """A duration in words, or a date."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    return _duration(value)


def _near(value: object) -> dict[str, str]:
    """The limit that a misspelled unit stands for."""
    text = unicodedata.normalize("NFKC", value[:100]) if isinstance(value, str) else ""
    match = _NUMBER_AND_UNIT.match(text)
    unit = nearest(match[2], _UNITS) if match else None
    return {"near": f'"{int(match[1])} {unit}"'} if match and unit and int(match[1]) else {}


_WRITTEN: Final = {
    "type": "string",
    "pattern": "^[1-9][0-9]{0,4} (hours?|days?|working days?|weeks?|months?)$",
    "examples": ["20 working days", "48 hours"],
}
Limit = Annotated[
    str, BeforeValidator(_limit), written(anyOf=[_WRITTEN, {"type": "string", "format": "date"}])
]
Duration = Annotated[str, BeforeValidator(_duration), written(**_WRITTEN)]


class Cases(FactType):
    """Cases, each with a limit in time."""

    ask: Literal["cases"] = "cases"
    unit: Label = ""
    within: Limit | None = None
    at_least: Duration | None = None
    roll: StrictBool = False

    @relation
    def _one_limit(self) -> None:
        if (self.within is None) == (self.at_least is None):
            at = {"at": "at_least"} if self.within is not None else {}
            raise PydanticCustomError("one_limit", "one limit", at)

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
                reader.wrong(row, m.DATES_LATER, None, name=reader.fact)
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
