"""Several reviewers: what their points on one item come to together, for a block of units.

Invariant: findings are never mixed, only points; whoever rates comes in any order, and a division rounds
once. Source: `docs/scheme.md`, "Several reviewers".
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from govscore.rules.arithmetic import divide_columns, largest, narrow, wide

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govscore.rules.arithmetic import Array, Mask

Take = Literal["mean", "median", "trimmed", "pair"]
_SAFE: Final = 2**50  # thousands of such numbers add up without leaving int64
_PANEL_OF_THREE: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """How the points of several raters become one number."""

    take: Take
    raters: int
    """With fewer the number is open."""
    above: int = 0
    """`trimmed`: the highest and the lowest are dropped where there are more raters than this."""
    tolerance: int = 0
    """`pair`: how far two may be apart, in the finest units."""


@dataclass(frozen=True, slots=True)
class Combined:
    """One number for each unit."""

    points: Array
    """0 where it is not settled."""
    settled: Mask
    counts: Mask
    """(raters, units): whose points it is made of; nobody's where the leader decides."""
    wanted: Mask
    """Where one more rater is needed, though as many as the scheme asks for have rated (`pair`)."""
    leads: Mask
    """Where the leader must decide, whether that is done or not (`pair`)."""


def combine(points: Array, rated: Mask, panel: Panel, leader: Array, led: Mask) -> Combined:
    """What several raters' points come to.

    Args:
        points: (raters, units), in the finest units.
        rated: (raters, units): who has points.
        panel: how they become one.
        leader: (units,): the leader's points.
        led: (units,): where the leader has any.
    """
    points = points if largest(points) < _SAFE else wide(points)
    enough = np.asarray(rated.sum(axis=0) >= panel.raters, dtype=bool)
    none = np.zeros_like(enough)
    if panel.take == "pair":
        return _pair(points, rated, panel, leader, led)
    counts = _COUNTED[panel.take](points, rated, panel) & enough
    return Combined(_mean(points, counts), enough, counts, none, none)


def _mean(points: Array, counts: Mask) -> Array:
    """The mean of those who count, rounded once; 0 where nobody does."""
    total = np.where(counts, points, 0).sum(axis=0)
    return np.asarray(divide_columns(total, np.maximum(counts.sum(axis=0), 1)))


def _everybody(_points: Array, rated: Mask, _panel: Panel) -> Mask:
    return rated


def _places(points: Array, rated: Mask) -> Array:
    """Where each rater stands from the lowest, from 0; those without points stand behind."""
    order = np.argsort(np.where(rated, wide(points), 0), axis=0, kind="stable")
    # A second stable sort puts those who rated before the others and keeps the order among them.
    behind = np.argsort(~np.take_along_axis(rated, order, axis=0), axis=0, kind="stable")
    order = np.take_along_axis(order, behind, axis=0)
    places = np.empty_like(order)
    np.put_along_axis(places, order, np.arange(len(points))[:, None], axis=0)
    return places


def _middle(points: Array, rated: Mask, _panel: Panel) -> Mask:
    """The one in the middle, or the two."""
    number, places = rated.sum(axis=0), _places(points, rated)
    return np.asarray(rated & (places >= (number - 1) // 2) & (places <= number // 2), dtype=bool)


def _without_ends(points: Array, rated: Mask, panel: Panel) -> Mask:
    """All but one highest and one lowest, where there are more raters than `above`."""
    number, places = rated.sum(axis=0), _places(points, rated)
    inner = (places > 0) & (places < number - 1)
    return np.asarray(rated & (inner | (number <= panel.above)), dtype=bool)


_COUNTED: Final[Mapping[str, Callable[[Array, Mask, Panel], Mask]]] = {
    "mean": _everybody,
    "median": _middle,
    "trimmed": _without_ends,
}


def _pair(points: Array, rated: Mask, panel: Panel, leader: Array, led: Mask) -> Combined:
    """The nearest pair within the tolerance; else one more rater, from three on the leader."""
    number = rated.sum(axis=0)
    enough = np.asarray(number >= panel.raters, dtype=bool)
    pairs = tuple(combinations(range(len(points)), 2))
    nearest = np.full(number.shape, panel.tolerance + 1, dtype=points.dtype)
    for one, two in pairs:
        gap = np.abs(points[one] - points[two])
        nearest = np.where(rated[one] & rated[two], np.minimum(nearest, gap), nearest)
    near = np.asarray(enough & (nearest <= panel.tolerance), dtype=bool)
    counts, doubtful = np.zeros_like(rated), np.zeros_like(near)
    both = np.zeros(number.shape, dtype=points.dtype)
    for one, two in pairs:
        hit = near & rated[one] & rated[two] & (np.abs(points[one] - points[two]) == nearest)
        hit = np.asarray(hit, dtype=bool)
        found, mine = counts.any(axis=0), points[one] + points[two]
        doubtful |= np.asarray(hit & found & (mine != both), dtype=bool)
        first = hit & ~found
        both = np.where(first, mine, both)
        counts[one] |= first
        counts[two] |= first
    wanted = enough & ~near & (number < _PANEL_OF_THREE)
    leads = enough & (doubtful | (~near & (number >= _PANEL_OF_THREE)))
    decided = np.where(led, wide(leader), 0)
    points = np.where(leads, decided, np.where(near, wide(divide_columns(both, 2)), 0))
    return Combined(narrow(points), (near & ~leads) | (leads & led), counts & ~leads, wanted, leads)
