"""Days as schemes write them: a date without quotes, and a window from one day to another.

Invariant: a window that passed holds at least one day.
"""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from govscore.facts.relations import relation
from govscore.facts.shown import shown
from govscore.rules.values import Part, written


def _date(value: object) -> object:
    if isinstance(value, datetime.datetime) or not isinstance(value, datetime.date):
        raise PydanticCustomError("date", "not a date", {"found": shown(value)})
    return value


DateValue = Annotated[datetime.date, BeforeValidator(_date), written(type="string", format="date")]


class Window(Part):
    """`window`: the days that events must fall into."""

    from_: DateValue = Field(alias="from")
    to: DateValue

    @relation
    def _in_order(self) -> None:
        if self.from_ > self.to:
            data = {"found": str(self.to), "at": "to"}
            raise PydanticCustomError("window_order", "ends before it starts", data)

    @property
    def days(self) -> tuple[str, str]:
        """First and last day as ISO dates."""
        return self.from_.isoformat(), self.to.isoformat()
