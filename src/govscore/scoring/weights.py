"""Step 12: the scores of the parts, by their weights, become the base of the total.

Invariant: the sum is exact and rounded once. A part in which nothing is applicable has no weight, and the
weights of the others grow in proportion.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from govscore.facts.switches import known
from govscore.rules.arithmetic import add, divide_columns, largest, narrow, wide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govscore.rules.arithmetic import Array, Mask
    from govscore.scheme.settings import SchemePart

_SAFE: Final = 2**62


class Weights(NamedTuple):
    """Whole numbers in the proportions of the parts."""

    factors: tuple[int, ...]
    """What each part's score is multiplied by: weight × total full marks ÷ the part's full marks."""
    shares: tuple[int, ...]
    """What it then is divided by, summed over the parts that count: its weight."""


def weights_of(parts: Sequence[SchemePart], full: int) -> Weights:
    """The parts' weights without fractions.

    Args:
        parts: all of them.
        full: full marks of the total, in the finest units.
    """
    weights = [known(part.weight) for part in parts]
    marks = (Fraction(full, int(known(part.full_marks))) for part in parts)
    factors = [weight * share for weight, share in zip(weights, marks, strict=True)]
    scale = lcm(*(each.denominator for each in (*factors, *weights)))
    return Weights(tuple(int(each * scale) for each in factors), tuple(int(each * scale) for each in weights))


def weigh(weights: Weights, scores: Sequence[Array], counts: Sequence[Mask]) -> Array:
    """The base of the total: total full marks × Σ weight × score ÷ the part's full marks.

    Args:
        weights: of the parts.
        scores: of each part, in the finest units.
        counts: where each part counts; where none does, the base is 0.
    """
    if len(scores) == 1 and weights.factors == weights.shares:  # the only part is the whole
        return np.where(counts[0], scores[0], 0)
    size = scores[0].shape
    top, bottom = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    for factor, share, score, counted in zip(*weights, scores, counts, strict=True):
        top = add(top, np.where(counted, _times(score, factor), 0))
        bottom = add(bottom, narrow(np.where(counted, np.full(size, share, dtype=object), 0)))
    return narrow(divide_columns(top, np.where(bottom > 0, bottom, 1)))


def _times(score: Array, factor: int) -> Array:
    return (wide(score) if largest(score) * factor >= _SAFE or factor >= _SAFE else score) * factor
