"""Steps of a measured fact: how far it is short of a threshold, or beyond it, in steps of one length.

Invariant: exact; a part of a step is left out, counted whole, or stays the fraction that it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from govscore.rules.arithmetic import multiply_divide, wide
from govscore.rules.peers import Measure

if TYPE_CHECKING:
    from fractions import Fraction

    from govscore.rules.arithmetic import Array, Mask
    from govscore.rules.conditions import Operand

Rounding = Literal["whole", "started", "exact"]

MEASURED = ("ratio", "count", "number")
"""Kinds of subject that have a size."""


def counted(
    operand: Operand, threshold: Fraction | Measure, every: Fraction, rounding: Rounding, short: bool
) -> tuple[Array, Array | int]:
    """How many steps each unit is short of the threshold, or beyond it; 0 without a value.

    Args:
        operand: what is measured.
        threshold: a number (a share where the operand is a ratio), or what each unit's group has.
        every: the length of a step.
        rounding: whole steps only, a started one counts as whole, or exactly.
        short: count what is missing below the threshold, else what is above it.

    Returns:
        Numerators and denominators; the denominators are 1 unless steps count exactly.
    """
    size = operand.value.shape
    # (threshold − value ÷ over) ÷ every, multiplied out so that nothing is divided before the end.
    over = operand.over if isinstance(operand.over, np.ndarray) else np.full(size, operand.over)
    top, bottom, known = _limit(threshold, operand.known)
    line = multiply_divide(over, top)
    value = multiply_divide(operand.value, bottom)
    gap = line - value if short else value - line
    gap = np.where(known, np.maximum(gap, 0), 0)
    numerator = multiply_divide(gap, every.denominator)
    denominator = multiply_divide(multiply_divide(over, bottom), every.numerator)
    denominator = np.where(known, denominator, 1)
    if rounding == "exact":
        return numerator, denominator
    if numerator.dtype == object or denominator.dtype == object:
        numerator, denominator = wide(numerator), wide(denominator)
    whole = numerator // denominator
    if rounding == "started":
        whole = whole + (numerator - whole * denominator > 0)
    return multiply_divide(whole, 1), 1


def _limit(threshold: Fraction | Measure, known: Mask) -> tuple[Array | int, Array | int, Mask]:
    """Numerator and denominator of the threshold, and where there is something to compare."""
    if isinstance(threshold, Measure):
        return threshold.top, threshold.bottom, known & threshold.known
    return threshold.numerator, threshold.denominator, known
