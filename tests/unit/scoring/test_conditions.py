"""Conditions have three values; each comparison is exact and worked by hand."""

from __future__ import annotations

import pytest

from tests.unit.scoring.small import Table, clean, found, item, loses, na, scheme, unit, veto

ITEMS = [
    item("a", 50, loses(1), facts={"rate": {"ask": "ratio"}}),
    item("b", 50, loses(1), facts={"posts": {"ask": "count"}}),
]


def acts(when: str, *rows: object, facts: Table | None = None) -> str:
    """Whether a veto on this condition acts: "yes", "no" or "open"."""
    data = scheme(base=ITEMS, veto=[veto("v", when, {"at_most": 10}, facts=facts or {})])
    reached = unit(data, *rows).vetoes[0]  # type: ignore[arg-type]
    return "yes" if reached.acts else "open" if reached.undecided else "no"


A_HALF = found("a", "rate", 1, of="2")
A_NOTHING = found("a", "rate", 0, of="0")
B_TEN = found("b", "posts", 10)
B_ONE = found("b", "posts", 1)


@pytest.mark.parametrize(
    ("when", "rows", "answer"),
    [
        # a true, b open
        ("a/rate >= 50 % and b/posts < 5", [A_HALF], "open"),
        ("a/rate >= 50 % or b/posts < 5", [A_HALF], "yes"),
        # a false, b open
        ("a/rate < 50 % and b/posts < 5", [A_HALF], "no"),
        ("a/rate < 50 % or b/posts < 5", [A_HALF], "open"),
        # a without value: false, also for !=, and not undecided
        ("a/rate != 50 % and b/posts < 5", [A_NOTHING], "no"),
        ("a/rate != 50 % or b/posts < 5", [A_NOTHING], "open"),
        ("a/rate != 50 %", [A_NOTHING], "no"),
        # both open; both known
        ("a/rate >= 50 % and b/posts < 5", [], "open"),
        ("a/rate >= 50 % and b/posts < 5", [A_HALF, B_TEN], "no"),
        ("a/rate >= 50 % or b/posts < 5", [A_HALF, B_TEN], "yes"),
        ("a/rate >= 50 % and b/posts < 5", [A_HALF, B_ONE], "yes"),
        # not applicable: no value
        ("b/posts < 5", [na("b")], "no"),
        # three comparisons: one false decides `and`, one true decides `or`
        ("a/rate >= 50 % and b/posts < 5 and a/x = 0", [A_HALF, B_TEN], "no"),
        ("a/rate < 50 % or b/posts < 5 or a/x = 7", [A_HALF, B_TEN], "open"),
    ],
)
def test_open_is_neither_true_nor_false(when: str, rows: list[object], answer: str) -> None:
    assert acts(when, *rows) == answer


@pytest.mark.parametrize(
    ("operator", "answers"),
    [
        ("<", "yes no no"),
        ("<=", "yes yes no"),
        (">", "no no yes"),
        (">=", "no yes yes"),
        ("=", "no yes no"),
        ("!=", "yes no yes"),
    ],
)
def test_every_operator_at_its_boundary(operator: str, answers: str) -> None:
    reached = [acts(f"x {operator} 5", found("v", "x", x), facts={"x": {"ask": "count"}}) for x in (4, 5, 6)]
    assert reached == answers.split()


@pytest.mark.parametrize(
    ("ask", "value", "when", "answer"),
    [
        ({"ask": "yes_no"}, "yes", "x = yes", "yes"),
        ({"ask": "yes_no"}, "no", "x != yes", "yes"),
        ({"ask": "choice", "of": ["web", "paper"]}, "paper", "x = web", "no"),
        ({"ask": "choice", "of": ["web", "paper"]}, "paper", "x != web", "yes"),
        ({"ask": "number"}, "-0.1", "x < 0", "yes"),
        ({"ask": "number"}, "0.30", "x = 0.3", "yes"),
    ],
)
def test_answers_and_numbers(ask: Table, value: str, when: str, answer: str) -> None:
    assert acts(when, found("v", "x", value), facts={"x": ask}) == answer


@pytest.mark.parametrize(
    ("part", "whole", "when", "answer"),
    [
        # by cross-multiplication: 1 × 3 against 1 × 3, no 0.3333 in between
        ("1", "3", "x >= 33.3333333333 %", "yes"),
        ("1", "3", "x > 33.3333333334 %", "no"),
        ("2", "3", "x >= 66.6666666667 %", "no"),
        ("0.1", "0.3", "x = 33.3333333333 %", "no"),
        ("29.9999999999", "100", "x < 30 %", "yes"),
        ("30", "100", "x < 30 %", "no"),
    ],
)
def test_ratios_compare_without_rounding(part: str, whole: str, when: str, answer: str) -> None:
    row = found("v", "x", part, of=whole)
    assert acts(when, row, facts={"x": {"ask": "ratio"}}) == answer


def test_own_facts_of_a_veto_that_is_not_applicable_do_not_act() -> None:
    assert acts("a/rate >= 50 %", A_HALF, na("v")) == "no"


@pytest.mark.parametrize(
    ("when", "faults", "answer"),
    [
        ("a/points >= 60 %", 20, "yes"),  # 50 − 20 = 30 = 60 % of 50
        ("a/points >= 60 %", 21, "no"),
        ("a/points < 30.0001", 20, "yes"),
        ("a/points <= 29.9999", 20, "no"),
    ],
)
def test_points_of_an_item_are_compared_after_its_limits(when: str, faults: int, answer: str) -> None:
    assert acts(when, A_HALF, found("a", "x", faults)) == answer


def test_points_of_an_item_are_open_with_it_and_have_no_value_without_it() -> None:
    assert acts("a/points >= 0") == "open"
    assert acts("a/points >= 0", na("a"), clean("b")) == "no"
    assert acts("a/points < 60 % or b/points < 60 %", na("a")) == "open"


def test_an_answered_fact_of_an_open_item_is_known_across_items() -> None:
    """The item waits for its other fact; the condition does not."""
    data = scheme(base=ITEMS, veto=[veto("v", "a/rate >= 50 %", {"at_most": 10})])
    reached = unit(data, A_HALF, clean("b"))
    assert reached.items["a"].state == "open"
    assert reached.vetoes[0].acts
