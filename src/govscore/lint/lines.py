"""Conditions on one number (a total, a base): where they hold.

Invariant: exact; between two neighbouring tried numbers no condition changes.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govscore.rules.conditions import Comparison, Condition

STEP: Final = Fraction(1, 10_000)
"""Marks are multiples of this: nothing lies between."""


def threshold(comparison: Comparison, full: Fraction) -> Fraction:
    """The number that is compared with; a percentage is of full marks."""
    if comparison.share is not None:
        return comparison.share * full
    return comparison.number or Fraction(0)


def holds(condition: Condition, number: Fraction, full: Fraction) -> bool:
    """Whether the condition holds for this number."""
    truths = []
    for each in condition.comparisons:
        other = threshold(each, full)
        truths.append(each.holds_for((number > other) - (number < other)))
    return all(truths) if condition.joined_by == "and" else any(truths)


def tried(conditions: Iterable[Condition], full: Fraction) -> list[Fraction]:
    """Numbers among which every one behaves like one of these, from the lowest to the highest."""
    marks = {
        Fraction(int(threshold(each, full) / STEP)) * STEP
        for condition in conditions
        for each in condition.comparisons
    }
    return sorted(
        {mark + step for mark in marks for step in (-STEP, Fraction(0), STEP)} | {Fraction(0), full}
    )
