"""Formulas know their exact value, and read marks where the arithmetic does."""

from __future__ import annotations

import pytest

from govscore.errors import InputError
from govscore.export.live import (
    LONGEST_FORMULA,
    Live,
    add,
    at_least,
    at_most,
    gate_holds,
    gate_text,
    if_any,
    if_gate,
    literal,
    rescale,
)
from govscore.points import UNITS_PER_POINT, points
from govscore.rules.conditions import parse

FULL = 100 * UNITS_PER_POINT


def cell(name: str, value: str) -> Live:
    return Live(name, int(points(value, places=8)))


def test_a_sum_adds_cells() -> None:
    total = add([cell("A1", "1.5"), cell("B1", "-0.25")])
    assert (total.text, total.units) == ("SUM(A1,B1)", 125_000_000)


def test_an_empty_sum_is_zero() -> None:
    assert add([]) == Live("0", 0)


def test_a_long_sum_is_split_since_a_function_takes_255_arguments() -> None:
    total = add([cell(f"A{row}", "1") for row in range(1, 451)])
    assert total.units == 450 * UNITS_PER_POINT
    assert total.text.count("SUM(") == 4
    assert max(part.count(",") for part in total.text.split("SUM(")) < 255


def test_limits_are_min_and_max() -> None:
    assert at_most(cell("A1", "12.5"), int(points("12"))) == Live("MIN(A1,12)", 12 * UNITS_PER_POINT)
    assert at_least(cell("A1", "-2"), 0) == Live("MAX(A1,0)", 0)
    assert at_most(cell("A1", "12.5"), None) == cell("A1", "12.5")
    assert at_least(cell("A1", "12.5"), None) == cell("A1", "12.5")


def test_rescaling_rounds_once_to_eight_decimals_half_away_from_zero() -> None:
    third = rescale(cell("A1", "1"), cell("B1", "1"), cell("C1", "3"))
    assert (third.text, third.units) == ("ROUND(A1*B1/C1,8)", 33_333_333)
    assert rescale(Live("A1", 1), cell("B1", "1"), cell("C1", "2")).units == 1
    assert rescale(Live("A1", -1), cell("B1", "1"), cell("C1", "2")).units == -1


def test_nothing_possible_gives_nothing() -> None:
    possible = cell("C1", "0")
    scaled = if_any(possible, rescale(cell("A1", "1"), literal(FULL), possible))
    assert (scaled.text, scaled.units) == ("IF(C1>0,ROUND(A1*100/C1,8),0)", 0)


@pytest.mark.parametrize(
    ("gate", "formula"),
    [
        ("base > 80", "ROUND(A1,4)>80"),
        ("base >= 60 %", "ROUND(A1,4)>=60"),
        ("base != 60", "ROUND(A1,4)<>60"),
        ("base = 59.99995", "ROUND(A1,4)<ROUND(A1,4)"),
        ("base != 59.99995", "ROUND(A1,4)=ROUND(A1,4)"),
        ("base > 59.99995", "ROUND(A1,4)>=60"),
        ("base >= 60.00000000000000001", "ROUND(A1,4)>=60.0001"),
        ("base < 59.99995", "ROUND(A1,4)<=59.9999"),
        ("base <= -0.00001", "ROUND(A1,4)<=-0.0001"),
        ("base > 60 and base < 90", "AND(ROUND(A1,4)>60,ROUND(A1,4)<90)"),
        ("base < 60 or base > 90", "OR(ROUND(A1,4)<60,ROUND(A1,4)>90)"),
    ],
)
def test_gates_compare_marks_with_lines_that_a_double_holds(gate: str, formula: str) -> None:
    assert gate_text(parse(gate), "A1", FULL) == formula


@pytest.mark.parametrize(
    ("gate", "base", "opens"),
    [
        ("base > 80", "80", False),
        ("base > 80", "80.00004999", False),
        ("base > 80", "80.00005", True),
        ("base >= 80", "79.99995", True),
        ("base >= 80", "79.99994999", False),
        ("base = 80", "80.00001", True),
        ("base >= 80 and base <= 90", "91", False),
        ("base < 80 or base > 90", "91", True),
    ],
)
def test_a_gate_reads_the_mark(gate: str, base: str, opens: bool) -> None:
    value = if_gate(parse(gate), cell("A1", base), FULL, literal(UNITS_PER_POINT))
    assert gate_holds(parse(gate), int(points(base, places=8)), FULL) is opens
    assert value.units == (UNITS_PER_POINT if opens else 0)
    assert value.text.startswith("IF(")


def test_a_formula_beyond_the_limit_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        Live("A" * LONGEST_FORMULA, 0).formula("base")
    assert caught.value.problems[0].id == "export.formula-too-long"
