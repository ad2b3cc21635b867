"""What an `events` rule asks: each event's level, date, matter and sharers.

Sharing and the same-matter order act on the events themselves, so this fact settles to one column,
`amount`: exact over all events and rounded once (`docs/scheme.md`, "Events").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from govscore.calendar.moments import moment
from govscore.facts import messages as m
from govscore.facts.base import FactType, Field, Period, Question, Reader, Values
from govscore.facts.row_options import RowSwitch
from govscore.i18n import gettext as _
from govscore.i18n import pgettext
from govscore.points import from_fraction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govscore.facts.rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event as read; `worth` is its points after sharing."""

    level: str
    worth: Fraction
    sharers: int
    date: str
    case: str
    matter: str
    term: str = ""
    """What it is worth before sharing, as a calculator takes it, where its date or tags decide."""


Pooled = Mapping[tuple[str, str], Fraction]
"""What the events of one item count among those of several, by period and case."""


def counted_together(
    events: Sequence[tuple[int, Event]], by_order: tuple[Fraction, ...] | None
) -> list[tuple[int, Event, Fraction]]:
    """Each event of several items with the share of its points that it counts for.

    Args:
        events: with the place of their item among the items.
        by_order: what the first, second, … event of one matter counts; None: all count in full.
    """
    if by_order is None:
        return [(item, event, Fraction(1)) for item, event in events]

    def matter(pair: tuple[int, Event]) -> tuple[str, int, str]:
        """An event without matter is its own matter: item and case keep it apart from the others."""
        item, event = pair
        return (event.matter, -1, "") if event.matter else ("", item, event.case)

    ordered = sorted(
        events, key=lambda pair: (matter(pair), -pair[1].worth, pair[0], pair[1].date, pair[1].case)
    )
    counted: list[tuple[int, Event, Fraction]] = []
    for _matter, alike in groupby(ordered, key=matter):
        for place, (item, event) in enumerate(alike):
            counted.append((item, event, by_order[place] if place < len(by_order) else Fraction(0)))
    return counted


class Events(FactType):
    """Events of a level, each worth its level's points."""

    ask: Literal["event"] = "event"
    levels: tuple[tuple[str, str, Fraction | RowSwitch], ...]
    """Id, label and points of each level."""
    divide: bool
    """Whether an event's points are divided by its sharers."""
    by_order: tuple[Fraction, ...] | None
    """What the first, second, … event of the same matter counts; None: all count in full."""
    window: tuple[str, str] | None = None
    """First and last day of the events, as ISO dates; None: of the assessed period."""

    @property
    def columns(self) -> tuple[str, ...]:
        """`amount` in 1/100 000 000 point, and `count`, the number of events."""
        return ("amount", "count")

    @property
    def _tagged(self) -> bool:
        """Whether tags matter to what an event is worth."""
        return any(isinstance(each, RowSwitch) and each.by == "tag" for _id, _label, each in self.levels)

    def question(self, id: str) -> Question:
        """A row an event."""
        levels = tuple((level, label) for level, label, _points in self.levels)
        tags = (Field(fact=id, column="tags", label=pgettext("cases", "tags"), kind="text", required=False),)
        boxes = (
            Field(fact=id, label=_("level"), kind="choice", options=levels),
            Field(fact=id, column="start", label=_("date"), kind="date"),
            Field(fact=id, column="matter", label=_("matter"), kind="text", required=False),
            Field(fact=id, column="sharers", label=_("sharers"), kind="whole", required=False),
            *(tags if self._tagged else ()),
            Field(fact=id, column="reason", label=_("what happened"), kind="text", required=False),
        )
        return Question(
            id=id, title=self.title or _("events"), ask="event", fields=boxes, repeated=True, clean=True
        )

    def read(self, rows: Sequence[Row], reader: Reader) -> Values | None:
        """The points of all events after sharing and the same-matter rule."""
        reader.blank(rows, "of", "finish")
        read = [self._event(row, reader) for row in rows]
        events = [event for event in read if event is not None]
        if len(events) < len(read):
            return None
        return {"amount": int(from_fraction(self.total(events))), "count": len(events)}

    def total(self, events: Sequence[Event]) -> Fraction:
        """The events' points: within one matter in order of points, date and case."""
        return sum((event.worth * share for event, share in self.counted(events)), Fraction(0))

    def counted(self, events: Sequence[Event]) -> list[tuple[Event, Fraction]]:
        """Each event with the share of its points that it counts for."""
        counted = counted_together([(0, event) for event in events], self.by_order)
        return [(event, share) for _item, event, share in counted]

    def events(self, rows: Sequence[Row]) -> list[Event]:
        """The events of rows that were read before without a problem."""
        reader = Reader("event", Period(first="0001-01-01", last="9999-12-31"))
        return [event for row in rows if (event := self._event(row, reader))]

    def shares(self, rows: Sequence[Row], pooled: Pooled | None = None) -> list[tuple[Event, Fraction]]:
        """As `counted`, from rows that were read before without a problem.

        Args:
            rows: of one item.
            pooled: what they count where the events of several items count together.
        """
        events = self.events(rows)
        if pooled is None:
            return self.counted(events)
        pairs = zip(events, rows, strict=True)
        return [(event, pooled[row.period, row.case]) for event, row in pairs]

    def beside(self, rows: Sequence[Row]) -> tuple[object, ...]:
        """Each event; what they are called (`case`) is aside."""
        return tuple(sorted((row.value, row.start, row.matter, row.sharers, row.tags) for row in rows
                            if not row.state))  # fmt: skip

    def is_fault(self, row: Row, reader: Reader) -> bool:  # noqa: ARG002
        """Every event."""
        return True

    def clean_values(self) -> Values | None:
        """No event."""
        return {"amount": 0, "count": 0}

    def _event(self, row: Row, reader: Reader) -> Event | None:
        level = reader.one_of(row, [id for id, _label, _points in self.levels])
        sharers = reader.whole(row, least=1, column="sharers") if row.sharers else 1
        first, last = self.window or (reader.period.first, reader.period.last)
        if reader.span is not None:
            first, last = max(first, reader.span.first), min(last, reader.span.last)
        stated = moment(row.start)
        day = stated.day.isoformat() if stated else None
        if day is None or not first <= day <= last:
            reader.wrong(row, m.EVENT_DATE, found=row.start, first=first, last=last)
            return None
        if level is None or sharers is None:
            return None
        points, term = next(amount for id, _label, amount in self.levels if id == level), ""
        if isinstance(points, RowSwitch):
            place = points.place(row, reader)
            worth, term = points.values[place], points.texts[place]
        else:
            worth = points
        if self.divide:
            worth /= sharers
        return Event(
            level=level, worth=worth, sharers=sharers, date=day, case=row.case, matter=row.matter, term=term
        )
