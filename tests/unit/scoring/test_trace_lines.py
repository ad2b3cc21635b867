"""The words and the arithmetic of steps, multipliers, ceilings and caps of a side, in both languages."""

from __future__ import annotations

from govscore.i18n import speaking
from govscore.scoring.trace import explain_item
from tests.sums import end_of
from tests.unit.scoring.small import Table, board, found, item, scheme

RULE: Table = {
    "kind": "deduct",
    "ceiling": {"when": "list = no", "at": "60 %"},
    "times": 2,
    "minus_cap": 3,
    "minus": [
        {"of": "rate", "short_of": "40 %", "every": "1 %", "each": 0.1, "steps": "whole"},
        {"of": "days", "title": "超时", "beyond": 5, "every": 2, "each": 0.5, "steps": "started", "cap": 1},
        {"id": "x", "title": "错", "each": 0.5},
    ],
    "plus": [{"of": "rate", "beyond": "30 %", "every": "4 %", "each": "10 %", "steps": "exact"}],
}
FACTS: Table = {
    "list": {"ask": "yes_no", "title": "清单"},
    "rate": {"ask": "ratio", "title": "解读率"},
    "days": {"ask": "number", "title": "用时"},
}
ROWS = [
    found("i", "list", "no"),
    found("i", "rate", "36.5", of="100"),
    found("i", "days", "7.5"),
    found("i", "x", 2),
]


def told(language: str) -> tuple[list[tuple[str, str]], str, str]:
    on_it = board(scheme(base=[item("i", 10, RULE, facts=FACTS)]), ROWS)
    with speaking(language):
        trace = explain_item(on_it, "u", "i")
    return [(step.name, step.text) for step in trace.steps], trace.arithmetic, str(trace.points)


def test_every_step_is_told_with_its_arithmetic() -> None:
    """min(6, 10) − min(3, 3 × 0.1 × 2 + min(1, 2 × 0.5 × 2) + 2 × 0.5 × 2) + 6.5 ÷ 4 × 1 = 6 − 3 + 1.625."""
    steps, arithmetic, points = told("en")
    assert steps == [
        ("begin", "start: 10"),
        ("ceiling", "starts at most at 6, because 清单 is “no”"),
        ("minus", "解读率 (40 % − 36.5 ÷ 100: 3 whole steps of 1 %): minus 3 × 0.1 × 2 = 0.6"),
        ("minus", "超时 (7.5 − 5: 2 steps of 2, started ones included): minus min(1, 2 × 0.5 × 2) = 1"),
        ("minus", "错: minus 2 × 0.5 × 2 = 2"),
        ("minus_cap", "these take at most 3 points in this item"),
        ("plus", "解读率: plus (36.5 ÷ 100 − 30 %) ÷ 4 % × 10 % × 10 = 1.625"),
    ]
    assert points == "4.625"
    assert arithmetic == (
        "min(60 % × 10, 10) − min(3, 3 × 0.1 × 2 + min(1, 2 × 0.5 × 2) + 2 × 0.5 × 2)"
        " + (36.5 ÷ 100 − 30 %) ÷ 4 % × 10 % × 10 = 4.625"
    )
    assert end_of(arithmetic) == end_of("4.625")


def test_the_same_in_chinese() -> None:
    steps, _arithmetic, _points = told("zh_CN")
    assert [text for _name, text in steps][1:4] == [
        "起评不超过 6，因为清单为“否”",
        "解读率（40 % − 36.5 ÷ 100，每1%一档，满 3 档）：扣 3 × 0.1 × 2 = 0.6",
        "超时（7.5 − 5，每2一档，不足一档按一档，计 2 档）：扣 min(1, 2 × 0.5 × 2) = 1",
    ]
    assert steps[5][1] == "以上在本项合计最多扣3分"


def test_typed_points_that_are_multiplied_are_added_in_brackets() -> None:
    line = {"id": "x", "title": "其他", "range": [0.5, 2], "times": 1.5}
    data = scheme(base=[item("i", 10, {"kind": "deduct", "minus": [line]})])
    rows = [found("i", "x", value, case=value, reason="酌情") for value in ("0.5", "1.25")]
    assert explain_item(board(data, rows), "u", "i").arithmetic == "10 − (0.5 + 1.25) × 1.5 = 7.375"


def test_a_lower_bound_above_nothing_is_told_after_zero_if() -> None:
    rule = {
        "kind": "deduct",
        "minus": [{"id": "x", "title": "错", "each": 1}],
        "zero_if": "x >= 1",
        "bounds": {"from": 1},
    }
    trace = explain_item(board(scheme(base=[item("i", 10, rule)]), [found("i", "x", 1)]), "u", "i")
    assert trace.arithmetic == "10 − 1 = 9 → 0; max(1, 0) = 1"
