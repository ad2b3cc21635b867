"""Steps 15 and 16: ranks in each group, and grades.

Invariant: ranks and lines compare marks, never displayed numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from govscore.facts.switches import known
from govscore.points import UNITS_PER_MARK_STEP
from govscore.rules.arithmetic import compare_products, marks
from govscore.scoring.ties import part
from govscore.scoring.totals import all_on_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govscore.rules.arithmetic import Array, Mask
    from govscore.scheme.model import Scheme
    from govscore.scoring.levels import Level, PartLevel
    from govscore.scoring.plan import Plan
    from govscore.scoring.totals import Due
    from govscore.scoring.vetoes import Acting

NO_RANK: Final = 0
NO_GRADE: Final = -1
_SAFE: Final = 2**62


def grade_names(scheme: Scheme) -> tuple[str, ...]:
    """All grades from the top; without a list, the one that vetoes or the gate may force."""
    if scheme.grades:
        return tuple(grade.name for grade in scheme.grades)
    effects = [entry.effect for entry in scheme.entries.values() if entry.effect is not None]
    forced = [effect.forced for effect in effects if effect.forced]
    gates = (*(part.fail for part in scheme.parts), scheme.model.total.fail)
    forced += [gate.grade for gate in gates if gate is not None]
    return tuple(dict.fromkeys(forced))


def covered(plan: Plan, due: Due) -> Mask:
    """Whether the applicable points of base items reach `minimum_coverage` of the assigned ones."""
    minimum = known(plan.scheme.model.total.minimum_coverage)
    if minimum is None:
        return np.ones(due.assigned.shape[1], dtype=bool)
    step = UNITS_PER_MARK_STEP if due.out is None else 1  # a period's points need not be whole marks
    there, mine = due.possible // step, np.where(due.assigned, due.full // step, 0)
    there, mine = there.sum(axis=0), mine.sum(axis=0)
    return compare_products(there, minimum.denominator, mine, minimum.numerator) >= 0


@dataclass(slots=True)
class Ranks:
    """Step 15 for all units."""

    place: Array
    """Of every ranked unit in its group; 0 for the others."""
    parted: Mask
    """(tie breaks, units): where one parted a unit from another with the same total."""


def rank_all(plan: Plan, totals: Array, ranked: Mask, breaks: Sequence[Array] = ()) -> Ranks:
    """The rank of every ranked unit in its group.

    Args:
        plan: the scheme and the roster.
        totals: in the finest units.
        ranked: who has a rank.
        breaks: what parts equal totals (`ties.tie_columns`).
    """
    size = totals.shape[0]
    ranks = Ranks(np.zeros(size, dtype=np.int64), np.zeros((len(breaks), size), dtype=bool))
    for places in plan.groups.values():
        rank_group(plan, places, totals, ranked, breaks, ranks)
    return ranks


def rank_group(
    plan: Plan, places: Array, totals: Array, ranked: Mask, breaks: Sequence[Array], ranks: Ranks
) -> None:
    """Ranks one group: equal marks share the better rank; the next is skipped, or not (dense)."""
    ranks.place[places] = NO_RANK
    mine = places[ranked[places]]
    if not mine.size:
        return
    values = marks(totals[mine])
    if breaks:
        _values, codes = np.unique(values, return_inverse=True)
        parted = np.zeros((len(breaks), mine.size), dtype=bool)
        codes = part(codes, [column[mine] for column in breaks], parted)
        ranks.parted[:, places] = False
        ranks.parted[:, mine] = parted
        values = codes
    ranks.place[mine] = _places(values, dense=plan.scheme.model.rank.ties == "dense")


def _places(values: Array, *, dense: bool) -> Array:
    """The place of each value, the greatest first; equals share it; the next is skipped, or not (dense)."""
    order = _descending(values)
    ordered = values[order]
    new = np.zeros(len(values), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    before = np.cumsum(new) if dense else np.maximum.accumulate(np.where(new, np.arange(len(values)), 0))
    places = np.empty(len(values), dtype=np.int64)
    places[order] = 1 + before
    return places


def _descending(values: Array) -> Array:
    """Where the values stand, the greatest first; those of equals in their order."""
    below, size = values.max() - values, len(values)
    bits = size.bit_length()
    if values.dtype == object or int(below.max()) >= _SAFE >> bits:
        return np.argsort(below, kind="stable")
    # A value and where it stands in one number: such numbers sort many times faster.
    packed = (below << bits) | np.arange(size)
    packed.sort()
    return np.asarray(packed & ((1 << bits) - 1))


@dataclass(slots=True)
class Graded:
    """Step 16 before quotas, for a block of units."""

    grade: Array
    """Place of the grade in `grade_names`; -1: none."""
    forced: Mask
    """Where a gate, a `zero` or an added `grade` forces one: such a unit takes no place of a quota."""
    meets: Mask
    """(grades, units): whose line the total meets; no rows without quotas."""


def grade_all(
    plan: Plan, totals: Array, failed: Mask, effects: list[Acting], stops: list[Acting], stopped: Mask
) -> Graded:
    """Each unit's grade before quotas.

    The first line met, lowered by caps; a forced grade never lifts; a stopped unit has its stop's.

    Args:
        plan: the scheme laid out.
        totals: in the finest units.
        failed: where the gate of the total fails a unit.
        effects: what acts on the total.
        stops: what may stop a unit: those, and perhaps what acts on a part.
        stopped: where a unit is stopped.
    """
    scheme = plan.scheme
    met = _lines(scheme, totals)
    grades = np.full(totals.shape, NO_GRADE, dtype=np.int64)
    for place, meets in reversed(list(enumerate(met))):
        grades = np.where(meets, place, grades)
    forced = failed
    for each in effects:
        if each.effect.zero is not None or each.effect.grade is not None:
            forced = forced | each.acts
    grades = _forced(plan, plan.whole, grades, failed, effects)
    kept = met if any(grade.quota is not None for grade in scheme.grades) else []
    return Graded(
        np.where(stopped, _stop(plan, totals, stops), grades),
        forced,
        np.array(kept, dtype=bool).reshape(-1, len(totals)),
    )


def grade_part(plan: Plan, level: PartLevel, failed: Mask, effects: list[Acting], stopped: Mask) -> Array:
    """The grade that a part is marked with: by its gate or a veto, the lowest; it has no lines."""
    grades = _forced(plan, level, np.full(failed.shape, NO_GRADE, dtype=np.int64), failed, effects)
    return np.where(stopped, _stop(plan, grades, effects), grades)


def _forced(plan: Plan, level: Level, grades: Array, failed: Mask, effects: list[Acting]) -> Array:
    """Grades lowered to what a gate or an effect forces, or caps at."""
    names = grade_names(plan.scheme)
    if level.settings.fail is not None:
        grades = _lower(grades, failed, names.index(level.settings.fail.grade))
    for each in effects:
        for name in (each.effect.zero or each.effect.grade, each.effect.cap_grade):
            if name is not None:
                grades = _lower(grades, each.acts, names.index(name))
    return grades


def _stop(plan: Plan, like: Array, effects: list[Acting]) -> Array:
    """The lowest grade of the stops that act."""
    names, grades = grade_names(plan.scheme), np.full(like.shape, NO_GRADE, dtype=np.int64)
    for each in effects:
        if each.effect.stop is not None:
            grades = _lower(grades, each.acts, names.index(each.effect.stop))
    return grades


def _lines(scheme: Scheme, totals: Array) -> list[Mask]:
    full = int(known(scheme.model.total.full_marks))
    return all_on_marks([grade.when for grade in scheme.grades], totals, full)


def _lower(grades: Array, where: Mask, place: int) -> Array:
    return np.where(where, np.maximum(grades, place), grades)
