"""Formulas of the workbook that know their own exact value.

Invariant: text and value are built by the same call, and the value is computed in integers; so the
cached value of a cell, what a spreadsheet program recalculates, and the result can be compared.
`ROUND` stands exactly where the arithmetic rounds: at a division, and where a gate reads a mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from govscore.errors import InputError, problem
from govscore.export import messages as m
from govscore.points import UNITS_PER_MARK_STEP, UNITS_PER_POINT, divide_round, mark, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govscore.rules.conditions import Comparison, Condition

LONGEST_FORMULA: Final = 8_192
_ARGUMENTS: Final = 200
"""A function takes at most 255."""


@dataclass(frozen=True, slots=True)
class Live:
    """An expression: how a cell computes it, and what it comes to in 1/100 000 000 point."""

    text: str
    units: int

    def formula(self, what: str) -> str:
        """The formula of a cell.

        Raises:
            InputError: it is longer than spreadsheet programs take.
        """
        text = f"={self.text}"
        if len(text) > LONGEST_FORMULA:
            raise InputError(
                problem(m.FORMULA_LONG, None, None, what=what, found=len(text), most=LONGEST_FORMULA)
            )
        return text


def literal(units: int) -> Live:
    """A number of the scheme."""
    return Live(plain(units), int(units))


def add(parts: Sequence[Live]) -> Live:
    """The sum of cells and ranges; cells that hold text add nothing."""
    units = sum(part.units for part in parts)
    texts = [part.text for part in parts]
    while len(texts) > _ARGUMENTS:
        chunks = [texts[at : at + _ARGUMENTS] for at in range(0, len(texts), _ARGUMENTS)]
        texts = [f"SUM({','.join(chunk)})" for chunk in chunks]
    return Live(f"SUM({','.join(texts)})" if texts else "0", units)


def subtract(value: Live, less: Live) -> Live:
    """The difference of two expressions."""
    return Live(f"{value.text}-{less.text}", value.units - less.units)


def at_most(value: Live, limit: int | None) -> Live:
    """Not above a limit of the scheme."""
    if limit is None:
        return value
    return Live(f"MIN({value.text},{plain(limit)})", min(value.units, int(limit)))


def at_least(value: Live, limit: int | None) -> Live:
    """Not below a limit of the scheme."""
    if limit is None:
        return value
    return Live(f"MAX({value.text},{plain(limit)})", max(value.units, int(limit)))


def rescale(points: Live, full: Live, possible: Live) -> Live:
    """Points × full ÷ possible, rounded once to 1/100 000 000 point; nothing possible is for `if_any`."""
    units = divide_round(points.units * full.units, possible.units) if possible.units else 0
    return Live(f"ROUND({points.text}*{full.text}/{possible.text},8)", units)


def if_any(possible: Live, value: Live) -> Live:
    """The value where something is possible, else 0."""
    return Live(f"IF({possible.text}>0,{value.text},0)", value.units if possible.units > 0 else 0)


def if_gate(condition: Condition, of: Live, full: int, value: Live) -> Live:
    """The value where a gate holds for the mark of something, else 0."""
    test = gate_text(condition, of.text, full)
    return Live(f"IF({test},{value.text},0)", value.units if gate_holds(condition, of.units, full) else 0)


def gate_text(condition: Condition, cell: str, full: int) -> str:
    """A gate on the mark of a cell, as a formula."""
    tests = [_comparison_text(each, f"ROUND({cell},4)", full) for each in condition.comparisons]
    return tests[0] if len(tests) == 1 else f"{condition.joined_by.upper()}({','.join(tests)})"


def gate_holds(condition: Condition, units: int, full: int) -> bool:
    """Whether a gate holds for the mark of a number of points."""
    truths = [holds(each, mark(units), full) for each in condition.comparisons]
    return all(truths) if condition.joined_by == "and" else any(truths)


def holds(comparison: Comparison, units: int, full: int) -> bool:
    """Whether a comparison is true of exactly this number of points."""
    difference = units - line_of(comparison, full)
    return comparison.holds_for((difference > 0) - (difference < 0))


def line_of(comparison: Comparison, full: int) -> Fraction:
    """The line of a gate or grade in 1/100 000 000 point; a percentage is of the full marks."""
    if comparison.share is not None:
        return comparison.share * full
    return (comparison.number or Fraction(0)) * UNITS_PER_POINT


def _comparison_text(comparison: Comparison, marked: str, full: int) -> str:
    """A comparison of a mark, its line moved to the marks, which spreadsheets hold exactly."""
    steps = line_of(comparison, full) / UNITS_PER_MARK_STEP
    down = steps.numerator // steps.denominator
    if down == steps:
        operator = "<>" if comparison.operator == "!=" else comparison.operator
        return f"{marked}{operator}{plain(down * UNITS_PER_MARK_STEP)}"
    if comparison.operator in ("=", "!="):
        return f"{marked}<{marked}" if comparison.operator == "=" else f"{marked}={marked}"
    if comparison.operator in (">", ">="):
        return f"{marked}>={plain((down + 1) * UNITS_PER_MARK_STEP)}"
    return f"{marked}<={plain(down * UNITS_PER_MARK_STEP)}"
