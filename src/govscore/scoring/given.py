"""Step 5 for items that are not applicable and worth something all the same.

Invariant: only base items; what is given counts as possible, and never as covered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govscore.rules.arithmetic import multiply_divide
from govscore.scoring.columns import GIVEN

if TYPE_CHECKING:
    from govscore.rules.arithmetic import Array, Mask
    from govscore.scheme.policies import AnyPolicy
    from govscore.scoring.engine import Matrices


def give_rate(policy: AnyPolicy, full: Array | int, absent: Mask, noted: Mask) -> Array | None:
    """The points of a base item where it is not applicable, under `rate`; None under another policy.

    Args:
        policy: of the item.
        full: its points.
        absent: where it is not applicable.
        noted: where an explanation was published.
    """
    if policy.rate is None:
        return None
    rate = policy.rate
    less = rate if policy.without_note is None else policy.without_note
    every = np.broadcast_to(full, absent.shape)
    with_note = multiply_divide(every, rate.numerator, rate.denominator)
    without = multiply_divide(every, less.numerator, less.denominator)
    return np.where(absent, np.where(noted, with_note, without), 0)


def put_points(matrices: Matrices, row: int, where: Array | Mask, points: Array) -> None:
    """Gives points for an item that is not applicable to these units."""
    if points.dtype == object and matrices.points.dtype != object:
        matrices.points = matrices.points.astype(object)
    matrices.points[row, where] = points
    matrices.state[row, where] = GIVEN
