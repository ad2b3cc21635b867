"""`events`: the points of recorded events by level, after same matter and sharing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from govscore.facts.events import Events as EventFacts
from govscore.facts.row_options import BY_ROWS, RowSwitch, row_switch
from govscore.i18n import gettext as _
from govscore.points import plain
from govscore.rules.base import Frame, Rule, Start
from govscore.rules.days import Window
from govscore.rules.same_matter import SameMatterValue, by_order, same_matter_words
from govscore.rules.values import (
    AmountValue,
    Part,
    SimpleIdentifier,
    Title,
    amount,
    percent_text,
)
from govscore.rules.words import listed, worth_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from govscore.facts.base import FactType
    from govscore.i18n import Sentence
    from govscore.rules.values import Amount
    from govscore.rules.view import Note, View


class EventLevel(Part):
    """What one event of a level is worth."""

    title: Title | None = None
    points: AmountValue

    def switched_by_rows(self) -> frozenset[str]:
        """Each event has its own date and tags."""
        return frozenset({"points"})


def _level(value: object) -> object:
    """A level as a table; in its place may stand what it is worth."""
    if isinstance(value, (dict, EventLevel)) and not (isinstance(value, dict) and "by" in value):
        return value
    return EventLevel(points=amount(value))


def _worth(points: Amount, full: int) -> Fraction | RowSwitch:
    """What an event of a level is worth, in points; by its date or tags, where that decides."""
    if points.switch is None:
        return points.of(full) / 10**8
    if points.switch.by in BY_ROWS:
        return row_switch(points.switch, lambda each: each.of(full) / 10**8, lambda each: each.term(full))
    # It depends on the unit; units read by variants, in which it does not.
    return _worth(points.switch.values()[0], full)


class Events(Rule):
    """Starts at the sum of its events."""

    start_acts: ClassVar[bool] = True

    kind: Literal["events"] = "events"
    levels: Annotated[
        dict[
            SimpleIdentifier,
            Annotated[EventLevel, BeforeValidator(_level, json_schema_input_type=AmountValue | EventLevel)],
        ],
        Field(min_length=1),
    ]
    same_matter: SameMatterValue | None = None
    """None: the section says it."""
    shared: Literal["divide", "full"]
    window: Window | None = None
    """The days that events must fall into, instead of the assessed period."""

    def alone(self) -> Iterator[tuple[tuple[str | int, ...], Sentence | str]]:
        """Events of one matter are weighed against each other."""
        yield ("kind",), 'kind = "events"'
        yield from super().alone()

    def start_asks(self, frame: Frame) -> Mapping[str, FactType]:
        """The events, which settle to their points."""
        # Without a cap a percentage has nothing to refer to; that fault is reported by `faults`.
        levels = tuple(
            (id, level.title or id, _worth(level.points, frame.full or 0))
            for id, level in self.levels.items()
        )
        order = by_order(self.same_matter or "sum")
        window = None if self.window is None else self.window.days
        divide = self.shared == "divide"
        return {"event": EventFacts(levels=levels, divide=divide, by_order=order, window=window)}

    def start_amounts(self) -> tuple[tuple[tuple[str | int, ...], Amount], ...]:
        """Each level's points."""
        return tuple((("levels", id), level.points) for id, level in self.levels.items())

    def start(self, view: View, frame: Frame, note: Note) -> Start:
        """What the events come to."""
        points = view.column("event", "amount")
        count = view.column("event", "count")
        note(
            "start",
            points=points,
            expression=lambda: self._expression(view, frame) or plain(int(points[0])),
            sentence=lambda: _("events recorded ({count})").format(count=int(count[0])),
        )
        return Start(points)

    def start_reach(self, frame: Frame) -> tuple[int | None, int | None]:
        """Never below 0."""
        return 0, None

    def _expression(self, view: View, frame: Frame) -> str:
        """What each event counts for: `3 ÷ 3 + 50 % × 1`."""
        fact = view.facts["event"]
        if not isinstance(fact, EventFacts):
            return ""
        terms = []
        rows = [row for row in view.rows if row.fact == "event" and not row.state]
        for event, share in fact.shares(rows, view.pooled):
            term = event.term or self.levels[event.level].points.term(frame.full)
            if share != 1:
                term = f"{percent_text(share)} × {term}"
            if self.shared == "divide" and event.sharers > 1:
                term = f"{term} ÷ {event.sharers}"
            terms += [term] if share else []
        return " + ".join(terms)

    def start_words(self, frame: Frame) -> str:
        """The levels and how events of one matter count."""
        parts = [
            _("{level}: {amount}").format(
                level=level.title or id, amount=worth_words(level.points, frame.full)
            )
            for id, level in self.levels.items()
        ]
        takes = frame.kind == "major_deduction"
        text = _("deducted for each event: ") if takes else _("for each event: ")
        text += listed(parts)
        text += same_matter_words(self.same_matter or "sum", frame.pool)
        if self.shared == "divide":
            text += _("; divided by the number of units that share it")
        if self.window is not None:
            first, last = self.window.days
            text += _("; events from {first} to {last}").format(first=first, last=last)
        return text
