"""`level`: the reviewer picks a level, or facts do (the first whose condition holds)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from pydantic import StrictBool
from pydantic_core import PydanticCustomError

from govscore.facts.level_pick import LevelPick
from govscore.facts.relations import relation
from govscore.i18n import gettext as _
from govscore.rules.base import Frame, Rule, Start, labels
from govscore.rules.conditions import ConditionValue, evaluate
from govscore.rules.values import AmountValue, Part, SimpleIdentifier, Title
from govscore.rules.words import in_words, listed, worth_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govscore.facts.base import FactType
    from govscore.rules.arithmetic import Array, Mask
    from govscore.rules.conditions import Condition
    from govscore.rules.values import Amount
    from govscore.rules.view import Note, View
    from govscore.rules.words import Labels


class PointsLevel(Part):
    """One level and what it is worth."""

    id: SimpleIdentifier
    title: Title | None = None
    points: AmountValue
    when: ConditionValue | None = None
    clean: StrictBool = False


class Level(Rule):
    """Starts at the points of one level."""

    kind: Literal["level"] = "level"
    levels: tuple[PointsLevel, ...]

    @relation
    def _picked_or_by_facts(self) -> None:
        if not self.levels:
            raise PydanticCustomError("empty", "no level", {"name": "levels", "at": "levels"})
        seen: set[str] = set()
        for place, level in enumerate(self.levels):
            if level.id in seen:
                data = {"found": level.id, "at": f"levels.{place}.id"}
                raise PydanticCustomError("level_twice", "a level is listed twice", data)
            seen.add(level.id)
        self._conditions_fit()

    def _conditions_fit(self) -> None:
        conditions = [level.when is not None for level in self.levels]
        last = len(conditions) - 1
        for place, stated in enumerate(conditions):
            if any(conditions) and stated != (place < last):
                data = {"found": self.levels[place].id, "at": f"levels.{place}" + (".when" if stated else "")}
                raise PydanticCustomError("level_when", "all levels but the last need `when`", data)
        clean = [place for place, level in enumerate(self.levels) if level.clean]
        for place in clean[0 if any(conditions) else 1 :]:
            data = {"found": self.levels[place].id, "at": f"levels.{place}.clean"}
            raise PydanticCustomError("level_clean", "clean marks one level that is picked", data)

    @property
    def picked(self) -> bool:
        """Whether the reviewer picks, rather than facts."""
        return all(level.when is None for level in self.levels)

    def start_asks(self, frame: Frame) -> Mapping[str, FactType]:
        """The pick, if the reviewer picks."""
        if not self.picked:
            return {}
        options = tuple((level.id, level.title or level.id) for level in self.levels)
        clean = next((level.id for level in self.levels if level.clean), None)
        return {"level": LevelPick(options=options, clean=clean)}

    def start_amounts(self) -> tuple[tuple[tuple[str | int, ...], Amount], ...]:
        """Each level's points."""
        return tuple((("levels", place, "points"), level.points) for place, level in enumerate(self.levels))

    def start_conditions(self) -> tuple[tuple[tuple[str | int, ...], Condition], ...]:
        """Each level's condition."""
        return tuple(
            (("levels", place, "when"), level.when)
            for place, level in enumerate(self.levels)
            if level.when is not None
        )

    def start(self, view: View, frame: Frame, note: Note) -> Start:
        """The points of the level picked, or of the first level whose condition holds."""
        if self.picked:
            place, valued = view.column("level"), None
        else:
            place, valued = self._by_facts(view)
        points = np.asarray(self._worth(view.full), dtype=np.int64)[place]
        note(
            "start",
            points=points,
            expression=lambda: self.levels[int(place[0])].points.term(view.full),
            sentence=lambda: self._said(int(place[0]), frame),
        )
        return Start(points, valued)

    def start_reach(self, frame: Frame) -> tuple[int | None, int | None]:
        """Between its worst and its best level."""
        worth = self._worth(frame.full)
        return min(worth), max(worth)

    def _worth(self, full: int | None) -> list[int]:
        """What each level comes to."""
        return [level.points.units(full) for level in self.levels]

    def _said(self, place: int, frame: Frame) -> str:
        level = self.levels[place]
        name = self._name(level, labels(self.asks(frame)))
        return _("level “{level}”").format(level=name)

    def _by_facts(self, view: View) -> tuple[Array, Mask]:
        place = np.full(view.size, len(self.levels) - 1, dtype=np.int64)
        undone = np.ones(view.size, dtype=bool)
        valued = np.ones(view.size, dtype=bool)
        for number, level in enumerate(self.levels[:-1]):
            if level.when is None:
                raise ValueError("a level by facts without `when`")
            for name in level.when.names():
                valued &= ~undone | view.operand(name).known
            holds = undone & evaluate(level.when, view.operand).true
            place[holds] = number
            undone &= ~holds
        return place, valued

    def start_words(self, frame: Frame) -> str:
        """The list of levels."""
        label = labels(self.asks(frame))
        parts = [
            _("{level}: {amount}").format(
                level=self._name(level, label), amount=worth_words(level.points, frame.full)
            )
            for level in self.levels
        ]
        start = _("deducted by level: ") if frame.kind == "major_deduction" else _("by level: ")
        return start + listed(parts)

    def _name(self, level: PointsLevel, label: Labels) -> str:
        """A level's title (else its id), and the condition that the facts must meet."""
        condition = in_words(level.when, label) if level.when else ""
        if level.title and condition:
            return _("{level} ({condition})").format(level=level.title, condition=condition)
        return level.title or condition or (level.id if self.picked else _("otherwise"))
