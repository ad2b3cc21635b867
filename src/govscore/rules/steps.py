"""Steps of a measured fact: how far it is short of a threshold, or beyond it, in steps of one length.

Invariant: exact; a part of a step is left out, counted whole, or stays the fraction that it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from govscore.rules.arithmetic import multiply_divide, wide

if TYPE_CHECKING:
    from govscore.rules.arithmetic import Array
    from govscore.rules.conditions import Operand
    from govscore.rules.values import Target

Rounding = Literal["whole", "started", "exact"]

MEASURED = ("ratio", "count", "number")
"""Kinds of subject that have a size."""


def counted(
    operand: Operand, threshold: Target, every: Target, rounding: Rounding, short: bool
) -> tuple[Array, Array | int]:
    """How many steps each unit is short of the threshold, or beyond it; 0 without a value.

    Args:
        operand: what is measured.
        threshold: a number, or a share where the operand is a ratio.
        every: the length of a step, likewise.
        rounding: whole steps only, a started one counts as whole, or exactly.
        short: count what is missing below the threshold, else what is above it.

    Returns:
        Numerators and denominators; the denominators are 1 unless steps count exactly.
    """
    size = operand.value.shape
    # (threshold − value ÷ over) ÷ every, multiplied out so that nothing is divided before the end.
    over = operand.over if isinstance(operand.over, np.ndarray) else np.full(size, operand.over)
    limit, length = threshold.value, every.value
    line = multiply_divide(over, limit.numerator)
    value = multiply_divide(operand.value, limit.denominator)
    gap = line - value if short else value - line
    gap = np.where(operand.known, np.maximum(gap, 0), 0)
    numerator = multiply_divide(gap, length.denominator)
    denominator = multiply_divide(multiply_divide(over, limit.denominator), length.numerator)
    denominator = np.where(operand.known, denominator, 1)
    if rounding == "exact":
        return numerator, denominator
    if numerator.dtype == object or denominator.dtype == object:
        numerator, denominator = wide(numerator), wide(denominator)
    whole = numerator // denominator
    if rounding == "started":
        whole = whole + (numerator - whole * denominator > 0)
    return multiply_divide(whole, 1), 1
