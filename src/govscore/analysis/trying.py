"""Changes tried on a board: one fact at a time, and open items at their best and worst.

Invariant: the engine alone says where a change leads; the board is as it was after every item.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from govscore.analysis.answers import Answer, answers
from govscore.analysis.changes import Change, Standing, Tried
from govscore.analysis.established import Chosen, Established, Key
from govscore.facts.events import Events
from govscore.facts.level_pick import LevelPick
from govscore.facts.rows import Row
from govscore.i18n import gettext as _
from govscore.scheme.model import Item
from govscore.scoring.facts import NOTHING
from govscore.scoring.ranking import grade_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.analysis.changes import ChangeKind
    from govscore.analysis.thresholds import Thresholds
    from govscore.scheme.model import Veto
    from govscore.scheme.units import Unit
    from govscore.scoring.board import Board
    from govscore.scoring.result import UnitResult

Rows = tuple[Row, ...]


@dataclass(slots=True)
class Trying:
    """Tries changes on a board, one item or veto after the other."""

    board: Board
    unit: Unit
    thresholds: Thresholds
    _there: Established = field(init=False)
    _known: dict[Rows, Standing | None] = field(init=False)
    _now: Standing = field(init=False)

    def on(self, id: str, now: UnitResult) -> Iterator[Tried]:
        """Every change on one item or veto that is worth telling."""
        scheme = self.board.scheme
        entry = scheme.entry(id, self.unit)
        if not entry.applies(self.unit.group, self.unit.unit, self.unit.tags):
            return
        state = now.items[id].state if id in now.items else None
        if state in ("not_applicable", "locked", "stopped"):
            return
        old = self.board.facts_of(self.unit.unit, id)
        opened = old.state == "open" or state == "open"
        self._there = Established(scheme, self.unit, entry, old, self.thresholds, opened)
        self._known, self._now = {}, self._read()
        found: list[Tried] = []
        try:
            if state == "none":
                found = self._ends("claim")
            elif opened and any(self._there.keys(opened=True)):
                found = [*self._ends("best"), *self._ends("worst")]
            elif old.state == "reviewed":
                found = list(self._singly())
        finally:
            self.board.put(self.unit.unit, id, old if old.rows or old.state != "open" else NOTHING)
        yield from found

    @property
    def _entry(self) -> Item | Veto:
        return self._there.entry

    # --- one fact at a time ---------------------------------------------------

    def _singly(self) -> Iterator[Tried]:
        keys = list(self._there.keys(opened=False))
        found = [tried for key in keys for tried in self._of_fact(key)]
        yield from found
        if len(keys) > 1:
            rows = self._there.rows_without_fault()
            standing = self._score(rows)
            best = max((each.standing.key for each in found), default=self._now.key)
            if standing is not None and standing.key > best:
                kind: ChangeKind = "item" if isinstance(self._entry, Item) else "veto"
                yield Tried(self._change(kind, (), rows), standing)

    def _of_fact(self, key: Key) -> list[Tried]:
        """The nearest answer that gains, and the one that gains most."""
        gaining: list[tuple[Answer, Rows, Standing]] = []
        about = self._there.about(key, fault=self._is_fault(key[1]))
        for answer in answers(self._entry.asked[key[1]], about):
            standing = self._score(self._there.rows_with({key: answer}))
            if standing is not None and standing.key > self._now.key:
                fewest = self._fewest({key: answer}, standing)
                if fewest is not None:
                    gaining.append((fewest[key], self._there.rows_with(fewest), standing))
        if not gaining:
            return []
        gaining.sort(key=lambda each: each[0].distance)
        most = max(standing.key for _answer, _rows, standing in gaining)
        best = next(each for each in gaining if each[2].key == most)
        chosen = [gaining[0]] if gaining[0][2].key == most else [gaining[0], best]
        kind = self._kind(key[1])
        return [Tried(self._change(kind, (key,), rows), standing) for _a, rows, standing in chosen]

    # --- open items, and bonuses that are not claimed ---------------------------

    def _ends(self, kind: Literal["best", "worst", "claim"]) -> list[Tried]:
        """The open facts answered so that most, or least, comes of it; nothing where there is no limit.

        A fact is answered alike in all periods that are open.
        """
        keys = tuple(self._there.keys(opened=True))
        options = {id: self._options([key for key in keys if key[1] == id]) for _period, id in keys}
        if not all(options.values()):
            return []
        now: Chosen = {}
        for each in options.values():
            now |= each[0]
        best, sign = None, -1 if kind == "worst" else 1
        for _round in range(2):
            for each in options.values():
                for option in each:
                    worth = self._worth(now | option, sign)
                    if worth is not None and (best is None or worth > best):
                        best, now = worth, now | option
        standing = self._score(self._there.rows_with(now))
        fewest = None if standing is None else self._fewest(now, standing)
        if standing is None or fewest is None or (kind == "claim" and standing.key <= self._now.key):
            return []
        return [Tried(self._change(kind, keys, self._there.rows_with(fewest)), standing)]

    def _options(self, keys: list[Key]) -> list[Chosen]:
        """The answers to one fact, each in all of these periods."""
        lists = [list(answers(self._entry.asked[key[1]], self._there.about(key))) for key in keys]
        return [dict(zip(keys, each, strict=True)) for each in zip(*lists, strict=False)]

    def _worth(self, chosen: Chosen, sign: int) -> tuple[int, ...] | None:
        """How good these answers are: the total first, then the points of the item itself."""
        standing = self._score(self._there.rows_with(chosen))
        if standing is None:
            return None
        return tuple(sign * each for each in (*standing.key, standing.own))

    def _fewest(self, chosen: Chosen, standing: Standing) -> Chosen | None:
        """The same with no more of anything than it takes; None where more would always do more."""
        for id in dict.fromkeys(id for _period, id in chosen):
            mine = {key: answer for key, answer in chosen.items() if key[1] == id}
            most = next(iter(mine.values())).number
            if most is None:
                continue
            low, high = 1, most
            while low < high:
                middle = (low + high) // 2
                if self._score(self._there.rows_with(chosen | _with(mine, middle))) == standing:
                    high = middle
                else:
                    low = middle + 1
            if low > most // 2:
                return None
            chosen = chosen | _with(mine, low)
        return chosen

    # --- scoring ----------------------------------------------------------------

    def _score(self, rows: Rows) -> Standing | None:
        """Where the unit stands with these rows; None if they cannot be established."""
        if rows not in self._known:
            facts = self._there.read(rows)
            if facts is not None:
                self.board.put(self.unit.unit, self._entry.id, facts)
            self._known[rows] = None if facts is None else self._read()
        return self._known[rows]

    def _read(self) -> Standing:
        board, unit = self.board, self.unit.unit
        state, points, grade = board.state_of(unit), board.total_of(unit), board.grade_of(unit)
        names = grade_names(board.scheme)
        place = names.index(grade) if grade in names else len(names)
        key = (state != "stopped", 0 if state == "stopped" else int(points), -place)
        row = board.plan.rows.get(self._entry.id)
        own = 0 if row is None else int(board.matrices.points[row, board.places[unit]])
        return Standing(state=state, points=points, rank=board.rank_of(unit), grade=grade, key=key, own=own)

    # --- what a change is called --------------------------------------------------

    def _is_fault(self, id: str) -> bool:
        """Whether a minus line asks it, and nothing else reads it."""
        if not isinstance(self._entry, Item) or id in self.thresholds.get(self._entry.id, {}):
            return False
        return any(line.id == id for line in self._entry.rule.minus)

    def _kind(self, id: str) -> ChangeKind:
        fact = self._entry.asked[id]
        if not isinstance(self._entry, Item):
            return "veto"
        if isinstance(fact, LevelPick):
            return "level"
        if isinstance(fact, Events):
            return "event"
        return "line" if id not in self._entry.facts else "fact"

    def _change(self, kind: ChangeKind, keys: tuple[Key, ...], rows: Rows) -> Change:
        single = keys[0] if len(keys) == 1 and kind not in ("best", "worst", "claim") else ("", "")
        return Change(
            unit=self.unit.unit,
            item=self._entry.id,
            title=self._entry.title,
            kind=kind,
            fact=single[1],
            period=single[0],
            text=self._there.text(keys, rows) if keys else _("nothing found on the whole item"),
            rows=rows,
        )


def _with(chosen: Chosen, number: int) -> Chosen:
    """Answers that have more than enough of something, with so many instead."""
    return {
        key: Answer(cells=answer.fewer(number), distance=answer.distance)
        for key, answer in chosen.items()
        if answer.fewer is not None
    }
