"""Steps 6 to 16 for a block of units: the parts one by one, then the total.

Invariant: a part and the total go through the same steps; nothing here loops over units.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from govscore.rules.arithmetic import narrow
from govscore.rules.line_words import TOTAL
from govscore.rules.view import silent
from govscore.scoring.columns import NOT_APPLICABLE, OPEN
from govscore.scoring.ranking import covered, grade_all, grade_part
from govscore.scoring.ties import tie_columns
from govscore.scoring.totals import Due, aimed, score_base, score_level
from govscore.scoring.vetoes import Scored, apply, effects_on
from govscore.scoring.weights import weigh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.rules.arithmetic import Array, Mask
    from govscore.rules.view import Note
    from govscore.scoring.column_table import Columns
    from govscore.scoring.engine import Matrices
    from govscore.scoring.levels import Level, PartLevel
    from govscore.scoring.plan import Plan
    from govscore.scoring.ranking import Graded
    from govscore.scoring.result import UnitState
    from govscore.scoring.totals import Base, Score
    from govscore.scoring.vetoes import Acting

UNIT_OPEN: Final = 0
UNIT_SCORED: Final = 1
UNIT_STOPPED: Final = 2
UNIT_UNASSESSED: Final = 3
_MOST_BLOCKS: Final = 8
UNIT_STATES: Final[tuple[UnitState, ...]] = ("open", "scored", "stopped", "unassessed")


@dataclass(slots=True)
class PartTotals:
    """Steps 6 to 11 of one part for a block of units."""

    id: str
    """"": the one part of a scheme that states none; its base is that of the total."""
    state: Array
    base: Array
    base_known: Mask
    bonus: Array
    bonus_known: Mask
    major: Array
    major_known: Mask
    score: Array
    """Before vetoes."""
    points: Array
    """After them: the score; 0 where a veto stops the part."""
    counts: Mask
    """Where it has a weight: something in it is applicable, or a veto stops it."""
    known: Mask
    """Where nothing can change its score any more."""
    locked: Mask
    failed: Mask
    grade: Array
    """Place of the grade that its gate or a veto gives it; -1: none."""
    needless: Mask
    """Where a veto of the part ends the need to review it."""
    possible: Array
    full: Array


@dataclass(slots=True)
class Totals:
    """Steps 6 to 16 for a block of units."""

    state: Array
    base: Array
    base_known: Mask
    bonus: Array
    bonus_known: Mask
    """False while a bonus item is open, or an open item may still lock the bonus."""
    major: Array
    major_known: Mask
    charged: Array
    """What items take from the total itself, beside major deductions."""
    score: Array
    """Before vetoes."""
    total: Array
    locked: Mask
    failed: Mask
    graded: Graded
    effects: list[Acting]
    """Of all parts and of the total: vetoes, then items, each in the order of the scheme."""
    parts: list[PartTotals]
    sections: dict[str, Array]
    covered: Mask
    """False: too little is applicable for a rank or a grade."""
    breaks: list[Array]
    """What parts units with equal totals, one column for each `tie_break`."""


@dataclass(frozen=True, slots=True)
class _Based:
    """A part as far as its gates go, which every veto may need to know."""

    level: PartLevel
    base: Base
    score: Score
    base_open: Mask
    locked: Mask


class Block:
    """A block of units on its way from items to totals."""

    def __init__(
        self, plan: Plan, columns: Columns, matrices: Matrices, part: slice | Array, note: Note = silent
    ) -> None:
        self._plan, self._columns, self._slice, self._note = plan, columns, part, note
        here = matrices.at(part)
        self._points, state = narrow(matrices.points[:, here]), matrices.state[:, here]
        self._took, self._assigned = matrices.took[:, here], plan.assigned[:, part]
        out = None if matrices.out is None else matrices.out[:, here]
        excused = matrices.excused[:, here]
        applicable, covered_here = self._assigned & (state != NOT_APPLICABLE), self._assigned & ~excused
        self._due = Due(applicable, self._assigned, plan.full[:, part], out, plan.worths, plan.alike)
        self._covered = Due(covered_here, self._assigned, plan.full[:, part], out, plan.worths)
        """The same for what is applicable by what was established; what is given does not count."""
        self._opened = self._assigned & (state == OPEN)
        self._charges = aimed(plan, matrices.charges[:, here])
        self._sections: dict[str, Array] = {}
        self._locked: dict[str, Mask] = {}
        self._gate_open: dict[str, Mask] = {}
        self._stopped: dict[str, Mask] = {}
        self._scored = Scored(self._points, state, self._assigned, self._locked, self._gate_open, excused)
        self._effects: list[Acting] = []
        self._open = np.zeros(state.shape[1], dtype=bool)
        """Where something that counts is not decided yet."""

    def totals(self) -> Totals:
        """All of it; ranks and quotas aside, which need the whole group."""
        based = [self._base(level) for level in self._plan.parts]
        for each in based if self._plan.scheme.has_parts else ():
            self._moot(each.level)
        parts = [self._part(each) for each in based]
        assessed = np.logical_or.reduce([each.base.assessed for each in based])
        return self._total(parts, assessed)

    def _base(self, level: PartLevel) -> _Based:
        """Steps 6 to 11 of a part, before its vetoes."""
        note = partial(self._note, part=level.id)
        base = score_base(self._plan, level, self._points, self._due, note, self._charges)
        there = _anywhere(self._covered.applicable, level.rows["base"])
        base = base.only_where(there)
        self._sections.update(base.sections)
        # Without [[part]] the gates are those of the total, and nothing is told twice.
        score = score_level(level, base.points, self._points, self._sections, note if level.id else silent)
        base_open = _anywhere(self._opened, level.feeding) & base.assessed
        locked = score.locked & ~base_open & base.assessed
        self._gate(level, locked, base_open)
        return _Based(level, base, score, base_open, locked)

    def _gate(self, level: Level, locked: Mask, base_open: Mask) -> None:
        self._locked[level.id] = locked
        if level.settings.bonus_when is not None:
            self._gate_open[level.id] = base_open

    def _moot(self, level: PartLevel) -> None:
        """Of a stopped part no gate matters any more, whoever reads its bonus; a stop reads facts only."""
        stopped = self._judged(level.id)[1]
        self._locked[level.id] = self._locked[level.id] & ~stopped
        if level.id in self._gate_open:
            self._gate_open[level.id] = self._gate_open[level.id] & ~stopped

    def _acting(self, owner: str) -> tuple[list[Acting], Mask, Mask]:
        """Effects on a part or on the total; where one stops it; where one is undecided; all are kept."""
        effects, stopped, undecided = self._judged(owner)
        self._effects += effects
        self._stopped[owner] = stopped
        return effects, stopped, undecided

    def _judged(self, owner: str) -> tuple[list[Acting], Mask, Mask]:
        """The same, only looked at."""
        effects = effects_on(self._plan, self._columns, self._slice, self._scored, self._took, owner)
        stopped, undecided = np.zeros_like(self._open), np.zeros_like(self._open)
        for each in effects:
            undecided |= each.undecided
            if each.effect.stop is not None:
                stopped |= each.acts
        return effects, stopped, undecided

    def _part(self, based: _Based) -> PartTotals:
        """Step 11 of a part: its vetoes, and what is known of it."""
        level, base, score = based.level, based.base, based.score
        nowhere = np.zeros_like(self._open)
        effects, stopped, undecided = self._acting(level.id) if level.id else ([], nowhere, nowhere)
        for each in effects:  # what a stopped part comes to is decided
            each.undecided[stopped] = False
        bonus_open, major_open = self._waiting(level, based.locked)
        is_open = based.base_open | bonus_open | major_open | undecided
        self._open = self._open | np.where(stopped, _anywhere(self._opened, level.reaching), is_open)
        points = narrow(np.where(stopped, 0, apply(score.score, effects)))
        return PartTotals(
            id=level.id,
            state=_states(stopped, base.assessed, is_open),
            base=base.points,
            base_known=~stopped & base.assessed & ~based.base_open,
            bonus=score.bonus,
            bonus_known=~(bonus_open | self._scored.gate(level.id)[1]),
            major=score.major,
            major_known=~major_open,
            score=score.score,
            points=points,
            counts=base.assessed | stopped,
            known=stopped | ~is_open,
            locked=based.locked & ~stopped,
            failed=score.failed,
            grade=grade_part(self._plan, level, score.failed, effects, stopped),
            needless=stopped,
            possible=base.possible,
            full=base.full,
        )

    def _waiting(self, level: Level, locked: Mask) -> tuple[Mask, Mask]:
        """Where bonus items and major deductions of a part or of the total are open."""
        bonus = _anywhere(self._opened, level.rows["bonus"]) & ~locked
        return bonus, _anywhere(self._opened, level.rows["major_deduction"])

    def _total(self, parts: list[PartTotals], assessed: Mask) -> Totals:
        """Steps 12 to 16."""
        plan, whole = self._plan, self._plan.whole
        base = weigh(plan.weights, [each.points for each in parts], [each.counts for each in parts])
        base_open = ~np.logical_and.reduce([each.known for each in parts])
        self._note("shares", part="", points=base, parts=parts)
        note, charged = partial(self._note, part=""), self._charges.get(TOTAL)
        score = score_level(whole, base, self._points, self._sections, note, charged)
        locked = score.locked & ~base_open & assessed
        self._gate(whole, locked, base_open)
        effects, stopped, undecided = self._acting("")
        stops = effects
        if plan.scheme.model.total.stopped_part == "stop":
            stops = self._effects
            stopped = np.logical_or.reduce([stopped, *(each.needless for each in parts)])
        bonus_open, major_open = self._waiting(whole, locked)
        is_open = self._open | bonus_open | major_open | undecided
        total = narrow(apply(score.score, effects))
        for each in parts:
            each.locked &= ~stopped
        return Totals(
            state=_states(stopped, assessed, is_open),
            base=base,
            base_known=~stopped & assessed & ~base_open,
            bonus=score.bonus,
            bonus_known=~(bonus_open | self._scored.gate("")[1]),
            major=score.major,
            major_known=~major_open,
            charged=score.charged,
            score=score.score,
            total=total,
            locked=locked & ~stopped,
            failed=score.failed,
            graded=grade_all(plan, total, score.failed, effects, stops, stopped),
            effects=self._in_order(),
            parts=parts,
            sections=self._sections,
            covered=covered(plan, self._covered),
            breaks=tie_columns(plan, self._points, self._sections, self._locked, self._stopped),
        )

    def _in_order(self) -> list[Acting]:
        """All effects in the order of the scheme, whatever they act on."""
        return sorted(self._effects, key=lambda each: self._plan.acting[each.id])


def waiting(plan: Plan, state: Array, totals: Totals, at: slice) -> Mask:
    """(items, units): which items of a block of units still need review.

    Args:
        plan: the scheme laid out.
        state: (items, all units), as `Matrices.state`.
        totals: of all units.
        at: the block.
    """
    found = plan.assigned[:, at] & (state[:, at] == OPEN) & (totals.state[at] != UNIT_STOPPED)
    for level, each in zip(plan.parts, totals.parts, strict=True):
        found[level.rows["bonus"]] &= ~each.locked[at]
        found[level.ending] &= ~each.needless[at]
    found[plan.whole.rows["bonus"]] &= ~totals.locked[at]
    return np.asarray(found, dtype=bool)


def replace_columns(old: PartTotals | Totals, new: PartTotals | Totals, at: slice | Array) -> None:
    """Writes every column of a part or total of a block of units over the old one."""
    for name, column in columns_of(new):
        setattr(old, name, put_block(getattr(old, name), column, at))


def columns_of(totals: PartTotals | Totals) -> Iterator[tuple[str, Array]]:
    """The columns of a part or a total, by name."""
    for each in fields(totals):
        value = getattr(totals, each.name)
        if isinstance(value, np.ndarray):
            yield each.name, value


def put_block(old: Array, new: Array, at: slice | Array) -> Array:
    """The column with the values of a block replaced, widened if that needs it."""
    if new.dtype == object and old.dtype != object:
        old = old.astype(object)
    old[at] = new
    return old


def blocks_of(group: Array) -> list[slice]:
    """Blocks of the roster that hold a group's units: exactly, or one around all that are scattered."""
    ends = [*np.flatnonzero(np.diff(group) != 1), len(group) - 1]
    if len(ends) > _MOST_BLOCKS:
        return [slice(int(group[0]), int(group[-1]) + 1)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    return [slice(int(group[one]), int(group[end]) + 1) for one, end in zip(starts, ends, strict=True)]


def _anywhere(table: Mask, rows: Array) -> Mask:
    """Where any of these rows holds; rows in order."""
    first, last = (int(rows[0]), int(rows[-1])) if rows.size else (0, -1)
    mine = table[first : last + 1] if last - first + 1 == rows.size else table[rows]
    return np.asarray(np.logical_or.reduce(mine, axis=0))


def _states(stopped: Mask, assessed: Mask, is_open: Mask) -> Array:
    live = np.where(is_open, UNIT_OPEN, UNIT_SCORED)
    return np.where(stopped, UNIT_STOPPED, np.where(assessed, live, UNIT_UNASSESSED))
