"""All scores of an assessment, kept ready: a decision costs one item, one unit, one group.

Invariant: after any sequence of `put`, every number equals that of scoring from scratch.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import count
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from govscore.points import UNITS_PER_MARK_STEP, Points
from govscore.rules.line_words import TOTAL
from govscore.scoring.column_table import Columns, places
from govscore.scoring.columns import GIVEN, NOT_APPLICABLE, OPEN, UNCLAIMED
from govscore.scoring.engine import (
    UNIT_OPEN,
    UNIT_SCORED,
    UNIT_STATES,
    UNIT_STOPPED,
    Totals,
    rank_totals,
    ranked,
    score_matrices,
    score_row,
    score_totals,
)
from govscore.scoring.facts import NOTHING, Facts
from govscore.scoring.peers import compare
from govscore.scoring.plan import lay_out
from govscore.scoring.quotas import award_all, award_group, seats
from govscore.scoring.ranking import grade_names, rank_group
from govscore.scoring.result import ItemResult, Missed, Parted, Result, UnitResult, VetoResult
from govscore.scoring.span import spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govscore.rules.arithmetic import Array
    from govscore.scheme.model import Item, Scheme
    from govscore.scheme.units import Unit
    from govscore.scoring.facts import EntryFacts
    from govscore.scoring.result import ItemState, UnitState

_NOT_ASSIGNED: Final = -1
"""Beside the states of columns: the scheme does not give the item to the unit."""
_PROVISIONAL: Final = 5
"""Likewise: open only because other units of the group are."""
_MOST_BLOCKS: Final = 8
"""Units of a group that stand in so many places of the roster are scored block by block."""
_Made: TypeAlias = "dict[tuple[bool, bool], _ItemResults]"
"""Whether the bonus is locked and whether the unit is stopped, which tell what item results say."""


class _ItemResults(dict[tuple[int, int, int], ItemResult]):
    """Item results by row, state and points: what many units have alike is made once."""

    def __init__(self, items: Sequence[Item], locked: bool, stopped: bool) -> None:
        self._items, self._locked, self._stopped = items, locked, stopped

    def __missing__(self, key: tuple[int, int, int]) -> ItemResult:
        row, code, score = key
        item = self._items[row]
        state: ItemState
        if code == _NOT_ASSIGNED:
            state = "not_assigned"
        elif item.kind == "bonus" and self._locked:
            state = "locked"
        elif code in (NOT_APPLICABLE, GIVEN):
            state = "not_applicable"
        elif code == _PROVISIONAL:
            state = "provisional"
        elif code == OPEN:
            state = "stopped" if self._stopped else "open"
        else:
            state = "none" if code == UNCLAIMED else "reviewed"
        points = Points(score) if state in ("reviewed", "none") or code == GIVEN else None
        made = ItemResult(item=item.id, kind=item.kind, state=state, points=points, full=item.full)
        self[key] = made
        return made


_MASKS: Final = (
    "state", "base_known", "bonus_known", "major_known", "locked", "failed", "covered",
)  # fmt: skip


class Board:
    """Scores of all units; `put` a decision, read totals, ranks and unit results."""

    def __init__(self, scheme: Scheme, facts: Facts, units: Sequence[Unit]) -> None:
        self.plan = lay_out(scheme, units)
        self.places = places(units)
        self._facts = dict(facts.entries)
        self.columns = Columns(scheme, units, facts)
        self.matrices = score_matrices(self.plan, self.columns)
        if self.plan.bonds.rows:
            compare(self.plan, self.columns, self.matrices, self.plan.bonds.rows, again=False)
        self.totals = score_totals(self.plan, self.columns, self.matrices, slice(0, len(units)))
        self._standing = rank_totals(self.plan, self.totals)
        self._awards = award_all(self.plan, self.totals.graded, self._standing)
        self._grades = grade_names(scheme)
        self._bonus_sections = self.plan.sections_of("bonus")

    @property
    def scheme(self) -> Scheme:
        """What is scored."""
        return self.plan.scheme

    def put(self, unit: str, entry: str, facts: EntryFacts) -> None:
        """Replaces what is established for a unit on an item or veto, and scores only what changed."""
        place = self.places[unit]
        part = slice(place, place + 1)
        self._facts[unit, entry] = facts
        self.columns.put(place, entry, facts)
        if entry in self.plan.rows:
            score_row(self.plan, self.columns, self.matrices, self.plan.rows[entry], part)
        group = self.plan.groups[self.plan.units[place].group]
        bound = self.plan.bonds.touched.get(entry, ())
        if bound:
            compare(self.plan, self.columns, self.matrices, bound)
        for block in _blocks(group) if bound else (part,):
            self._replace(score_totals(self.plan, self.columns, self.matrices, block), block)
        who = ranked(self.totals)
        rank_group(self.plan, group, self.totals.total, who, self.totals.breaks, self._standing)
        award_group(self.plan, group, self.totals.graded, self._standing, self._awards)

    def _replace(self, one: Totals, place: slice) -> None:
        """Writes the totals of a block of units over the old ones."""
        totals = self.totals
        for name in ("base", "bonus", "major", "charged", "score", "total", "possible", "full"):
            setattr(totals, name, _put(getattr(totals, name), getattr(one, name), place))
        for name in _MASKS:
            getattr(totals, name)[place] = getattr(one, name)
        totals.graded.grade[place] = one.graded.grade
        totals.graded.forced[place] = one.graded.forced
        totals.graded.meets[:, place] = one.graded.meets
        for old_effect, new_effect in zip(totals.effects, one.effects, strict=True):
            old_effect.acts[place] = new_effect.acts
            old_effect.undecided[place] = new_effect.undecided
            old_effect.warns[place] = new_effect.warns
        for id, column in one.sections.items():
            totals.sections[id] = _put(totals.sections[id], column, place)
        totals.breaks = [_put(old, new, place) for old, new in zip(totals.breaks, one.breaks, strict=True)]

    # --- reading --------------------------------------------------------------

    @property
    def ranks(self) -> Array:
        """The rank of every unit in its group, in the order of the roster; 0: none."""
        return self._standing.place

    def state_of(self, unit: str) -> UnitState:
        """A unit's state, without building its whole result."""
        return UNIT_STATES[int(self.totals.state[self.places[unit]])]

    def total_of(self, unit: str) -> Points:
        """A unit's total, or its points so far while it is open."""
        return Points(self.totals.total[self.places[unit]])

    def rank_of(self, unit: str) -> int | None:
        """A unit's rank in its group, if it has one."""
        return int(self.ranks[self.places[unit]]) or None

    def grade_of(self, unit: str) -> str | None:
        """A unit's grade, if it has one."""
        place = self.places[unit]
        state = int(self.totals.state[place])
        if state != UNIT_STOPPED and not (state == UNIT_SCORED and self.totals.covered[place]):
            return None
        grade = int(self._awards.grade[place])
        return self._grades[grade] if grade >= 0 else None

    def progress_of(self, unit: str) -> tuple[int, int]:
        """How many of a unit's items need no more review, and how many it has."""
        place = self.places[unit]
        assigned = self.plan.assigned[:, place]
        opened = assigned & (self.matrices.state[:, place] == OPEN) & ~self.matrices.waiting[:, place]
        if int(self.totals.state[place]) == UNIT_STOPPED:
            opened = np.zeros_like(opened)
        if self.totals.locked[place]:
            opened[self.plan.of_kind["bonus"]] = False
        return int(assigned.sum() - opened.sum()), int(assigned.sum())

    def unit(self, unit: str) -> UnitResult:
        """Everything about one unit."""
        place = self.places[unit]
        part = slice(place, place + 1)
        span = None
        if int(self.totals.state[place]) == UNIT_OPEN:
            one = score_totals(self.plan, self.columns, self.matrices, part)
            span = spans(self.plan, self.matrices, one, part)[0]
        return self._unit(place, span.low if span else None, span.high if span else None)

    def result(self) -> Result:
        """Everything about every unit."""
        every = spans(self.plan, self.matrices, self.totals, slice(0, len(self.plan.units)))
        made: _Made = {}
        units = tuple(
            self._unit(place, span.low, span.high, made=made)
            if self.totals.state[place] == UNIT_OPEN
            else self._unit(place, made=made)
            for place, span in enumerate(every)
        )
        return Result(self.scheme, units, Facts(dict(self._facts)), self.plan.units)

    def unit_full(self, row: int, place: int) -> Points:
        """The points of a base item for a unit."""
        return Points(int(np.broadcast_to(self.plan.full[row], (len(self.plan.units),))[place]))

    def facts_of(self, unit: str, entry: str) -> EntryFacts:
        """What is established for a unit on an item or veto."""
        return self._facts.get((unit, entry), NOTHING)

    def _unit(
        self, place: int, low: int | None = None, high: int | None = None, *, made: _Made | None = None
    ) -> UnitResult:
        unit, totals = self.plan.units[place], self.totals
        state = int(totals.state[place])
        scored, opened = state == UNIT_SCORED, state == UNIT_OPEN
        counts = scored or opened
        return UnitResult(
            unit=unit.unit,
            name=unit.name,
            group=unit.group,
            tags=unit.tags,
            state=self.state_of(unit.unit),
            base=Points(totals.base[place]) if totals.base_known[place] else None,
            bonus=Points(totals.bonus[place]) if counts and totals.bonus_known[place] else None,
            major_deduction=Points(totals.major[place]) if counts and totals.major_known[place] else None,
            charged=self._charged(place) if counts else None,
            total=Points(totals.total[place]) if scored else None,
            rank=self.rank_of(unit.unit),
            parted_by=self._parted(place) if scored else (),
            grade=self.grade_of(unit.unit),
            missed=self._missed(place) if scored else (),
            failed=bool(totals.failed[place]) and scored,
            bonus_locked=bool(totals.locked[place]),
            coverage=self._coverage(place),
            covered=bool(self.totals.covered[place]),
            so_far=Points(totals.total[place]) if opened else None,
            low=None if low is None else Points(low),
            high=None if high is None else Points(high),
            items=self._items(place, state, {} if made is None else made),
            sections={id: self._section(id, column, place) for id, column in totals.sections.items()},
            vetoes=self._vetoes(place, opened=opened, counts=counts),
        )

    def _vetoes(self, place: int, *, opened: bool, counts: bool) -> tuple[VetoResult, ...]:
        """Which vetoes and effects act on the unit, may still act, or warn."""
        return tuple(
            VetoResult(
                id=each.id,
                effect=each.effect,
                acts=bool(each.acts[place]),
                undecided=bool(each.undecided[place]) and opened,
                warns=bool(each.warns[place]) and counts,
            )
            for each in self.totals.effects
        )

    def _charged(self, place: int) -> Points | None:
        """What the unit's items take from the total itself; None while one that may take is open."""
        rows = [charge.row for charge in self.plan.charges if charge.target == TOTAL]
        opened = self.plan.assigned[rows, place] & (self.matrices.state[rows, place] == OPEN)
        return None if opened.any() else Points(self.totals.charged[place])

    def _parted(self, place: int) -> tuple[Parted, ...]:
        """What parted the unit from others with the same total."""
        found = []
        for row, each in enumerate(self.plan.tie_breaks):
            if self._standing.parted[row, place]:
                mark = int(self.totals.breaks[row][place]) * UNITS_PER_MARK_STEP
                found.append(Parted(id=each.id, points=Points(abs(mark) if each.deducts else mark)))
        return tuple(found)

    def _missed(self, place: int) -> tuple[Missed, ...]:
        """The quotas that had no place for the unit."""
        size = len(self.plan.groups[self.plan.units[place].group])
        return tuple(
            Missed(grade=grade.name, places=seats(grade.quota, size))
            for row, grade in enumerate(self.scheme.grades)
            if grade.quota is not None and self._awards.missed[row, place]
        )

    def _section(self, id: str, column: Array, place: int) -> Points:
        """A section's points; a locked bonus has none to add up."""
        locked = bool(self.totals.locked[place]) and id in self._bonus_sections
        return Points(0) if locked else Points(column[place])

    def _items(self, place: int, unit_state: int, made: _Made) -> dict[str, ItemResult]:
        which = (bool(self.totals.locked[place]), unit_state == UNIT_STOPPED)
        results = made.setdefault(which, _ItemResults(self.plan.items, *which))
        codes = np.where(self.plan.assigned[:, place], self.matrices.state[:, place], _NOT_ASSIGNED)
        codes[self.matrices.waiting[:, place]] = _PROVISIONAL
        # Plain lists: a cell of an array costs ten of theirs.
        keys = zip(count(), codes.tolist(), self.matrices.points[:, place].tolist(), strict=False)
        found = dict(zip(self.plan.rows, map(results.__getitem__, keys), strict=True))
        for item, taken in self._charges(place).items():
            if found[item].points is not None:
                found[item] = replace(found[item], charges=taken)
        return found

    def _charges(self, place: int) -> dict[str, dict[str, Points]]:
        """What each item takes elsewhere, by section or "total"."""
        found: dict[str, dict[str, Points]] = {}
        for charge, amount in zip(self.plan.charges, self.matrices.charges[:, place], strict=True):
            if amount:
                found.setdefault(self.plan.items[charge.row].id, {})[charge.target] = Points(amount)
        return found

    def _coverage(self, place: int) -> Fraction | None:
        mine = self.plan.assigned[:, place]
        all_points = int(self.plan.full[mine].sum())
        applicable = mine & ~self.matrices.excused[:, place]
        return Fraction(int(self.plan.full[applicable].sum()), all_points) if all_points else None


def _put(old: Array, new: Array, place: slice) -> Array:
    """The column with the numbers of a block replaced, widened if that needs it."""
    if new.dtype == object and old.dtype != object:
        old = old.astype(object)
    old[place] = new
    return old


def _blocks(group: Array) -> list[slice]:
    """Blocks of the roster that hold a group's units: exactly, or one around all that are scattered."""
    ends = [*np.flatnonzero(np.diff(group) != 1), len(group) - 1]
    if len(ends) > _MOST_BLOCKS:
        return [slice(int(group[0]), int(group[-1]) + 1)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    return [slice(int(group[one]), int(group[end]) + 1) for one, end in zip(starts, ends, strict=True)]
