"""Values of a scheme: exact points, percentages, targets, identifiers and titles, and what is refused."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError, create_model

from govscore.points import UNITS_PER_POINT, Points
from govscore.rules.unit_values import PointsOfUnits
from govscore.rules.values import (
    Amount,
    AmountValue,
    Identifier,
    Label,
    Part,
    Passage,
    PositivePoints,
    SimpleIdentifier,
    Target,
    TargetValue,
    Title,
    decimal_text,
    percent_text,
)
from govscore.scheme.values import BonusCap


def read(kind: Any, value: object) -> Any:
    table: type[Part] = create_model("Table", __base__=Part, value=(kind, ...))
    return vars(table.model_validate({"value": value}))["value"]


def refused(kind: Any, value: object) -> dict[str, Any]:
    """The code and the data of what is refused."""
    with pytest.raises(ValidationError) as caught:
        read(kind, value)
    (error,) = caught.value.errors()
    return {"code": error["type"], **error.get("ctx", {})}


@pytest.mark.parametrize(
    ("value", "points"),
    [
        (3, "3"),
        (Decimal("0.5"), "0.5"),
        (Decimal("3.10"), "3.1"),
        (0.25, "0.25"),
        (Fraction(1, 4), "0.25"),
        (-2, "-2"),
    ],
)
def test_points_are_exact(value: object, points: str) -> None:
    found = read(PointsOfUnits, value)
    assert isinstance(found, Points)
    assert str(found) == points


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (True, "number"),
        ("x", "number"),
        ("", "number"),
        ("60 %", "number"),
        ([], "number"),
        ({}, "number"),
        (None, "number"),
        (datetime.date(2024, 1, 1), "number"),
        (Decimal("nan"), "number"),
        (float("inf"), "number"),
        ("3", "number_in_quotes"),
        ("３", "number_in_quotes"),
        (" 0.5 ", "number_in_quotes"),
        (1_000_001, "number_range"),
        (-1_000_001, "number_range"),
        pytest.param(10**5000, "number_range", id="digits"),
        (Decimal("1e400"), "number_range"),
        (Decimal("0.00001"), "number_places"),
        (0.1 + 0.2, "number_places"),
        ({"by": "group", "streets": "x"}, "switch"),
    ],
)
def test_what_is_no_number_of_points_is_refused_by_its_reason(value: object, code: str) -> None:
    assert refused(PointsOfUnits, value)["code"] == code


@pytest.mark.parametrize(("text", "near"), [("3", "3"), ("０.５", "0.5"), (" 7 ", "7")])
def test_a_number_in_quotes_gets_the_number_without_them(text: str, near: str) -> None:
    assert refused(PointsOfUnits, text)["near"] == near


def test_signs_of_points() -> None:
    assert refused(PositivePoints, 0)["code"] == "not_positive"
    assert refused(PositivePoints, -1)["code"] == "not_positive"
    assert refused(BonusCap, Decimal("-0.5"))["code"] == "negative"
    assert read(BonusCap, 0) == 0


@pytest.mark.parametrize(
    ("text", "share"), [("60 %", Fraction(3, 5)), ("60%", Fraction(3, 5)), (" 0.01 % ", Fraction(1, 10000))]
)
def test_an_amount_may_be_a_share_of_the_points(text: str, share: Fraction) -> None:
    amount = read(AmountValue, text)
    assert amount == Amount(share=share)
    assert amount.of(3 * UNITS_PER_POINT) == share * 3 * UNITS_PER_POINT


@pytest.mark.parametrize("text", ["%", "-5 %", "5 % %", "5o %", "1e2 %", "1,5 %", "五 %", "５０％", "50％"])
def test_what_is_no_percentage_is_refused(text: str) -> None:
    assert refused(AmountValue, text)["code"] == "percent"


@pytest.mark.parametrize(("text", "near"), [("５０％", '"50 %"'), ("50 ％", '"50 %"'), ("50 %%", '"50 %"')])
def test_a_percentage_in_other_signs_gets_the_right_ones(text: str, near: str) -> None:
    assert refused(AmountValue, text)["near"] == near


def test_a_percentage_beyond_the_limits_is_told() -> None:
    assert refused(AmountValue, "1000001 %")["code"] == "number_range"


def test_a_percentage_without_points_has_nothing_to_refer_to() -> None:
    with pytest.raises(ValueError, match="refer"):
        Amount(share=Fraction(1, 2)).of(None)


def test_amounts_and_targets_show_as_they_are_written() -> None:
    assert [str(read(AmountValue, each)) for each in (2, Decimal("0.50"), "12.50 %")] == [
        "2",
        "0.5",
        "12.5 %",
    ]
    assert [str(read(TargetValue, each)) for each in (8, Decimal("0.123456"), "30 %")] == [
        "8",
        "0.123456",
        "30 %",
    ]
    assert decimal_text(Fraction(-1, 8)) == "-0.125"
    assert percent_text(Fraction(1, 3 * 5**2) * 3) == "4 %"


@pytest.mark.parametrize("word", ["best", "mean"])
def test_the_best_and_the_mean_of_the_group_are_targets(word: str) -> None:
    assert read(TargetValue, word) == word


@pytest.mark.parametrize(
    ("value", "code"),
    [("x", "of_group"), ("8", "number_in_quotes"), (True, "number"), (10**7, "number_range")],
)
def test_what_is_no_target_is_refused(value: object, code: str) -> None:
    assert refused(TargetValue, value)["code"] == code
    assert read(TargetValue, Target(number=Fraction(1))) == Target(number=Fraction(1))


@pytest.mark.parametrize("kind", [Identifier, SimpleIdentifier])
@pytest.mark.parametrize("word", ["1", "a", "late-1", "x_y", "2024"])
def test_identifiers(kind: Any, word: str) -> None:
    assert read(kind, word) == word


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("Late", "late"),
        ("ｌａｔｅ", "late"),
        ("１２", "12"),
        ("late ", "late"),
        (" late", "late"),
        ("а1", "a1"),
        ("too late", "too-late"),
        ("迟报", None),
        ("", None),
        ("-x", None),
        ("_x", None),
        (".x", None),
        ("x/y", None),
        ("é", None),
        ("x\n", "x"),
        ("²", "2"),
    ],
)
def test_words_that_look_like_identifiers_get_the_one_that_is_meant(word: str, near: str | None) -> None:
    found = refused(Identifier, word)
    assert (found["code"], found.get("near")) == ("identifier", near)


def test_identifiers_of_facts_have_no_dots() -> None:
    assert read(Identifier, "4.1") == "4.1"
    assert refused(SimpleIdentifier, "4.1") == {"code": "simple_identifier", "found": "4.1", "near": "4-1"}


@pytest.mark.parametrize("kind", [Identifier, SimpleIdentifier, Title, Label, Passage])
@pytest.mark.parametrize("value", [1, True, None, ["a"], datetime.date(2024, 1, 1), b"a"])
def test_what_is_no_text_is_never_taken_for_one(kind: Any, value: object) -> None:
    assert refused(kind, value)["code"] == "string_type"


@pytest.mark.parametrize(
    "text", ["a\x00", "a\nb", "\x1b[31m", "a\u202e", "\u200bx", "a\x9f", "\ufeffa", "x\ud800"]
)
def test_a_title_holds_nothing_invisible(text: str) -> None:
    found = refused(Title, text)
    assert found["code"] == "hidden_sign"
    assert "\x1b" not in found["found"]


def test_a_title_says_something_and_a_label_may_be_left_empty() -> None:
    assert refused(Title, "")["code"] == "empty_text"
    assert refused(Title, " \u3000")["code"] == "empty_text"
    assert read(Label, "") == ""
    assert read(Title, " 政务公开 ") == " 政务公开 "


def test_a_longer_text_keeps_its_lines() -> None:
    text = "第一条\n\t（一）政务公开\r\n\u3000\u200b"
    assert read(Passage, text) == text
    assert refused(Passage, "a\n\x07")["code"] == "hidden_sign"


def test_every_table_of_a_scheme_is_closed_and_takes_the_written_names_only() -> None:
    from govscore.scheme.settings import Bounds

    with pytest.raises(ValidationError):
        Bounds.model_validate({"from_": 1})
    assert Bounds.model_validate({"from": 1}).from_ == UNITS_PER_POINT
