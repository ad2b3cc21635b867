"""Vetoes and effects: which act, and what they do to the total and the grade.

Invariant: each effect is applied to the score before any veto; zero wins, else the lowest result counts;
a stop is known from facts alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from govscore.facts.switches import known
from govscore.points import UNITS_PER_MARK_STEP
from govscore.rules.arithmetic import marks
from govscore.rules.conditions import Operand, evaluate
from govscore.rules.view import operand_of
from govscore.scheme.conditions import POINTS
from govscore.scoring.columns import NOT_APPLICABLE, OPEN, UNCLAIMED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govscore.rules.arithmetic import Array, Mask
    from govscore.scheme.model import Veto
    from govscore.scheme.standing import Effect
    from govscore.scoring.column_table import Columns
    from govscore.scoring.engine import Matrices
    from govscore.scoring.plan import Plan


@dataclass(frozen=True, slots=True)
class Acting:
    """One veto or item effect for a block of units."""

    id: str
    owner: str
    """The part that it acts on; "": the total."""
    effect: Effect
    acts: Mask
    undecided: Mask
    warns: Mask
    """Where a veto does not act, but its `warn_when` holds."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What vetoes may read of items: after their own limits."""

    points: Array
    state: Array
    assigned: Mask
    locked: Mapping[str, Mask]
    """By part, and "" for the total; one that is not there yet locks nothing."""
    gate_open: Mapping[str, Mask]
    """Where an open item may still lock or open the bonus, likewise."""
    excused: Mask
    """Where an item is established to be not applicable."""

    def gate(self, owner: str) -> tuple[Mask, Mask]:
        """Where the bonus of a part or of the total is locked, and where that is still undecided."""
        nowhere = np.zeros(self.points.shape[1], dtype=bool)
        return self.locked.get(owner, nowhere), self.gate_open.get(owner, nowhere)


def effects_on(
    plan: Plan, columns: Columns, part: slice | Array, scored: Scored, took: Mask, owner: str
) -> list[Acting]:
    """Every veto, then every item's effect, that acts on a part or on the total ("").

    Args:
        plan: the scheme laid out.
        columns: the facts.
        part: the block of units.
        scored: what vetoes may read.
        took: (items, units): where items took points.
        owner: the part; "": the total.
    """
    judged = (
        _judge(plan, columns, part, scored, row, veto)
        for row, veto in enumerate(plan.vetoes)
        if (veto.part or "") == owner
    )
    return [*judged, *_item_effects(plan, took, scored, owner)]


def stops(plan: Plan, columns: Columns, part: slice, matrices: Matrices) -> tuple[Mask, Mask]:
    """Where a veto stops a unit, and where one may still do; it reads facts only, and no points."""
    here, assigned = matrices.at(part), plan.assigned[:, part]
    points, state, excused = matrices.points[:, here], matrices.state[:, here], matrices.excused[:, here]
    scored = Scored(points, state, assigned, {}, {}, excused)
    stopped = undecided = np.zeros(assigned.shape[1], dtype=bool)
    for row, veto in enumerate(plan.vetoes):
        if veto.effect.stop is not None and veto.part is None:
            acting = _judge(plan, columns, part, scored, row, veto)
            stopped, undecided = stopped | acting.acts, undecided | acting.undecided
    return stopped, undecided & ~stopped


def _judge(plan: Plan, columns: Columns, part: slice | Array, scored: Scored, row: int, veto: Veto) -> Acting:
    own = columns.entries[veto.id]
    applies = plan.veto_assigned[row, part] & (own.state[part] != NOT_APPLICABLE)
    resolve = _resolver(plan, columns, part, scored, veto)
    truth = evaluate(veto.when, resolve)
    warns = np.zeros(applies.shape, dtype=bool)
    if veto.warn_when is not None:
        warns = evaluate(veto.warn_when, resolve).true & applies & ~truth.true
    return Acting(
        veto.id, veto.part or "", veto.effect, truth.true & applies, truth.undecided & applies, warns
    )


def _resolver(
    plan: Plan, columns: Columns, part: slice | Array, scored: Scored, veto: Veto
) -> Callable[[str], Operand]:
    def resolve(name: str) -> Operand:
        if "/" not in name:
            fact, _dot, field = name.partition(".")
            return operand_of(
                columns.entries[veto.id].facts[fact].view(part), veto.facts[fact].subjects()[field]
            )
        id, _slash, name = name.partition("/")
        row = plan.rows[id]
        assigned, state = scored.assigned[row], scored.state[row]
        if name == POINTS:
            return _points_operand(plan, part, scored, row)
        fact, _dot, field = name.partition(".")
        item = plan.items[row]
        operand = operand_of(columns.of_fact(id, fact, part), item.asked[fact].subjects()[field])
        there = assigned & ~scored.excused[row] & (state != UNCLAIMED)
        return Operand(
            kind=operand.kind,
            value=operand.value,
            over=operand.over,
            known=operand.known & there,
            open=operand.open & there,
            options=operand.options,
            grows=item.rule.per is not None,
        )

    return resolve


def _points_operand(plan: Plan, part: slice | Array, scored: Scored, row: int) -> Operand:
    item, state, assigned = plan.items[row], scored.state[row], scored.assigned[row]
    nowhere = np.zeros(state.shape, dtype=bool)
    locked, gate_open = scored.gate(plan.owners[row]) if item.kind == "bonus" else (nowhere, nowhere)
    return Operand(
        kind="points",
        value=marks(scored.points[row]) * UNITS_PER_MARK_STEP,
        over=1,
        known=assigned & (state != OPEN) & (state != NOT_APPLICABLE) & ~locked & ~gate_open,
        open=assigned & (state != NOT_APPLICABLE) & ((state == OPEN) | gate_open) & ~locked,
        full=plan.of_units.worth(row, part),
    )


def _item_effects(plan: Plan, took: Mask, scored: Scored, owner: str) -> list[Acting]:
    """The effects that items of a part or of the total carry: they act where the item took points."""
    found = []
    for row, item in plan.with_effects:
        if item.effect is None or plan.owners[row] != owner:
            continue
        acts = took[row] & scored.assigned[row]
        undecided = scored.assigned[row] & (scored.state[row] == OPEN) & ~scored.excused[row]
        if item.kind == "bonus":
            locked, gate_open = scored.gate(owner)
            undecided = (undecided | (acts & gate_open)) & ~locked
            acts = acts & ~locked & ~gate_open
        found.append(Acting(item.id, owner, item.effect, acts, undecided, np.zeros(acts.shape, dtype=bool)))
    return found


def apply(score: Array, effects: list[Acting]) -> Array:
    """A score after vetoes (stops aside): step 11 of a part, step 14 of the total.

    Args:
        score: before any veto.
        effects: vetoes and item effects.
    """
    acting = _limits(score, effects)
    return np.where(acting.zeroed, 0, acting.lowest)


def lowest_after(score: Array, effects: list[Acting]) -> Array:
    """The lowest total that a score can come to, whichever undecided effects turn out to act."""
    acting, possible = _limits(score, effects), _limits(score, effects, undecided=True)
    low = np.where(acting.limited, possible.lowest, np.minimum(score, possible.lowest))
    return np.where(acting.zeroed, 0, np.where(possible.zeroed, np.minimum(low, 0), low))


def highest_after(score: Array, effects: list[Acting]) -> Array:
    """The highest total that a score can come to; only `fixed`, and `zero` below 0, can lift."""
    acting, possible = _limits(score, effects), _limits(score, effects, undecided=True)
    high = acting.lowest
    for each in effects:
        fixed = known(each.effect.fixed)
        if fixed is not None:  # alone, if nothing else limits the total
            alone = each.undecided & ~acting.limited
            high = np.where(alone, np.maximum(high, int(fixed)), high)
    return np.where(acting.zeroed, 0, np.where(possible.zeroed, np.maximum(high, 0), high))


@dataclass(frozen=True, slots=True)
class _Limits:
    """What effects make of a score, each applied to the score before any of them."""

    lowest: Array
    """The lowest of their results; the score where there is none."""
    limited: Mask
    """Where there is one."""
    zeroed: Mask


def _limits(score: Array, effects: list[Acting], *, undecided: bool = False) -> _Limits:
    lowest = score
    limited = np.zeros(score.shape, dtype=bool)
    zeroed = np.zeros(score.shape, dtype=bool)
    for each in effects:
        acts = each.acts | each.undecided if undecided else each.acts
        if each.effect.zero is not None:
            zeroed = zeroed | acts
        result = _result(score, each.effect)
        if result is not None:
            lowest = np.where(acts, np.where(limited, np.minimum(lowest, result), result), lowest)
            limited = limited | acts
    return _Limits(lowest, limited, zeroed)


def _result(score: Array, effect: Effect) -> Array | None:
    """What an effect makes of the score, `stop` and `zero` aside."""
    most, fixed = known(effect.at_most), known(effect.fixed)
    if most is not None:
        return np.minimum(score, int(most))
    return None if fixed is None else np.full(score.shape, int(fixed), dtype=np.int64)
