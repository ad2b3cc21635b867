"""Rules in words: what a reviewer reads, in natural Chinese and in English."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
import tomli

from govscore.i18n import speaking
from govscore.points import UNITS_PER_POINT
from govscore.rules.words import points_words
from govscore.scheme.read import scheme_from_mapping

BASE: Final = (Path(__file__).parents[2] / "broken/scheme/semantic/base.toml").read_text("utf-8")
FACTS: Final = {
    "reply": {"ask": "cases", "title": "答复", "within": "20 working days", "unit": "件"},
    "rate": {"ask": "ratio", "title": "标注率"},
    "posts": {"ask": "count", "title": "信息数", "unit": "条"},
    "open": {"ask": "yes_no", "title": "已公开"},
}
LATE: Final = {"id": "late", "title": "迟报", "each": Decimal("0.5"), "unit": "件", "cap": 2}


def words(kind: str, full: int | None, rule: dict[str, Any]) -> tuple[str, str]:
    """An item's rule in Chinese and in English."""
    limit = {} if full is None else {"points" if kind == "base" else "cap": full}
    item = {"id": "x", "title": "指标", "facts": FACTS, "rule": rule, **limit}
    data: dict[str, Any] = tomli.loads(BASE, parse_float=Decimal)
    data["total"]["bonus_cap"] = "none"
    data[kind] = [*data.get(kind, []), item]
    found = scheme_from_mapping(data).items["x"]
    with speaking("zh_CN"):
        chinese = found.rule.words(found.frame)
    with speaking("en"):
        return chinese, found.rule.words(found.frame)


LINES: Final[list[tuple[str, dict[str, Any], str, str]]] = [
    (
        "each",
        LATE,
        "迟报：每件扣0.5分，最多扣2分",
        "迟报: take 0.5 points for each 件, taking at most 2 points",
    ),
    (
        "each without a measure word",
        {"id": "a", "title": "错误", "each": 1},
        "错误：每次扣1分",
        "错误: take 1 point each time",
    ),
    (
        "each of a share",
        {"id": "a", "title": "错误", "each": "50 %", "cap": "100 %"},
        "错误：每次扣50%（1.5分），最多扣100%（3分）",
        "错误: take 50 % (1.5 points) each time, taking at most 100 % (3 points)",
    ),
    (
        "count of cases",
        {"count": "reply.late", "each": 2},
        "答复（逾期）：每件扣2分",
        "答复 (late): take 2 points for each 件",
    ),
    ("count", {"count": "posts", "each": 2}, "信息数：每条扣2分", "信息数: take 2 points for each 条"),
    (
        "count with its own words",
        {"count": "posts", "each": 2, "title": "发布", "unit": "篇"},
        "发布：每篇扣2分",
        "发布: take 2 points for each 篇",
    ),
    ("once", {"id": "a", "title": "拒绝配合", "once": 3}, "拒绝配合：扣3分", "拒绝配合: take 3 points"),
    (
        "once if",
        {"id": "a", "title": "未培训", "once": 2, "when": "posts < 1"},
        "未培训：扣2分（仅限信息数低于1的情形）",
        "未培训: take 2 points (only if 信息数 < 1)",
    ),
    (
        "once by facts alone",
        {"once": 1, "when": "rate < 30 % and open = yes"},
        "标注率低于30%且已公开为“是”的，扣1分",
        "if 标注率 < 30 % and 已公开 is “yes”: take 1 point",
    ),
    (
        "steps of a ratio",
        {"of": "rate", "short_of": "40 %", "every": "1 %", "each": Decimal("0.1"), "steps": "whole"},
        "标注率低于40%：每低1%扣0.1分（不足一档的不计）",
        "标注率 below 40 %: take 0.1 points for every 1 % missing (whole steps only)",
    ),
    (
        "steps with a title and a cap",
        {"of": "posts", "title": "多发", "beyond": 50, "every": 10, "each": 1, "steps": "started", "cap": 2},
        "多发：信息数高于50：每高10扣1分（不足一档按一档计），最多扣2分",
        (
            "多发: 信息数 above 50: take 1 point for every 10 more (a started step counts as a whole one), "
            "taking at most 2 points"
        ),
    ),
    (
        "steps in proportion",
        {"of": "rate", "beyond": "90 %", "every": "5 %", "each": "10 %", "steps": "exact"},
        "标注率高于90%：每高5%扣10%（0.3分）（按比例计）",
        "标注率 above 90 %: take 10 % (0.3 points) for every 5 % more (in proportion)",
    ),
    (
        "exempted",
        {"id": "a", "title": "迟报", "once": 1, "when": "posts < 1", "unless": "open = yes"},
        "迟报：扣1分（仅限信息数低于1的情形）（已公开为“是”的除外）",
        "迟报: take 1 point (only if 信息数 < 1) (not if 已公开 is “yes”)",
    ),
    (
        "once by facts alone, exempted",
        {"once": 1, "when": "posts < 1", "unless": "open = yes"},
        "信息数低于1的，扣1分（已公开为“是”的除外）",
        "if 信息数 < 1: take 1 point (not if 已公开 is “yes”)",
    ),
    (
        "times",
        {"id": "a", "title": "错误", "each": 1, "times": Decimal("1.5"), "cap": 2},
        "错误：每次扣1分，按1.5倍计，最多扣2分",
        "错误: take 1 point each time, counted 1.5 times, taking at most 2 points",
    ),
    (
        "range",
        {"id": "a", "title": "其他错误", "range": [Decimal("0.5"), 2], "cap": 2},
        "其他错误：酌情扣0.5至2分，最多扣2分",
        "其他错误: take 0.5 to 2 points, taking at most 2 points",
    ),
]


@pytest.mark.parametrize(
    ("line", "chinese", "english"), [each[1:] for each in LINES], ids=[each[0] for each in LINES]
)
def test_a_line_that_takes(line: dict[str, Any], chinese: str, english: str) -> None:
    assert words("base", 3, {"kind": "deduct", "minus": [line]}) == (
        f"满分3分；{chinese}",
        f"starts at 3 points; {english}",
    )


@pytest.mark.parametrize(
    ("line", "chinese", "english"), [each[1:] for each in LINES], ids=[each[0] for each in LINES]
)
def test_a_line_that_adds(line: dict[str, Any], chinese: str, english: str) -> None:
    assert words("base", 3, {"kind": "earn", "plus": [line]}) == (
        f"从0分起加分，最高3分；{chinese.replace('扣', '加')}",
        f"starts at 0, at most 3 points; {english.replace('taking', 'adding').replace('take', 'add')}",
    )


def test_zero_if_ends_the_sentence() -> None:
    rule = {"kind": "deduct", "minus": [LATE], "zero_if": "late >= 4"}
    chinese, english = words("base", 3, rule)
    assert chinese.endswith("；迟报不低于4的，不得分")
    assert english.endswith("; no points if 迟报 ≥ 4")


RULES: Final = tomli.loads(Path(__file__).with_name("words.toml").read_text("utf-8"), parse_float=Decimal)[
    "rule"
]


@pytest.mark.parametrize("case", RULES, ids=[f"{case['kind']} {case['rule']['kind']}" for case in RULES])
def test_every_kind_of_rule_in_every_kind_of_item(case: dict[str, Any]) -> None:
    found = words(case["kind"], case.get("full"), case["rule"])
    assert found == (case["chinese"], case["english"])


@pytest.mark.parametrize(
    ("units", "english"),
    [
        (UNITS_PER_POINT, "1 point"),
        (0, "0 points"),
        (UNITS_PER_POINT // 2, "0.5 points"),
        (2 * UNITS_PER_POINT, "2 points"),
    ],
)
def test_one_point_is_not_many(units: int, english: str) -> None:
    with speaking("en"):
        assert points_words(units) == english
    with speaking("zh_CN"):
        assert points_words(units) == f"{english.partition(' ')[0]}分"
