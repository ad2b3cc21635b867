"""`events`: the points of recorded events by level, after same matter and sharing."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from govscore.facts.events import Events as EventFacts
from govscore.facts.shown import shown
from govscore.i18n import gettext as _
from govscore.points import plain
from govscore.rules.base import Frame, Rule, Start
from govscore.rules.values import (
    AmountValue,
    Part,
    Share,
    SimpleIdentifier,
    Title,
    amount,
    percent,
    percent_text,
)
from govscore.rules.words import listed, percent_words, worth_words
from govscore.text import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govscore.facts.base import FactType
    from govscore.i18n import Sentence
    from govscore.rules.values import Amount
    from govscore.rules.view import Note, View


class EventLevel(Part):
    """What one event of a level is worth."""

    title: Title | None = None
    points: AmountValue


def _level(value: object) -> object:
    """A level as a table; in its place may stand what it is worth."""
    if isinstance(value, (dict, EventLevel)) and not (isinstance(value, dict) and "by" in value):
        return value
    return EventLevel(points=amount(value))


def _same_matter(value: object) -> object:
    if value in ("highest", "sum"):
        return value
    if isinstance(value, (list, tuple)) and value:
        return tuple(percent(each) for each in value)
    near = nearest(value, ("highest", "sum")) if isinstance(value, str) else None
    data = {"found": shown(value)} | ({"near": near} if near else {})
    raise PydanticCustomError("same_matter", "not a rule for the same matter", data)


Matters = Literal["highest", "sum"] | Annotated[tuple[Share, ...], Field(min_length=1)]


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
    same_matter: Annotated[
        Literal["highest", "sum"] | tuple[Fraction, ...],
        BeforeValidator(_same_matter, json_schema_input_type=Matters),
    ]
    shared: Literal["divide", "full"]

    def alone(self) -> Iterator[tuple[tuple[str | int, ...], Sentence | str]]:
        """Events of one matter are weighed against each other."""
        yield ("kind",), 'kind = "events"'
        yield from super().alone()

    def start_asks(self, frame: Frame) -> Mapping[str, FactType]:
        """The events, which settle to their points."""
        # Without a cap a percentage has nothing to refer to; that fault is reported by `faults`.
        levels = tuple(
            (id, level.title or id, level.points.of(frame.full or 0) / 10**8)
            for id, level in self.levels.items()
        )
        order: tuple[Fraction, ...] | None
        if self.same_matter == "sum":
            order = None
        elif self.same_matter == "highest":
            order = (Fraction(1),)
        else:
            order = tuple(share for share in self.same_matter if isinstance(share, Fraction))
        return {"event": EventFacts(levels=levels, divide=self.shared == "divide", by_order=order)}

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

    def _expression(self, view: View, frame: Frame) -> str:
        """What each event counts for: `3 ÷ 3 + 50 % × 1`."""
        fact = view.facts["event"]
        if not isinstance(fact, EventFacts):
            return ""
        terms = []
        for event, share in fact.shares([row for row in view.rows if row.fact == "event" and not row.state]):
            term = self.levels[event.level].points.term(frame.full)
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
        if self.same_matter == "highest":
            text += _("; of the same matter only the highest counts")
        elif self.same_matter != "sum":
            shares = listed(percent_words(share) for share in self.same_matter if isinstance(share, Fraction))
            text += _("; of the same matter, in order of points: {shares}, nothing after").format(
                shares=shares
            )
        if self.shared == "divide":
            text += _("; divided by the number of units that share it")
        return text
