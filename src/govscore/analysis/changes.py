"""Single changes of what was established for a unit, each read and scored by the engine.

Invariant: a change is whole rows of the findings table; whoever replaces the unit's rows on that item by
them and scores gets exactly the standing promised here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from govscore.analysis.answers import About, Answer, answers
from govscore.analysis.saying import said
from govscore.facts.base import Reader
from govscore.facts.events import Events
from govscore.facts.level_pick import LevelPick
from govscore.facts.rows import Row
from govscore.i18n import gettext as _
from govscore.rules.words import listed
from govscore.scheme.model import Item
from govscore.scoring.facts import NOTHING, EntryFacts, read_entry
from govscore.scoring.ranking import grade_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govscore.analysis.thresholds import Thresholds
    from govscore.points import Points
    from govscore.scheme.model import Veto
    from govscore.scheme.units import Unit
    from govscore.scoring.board import Board
    from govscore.scoring.result import UnitResult, UnitState

ChangeKind = Literal["line", "fact", "level", "event", "item", "claim", "veto", "best", "worst"]
Rows = tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something else established for a unit on one item or veto."""

    unit: str
    item: str
    title: str
    """Of the item or veto."""
    kind: ChangeKind
    """"line": what a line asks; "level", "event", "fact": other facts; "item": nothing found on the whole
    item; "claim": a bonus that is not claimed yet; "veto": a fact of a veto; "best" and "worst": an open
    item or veto with the facts that give most and least."""
    fact: str
    """Id of the fact or line; "" for a whole item or veto."""
    text: str
    """The change in words: `late: 3 → 0`."""
    rows: Rows
    """All rows of the unit on the item after the change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a unit stands."""

    state: UnitState
    points: Points
    """Its total, or its points so far."""
    rank: int | None
    grade: str | None
    key: tuple[bool, int, int]
    """What is better is larger: not stopped, points, grade."""
    own: int
    """The points of the item that is changed."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A change and what the engine made of it."""

    change: Change
    standing: Standing


@dataclass(slots=True)
class Trying:
    """Tries changes on a board, one item or veto after the other."""

    board: Board
    unit: Unit
    thresholds: Thresholds
    _entry: Item | Veto = field(init=False)
    _facts: EntryFacts = field(init=False)
    _known: dict[Rows, Standing | None] = field(init=False)
    _now: Standing = field(init=False)

    def on(self, id: str, now: UnitResult) -> Iterator[Tried]:
        """Every change on one item or veto that is worth telling."""
        self._entry = self.board.scheme.entries[id]
        if not self._entry.applies(self.unit.group, self.unit.unit, self.unit.tags):
            return
        state = now.items[id].state if id in now.items else None
        if state in ("not_applicable", "locked", "stopped"):
            return
        self._facts, self._known = self.board.facts_of(self.unit.unit, id), {}
        self._now = self._read()
        found: list[Tried] = []
        try:
            if state == "none":
                found = self._ends("claim")
            elif self._facts.state == "open" and self._entry.asked:
                found = [*self._ends("best"), *self._ends("worst")]
            elif self._facts.state == "reviewed":
                found = list(self._singly())
        finally:
            old = self._facts
            self.board.put(self.unit.unit, id, old if old.rows or old.state != "open" else NOTHING)
        yield from found

    # --- one fact at a time ---------------------------------------------------

    def _singly(self) -> Iterator[Tried]:
        found: list[Tried] = []
        for fact in self._entry.asked:
            found += self._of_fact(fact)
        yield from found
        if len(self._entry.asked) > 1:
            whole = self._whole()
            best = max((each.standing.key for each in found), default=self._now.key)
            if whole is not None and whole.standing.key > best:
                yield whole

    def _of_fact(self, id: str) -> list[Tried]:
        """The nearest answer that gains, and the one that gains most."""
        gaining: list[tuple[Answer, Rows, Standing]] = []
        for answer in answers(self._entry.asked[id], replace(self._about(id), fault=self._is_fault(id))):
            rows = self._with({id: answer})
            standing = self._score(rows)
            if standing is not None and standing.key > self._now.key:
                fewest = self._fewest({id: answer}, standing)
                if fewest is not None:
                    rows = self._with(fewest)
                    gaining.append((fewest[id], rows, standing))
        if not gaining:
            return []
        gaining.sort(key=lambda each: each[0].distance)
        most = max(standing.key for _answer, _rows, standing in gaining)
        best = next(each for each in gaining if each[2].key == most)
        chosen = [gaining[0]] if gaining[0][2].key == most else [gaining[0], best]
        return [Tried(self._change(self._kind(id), id, rows), standing) for _a, rows, standing in chosen]

    def _whole(self) -> Tried | None:
        """Nothing found, in every fact that this can answer."""
        kept = tuple(
            row
            for row in self._facts.rows
            if not row.state and self._entry.asked[self._entry.fact_names[row.fact]].clean_values() is None
        )
        rows = (*kept, Row(unit=self.unit.unit, item=self._entry.id, state="none"))
        standing = self._score(rows)
        if standing is None:
            return None
        kind: ChangeKind = "item" if isinstance(self._entry, Item) else "veto"
        return Tried(self._change(kind, "", rows), standing)

    # --- open items, and bonuses that are not claimed ---------------------------

    def _ends(self, kind: Literal["best", "worst", "claim"]) -> list[Tried]:
        """The open facts answered so that most, or least, comes of it; nothing where there is no limit."""
        opened = [id for id in self._entry.asked if id not in self._facts.values]
        chosen = {id: next(iter(answers(self._entry.asked[id], self._about(id))), None) for id in opened}
        now = {id: answer for id, answer in chosen.items() if answer is not None}
        if len(now) < len(opened):
            return []
        sign = -1 if kind == "worst" else 1
        best = self._worth(now, sign)
        for _round in range(2):
            for id in opened:
                for answer in answers(self._entry.asked[id], self._about(id)):
                    worth = self._worth(now | {id: answer}, sign)
                    if worth is not None and (best is None or worth > best):
                        best, now = worth, now | {id: answer}
        standing = self._score(self._with(now))
        if standing is None:
            return []
        fewest = self._fewest(now, standing)
        if fewest is None or (kind == "claim" and standing.key <= self._now.key):
            return []
        return [Tried(self._change(kind, "", self._with(fewest)), standing)]

    def _worth(self, chosen: dict[str, Answer], sign: int) -> tuple[int, ...] | None:
        """How good these answers are: the total first, then the points of the item itself."""
        standing = self._score(self._with(chosen))
        if standing is None:
            return None
        return tuple(sign * each for each in (*standing.key, standing.own))

    def _fewest(self, chosen: dict[str, Answer], standing: Standing) -> dict[str, Answer] | None:
        """The same with no more of anything than it takes; None where more would always do more."""
        for id, answer in chosen.items():
            if answer.fewer is None or answer.number is None:
                continue
            low, high = 1, answer.number
            while low < high:
                middle = (low + high) // 2
                tried = chosen | {id: Answer(cells=answer.fewer(middle))}
                if self._score(self._with(tried)) == standing:
                    high = middle
                else:
                    low = middle + 1
            if low > answer.number // 2:
                return None
            chosen = chosen | {id: Answer(cells=answer.fewer(low), distance=answer.distance)}
        return chosen

    # --- rows -------------------------------------------------------------------

    def _is_fault(self, id: str) -> bool:
        """Whether a minus line asks it, and nothing else reads it."""
        if not isinstance(self._entry, Item) or id in self.thresholds.get(self._entry.id, {}):
            return False
        return any(line.id == id for line in self._entry.rule.minus)

    def _about(self, id: str) -> About:
        reader = Reader(id, self.board.scheme.period, unit=self.unit)
        pick, picked = self._entry.asked.get("level"), self._facts.values.get("level")
        if isinstance(pick, LevelPick) and picked is not None:
            reader.level = pick.picked(picked)
        return About(
            id=id,
            values=self._facts.values.get(id),
            rows=tuple(row for row in self._facts.rows if self._entry.fact_names.get(row.fact) == id),
            thresholds=self.thresholds.get(self._entry.id, {}),
            reader=reader,
        )

    def _with(self, chosen: dict[str, Answer]) -> Rows:
        """The rows of the unit on the item with these answers in place of the present ones."""
        names = self._entry.fact_names
        kept = [row for row in self._facts.rows if not row.fact or names.get(row.fact) not in chosen]
        made = [
            Row(unit=self.unit.unit, item=self._entry.id, **cells)  # type: ignore[arg-type]
            for answer in chosen.values()
            for cells in answer.cells
        ]
        return (*kept, *made)

    def _score(self, rows: Rows) -> Standing | None:
        """Where the unit stands with these rows; None if they cannot be established."""
        if rows not in self._known:
            facts, problems = read_entry(self._entry, rows, self.board.scheme.period, self.unit)
            if problems or (facts.state == "open" and self._facts.state != "open"):
                self._known[rows] = None
            else:
                self.board.put(self.unit.unit, self._entry.id, facts)
                self._known[rows] = self._read()
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

    # --- words ------------------------------------------------------------------

    def _kind(self, id: str) -> ChangeKind:
        fact = self._entry.asked[id]
        if not isinstance(self._entry, Item):
            return "veto"
        if isinstance(fact, LevelPick):
            return "level"
        if isinstance(fact, Events):
            return "event"
        return "line" if id not in self._entry.facts else "fact"

    def _change(self, kind: ChangeKind, fact: str, rows: Rows) -> Change:
        return Change(
            unit=self.unit.unit,
            item=self._entry.id,
            title=self._entry.title,
            kind=kind,
            fact=fact,
            text=self._text(fact, rows),
            rows=rows,
        )

    def _text(self, fact: str, rows: Sequence[Row]) -> str:
        if any(row.state == "none" and not row.fact for row in rows) and not fact and self._facts.rows:
            return _("nothing found on the whole item")
        after, _problems = read_entry(self._entry, rows, self.board.scheme.period, self.unit)
        asked, before = self._entry.asked, self._facts.values
        changed = [fact] if fact else [id for id in asked if id not in before]
        parts = []
        for id in changed:
            then = said(asked[id], after.values[id])
            told = f"{said(asked[id], before[id])} → {then}" if id in before else then
            parts.append(_("{fact}: {answer}").format(fact=asked[id].question(id).title, answer=told))
        return listed(parts)
