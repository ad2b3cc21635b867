"""The same scheme scored by hand in float numpy: as fast as this scheme can be scored without exactness.

Items of one form lie together in two-dimensional blocks, made ready before the clock starts; units are
scored so many at a time that a block stays in the cache, and only a few numbers of each unit are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from bench.generate import BASE, BASE_ITEMS, BONUS, MAJOR
from govscore.scoring.columns import NOT_APPLICABLE, OPEN, REVIEWED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govscore.scoring.column_table import Columns
    from govscore.scoring.columns import FactStore
    from govscore.scoring.plan import Plan

Floats = NDArray[Any]
Masks = NDArray[np.bool_]
Whole = NDArray[np.int64]
FULL: Final = 2.0
"""Points of every base item."""
INNER_CAP: Final = 3.9
BLOCK: Final = 4_096
"""So many units are scored at once: tried from 1 000 to 16 384."""
_SPAN: Final = 2**20
"""More than there are units in a group."""


@dataclass(frozen=True)
class Form:
    """Items of one form."""

    first: int
    """Their rows in `Material.states`: one after the other from here."""
    count: int
    facts: dict[str, Floats]
    """Columns by name, (items, units)."""


@dataclass(frozen=True)
class Material:
    """What the float scorer starts from: the same facts as the exact one, as floats."""

    forms: tuple[Form, ...]
    """Base, bonus, major deductions."""
    states: NDArray[np.int8]
    """(60, units), form by form."""
    inner: tuple[tuple[int, int], ...]
    """The rows of the base items that share a capped section."""
    first: int
    """Row of the item that a veto reads."""
    down: dict[str, Floats]
    down_state: NDArray[np.int8]
    groups: list[Whole]


@dataclass(frozen=True)
class Standing:
    """What is kept of every unit."""

    base: Floats
    bonus: Floats
    major: Floats
    total: Floats
    ranks: Whole
    """0: none."""
    grades: Whole
    """From 0, the best; -1: none."""
    scored: Masks
    stopped: Masks


def prepare(plan: Plan, columns: Columns) -> Material:
    """The columns as floats, stacked by form."""
    entries, forms, rows = columns.entries, [], {}
    states: list[NDArray[Any]] = []
    for letter, digits, count, kinds in (("b", 2, BASE_ITEMS, BASE), ("e", 1, 6, BONUS), ("m", 1, 4, MAJOR)):
        for form in range(len(kinds)):
            ids = [f"{letter}{place:0{digits}}" for place in range(form, count, len(kinds))]
            forms.append(Form(len(states), len(ids), _stack([entries[id].facts for id in ids])))
            for id in ids:
                rows[id] = len(states)
                states.append(entries[id].state)
    down = entries["v1"]
    return Material(
        forms=tuple(forms),
        states=np.array(states),
        inner=((rows["b00"], rows["b01"]), (rows["b05"], rows["b06"])),
        first=rows["b00"],
        down={name: _floats(down.facts["down"], name) for name in ("part", "whole")},
        down_state=down.state.copy(),
        groups=list(plan.groups.values()),
    )


def _stack(items: Sequence[dict[str, FactStore]]) -> dict[str, Floats]:
    return {
        f"{fact}.{column}": np.array([_floats(each[fact], column) for each in items])
        for fact, store in items[0].items()
        for column in store.names
    }


def _floats(store: FactStore, column: str) -> Floats:
    found: Floats = np.asarray(store.values[column], dtype=np.float64) / store.scale
    return found


def _level(column: Floats, *points: float) -> Floats:
    found: Floats = np.asarray(points, dtype=np.float64)[column.astype(np.intp)]
    return found


def _share(block: dict[str, Floats], fact: str) -> Floats:
    result: Floats = block[f"{fact}.part"] / np.maximum(block[f"{fact}.whole"], 1)
    return result


def _cases(b: dict[str, Floats]) -> Floats:
    points: Floats = FULL - 0.4 * b["reply.late"] - b["reply.missing"] - np.minimum(0.2 * b["form.x"], 0.6)
    points[b["reply.missing"] >= 2] = 0
    return points


def _rate(b: dict[str, Floats]) -> Floats:
    rate = _share(b, "rate")
    points: Floats = FULL - 0.8 * (rate < 0.8)
    points[rate < 0.3] = 0
    return points


def _on_time(b: dict[str, Floats]) -> Floats:
    rate = _share(b, "ontime")
    points: Floats = 1.3 * (rate >= 0.8)
    points[rate >= 0.95] = 2
    return points


_FORMS: Final = (
    lambda b: FULL - np.minimum(0.3 * b["late.x"], 0.9) - 0.25 * b["wrong.x"] - 1.0 * (b["done.x"] == 0),
    _cases,
    lambda b: FULL - np.minimum(b["other.x"] / 1e8, 1.6) - 1.5 * (b["refused.x"] == 1),
    _rate,
    lambda b: 1.0 * (b["icon.x"] == 1) + 0.6 * (b["link.x"] == 1) + 0.4 * (b["search.x"] == 1),
    lambda b: np.minimum(0.15 * b["posts.x"], 1.8) - 0.1 * b["copied.x"],
    lambda b: _level(b["level.x"], 2, 1.2, 0),
    _on_time,
    lambda b: FULL * np.minimum(1, b["handled.x"] / 7),
    lambda b: FULL * np.minimum(1, _share(b, "daily")),
    lambda b: FULL - _level(b["form.x"], 0, 0.5, 2),
    lambda b: FULL - 1.0 * (b["visits.x"] < 4) + np.minimum(0.2 * b["extra.x"], 0.4),
    lambda b: np.minimum(b["event.amount"] / 1e8, 4),
    lambda b: np.minimum(0.35 * b["piece.x"], 3),
    lambda b: _level(b["level.x"], 2, 0.7, 0),
    lambda b: np.minimum(3 * b["leak.x"], 6),
    lambda b: np.minimum(b["event.amount"] / 1e8, 5),
)
_FROM_ABOVE: Final = 11
"""The form whose points may come out above full marks."""
_FROM_BELOW: Final = (0, 1, 2, 5)
"""Forms whose points may come out below 0."""
_WHOLES: Final = {3: "rate.whole", 7: "ontime.whole", 9: "daily.whole"}
"""Forms without value where the whole is 0."""


class _Block:
    """Some units on their way to a total."""

    def __init__(self, material: Material, at: slice) -> None:
        self._m, self._at = material, at
        self.states = material.states[:, at]
        self.open = self.states == OPEN
        self.applicable = self.states[:BASE_ITEMS] != NOT_APPLICABLE
        self.points = np.empty(self.states.shape)
        for number, form in enumerate(material.forms):
            self._score(number, form)

    def _score(self, number: int, form: Form) -> None:
        rows = slice(form.first, form.first + form.count)
        block = {name: column[:, self._at] for name, column in form.facts.items()}
        points = _FORMS[number](block)
        if number == _FROM_ABOVE:
            np.minimum(points, FULL, out=points)
        elif number in _FROM_BELOW:
            np.maximum(points, 0, out=points)
        counts = self.states[rows] == REVIEWED
        if number in _WHOLES:
            valued = block[_WHOLES[number]] > 0
            self.applicable[rows] &= valued | ~counts
            counts &= valued
        self.points[rows] = points
        np.copyto(self.points[rows], 0, where=~counts)

    def base(self) -> Floats:
        """Sections with their caps, rescaled to 100."""
        points = self.points[:BASE_ITEMS]
        earned, could = points.sum(axis=0), FULL * np.count_nonzero(self.applicable, axis=0)
        for one, two in self._m.inner:
            earned -= np.maximum(points[one] + points[two] - INNER_CAP, 0)
            both = self.applicable[one] & self.applicable[two]
            could -= (2 * FULL - INNER_CAP) * both
        result: Floats = earned * (100 / could)
        return result


def score(m: Material) -> Standing:
    """Totals, grades and ranks of all units."""
    size = m.states.shape[1]
    base, bonus, major, total = (np.empty(size) for _column in range(4))
    grades = np.empty(size, dtype=np.int64)
    scored, stopped = np.empty(size, dtype=bool), np.empty(size, dtype=bool)
    for start in range(0, size, BLOCK):
        at = slice(start, start + BLOCK)
        block = _Block(m, at)
        points, opened = block.points, block.open
        base[at] = mine = block.base()
        shown = np.round(mine, 4)
        locked = (shown <= 70) & ~(base_open := opened[:BASE_ITEMS].any(axis=0))
        bonus[at] = np.where(shown > 70, np.minimum(points[BASE_ITEMS : BASE_ITEMS + 6].sum(axis=0), 8), 0)
        major[at] = points[BASE_ITEMS + 6 :].sum(axis=0)
        whole = np.clip(mine + bonus[at] - major[at], 0, 110)
        low = (np.round(points[m.first], 4) < 0.4) & (m.states[m.first, at] == REVIEWED)
        total[at] = whole = np.where(low, np.minimum(whole, 85), whole)
        down = m.down["part"][at] / np.maximum(m.down["whole"][at], 1)
        stopped[at] = gone = (down >= 0.05) & (m.down_state[at] == REVIEWED)
        waits = base_open | opened[BASE_ITEMS + 6 :].any(axis=0) | (m.down_state[at] == OPEN)
        waits |= opened[BASE_ITEMS : BASE_ITEMS + 6].any(axis=0) & ~locked
        scored[at] = ~waits & ~gone
        marks = np.round(whole, 4)
        grade = 3 - (marks >= 60).astype(np.int64) - (marks >= 80) - (marks >= 90)
        leaks = (points[BASE_ITEMS + 6 : BASE_ITEMS + 8] > 0).any(axis=0)
        grade = np.where(low | leaks, np.maximum(grade, 1), grade)
        grades[at] = np.where((shown < 60) | gone, 3, np.where(waits, -1, grade))
    return Standing(base, bonus, major, total, ranks(m, total, scored), grades, scored, stopped)


def ranks(m: Material, total: Floats, scored: Masks) -> Whole:
    """Ranks in each group, equals sharing the better one: one sort of marks and places packed together."""
    found = np.zeros(total.shape, dtype=np.int64)
    for group in m.groups:
        mine = group[scored[group]]
        packed = -np.round(total[mine] * 1e4).astype(np.int64) * _SPAN + np.arange(len(mine))
        packed.sort()
        marks, order = packed // _SPAN, packed % _SPAN
        new = np.concatenate(([True], marks[1:] != marks[:-1]))
        found[mine[order]] = 1 + np.maximum.accumulate(np.where(new, np.arange(len(mine)), 0))
    return found
