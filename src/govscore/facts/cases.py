"""`cases`: how many were on time, late, early or missing (`docs/scheme.md`, "Cases").

Either each case is stated by its start and finish, and judged here against its limit, or the counts are
given. Invariant: never both for one fact.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BeforeValidator, ConfigDict, StrictBool
from pydantic_core import PydanticCustomError

from govscore.calendar.limits import UNITS, duration
from govscore.facts import messages as m
from govscore.facts.base import FactType, Field, Question, Reader, Subject, Values
from govscore.facts.names import Label, written
from govscore.facts.relations import relation
from govscore.facts.shown import shown
from govscore.facts.switches import Switch, read_switch, switch_form
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_
from govscore.i18n import pgettext
from govscore.text import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govscore.facts.judging import Judged, Limit
    from govscore.facts.rows import Row

CLASSES: Final = {
    "on_time": N_("on time"),
    "late": N_("late"),
    "early": N_("early"),
    "missing": N_("missing"),
}
_NUMBER_AND_UNIT: Final = re.compile(r"\s*([0-9]{1,5})\s*([A-Za-z][A-Za-z ]*)\Z", re.ASCII)


def _duration(value: object) -> object:
    """A duration in words."""
    if isinstance(value, str) and duration(value) is not None:
        return str(value)
    raise PydanticCustomError("duration", "not a duration", {"found": shown(value)} | _near(value))


def _duration_or_date(value: object) -> object:
    """A duration in words, or a date."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    return _duration(value)


def _within(value: object) -> object:
    return read_switch(value, _duration_or_date) if _by_case(value) else _duration_or_date(value)


def _at_least(value: object) -> object:
    return read_switch(value, _duration) if _by_case(value) else _duration(value)


def _by_case(value: object) -> bool:
    return isinstance(value, Mapping) and "by" in value


def _near(value: object) -> dict[str, str]:
    """The limit that a misspelled unit stands for."""
    text = unicodedata.normalize("NFKC", value[:100]) if isinstance(value, str) else ""
    match = _NUMBER_AND_UNIT.match(text)
    unit = nearest(match[2], [f"{unit}s" for unit in UNITS]) if match else None
    return {"near": f'"{int(match[1])} {unit}"'} if match and unit and int(match[1]) else {}


_WRITTEN: Final = {
    "type": "string",
    "pattern": "^[1-9][0-9]{0,4} (hours?|days?|working days?|weeks?|months?)$",
    "examples": ["20 working days", "48 hours"],
}
_DAY: Final = {"type": "string", "format": "date"}
LimitText = Annotated[
    str | Switch, BeforeValidator(_within), written(anyOf=[_WRITTEN, _DAY, switch_form([_WRITTEN, _DAY])])
]
LeastText = Annotated[
    str | Switch, BeforeValidator(_at_least), written(anyOf=[_WRITTEN, switch_form([_WRITTEN])])
]


class Cases(FactType):
    """Cases, each with a limit in time."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["within"]}, {"required": ["at_least"]}]}
    )

    ask: Literal["cases"] = "cases"
    unit: Label = ""
    within: LimitText | None = None
    at_least: LeastText | None = None
    roll: StrictBool = False

    @relation
    def _one_limit(self) -> None:
        if (self.within is None) == (self.at_least is None):
            at = {"at": "at_least"} if self.within is not None else {}
            raise PydanticCustomError("one_limit", "one limit", at)

    @property
    def limit(self) -> str | Switch:
        """The limit as the scheme writes it: a duration, an ISO date, or a switch of them."""
        return self.within or self.at_least or ""

    @property
    def columns(self) -> tuple[str, ...]:
        """One column a class, and `all`: their sum."""
        return (*CLASSES, "all")

    def question(self, id: str) -> Question:
        """One box a class; or a row a case."""
        boxes = tuple(
            Field(fact=f"{id}.{name}", label=_(label), kind="whole", unit=self.unit, required=False)
            for name, label in CLASSES.items()
        )
        tags = (Field(fact=id, column="tags", label=pgettext("cases", "tags"), kind="text", required=False),)
        rows = (
            Field(fact=id, column="case", label=pgettext("cases", "case"), kind="text", required=False),
            Field(
                fact=id,
                column="start",
                label=pgettext("cases", "start"),
                kind="moment",
                required=self._needs_start,
            ),
            Field(fact=id, column="finish", label=pgettext("cases", "finish"), kind="moment", required=False),
            *(tags if isinstance(self.limit, Switch) and self.limit.by == "tag" else ()),
        )
        return Question(id=id, title=self.label(id), ask="cases", fields=boxes, clean=True, row_fields=rows)

    @property
    def _needs_start(self) -> bool:
        limits = self.limit.values() if isinstance(self.limit, Switch) else (self.limit,)
        return all(duration(each) is not None for each in limits)

    def fact_names(self, id: str) -> tuple[str, ...]:
        """The fact, whose rows are cases, and the classes; `all` is known, to say that it is not given."""
        return (id, *(f"{id}.{name}" for name in CLASSES), f"{id}.all")

    def read(self, rows: Sequence[Row], reader: Reader) -> Values | None:
        """The counts of the four classes, of single cases or as they are given; one not given is 0."""
        reader.blank(rows, "of", "sharers")
        single = [row for row in rows if "." not in row.fact]
        given = [row for row in rows if "." in row.fact]
        for row in given if single else ():
            reader.wrong(row, m.CASES_MIXED, None, name=reader.fact)
        judged, counted = self._judged(single, reader), self._given(given, reader)
        if (single and given) or judged is None or counted is None:
            return None
        counts = judged if single else counted
        return {**counts, "all": sum(counts.values())}

    def _given(self, rows: Sequence[Row], reader: Reader) -> dict[str, int] | None:
        counts: dict[str, int] = dict.fromkeys(CLASSES, 0)
        sound = True
        reader.blank(rows, "finish")
        for row in rows:
            name = row.fact.rpartition(".")[2]
            if name == "all":
                reader.wrong(row, m.ALL_IS_A_SUM)
                sound = False
                continue
            count = reader.whole(row)
            sound = sound and count is not None
            counts[name] += count or 0
        return counts if sound else None

    def _judged(self, rows: Sequence[Row], reader: Reader) -> dict[str, int] | None:
        counts: dict[str, int] = dict.fromkeys(CLASSES, 0)
        reader.blank(rows, "value")
        sound = True
        for row in rows:
            judged = self.judged(row, reader)
            if judged is None:
                sound = False
            elif judged.outcome in counts:
                counts[judged.outcome] += 1
        return counts if sound else None

    # --- single cases ---------------------------------------------------------

    def judged(self, row: Row, reader: Reader) -> Judged | None:
        """What one case comes to; None after noting what is wrong, or while its limit is not known."""
        from govscore.facts.judging import judge  # with the calendar, which counts do without

        limit = self._limit_of(row, reader)
        return None if limit is None else judge(row, limit, reader)

    def _limit_of(self, row: Row, reader: Reader) -> Limit | None:
        from govscore.facts.judging import Limit

        text = self._chosen(self.limit, row, reader) if isinstance(self.limit, Switch) else self.limit
        if text is None:
            return None
        length = duration(text)
        return Limit(
            length=length,
            day=None if length else datetime.date.fromisoformat(text),
            least=self.at_least is not None,
            roll=self.roll,
        )

    def _chosen(self, switch: Switch, row: Row, reader: Reader) -> str | None:
        """The limit of this case; None after noting that two would fit, or while a level is not picked."""
        from govscore.calendar.moments import moment

        chosen: str | None
        if switch.by == "date":
            start = moment(row.start)
            chosen = switch.on(start.day.isoformat() if start else reader.own.first)
        elif switch.by == "level":
            chosen = None if reader.level is None else switch.of(reader.level)
        elif reader.unit is None:
            raise ValueError("a switch by group or tag, read without the unit")
        elif switch.by == "group":
            chosen = switch.of(reader.unit.group)
        else:
            fitting = switch.matching(frozenset((*row.tags.split(), *reader.unit.tags)))
            if len(fitting) > 1:
                reader.wrong(row, m.TWO_TAGS, None, column="tags", found=", ".join(fitting))
                return None
            chosen = switch.of(fitting[0]) if fitting else switch.other
        return chosen

    # --- words ----------------------------------------------------------------

    def words(self, id: str, groups: Mapping[str, str] | None = None) -> str:
        """The limit in a sentence."""
        from govscore.facts.case_words import limit_words

        least = self.at_least is not None
        return limit_words(self.label(id), self.limit, groups or {}, least=least, roll=self.roll)

    def row_words(self, row: Row, reader: Reader) -> str:
        """What one case came to; or what is wrong with it."""
        from govscore.facts.case_words import outcome_words

        if "." in row.fact:
            return ""
        judged = self.judged(row, reader)
        return "" if judged is None else outcome_words(judged, reader.period)

    def details(self, rows: Sequence[Row], reader: Reader) -> tuple[str, ...]:
        """Every case that was not on time, and those still running."""
        from govscore.facts.case_words import case_words

        single = [row for row in rows if "." not in row.fact and not row.state and row.fact]
        judged = [(row.case, self.judged(row, reader)) for row in single]
        return tuple(
            case_words(case, each, reader.period)
            for case, each in judged
            if each is not None and each.outcome != "on_time"
        )

    def is_fault(self, row: Row, reader: Reader) -> bool:
        """A late, early or missing case, or a count of these above 0."""
        _fact, dot, name = row.fact.rpartition(".")
        if dot:
            return name in ("late", "early", "missing") and bool(reader.whole(row))
        judged = self.judged(row, reader)
        return judged is not None and judged.outcome in ("late", "early", "missing")

    def subjects(self) -> Mapping[str, Subject]:
        """Each class and `all`."""
        return {name: Subject(kind="count", column=name) for name in self.columns}

    def clean_values(self) -> Values | None:
        """No cases at all."""
        return dict.fromkeys(self.columns, 0)
