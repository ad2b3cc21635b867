"""Steps 6 to 13 of the order of application, for a part or the total: base, gates, bonus, deductions.

Invariant: integers only; every division is one `multiply_divide`, rounded once. The numbers in the
comments are the steps of `docs/scheme.md`, "Order of application".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from govscore.facts.switches import known
from govscore.points import UNITS_PER_MARK_STEP
from govscore.rules.arithmetic import Array, add, largest, marks, multiply_divide, narrow
from govscore.rules.conditions import Operand, evaluate
from govscore.rules.view import silent
from govscore.scoring.trees import rows_at

if TYPE_CHECKING:
    from govscore.rules.arithmetic import Mask
    from govscore.rules.conditions import Condition
    from govscore.rules.view import Note
    from govscore.scheme.settings import SchemePart, Total
    from govscore.scoring.levels import Level, PartLevel
    from govscore.scoring.plan import Plan
    from govscore.scoring.trees import Branch, Tree


@dataclass(frozen=True, slots=True)
class Base:
    """Steps 6 and 7: the base, and what it was made of."""

    points: Array
    assessed: Mask
    """False: nothing applicable, so the unit is not assessed."""
    sections: dict[str, Array]
    """Each base section's points, before rescaling."""
    possible: Array
    """Possible points of what is applicable, after section caps."""
    full: Array
    """F: what the base is rescaled to."""

    def only_where(self, covered: Mask) -> Base:
        """The same, but nothing where nothing is applicable, whatever is given all the same."""
        assessed = self.assessed & covered
        return replace(self, points=np.where(assessed, self.points, 0), assessed=assessed)


@dataclass(frozen=True, slots=True)
class Score:
    """Steps 8 to 11 of a part or of the total for a block of units, before vetoes."""

    locked: Mask
    """Where the gate does not open the bonus."""
    failed: Mask
    bonus: Array
    major: Array
    charged: Array
    """What items take from the total itself."""
    score: Array


@dataclass(frozen=True, slots=True)
class Due:
    """What units of a block may get points for; (items, units)."""

    applicable: Mask
    """Assigned and not "not applicable"; an open item counts."""
    assigned: Mask
    full: Array
    """Points of base items."""
    out: Array | None
    """What periods that are not applicable take out of possible points; None: nothing for anybody."""
    worths: tuple[int | None, ...]
    """Of each item: its points where they are the same for all units; None: they are not."""
    alike: bool = False
    """Whether all units are assigned the same, worth the same."""

    def most(self, branch: Branch, mask: Mask, out: Array | None = None) -> Array:
        """What a section comes to at most, if these items count: sum, then cap, from the inside."""
        most = self.add_up(branch.items, mask, out)
        for inner in branch.branches:
            most = most + self.most(inner, mask, out)
        return most if branch.cap is None else np.minimum(most, branch.cap)

    def add_up(self, rows: tuple[int, ...], mask: Mask, out: Array | None = None) -> Array:
        """The points of those items that count; items worth the same are counted, which is less work."""
        if not rows:
            return np.zeros(mask.shape[1], dtype=np.int64)
        if out is not None or any(self.worths[row] is None for row in rows):
            full = self.full if out is None else self.full - out
            return np.asarray(np.add.reduce(np.where(mask[_at(rows)], full[_at(rows)], 0), axis=0))
        most = np.zeros(mask.shape[1], dtype=np.int64)
        for worth, at, count in _by_worth(rows, self.worths):
            small = np.uint8 if count < 256 else np.int64
            counted = np.add.reduce(mask[at].view(np.uint8), axis=0, dtype=small)
            most += np.multiply(counted, worth, dtype=np.int64)
        return most

    @property
    def possible(self) -> Array:
        """Possible points of what is applicable."""
        full = self.full if self.out is None else self.full - self.out
        return np.where(self.applicable, full, 0)


Charges = Mapping[str, Array]
"""What items take elsewhere, by section or "total"."""
_NONE: Final[Charges] = {}


def aimed(plan: Plan, charges: Array) -> Charges:
    """The charges added up by where they are taken.

    Args:
        plan: the scheme laid out.
        charges: (charges, units), as `Plan.charges` lists them.
    """
    found: dict[str, Array] = {}
    for number, charge in enumerate(plan.charges):
        row = narrow(charges[number])
        found[charge.target] = add(found[charge.target], row) if charge.target in found else row
    return found


def _sum(points: Array, rows: tuple[int, ...]) -> Array:
    """The sum of some rows."""
    if not rows:
        return np.zeros(points.shape[1], dtype=np.int64)
    return np.asarray(np.add.reduce(points[_at(rows)], axis=0))


_at = lru_cache(maxsize=4096)(rows_at)


@lru_cache(maxsize=4096)
def _by_worth(
    rows: tuple[int, ...], worths: tuple[int | None, ...]
) -> tuple[tuple[int, slice | Array, int], ...]:
    """What items are worth, where those of one worth are, and how many there are."""
    found: dict[int, list[int]] = {}
    for row in rows:
        found.setdefault(worths[row] or 0, []).append(row)
    return tuple((worth, rows_at(tuple(mine)), len(mine)) for worth, mine in found.items())


def sum_branch(
    branch: Branch,
    points: Array,
    into: dict[str, Array],
    note: Note = silent,
    charges: Charges = _NONE,
) -> Array:
    """A section's points from the inside: sum, then cap, less the charges aimed at it."""
    total = _sum(points, branch.items)
    for inner in branch.branches:
        total = total + sum_branch(inner, points, into, note, charges)
    uncapped = total
    if branch.cap is not None:
        total = np.minimum(total, branch.cap)
    charged = charges.get(branch.section.id)
    if charged is not None:
        total = total - charged
    note("section", branch=branch, uncapped=uncapped, points=total)
    into[branch.section.id] = total
    return total


def sum_tree(tree: Tree, points: Array, into: dict[str, Array], note: Note = silent) -> Array:
    """The points of one kind of item over all its sections and loose items."""
    total = _sum(points, tree.loose)
    for branch in tree.branches:
        total = total + sum_branch(branch, points, into, note)
    return total


@dataclass(frozen=True, slots=True)
class _Top:
    """A top section or a loose base item, which is its own top section."""

    id: str
    points: Array
    possible: Array
    own: Array
    full: Array


def _tops(
    plan: Plan,
    level: PartLevel,
    points: Array,
    due: Due,
    into: dict[str, Array],
    note: Note,
    charges: Charges,
) -> list[_Top]:
    floor_at = level.settings.floor_at
    # What everybody is assigned alike need not be added up for each.
    there, own = due.applicable, due.assigned[:, :1] if due.alike else due.assigned
    tops = []
    tree = level.trees["base"]
    for branch in tree.branches:
        score = sum_branch(branch, points, into, note, charges)
        if floor_at != "none":  # 6: the top section never goes below 0
            score = np.maximum(score, 0)
        mine, stated = due.most(branch, own), known(branch.section.points)
        reference = mine if stated is None else np.full(mine.shape, int(stated), dtype=np.int64)
        tops.append(_Top(branch.section.id, score, due.most(branch, there, due.out), mine, reference))
    for row in tree.loose:
        # A loose item is its own top section under floor_at = "section"; else its own limits hold.
        score = np.maximum(points[row], 0) if floor_at == "section" else points[row]
        mine = due.add_up((row,), own)
        tops.append(_Top(plan.items[row].id, score, due.add_up((row,), there, due.out), mine, mine))
    return tops


def score_base(
    plan: Plan,
    level: PartLevel,
    points: Array,
    due: Due,
    note: Note = silent,
    charges: Charges = _NONE,
) -> Base:
    """Steps 6 and 7 of a part: sections, then rescaling of what is not applicable.

    Args:
        plan: the scheme laid out.
        level: the part.
        points: (items, units) points after step 5.
        due: what the units may get points for.
        note: records the steps for a trace.
        charges: what items take from sections.
    """
    sections: dict[str, Array] = {}
    tops = _tops(plan, level, points, due, sections, note, charges)
    settings = level.settings
    size = points.shape[1]
    zero = np.zeros(size, dtype=np.int64)
    by_section = settings.not_applicable.place == "section"
    score, possible, own = zero, zero, zero
    for top in tops:
        if by_section:
            filled = top.possible > 0
            most = np.where(filled, top.possible, UNITS_PER_MARK_STEP)
            scaled = _rescale(top.points, top.full, most, whole=due.out is None)
            scaled = np.where(filled, scaled, 0)
            score = score + scaled
            possible = possible + np.where(filled, top.full, 0)
            own = own + np.where(top.own > 0, top.full, 0)
        else:
            scaled = top.points
            score = score + scaled
            possible = possible + top.possible
            own = own + top.own
        note("top", id=top.id, points=top.points, possible=top.possible, full=top.full, scaled=scaled)
    assessed = possible > 0
    full = own
    if settings.not_applicable.target == "full":
        full = np.full(size, int(known(settings.full_marks)), dtype=np.int64)
    most = np.where(assessed, possible, UNITS_PER_MARK_STEP)
    base = _rescale(narrow(score), full, most, whole=due.out is None)
    note("base", points=base, score=score, possible=possible, full=full)
    return Base(np.where(assessed, base, 0), assessed, sections, possible, full)


def _rescale(points: Array, full: Array, possible: Array, *, whole: bool) -> Array:
    """Points × full ÷ possible. Both are mostly whole ten-thousandths, which keeps the product in int64.

    Args:
        points: what was earned.
        full: what it is rescaled to.
        possible: what could be earned.
        whole: whether what items are worth makes no other numbers; a period's share of points may.
    """
    step = UNITS_PER_MARK_STEP
    if not whole and ((possible % step).any() or (full % step).any()):
        step = 1
    return multiply_divide(points, full // step, possible // step)


def on_marks(condition: Condition | None, points: Array, full: Array | int) -> Mask:
    """Whether a gate or line holds for the marks of these points; without a condition it does."""
    return all_on_marks([condition], points, full)[0]


def all_on_marks(conditions: Sequence[Condition | None], points: Array, full: Array | int) -> list[Mask]:
    """`on_marks` for several gates or lines of the same points."""
    everywhere = np.ones(points.shape, dtype=bool)
    if not any(conditions):
        return [everywhere for _condition in conditions]
    value = marks(points) * UNITS_PER_MARK_STEP
    operand = Operand(
        kind="points", value=value, over=1, known=everywhere, open=~everywhere, full=full,
        peak=largest(value), settled=True,
    )  # fmt: skip
    return [
        everywhere if condition is None else evaluate(condition, lambda _name: operand).true
        for condition in conditions
    ]


def score_level(
    level: Level,
    base: Array,
    points: Array,
    into: dict[str, Array],
    note: Note = silent,
    charged: Array | None = None,
) -> Score:
    """Steps 8 to 11 of a part, or of the total.

    Args:
        level: the part, or the total.
        base: its base.
        points: (items, units) points after step 5.
        into: takes the points of its sections.
        note: records the steps for a trace.
        charged: what items take from the total itself; None: nothing.
    """
    settings = level.settings
    full = int(known(settings.full_marks))
    gate = None if settings.fail is None else settings.fail.when
    fails, opens = all_on_marks([gate, settings.bonus_when], base, full)
    failed = np.zeros(base.shape, dtype=bool) if gate is None else fails
    locked = ~opens
    earned = bonus = sum_tree(level.trees["bonus"], points, into, note)
    cap = known(settings.bonus_cap)
    if cap is not None:
        bonus = np.minimum(bonus, int(cap))
    bonus = np.where(locked, 0, bonus)
    major = sum_tree(level.trees["major_deduction"], points, into, note)
    if charged is None:
        charged = np.zeros(major.shape, dtype=np.int64)
    unbounded = base + bonus - major - charged
    score = bound(settings, unbounded)
    note("score", bonus=bonus, earned=earned, major=major, locked=locked, unbounded=unbounded, points=score)
    return Score(locked, failed, bonus, major, charged, score)


def bound(settings: SchemePart | Total, score: Array) -> Array:
    """Step 11: the bounds of a score."""
    if settings.bounds is None:
        return narrow(score)
    low, high = known(settings.bounds.from_), known(settings.bounds.to)
    if high is not None:
        score = np.minimum(score, int(high))
    if low is not None:
        score = np.maximum(score, int(low))
    return narrow(score)
