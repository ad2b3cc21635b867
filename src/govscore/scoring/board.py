"""All scores of an assessment, kept ready: a decision costs one item, one unit, one group.

Invariant: after any sequence of `put`, every number equals that of scoring from scratch.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import count
from typing import TYPE_CHECKING, Final

import numpy as np

from govscore.points import UNITS_PER_MARK_STEP, Points
from govscore.rules.line_words import TOTAL
from govscore.scoring.block import blocks_of, waiting
from govscore.scoring.cases import effects_of, replace_totals
from govscore.scoring.column_table import Columns, places
from govscore.scoring.columns import GIVEN, NOT_APPLICABLE, OPEN, REVIEWED, UNCLAIMED
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
from govscore.scoring.part_results import part_results
from govscore.scoring.peers import compare
from govscore.scoring.plan import lay_out
from govscore.scoring.quotas import award_all, award_group, seats
from govscore.scoring.ranking import grade_names, rank_group
from govscore.scoring.result import ItemResult, Missed, Parted, Result, UnitResult, VetoResult
from govscore.scoring.span import spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govscore.rules.arithmetic import Array, Mask
    from govscore.scheme.model import Item, Scheme
    from govscore.scheme.units import Unit
    from govscore.scoring.block import PartTotals
    from govscore.scoring.facts import EntryFacts
    from govscore.scoring.levels import Level
    from govscore.scoring.result import ItemState, UnitState

_NOT_ASSIGNED: Final = -1
_LOCKED: Final = -2
_ENDED: Final = -3
_PROVISIONAL: Final = -4
"""Beside the states of columns: the scheme does not give the item to the unit; its bonus is locked; a veto
ended the need to review it; it is open only because other units of the group are."""
_STATES: Final[dict[int, ItemState]] = {
    OPEN: "open", NOT_APPLICABLE: "not_applicable", REVIEWED: "reviewed", UNCLAIMED: "none",
    _NOT_ASSIGNED: "not_assigned", _LOCKED: "locked", _ENDED: "stopped",
    _PROVISIONAL: "provisional", GIVEN: "not_applicable",
}  # fmt: skip


class _ItemResults(dict[tuple[int, int, int, int], ItemResult]):
    """Item results by row, variant, state and points: what many units have alike is made once."""

    def __init__(self, variants: Sequence[Sequence[Item]]) -> None:
        self._variants = variants

    def __missing__(self, key: tuple[int, int, int, int]) -> ItemResult:
        row, code, score, variant = key
        item, state = self._variants[row][variant], _STATES[code]
        points = Points(score) if code in (REVIEWED, UNCLAIMED, GIVEN) else None
        made = ItemResult(item=item.id, kind=item.kind, state=state, points=points, full=item.full)
        self[key] = made
        return made


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
        rows = self.plan.followers.get(entry, ())
        for row in rows:
            score_row(self.plan, self.columns, self.matrices, row, part)
        group = self.plan.groups[self.plan.units[place].group]
        bound = self.plan.bonds.of((entry, *(self.plan.items[row].id for row in rows)))
        if bound:
            compare(self.plan, self.columns, self.matrices, bound)
        for block in blocks_of(group) if bound else (part,):
            new = score_totals(self.plan, self.columns, self.matrices, block)
            replace_totals(self.totals, new, block)
        who = ranked(self.totals)
        rank_group(self.plan, group, self.totals.total, who, self.totals.breaks, self._standing)
        award_group(self.plan, group, self.totals.graded, self._standing, self._awards)

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
        assigned = int(self.plan.assigned[:, place].sum())
        still = self._waiting(place) & ~self.matrices.waiting[:, place]
        return assigned - int(still.sum()), assigned

    def _waiting(self, place: int) -> Mask:
        """The items of a unit that are open, and matter."""
        return waiting(self.plan, self.matrices.state, self.totals, slice(place, place + 1))[:, 0]

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
        made = _ItemResults(self.plan.of_units.variants)
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
        self, place: int, low: int | None = None, high: int | None = None, *, made: _ItemResults | None = None
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
            items=self._items(place, made if made is not None else _ItemResults(self.plan.of_units.variants)),
            sections=self._sections(place),
            parts=part_results(self, place, counts=counts) if self.scheme.has_parts else {},
            vetoes=self._vetoes(place, opened=opened, counts=counts),
        )

    def _vetoes(self, place: int, *, opened: bool, counts: bool) -> tuple[VetoResult, ...]:
        """Which vetoes and effects act on the unit, may still act, or warn."""
        plan = self.plan.at(slice(place, place + 1))
        own = effects_of(plan) if self.plan.cases else {}
        return tuple(
            VetoResult(
                id=each.id,
                effect=own.get(each.id, each.effect),
                acts=bool(each.acts[place]),
                undecided=bool(each.undecided[place]) and opened,
                warns=bool(each.warns[place]) and counts,
                part=each.owner,
            )
            for each in self.totals.effects
        )

    def _charged(self, place: int) -> Points | None:
        """What the unit's items take from the total itself; None while one that may take is open."""
        rows = [charge.row for charge in self.plan.charges if charge.target == TOTAL]
        opened = self.plan.assigned[rows, place] & (self.matrices.state[rows, place] == OPEN)
        opened &= ~self.matrices.excused[rows, place]  # takes nothing, whatever it waits for
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
            for row, grade in enumerate(self.plan.at(slice(place, place + 1)).scheme.grades)
            if grade.quota is not None and self._awards.missed[row, place]
        )

    def _sections(self, place: int) -> dict[str, Points]:
        """Points of every section; a locked bonus has none to add up."""
        found = {id: Points(column[place]) for id, column in self.totals.sections.items()}
        for level, totals in self._levels():
            if totals.locked[place]:
                found |= dict.fromkeys(level.trees["bonus"].ids(), Points(0))
        return found

    def _levels(self) -> Iterator[tuple[Level, PartTotals | Totals]]:
        """The parts, then the total."""
        yield from zip(self.plan.parts, self.totals.parts, strict=True)
        yield self.plan.whole, self.totals

    def _items(self, place: int, results: _ItemResults) -> dict[str, ItemResult]:
        assigned = self.plan.assigned[:, place]
        codes = np.where(assigned, self.matrices.state[:, place], _NOT_ASSIGNED)
        for level, totals in self._levels():
            rows = level.rows["bonus"]
            if rows.size and totals.locked[place]:
                codes[rows] = np.where(assigned[rows], _LOCKED, _NOT_ASSIGNED)
        codes[(codes == OPEN) & ~self._waiting(place)] = _ENDED
        codes[(codes == OPEN) & self.matrices.waiting[:, place]] = _PROVISIONAL
        # Plain lists: a cell of an array costs ten of theirs.
        points = self.matrices.points[:, place].tolist()
        keys = zip(count(), codes.tolist(), points, self.plan.of_units.which[:, place].tolist(), strict=False)
        found = dict(zip(self.plan.rows, map(results.__getitem__, keys), strict=True))
        if self.matrices.out is not None:
            for row in np.flatnonzero(self.matrices.out[:, place]):
                id, out = self.plan.items[row].id, int(self.matrices.out[row, place])
                found[id] = replace(found[id], full=Points(int(found[id].full or 0) - out))
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
        all_points = int(self.plan.full[mine, place].sum())
        applicable = mine & ~self.matrices.excused[:, place]
        there = int(self.plan.full[applicable, place].sum()) - self._out(place)
        return Fraction(there, all_points) if all_points else None

    def _out(self, place: int) -> int:
        """What periods that are not applicable take out of a unit's possible points."""
        return 0 if self.matrices.out is None else int(self.matrices.out[:, place].sum())
