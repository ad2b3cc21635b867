"""The limit of an item's cases, as its rule says it in words."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from govscore.i18n import speaking
from govscore.scheme.read import scheme_from_mapping
from tests.unit.scoring.test_cases import reply


@pytest.mark.parametrize(
    ("limit", "chinese", "english"),
    [
        (
            {"within": "20 working days"},
            "答复期限：20个工作日内",
            "limit of 答复: within 20 working days",
        ),
        (
            {"within": "1 month", "roll": True},
            "答复期限：1个月内（最后一天不是工作日的，顺延到下一个工作日）",
            "limit of 答复: within 1 month (moved to the next working day from one that is none)",
        ),
        ({"at_least": "30 days"}, "答复期限：不少于30天", "limit of 答复: at least 30 days"),
        (
            {"within": datetime.date(2024, 6, 30)},
            "答复期限：2024-06-30前（含当日）",
            "limit of 答复: by 2024-06-30",
        ),
        (
            {"within": {"by": "date", "2024-07-01": "1 week", "first": "1 day"}},
            "答复期限：起初：1天内，2024-07-01起：1周内",
            "limit of 答复: at first: within 1 day, from 2024-07-01: within 1 week",
        ),
        (
            {"within": {"by": "tag", "grave": "5 hours", "other": "48 hours"}},
            "答复期限：标签 grave：5小时内，其余：48小时内",
            "limit of 答复: tag grave: within 5 hours, else: within 48 hours",
        ),
        (
            {"within": {"by": "group", "all": "2 weeks"}},
            "答复期限：类别 all：2周内",
            "limit of 答复: group all: within 2 weeks",
        ),
    ],
)
def test_the_limit_is_part_of_the_rule_in_words(limit: dict[str, Any], chinese: str, english: str) -> None:
    made = scheme_from_mapping(reply(**limit)).items["i"]
    with speaking("zh_CN"):
        assert made.words().endswith(f"；{chinese}")
    with speaking("en"):
        assert made.words().endswith(f"; {english}")
