"""What was found, in a few words that never fail, whatever it is."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from govscore.errors import MessageKind, problem
from govscore.facts.shown import shown
from govscore.i18n import speaking


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("", "“”"),
        ("60 %", "“60 %”"),
        (True, "true"),
        (False, "false"),
        (3, "3"),
        (Decimal("0.50"), "0.50"),
        (Fraction(1, 3), "1/3"),
        (float("nan"), "nan"),
        (datetime.date(2024, 1, 1), "2024-01-01"),
        (datetime.time(7, 30), "07:30:00"),
        ({"a": 1}, "a table"),
        ([1], "a list"),
        ((), "a list"),
        (None, "nothing"),
        (b"x", "bytes"),
        pytest.param(10**5000, "a number with thousands of digits", id="digits"),
    ],
)
def test_a_value_in_words(value: object, words: str) -> None:
    assert shown(value) == words


@pytest.mark.parametrize(
    "value", ["x" * 10**6, 10**4000, Decimal("9" * 4000), [[]] * 10**6, Fraction(1, 10**6000)]
)
def test_words_stay_few(value: object) -> None:
    assert len(shown(value)) < 210


KIND = MessageKind(id="test.shown", found="found {found}")


def test_only_our_own_words_are_translated() -> None:
    with speaking("zh_CN"):
        assert "列表" in str(problem(KIND, None, None, found=shown(["x"])))
        assert "“a list”" in str(problem(KIND, None, None, found=shown("a list")))
