"""Exact points; every number here can be checked with a calculator."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govscore.points import (
    LARGEST_POINTS,
    Points,
    PointsError,
    divide_round,
    exact,
    from_fraction,
    mark,
    plain,
    points,
    show,
)

POINT = 100_000_000


def refused(value: object) -> str:
    """The reason why this is not a number of points."""
    with pytest.raises(PointsError) as caught:
        points(value)
    return caught.value.reason


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [
        (5, 2, 3),
        (-5, 2, -3),
        (5, -2, -3),
        (-5, -2, 3),
        (7, 3, 2),
        (8, 3, 3),
        (-7, 3, -2),
        (1, 2, 1),
        (-1, 2, -1),
        (1, 3, 0),
        (-1, 3, 0),
        (0, 7, 0),
        (6, 3, 2),
        (10**30 + 1, 2, (10**30 + 2) // 2),
    ],
)
def test_a_division_rounds_halves_away_from_zero(numerator: int, denominator: int, rounded: int) -> None:
    assert divide_round(numerator, denominator) == rounded


@given(st.integers(), st.integers().filter(bool))
def test_a_division_is_the_nearest_whole_number_to_the_fraction(numerator: int, denominator: int) -> None:
    true, rounded = Fraction(numerator, denominator), divide_round(numerator, denominator)
    distance = abs(true - rounded)
    assert distance <= Fraction(1, 2)
    assert distance < Fraction(1, 2) or abs(rounded) > abs(true)


@given(st.integers(), st.integers(min_value=1))
def test_a_division_treats_both_sides_of_zero_alike(numerator: int, denominator: int) -> None:
    assert divide_round(-numerator, denominator) == -divide_round(numerator, denominator)


@pytest.mark.parametrize(
    ("units", "marked"),
    [
        (9_999_995_000, 10_000_000_000),  # 99.99995 → 100
        (9_999_994_999, 9_999_990_000),  # 99.99994999 → 99.9999
        (-5_000, -10_000),
        (-4_999, 0),
        (5_000, 10_000),
        (3 * 3_333_333_333, 10_000_000_000),  # three thirds of 100 are 99.99999999: a mark of 100
    ],
)
def test_a_mark_is_the_nearest_ten_thousandth(units: int, marked: int) -> None:
    assert mark(units) == marked
    assert Points(units).mark == Points(marked)
    assert isinstance(Points(units).mark, Points)


@pytest.mark.parametrize(
    ("value", "units"),
    [
        ("0.5", 50_000_000),
        ("-0.5", -50_000_000),
        ("2.3333", 233_330_000),
        ("0.0001", 10_000),
        (" 3 ", 3 * POINT),
        ("+1", POINT),
        ("1e2", 100 * POINT),
        ("3.00000", 3 * POINT),
        (100, 100 * POINT),
        (-1_000_000, -1_000_000 * POINT),
        (Decimal("1.25"), 125_000_000),
        (Fraction(1, 8), 12_500_000),
        (0.1, 10_000_000),
        (0.3333, 33_330_000),
        (-0.0, 0),
        (1e5, 100_000 * POINT),
        ("0e9", 0),
        (Points(50_000_000), 50_000_000),
        (np.float64(0.5), 50_000_000),
    ],
)
def test_a_literal_is_read_exactly(value: object, units: int) -> None:
    assert points(value) == units


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (True, "bool"),
        (np.False_, "not_a_number"),
        ("nan", "nan"),
        ("sNaN", "nan"),
        (float("nan"), "nan"),
        (Decimal("nan"), "nan"),
        ("inf", "infinity"),
        (float("-inf"), "infinity"),
        (1e400, "infinity"),
        ("1e400", "range"),
        (10**4000, "range"),
        (-(10**4000), "range"),
        (Fraction(10**4000), "range"),
        (LARGEST_POINTS + 1, "range"),
        ("1000000.0001", "range"),
        (Decimal("1000000.0000000000000000000000000000000001"), "range"),
        (1e22, "range"),
        ("0.00001", "places"),
        ("1e-400", "places"),
        (Decimal("1." + "0" * 250 + "1"), "places"),
        (Fraction(1, 10**4000), "places"),
        (Points(1), "places"),
        (0.1 + 0.2, "float"),
        (0.00001, "float"),
        (1 / 3, "float"),
        (Fraction(1, 3), "fraction"),
        ("１", "not_a_number"),
        ("三", "not_a_number"),
        ("1_000", "not_a_number"),
        ("1,000", "not_a_number"),
        ("", "not_a_number"),
        ("1" * 4000, "not_a_number"),
        (None, "not_a_number"),
        (1j, "not_a_number"),
        (b"1", "not_a_number"),
    ],
)
def test_what_is_not_an_exact_number_is_refused_with_its_reason(value: object, reason: str) -> None:
    assert refused(value) == reason


def test_a_number_that_is_no_point_may_have_any_decimals() -> None:
    assert exact("12.3456789") == Decimal("12.3456789")
    assert exact(Fraction(1, 1024)) == Decimal("0.0009765625")


def test_a_point_may_be_asked_for_with_other_places() -> None:
    assert points("2.5", places=1) == 250_000_000
    assert points("0.00000001", places=8) == 1
    with pytest.raises(PointsError, match="places"):
        points("2.55", places=1)


def test_a_fraction_is_rounded_once_to_the_finest_unit() -> None:
    assert from_fraction(Fraction(1, 3)) == 33_333_333
    assert from_fraction(Fraction(2, 3)) == 66_666_667
    assert from_fraction(Fraction(-1, 200_000_000)) == -1  # half of the finest unit


@pytest.mark.parametrize(
    ("units", "text"),
    [
        (0, "0"),
        (50_000_000, "0.5"),
        (-50_000_000, "-0.5"),
        (10_000_000_000, "100"),
        (1, "0.00000001"),
        (-123_456_789, "-1.23456789"),
    ],
)
def test_points_are_written_as_plain_decimals(units: int, text: str) -> None:
    assert str(Points(units)) == f"{Points(units)}" == plain(units) == text
    assert repr(Points(units)) == f"Points('{text}')"
    assert Points(units).decimal == Decimal(text)


@pytest.mark.parametrize(
    ("units", "places", "text"),
    [
        (250_000_000, 0, "3"),
        (-250_000_000, 0, "-3"),
        (5 * POINT, 2, "5.00"),
        (8_999_500_000, 2, "90.00"),  # 89.995: would meet a line at 90
        (8_999_500_000, 4, "89.9950"),
        (-500_000, 2, "-0.01"),  # −0.005
        (-499_999, 2, "0.00"),
        (1, 8, "0.00000001"),
    ],
)
def test_display_rounds_halves_away_from_zero_and_never_shows_minus_zero(
    units: int, places: int, text: str
) -> None:
    assert show(units, places) == text
    assert format(Points(units), f".{places}f") == text


def test_format_takes_what_format_of_a_decimal_takes() -> None:
    assert f"{Points(150_000_000):>8}" == "     1.5"
    assert f"{Points(1):>12}" == "  0.00000001"
    assert f"{Points(150_000_000):+}" == "+1.5"
    assert f"{Points(-150_000_000):08.2f}" == "-0001.50"
    assert f"{Points(123_456_700_000_000):,.1f}" == "1,234,567.0"


@given(st.integers(-(10**14), 10**14), st.integers(0, 8))
def test_showing_is_rounding_the_exact_number(units: int, places: int) -> None:
    exactly = Fraction(units, POINT)
    assert Fraction(show(units, places)) == Fraction(divide_round(units, 10 ** (8 - places)), 10**places)
    assert Fraction(plain(units)) == exactly
    assert Fraction(f"{Points(units):.{places}f}") == Fraction(show(units, places))


@given(st.integers(-(10**10), 10**10))
def test_what_is_written_reads_back(ten_thousandths: int) -> None:
    amount = Points(ten_thousandths * 10_000)
    assert points(str(amount)) == amount


def test_sums_and_comparisons_are_those_of_whole_numbers() -> None:
    assert Points(1) + Points(2) == 3
    assert Points(POINT) > Points(POINT - 1)
    assert sum([points("0.1")] * 10) == points("1")
