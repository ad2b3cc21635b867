"""Cases in words: the days behind each outcome, and limits as a rule states them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Final

import pytest

from govscore.i18n import speaking
from govscore.scheme.read import scheme_from_mapping
from govscore.scoring.trace import explain
from tests.unit.scoring.small import run
from tests.unit.scoring.test_cases import case, reply

if TYPE_CHECKING:
    from govscore.facts.rows import Row


def told(data: dict[str, Any], *rows: Row) -> tuple[str, ...]:
    return explain(run(data, *rows), "u").items[0].details


SAID: Final = [
    (
        {"within": "20 working days"},
        case("2024-03-01", "2024-04-02", "c1"),
        "案件 c1：起始 2024-03-01，应于 2024-03-29 前（含）办结，实际 2024-04-02，逾期2个工作日",
        "case c1: start 2024-03-01, due by 2024-03-29, finish 2024-04-02, late by 2 working days",
    ),
    (  # Saturday and Sunday are no working days: it is late by days.
        {"within": "20 working days"},
        case("2024-03-01", "2024-03-31", ""),
        "起始 2024-03-01，应于 2024-03-29 前（含）办结，实际 2024-03-31，逾期2天",
        "start 2024-03-01, due by 2024-03-29, finish 2024-03-31, late by 2 days",
    ),
    (
        {"within": "5 hours"},
        case("2024-03-01T09:30+08:00", "2024-03-01T15:45+08:00", "c1"),
        (
            "案件 c1：起始 2024-03-01 09:30+08:00，应于 2024-03-01 14:30+08:00 前（含）办结，"
            "实际 2024-03-01 15:45+08:00，逾期1小时15分"
        ),
        (
            "case c1: start 2024-03-01 09:30+08:00, due by 2024-03-01 14:30+08:00, "
            "finish 2024-03-01 15:45+08:00, late by 1 h 15 min"
        ),
    ),
    (
        {"within": "10 days"},
        case("2024-03-01", "", "c1"),
        "案件 c1：起始 2024-03-01，应于 2024-03-11 前（含）办结，未办结，到考核期末（2024-12-31）仍未办结",
        (
            "case c1: start 2024-03-01, due by 2024-03-11, no finish, "
            "still missing at the end of the period (2024-12-31)"
        ),
    ),
    (
        {"within": "10 days"},
        case("2024-12-30", "", "c1"),
        "案件 c1：起始 2024-12-30，应于 2025-01-09 前（含）办结，未办结，期限未满，暂不计",
        "case c1: start 2024-12-30, due by 2025-01-09, no finish, still running, not counted yet",
    ),
    (
        {"within": "10 days"},
        case("2024-03-02", "2024-03-01", "c1"),
        "案件 c1：起始 2024-03-02，应于 2024-03-12 前（含）办结，实际 2024-03-01，提前：办结早于起始",
        (
            "case c1: start 2024-03-02, due by 2024-03-12, finish 2024-03-01, "
            "early: it finished before it started"
        ),
    ),
    (
        {"at_least": "30 days"},
        case("2024-03-01", "2024-03-30", "c1"),
        "案件 c1：起始 2024-03-01，不得早于 2024-03-31，实际 2024-03-30，不足，差1天",
        "case c1: start 2024-03-01, not before 2024-03-31, finish 2024-03-30, too short by 1 day",
    ),
    (
        {"at_least": "2 hours"},
        case("2024-03-01T09:30+08:00", "2024-03-01T11:00+08:00", "c1"),
        (
            "案件 c1：起始 2024-03-01 09:30+08:00，不得早于 2024-03-01 11:30+08:00，"
            "实际 2024-03-01 11:00+08:00，不足，差0小时30分"
        ),
        (
            "case c1: start 2024-03-01 09:30+08:00, not before 2024-03-01 11:30+08:00, "
            "finish 2024-03-01 11:00+08:00, too short by 0 h 30 min"
        ),
    ),
]


@pytest.mark.parametrize(("limit", "row", "chinese", "english"), SAID)
def test_the_trace_tells_the_days_of_every_case_that_was_not_on_time(
    limit: dict[str, Any], row: Row, chinese: str, english: str
) -> None:
    rows = [row]
    if "within" in limit:
        rows.append(row._replace(case="good", start="2024-12-01T00:00Z", finish="2024-12-01T00:00Z"))
    with speaking("zh_CN"):
        assert told(reply(**limit), *rows) == (chinese,)
    with speaking("en"):
        assert told(reply(**limit), *rows) == (english,)


def test_the_loss_of_an_item_names_its_cases() -> None:
    (loss,) = explain(run(reply(within="10 days"), case("2024-03-01", "2024-03-12")), "u").losses
    assert loss.why.startswith("答复（逾期）：扣 1")
    assert loss.why.endswith("应于 2024-03-11 前（含）办结，实际 2024-03-12，逾期1天")


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
