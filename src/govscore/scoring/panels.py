"""From the scores of an item's reviewers to one: who has rated, who is not applicable, what is still open.

Invariant: an item is open while too few have rated, somebody who began has not finished, or some found it
not applicable and others did not. Source: `docs/scheme.md`, "Several reviewers".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govscore.scoring.columns import NOT_APPLICABLE, OPEN, REVIEWED
from govscore.scoring.established import NOBODY
from govscore.scoring.items import ItemScore
from govscore.scoring.reviewers import Panel, combine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govscore.rules.arithmetic import Array, Mask
    from govscore.rules.view import Note
    from govscore.scheme.model import Item
    from govscore.scheme.reviewing import Reviewers
    from govscore.scoring.reviewers import Combined


def panel_of(item: Item, reviewers: Reviewers) -> Panel:
    """How the raters' points of an item become one number."""
    if reviewers.take == "single" or reviewers.take == "same":
        raise ValueError(reviewers.take)
    tolerance = reviewers.tolerance
    return Panel(
        take=reviewers.take,
        raters=reviewers.least,
        above=reviewers.above or 0,
        tolerance=0 if tolerance is None else tolerance.units(item.frame.full),
    )


def over_reviewers(
    item: Item, scores: Mapping[str, tuple[ItemScore, Mask]], size: int, note: Note
) -> ItemScore:
    """What the reviewers' scores come to together, for a block of units.

    Args:
        item: what was scored.
        scores: each reviewer's score, and where that reviewer established anything.
        size: how many units there are.
        note: records the step for a trace.
    """
    if item.reviewers is None or not item.combines:
        return scores[NOBODY][0]
    leader = item.reviewers.leader
    raters = [name for name in scores if name != leader]
    began = _stacked([scores[name][1] for name in raters], size, bool)
    state = _stacked([scores[name][0].state for name in raters], size, np.int8)
    state = np.where(began, state, OPEN)
    last = None if leader is None else scores.get(leader)
    lead_state = np.full(size, OPEN) if last is None else np.where(last[1], last[0].state, OPEN)
    rated = began & (state == REVIEWED)
    found: dict[str, Combined] = {}
    for name in ("", *item.rule.targets()):
        each = [_number(scores[rater][0], name) for rater in raters]
        lead = np.zeros(size, dtype=np.int64) if last is None else _number(last[0], name)
        points = _stacked(each, size, np.int64)
        found[name] = combine(points, rated, panel_of(item, item.reviewers), lead, lead_state == REVIEWED)
    final = _state(began, state, item.reviewers.least, found, lead_state)
    counts = final == REVIEWED
    note(
        "reviewers", raters=tuple(raters), rated=rated, found=found, state=final,
        points={name: _number(scores[name][0], "") for name in scores}, began=began, leader=leader,
    )  # fmt: skip
    points = np.where(counts, found[""].points, 0)
    charges = {name: np.where(counts, found[name].points, 0) for name in item.rule.targets()}
    nowhere = np.zeros(size, dtype=bool)
    return ItemScore(points, final, nowhere, nowhere, charges)


def _number(score: ItemScore, name: str) -> Array:
    """A score's points (""), or what it takes from a section or the total."""
    return score.charges[name] if name else score.points


def _stacked(each: list[Array], size: int, kind: type) -> Array:
    """(raters, units); a single row where nobody rated."""
    return np.stack(each) if each else np.zeros((0, size), dtype=kind)


def _state(began: Mask, state: Array, least: int, found: Mapping[str, Combined], lead_state: Array) -> Array:
    """OPEN, NOT_APPLICABLE or REVIEWED for each unit."""
    none = began & (state == NOT_APPLICABLE)
    finished = (began.sum(axis=0) >= least) & ~(began & (state == OPEN)).any(axis=0)
    out = finished & (none.sum(axis=0) == began.sum(axis=0))
    rated = finished & ~none.any(axis=0)
    settled, leads = rated.copy(), np.zeros_like(rated)
    for each in found.values():
        settled &= each.settled | each.leads
        leads |= each.leads
    asked = settled & leads  # the leader's state is that of the item
    out |= asked & (lead_state == NOT_APPLICABLE)
    settled &= ~leads | (lead_state == REVIEWED)
    return np.select([out, settled], [NOT_APPLICABLE, REVIEWED], OPEN)
