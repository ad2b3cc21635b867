"""Conditions as people write them: what is read, what is refused and with which advice, and in words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from pydantic_core import PydanticCustomError

from govscore.facts.base import Subject
from govscore.facts.choice import Choice
from govscore.facts.count import Count
from govscore.facts.yes_no import YesNo
from govscore.i18n import speaking
from govscore.rules.conditions import Comparison, in_words, mismatch, parse
from govscore.rules.words import Labels


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">=", "=", "!="])
@pytest.mark.parametrize("space", ["", " ", "  "])
def test_every_operator_is_read_with_any_space(operator: str, space: str) -> None:
    (only,) = parse(f"posts{space}{operator}{space}3").comparisons
    assert only.name == "posts"
    assert only.operator == operator
    assert only.number == 3


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("12", 12),
        ("-3", -3),
        ("0.5", Fraction(1, 2)),
        ("-0.125", Fraction(-1, 8)),
        ("1000000", 10**6),
    ],
)
def test_a_number_is_exact(text: str, number: Fraction) -> None:
    (only,) = parse(f"x >= {text}").comparisons
    assert only.number == number
    assert only.literal() == str(Decimal(text))


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("60 %", Fraction(3, 5)),
        ("60%", Fraction(3, 5)),
        ("12.5 %", Fraction(1, 8)),
        ("0 %", 0),
        ("110 %", Fraction(11, 10)),
    ],
)
def test_a_percentage_is_a_share(text: str, share: Fraction) -> None:
    (only,) = parse(f"x < {text}").comparisons
    assert (only.share, only.number) == (share, None)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("是", "yes"),
        ("否", "no"),
        ("full", "full"),
        ("second_best-a", "second_best-a"),
    ],
)
def test_an_answer_is_a_word_and_yes_and_no_may_be_chinese(text: str, word: str) -> None:
    assert parse(f"open = {text}").comparisons[0].word == word


@pytest.mark.parametrize("name", ["x", "reply.late", "29/points", "4.1/reply.on_time", "b-6/x_y", "base", ""])
def test_names_may_be_facts_fields_items_or_nothing(name: str) -> None:
    assert parse(f"{name} > 1").comparisons[0].name == name


@pytest.mark.parametrize(("joint", "count"), [("and", 2), ("or", 3)])
def test_comparisons_are_joined_by_one_word(joint: str, count: int) -> None:
    condition = parse(f"  {f' {joint} '.join(f'x{n}  >  {n}' for n in range(count))} ")
    assert condition.joined_by == joint
    assert list(condition.names()) == [f"x{n}" for n in range(count)]
    assert "  " not in str(condition)


def test_a_single_comparison_is_joined_by_and() -> None:
    assert parse("x > 1").joined_by == "and"


def test_what_was_read_before_stays_as_it_is() -> None:
    condition = parse("x > 1")
    assert parse(condition) is condition


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "x",
        "x >",
        "> ",
        "x > y z",
        "x 3",
        "x >> 3",
        "x > 3 and",
        "and x > 3",
        "x > 3 andy > 2",
        "x > 3 x < 2",
        "X > 3",
        "x > 1e5",
        "x > 0x10",
        "x > .5",
        "x > 5.",
        "x > 1,5",
        "x > 1_000",
        "x > + 3",
        "x > ٣",
        "x > 三",
        "x > 5 %%",
        "x > % 5",
        "(x > 3)",
        "not x > 3",
        "x\u200b> 3",
        "x = Yes",
        'x = "yes"',
        "x > 3;",
        "x > 3 #",
        "x > 3 and y < 2 and",
        3,
        True,
        None,
        ["x > 3"],
        {"when": "x > 3"},
        "x > 1 and " * 200 + "x > 1",
    ],
)
def test_what_is_no_condition_is_refused(text: object) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse(text)
    assert caught.value.type == "condition"
    assert len((caught.value.context or {})["found"]) < 300


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("x ≥ 60 %", "x >= 60 %"),
        ("x ≤ 3", "x <= 3"),
        ("x ≠ 3", "x != 3"),
        ("x ＞ ３", "x > 3"),
        ("x >= ６０％", "x >= 60%"),
        ("x == 3", "x = 3"),
        ("x => 3", "x >= 3"),
        ("x <> 3", "x != 3"),
        ("x > 3 且 y < 2", "x > 3 and y < 2"),
        ("x > 3或y < 2", "x > 3 or y < 2"),
        ("x > 3 AND y < 2", "x > 3 and y < 2"),
        ("x > 3 && y < 2", "x > 3 and y < 2"),
    ],
)
def test_signs_of_other_languages_get_the_condition_that_was_meant(text: str, meant: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse(text)
    assert (caught.value.context or {})["near"] == f'"{meant}"'
    assert parse(meant)


def test_and_and_or_are_never_mixed() -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse("x > 1 and y > 1 or z > 1")
    assert caught.value.type == "and_or"


@pytest.mark.parametrize(
    ("text", "code"), [("x > 1000001", "number_range"), ("x > 0." + "0" * 60 + "1", "number_places")]
)
def test_a_number_beyond_the_limits_is_told_as_such(text: str, code: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse(text)
    assert caught.value.type == code


SUBJECTS = {
    "count": Subject(kind="count"),
    "number": Subject(kind="number"),
    "ratio": Subject(kind="ratio", column="part", over="whole"),
    "yes_no": Subject(kind="yes_no", options=("no", "yes")),
    "choice": Subject(kind="choice", options=("full", "part")),
    "points": Subject(kind="points"),
}


@pytest.mark.parametrize(
    ("kind", "fits"),
    [
        ("count", {"> 3", "= 3"}),
        ("number", {"> 3", "= 3"}),
        ("ratio", {"> 60 %", "= 60 %"}),
        ("yes_no", {"= full", "= yes"}),
        ("choice", {"= full", "= yes"}),
        ("points", {"> 3", "= 3", "> 60 %", "= 60 %"}),
    ],
)
def test_each_kind_of_fact_is_compared_with_its_own_kind_of_value(kind: str, fits: set[str]) -> None:
    """A bare number against a ratio, or a percentage against a count or number, is an error."""
    right_sides = ("> 3", "= 3", "> 60 %", "= 60 %", "= full", "= yes", "> full")
    accepted = {
        each for each in right_sides if mismatch(parse(f"x {each}").comparisons[0], SUBJECTS[kind]) is None
    }
    assert accepted == fits


@pytest.mark.parametrize(
    ("operator", "signs"),
    [("<", {-1}), ("<=", {-1, 0}), (">", {1}), (">=", {0, 1}), ("=", {0}), ("!=", {-1, 1})],
)
def test_an_operator_holds_for_its_signs(operator: str, signs: set[int]) -> None:
    comparison = parse(f"x {operator} 3").comparisons[0]
    assert {sign for sign in (-1, 0, 1) if comparison.holds_for(sign)} == signs


FACTS = {
    "posts": Count(title="信息数"),
    "open": YesNo(title="已公开"),
    "way": Choice.model_validate(
        {"ask": "choice", "title": "方式", "of": {"web": "网站", "paper": "公告栏"}}
    ),
}


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("posts < 3", "信息数低于3", "信息数 < 3"),
        ("posts <= 3", "信息数不超过3", "信息数 ≤ 3"),
        ("posts > 3", "信息数超过3", "信息数 > 3"),
        ("posts >= 0.5", "信息数不低于0.5", "信息数 ≥ 0.5"),
        ("posts = 3", "信息数为3", "信息数 = 3"),
        ("posts != 3", "信息数不为3", "信息数 ≠ 3"),
        ("open = no", "已公开为“否”", "已公开 is “no”"),
        ("open != 是", "已公开不为“是”", "已公开 is not “yes”"),
        ("way = paper", "方式为“公告栏”", "方式 is “公告栏”"),
        ("posts > 1 and open = yes", "信息数超过1且已公开为“是”", "信息数 > 1 and 已公开 is “yes”"),
        ("posts > 1 or posts < 3", "信息数超过1或信息数低于3", "信息数 > 1 or 信息数 < 3"),
        ("other >= 85 %", "other不低于85%", "other ≥ 85 %"),
    ],
)
def test_a_condition_in_words(text: str, chinese: str, english: str) -> None:
    with speaking("zh_CN"):
        assert in_words(parse(text), Labels(FACTS)) == chinese
    with speaking("en"):
        assert in_words(parse(text), Labels(FACTS)) == english


def test_a_line_of_grades_names_what_the_reader_of_it_says() -> None:
    with speaking("zh_CN"):
        assert in_words(parse(">= 90"), lambda _name: "总分") == "总分不低于90"
        assert in_words(parse("base < 60 %"), lambda _name: "基础分") == "基础分低于60%"


def test_a_comparison_shows_as_it_is_written() -> None:
    shown = [str(each) for each in parse(">= 90 and x = yes and y < 12.50 %").comparisons]
    assert shown == [">= 90", "x = yes", "y < 12.5 %"]
    assert isinstance(parse("x > 1").comparisons[0], Comparison)
