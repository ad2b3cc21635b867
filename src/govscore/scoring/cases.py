"""Totals of units that are in different cases: each case by itself, and put together again.

Invariant: what stands for a unit is what its own case gives; without cases nothing is taken apart.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from govscore.scoring.block import columns_of, put_block, replace_columns
from govscore.scoring.ranking import Graded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.rules.arithmetic import Array
    from govscore.scheme.standing import Effect
    from govscore.scoring.block import PartTotals, Totals
    from govscore.scoring.plan import Plan


def cases_in(plan: Plan, part: slice | Array) -> Iterator[Array]:
    """Which units of a block are in each case: their places in the block."""
    mine = plan.case[part]
    for number in np.unique(mine):
        yield np.flatnonzero(mine == number)


def places_of(plan: Plan, part: slice | Array, inside: Array) -> Array:
    """Places on the roster of some units of a block."""
    return np.asarray(np.arange(len(plan.units))[part][inside])


def replace_totals(totals: Totals, new: Totals, at: slice | Array) -> None:
    """Writes the totals of some units over the old ones."""
    replace_columns(totals, new, at)
    for old_part, new_part in zip(totals.parts, new.parts, strict=True):
        replace_columns(old_part, new_part, at)
    totals.graded.grade[at] = new.graded.grade
    totals.graded.forced[at] = new.graded.forced
    totals.graded.meets[:, at] = new.graded.meets
    for old_effect, new_effect in zip(totals.effects, new.effects, strict=True):
        old_effect.acts[at] = new_effect.acts
        old_effect.undecided[at] = new_effect.undecided
        old_effect.warns[at] = new_effect.warns
    for id, column in new.sections.items():
        totals.sections[id] = put_block(totals.sections[id], column, at)
    totals.breaks = [put_block(old, one, at) for old, one in zip(totals.breaks, new.breaks, strict=True)]


def totals_at(plan: Plan, totals: Totals, at: Array) -> Totals:
    """The totals of some units of a block, who are all in the plan's case."""
    effects = effects_of(plan)
    graded = totals.graded
    return replace(
        totals,
        **_columns_at(totals, at),
        parts=[replace(each, **_columns_at(each, at)) for each in totals.parts],
        graded=Graded(graded.grade[at], graded.forced[at], graded.meets[:, at]),
        effects=[
            replace(
                each,
                effect=effects[each.id],
                acts=each.acts[at],
                undecided=each.undecided[at],
                warns=each.warns[at],
            )
            for each in totals.effects
        ],
        sections={id: column[at] for id, column in totals.sections.items()},
        breaks=[column[at] for column in totals.breaks],
    )


def effects_of(plan: Plan) -> dict[str, Effect]:
    """The effects of vetoes and items in the plan's case, by id."""
    found = {veto.id: veto.effect for veto in plan.vetoes}
    return found | {item.id: item.effect for item in plan.items if item.effect is not None}


def _columns_at(totals: PartTotals | Totals, at: Array) -> dict[str, Any]:
    return {name: column[at] for name, column in columns_of(totals)}
