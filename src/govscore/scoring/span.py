"""What an open unit can still come to: the lowest and highest total of any completion.

Invariant: sound, not always tight; where nothing limits a side, it is None. A veto that acts already
is decided, whatever facts of its own are still missing.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np

from govscore.facts.switches import known
from govscore.points import UNITS_PER_MARK_STEP
from govscore.rules.arithmetic import wide
from govscore.rules.line_words import TOTAL
from govscore.scoring.cases import cases_in, places_of, totals_at
from govscore.scoring.columns import NOT_APPLICABLE, OPEN
from govscore.scoring.items import charge_span
from govscore.scoring.layered import span_of_layers
from govscore.scoring.totals import Due, aimed, bound, score_base, score_level, sum_tree
from govscore.scoring.vetoes import highest_after, lowest_after
from govscore.scoring.weights import weigh

if TYPE_CHECKING:
    from govscore.rules.arithmetic import Array, Mask
    from govscore.scoring.block import PartTotals, Totals
    from govscore.scoring.engine import Matrices
    from govscore.scoring.levels import Level, PartLevel
    from govscore.scoring.plan import Plan
    from govscore.scoring.totals import Base, Charges
    from govscore.scoring.vetoes import Acting

_FAR: Final = 10**60
"""What an unlimited item is taken for: beyond everything that facts can come to, rescaled or not."""
_FEW: Final = 5
"""Of so many parts, every choice of those that may or may not count is looked at."""
_LOST: Final = 10**40
"""A total beyond this was reached by an unlimited item."""


@dataclass(frozen=True, slots=True)
class Span:
    """Lowest and highest total still possible, in the finest units; None: no limit."""

    low: int | None
    high: int | None


def spans(plan: Plan, matrices: Matrices, totals: Totals, part: slice) -> list[Span]:
    """The span of every unit of a block (of a scored unit: its total twice).

    Args:
        plan: the scheme laid out.
        matrices: of all units.
        totals: of the units of the block.
        part: the block.
    """
    if not plan.cases:
        return _spans(plan, matrices, totals, part)
    found: list[Span] = [Span(None, None)] * len(totals.state)
    for inside in cases_in(plan, part):
        at = places_of(plan, part, inside)
        mine = plan.at(at)
        every = _spans(mine, matrices, totals_at(mine, totals, inside), at)
        for place, each in zip(inside, every, strict=True):
            found[place] = each
    return found


def _spans(plan: Plan, matrices: Matrices, totals: Totals, part: slice | Array) -> list[Span]:
    """The spans of units that are in one case."""
    state, assigned = matrices.state[:, part], plan.assigned[:, part]
    opened = assigned & (state == OPEN)
    out = None if matrices.out is None else np.where(opened, 0, matrices.out[:, part])
    due = Due(assigned & (state != NOT_APPLICABLE), assigned, plan.full[:, part], out, plan.worths)
    sides = _Sides(plan, due, opened, totals, matrices.excused[:, part])
    low = _with(plan, matrices.points[:, part], opened, part, low=True)
    high = _with(plan, matrices.points[:, part], opened, part, low=False)
    most = _most_charged(plan, matrices.charges[:, part], opened, part)
    least = aimed(plan, matrices.charges[:, part])  # an open item may still take nothing
    lowest = _Lowest(sides, _mixed(plan, low, high), most).total()
    highest = _Highest(sides, _mixed(plan, high, low), least).total()
    return [
        Span(None if int(down) <= -_LOST else int(down), None if int(up) >= _LOST else int(up))
        for down, up in zip(lowest, highest, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Sides:
    """What both ends of the span are computed from."""

    plan: Plan
    due: Due
    opened: Mask
    totals: Totals
    excused: Mask
    """Where it is established that an item is not applicable, whatever it is worth then."""

    def effects(self, level: Level) -> list[Acting]:
        """What acts on a part; without `[[part]]` everything acts on the total."""
        return [each for each in self.totals.effects if level.id and each.owner == level.id]

    def unsure(self, level: PartLevel) -> Mask:
        """Where the base of a part is not decided: an open item is in it, or may take from it."""
        sections = level.trees["base"].ids()
        takers = [row for row, target in self.plan.charges if target in sections]
        return np.asarray(self.opened[[*level.feeding, *takers]].any(axis=0), dtype=bool)

    def leaving(self, level: PartLevel) -> Mask:
        """Where nothing in a part is known to be applicable."""
        rows = level.rows["base"]
        known = self.due.applicable[rows] & ~self.opened[rows] & ~self.excused[rows]
        return np.asarray(~known.any(axis=0), dtype=bool)

    def may_stop(self, level: Level) -> Mask:
        """Where a veto may still stop a part, which then counts 0."""
        found = np.zeros(self.opened.shape[1], dtype=bool)
        for each in self.effects(level):
            if each.effect.stop is not None:
                found |= each.undecided
        return found


def _most_charged(plan: Plan, charges: Array, opened: Mask, part: slice | Array) -> Charges:
    """What items take elsewhere if every open one takes the most that it can."""
    filled = charges
    for place, charge in enumerate(plan.charges):
        if opened[charge.row].any():
            times = plan.frame_of(charge.row)[1]
            filled = filled.astype(object)
            for number, item in enumerate(plan.of_units.variants[charge.row]):
                mine = opened[charge.row] & (plan.of_units.which[charge.row, part] == number)
                most = charge_span(item, charge.target, times, plan.periods[charge.row])
                filled[place, mine] = _FAR if most is None else most
    return aimed(plan, filled)


def _with(plan: Plan, points: Array, opened: Mask, part: slice | Array, *, low: bool) -> Array:
    """The points with every open item at its lowest or highest."""
    side = 0 if low else 1
    ends = [
        [span_of_layers(item, plan.frame_of(row)[0], plan.periods[row])[side] for item in variants]
        for row, variants in enumerate(plan.of_units.variants)
    ]
    unlimited = np.array([None in each for each in ends], dtype=bool)
    filled = wide(points) if opened[unlimited].any() else points
    filled = filled.copy()
    far = -_FAR if low else _FAR
    for row, of_variants in enumerate(ends):
        if opened[row].any():
            for number, end in enumerate(of_variants):
                mine = opened[row] & (plan.of_units.which[row, part] == number)
                filled[row, mine] = far if end is None else end
    return filled


def _mixed(plan: Plan, base_and_bonus: Array, major: Array) -> Array:
    """Points that favour one end: deductions count the other way round."""
    mixed = (wide(base_and_bonus) if major.dtype == object else base_and_bonus).copy()
    rows = plan.of_kind["major_deduction"]
    mixed[rows] = major[rows]
    return mixed


def _rising(level: Level) -> bool:
    """Whether a higher base can only open the bonus, never lock it."""
    gate = level.settings.bonus_when
    return gate is None or all(each.operator in (">", ">=") for each in gate.comparisons)


class _End(ABC):
    """One end of the span: the parts, then the total."""

    def __init__(self, sides: _Sides, points: Array, charges: Charges) -> None:
        """Args:
        sides: what both ends are computed from.
        points: (items, units) that favour this end.
        charges: what items take elsewhere, likewise.
        """
        self.sides, self.plan, self.points, self.charges = sides, sides.plan, points, charges

    def total(self) -> Array:
        """The end of the total."""
        plan, whole, totals = self.plan, self.plan.whole, self.sides.totals
        scores = [self._part(level, each) for level, each in zip(plan.parts, totals.parts, strict=True)]
        base = self._weighed(scores)
        unsure = np.logical_or.reduce(
            [
                ~each.known | self.sides.unsure(level)
                for level, each in zip(plan.parts, totals.parts, strict=True)
            ]
        )
        effects = [each for each in totals.effects if not each.owner]
        return self._level(whole, base, unsure, effects, self.charges.get(TOTAL))

    def _part(self, level: PartLevel, each: PartTotals) -> Array:
        """The end of a part's score."""
        base = score_base(self.plan, level, self.points, self.sides.due, charges=self.charges)
        unsure = self.sides.unsure(level)
        score = self._level(level, self._base(level, base, unsure), unsure, self.sides.effects(level))
        score = np.where(self.sides.may_stop(level), self.further(score, 0), score)
        return np.where(each.needless, 0, score)

    def _level(
        self,
        level: Level,
        base: Array,
        unsure: Mask,
        effects: list[Acting],
        charged: Array | None = None,
    ) -> Array:
        """The end of a score, from that of its base."""
        unused: dict[str, Array] = {}
        score = score_level(level, base, self.points, unused, charged=charged)
        bonus = score.bonus
        if level.settings.bonus_when is not None:
            # A gate that may still open lets in a bonus, one that may still close shuts it out.
            uncertain = unsure & self._turns(level, score.locked)
            bonus = np.where(uncertain, self.further(_unlocked_bonus(level, self.points), 0), bonus)
        return self._after(bound(level.settings, base + bonus - score.major - score.charged), effects)

    def _weighed(self, scores: list[Array]) -> Array:
        """The end of the base, whichever parts turn out to count."""
        plan, weights = self.plan, self.plan.weights
        parts = tuple(zip(plan.parts, self.sides.totals.parts, strict=True))
        base = weigh(weights, scores, [each.counts for _level, each in parts])
        if len(parts) == 1:
            return base
        unclear = [
            (each.counts & ~each.needless & self.sides.leaving(level))
            | (~each.counts & self.sides.may_stop(level))
            for level, each in parts
        ]
        firm = [each.counts & ~maybe for (_level, each), maybe in zip(parts, unclear, strict=True)]
        choices = list(product(*((False, True) if maybe.any() else (False,) for maybe in unclear[:_FEW])))
        if any(maybe.any() for maybe in unclear[_FEW:]):
            # Of very many parts, each by itself: no mean of several lies beyond the one at the end.
            unclear = [sure | maybe for sure, maybe in zip(firm, unclear, strict=True)]
            firm = [np.zeros_like(sure) for sure in firm]
            choices = [tuple(place == other for other in range(len(parts))) for place in range(len(parts))]
        for chosen in choices:
            taken = (*chosen, *[False] * len(parts))
            there = [sure | (maybe & into) for sure, maybe, into in zip(firm, unclear, taken, strict=False)]
            with_these = self.further(base, weigh(weights, scores, there))
            base = np.where(np.logical_or.reduce(there), with_these, base)
        return base

    @staticmethod
    @abstractmethod
    def further(one: Array, other: Array | int) -> Array:
        """Whichever is nearer to this end."""

    @abstractmethod
    def _base(self, level: PartLevel, base: Base, unsure: Mask) -> Array:
        """The end of a part's base."""

    @abstractmethod
    def _turns(self, level: Level, locked: Mask) -> Mask:
        """Where the gate of the bonus may come out the other way."""

    @abstractmethod
    def _after(self, score: Array, effects: list[Acting]) -> Array:
        """The end after vetoes."""


class _Lowest(_End):
    """The lower end."""

    @staticmethod
    def further(one: Array, other: Array | int) -> Array:
        """The lower one."""
        return np.minimum(one, other)

    def _base(self, level: PartLevel, base: Base, unsure: Mask) -> Array:
        # What is below 0 falls further when an open item turns out not to be applicable: there is less
        # to divide by.
        falls = _below_zero(level, base) & unsure
        return (
            np.where(falls, np.minimum(wide(base.points), -_FAR), base.points) if falls.any() else base.points
        )

    def _turns(self, level: Level, locked: Mask) -> Mask:
        return locked if _rising(level) else np.ones_like(locked)

    def _after(self, score: Array, effects: list[Acting]) -> Array:
        return lowest_after(score, effects)


class _Highest(_End):
    """The upper end."""

    @staticmethod
    def further(one: Array, other: Array | int) -> Array:
        """The higher one."""
        return np.maximum(one, other)

    def _base(self, level: PartLevel, base: Base, unsure: Mask) -> Array:
        passes = (self._passing(level) | _sunk(level, base) | self._relieved(level)) & unsure
        if not passes.any():
            return base.points
        most = _most_base(level, self.points, self.sides.due, base.full)
        return np.where(passes, np.maximum(wide(base.points), most), base.points)

    def _passing(self, level: PartLevel) -> Mask:
        """Where a base item has, or may have, more than its points (its own `bounds` let it)."""
        rows = level.rows["base"]
        more = self.points[rows] > self.sides.due.full[rows]
        return np.asarray((self.sides.due.assigned[rows] & more).any(axis=0), dtype=bool)

    def _relieved(self, level: PartLevel) -> Mask:
        """Where a section from which points are taken may drop out, and what is taken with it."""
        taken = np.zeros(self.points.shape[1], dtype=bool)
        if level.settings.not_applicable.within == "section":
            for id in level.trees["base"].ids() & self.charges.keys():
                taken |= np.asarray(self.charges[id] > 0, dtype=bool)
        return taken

    def _turns(self, level: Level, locked: Mask) -> Mask:
        return ~locked if _rising(level) else np.ones_like(locked)

    def _after(self, score: Array, effects: list[Acting]) -> Array:
        return highest_after(score, effects)


def _below_zero(level: PartLevel, base: Base) -> Mask:
    """Where the base of a part, or something that is rescaled by itself, is below 0."""
    below = base.points < 0
    settings = level.settings
    if settings.not_applicable.place == "section" and settings.floor_at == "none":
        for branch in level.trees["base"].branches:
            below = below | (base.sections[branch.section.id] < 0)
    return np.asarray(below, dtype=bool)


def _sunk(level: PartLevel, base: Base) -> Mask:
    """Where a top section is lifted to 0: an open item in it that reaches its points lifts it no further,
    but may still leave the possible points.
    """
    below = np.zeros(base.points.shape, dtype=bool)
    for branch in level.trees["base"].branches if level.settings.floor_at != "none" else ():
        below |= np.asarray(base.sections[branch.section.id] < 0, dtype=bool)
    return below


def _most_base(level: PartLevel, points: Array, due: Due, full: Array) -> Array:
    """No base of the part is higher, whichever open items turn out not to be applicable.

    Every item is at most so many times its points; so is what they add up to, capped or rescaled.
    """
    rows = level.rows["base"]
    mine = np.where(due.assigned[rows], wide(np.maximum(points[rows], 0)), 0)
    possible = due.full[rows] if due.out is None else np.maximum(due.full[rows] - due.out[rows], 1)
    highest = -(-mine * full // possible.astype(object))
    # Each rounding may add half a unit, which rescaling makes larger.
    slack = len(rows) * (wide(full) // UNITS_PER_MARK_STEP + 1)
    return np.asarray(highest.max(axis=0) + slack)


def _unlocked_bonus(level: Level, points: Array) -> Array:
    """The bonus as if the gate opened it."""
    unused: dict[str, Array] = {}
    bonus = sum_tree(level.trees["bonus"], points, unused)
    cap = known(level.settings.bonus_cap)
    return bonus if cap is None else np.minimum(bonus, int(cap))
