"""The working days of the shipped notices, and counting over them; numbers counted on a wall calendar."""

from __future__ import annotations

import datetime
import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import chinese_calendar
import pytest
from chinese_calendar.constants import holidays as known_holidays

import govscore
from govscore.calendar.days import Calendar, UnknownYearError, shipped
from govscore.calendar.table import built_in
from govscore.scheme.read import read_scheme
from tests.broken.small import SMALL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

YEARS: Final = range(2020, 2027)
NUMBERS: Final = {
    2020: ["国办发明电〔2019〕16号", "国办发明电〔2020〕1号"],
    2021: ["国办发明电〔2020〕27号"],
    2022: ["国办发明电〔2021〕11号"],
    2023: ["国办发明电〔2022〕16号"],
    2024: ["国办发明电〔2023〕7号"],
    2025: ["国办发明电〔2024〕12号"],
    2026: ["国办发明电〔2025〕7号"],
}


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + datetime.timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]


def test_the_second_source_has_every_year_that_is_shipped() -> None:
    """If it lags behind, this says so; the years below are then compared no more."""
    assert {day.year for day in known_holidays} >= set(YEARS)
    assert built_in().years == set(YEARS)


@pytest.mark.parametrize("year", YEARS)
def test_every_day_is_worked_exactly_if_chinesecalendar_says_so(year: int) -> None:
    calendar = Calendar()
    different = [day for day in days_of(year) if calendar.is_working(day) != chinese_calendar.is_workday(day)]
    assert different == []


def test_each_notice_has_its_number_and_title() -> None:
    found: dict[int, list[str]] = {}
    for notice in shipped().notices:
        found.setdefault(notice.year, []).append(notice.number)
        assert f"{notice.year}年" in notice.title
    assert found == NUMBERS


def test_make_up_days_of_the_notices_are_weekends() -> None:
    for notice in shipped().notices:
        for festival in notice.festivals:
            assert {day.weekday() for day in festival.work} <= {5, 6}, festival.name


def test_the_extension_of_2020_took_a_make_up_day_back() -> None:
    """Saturday 1 February 2020 was to be worked; on 27 January the holiday was extended to 2 February."""
    calendar = Calendar()
    assert not calendar.is_working(date(2020, 2, 1))
    assert calendar.is_working(date(2020, 2, 3))
    first, second = (each for each in shipped().notices if each.year == 2020)
    assert date(2020, 2, 1) in [day for each in first.festivals for day in each.work]
    assert second.title == "国务院办公厅关于延长2020年春节假期的通知"


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        # March 2024 has no holiday: 4–8, 11–15, 18–22, 25–29 are 20 working days.
        ("2024-03-01", 20, "2024-03-29"),
        # 4–6 April is Qingming, Sunday 7 April is worked: 2, 3, 7, 8 April.
        ("2024-04-01", 4, "2024-04-08"),
        # Friday 9 February; 10–17 Spring Festival; Sunday 18 is worked, then 19.
        ("2024-02-09", 1, "2024-02-18"),
        ("2024-02-09", 2, "2024-02-19"),
        # A start on a day off: the first working day after it is the first that counts.
        ("2024-02-12", 1, "2024-02-18"),
        # Over the turn of the year: 1 January 2025 is off; 31 December, 2 January, 3 January.
        ("2024-12-30", 3, "2025-01-03"),
        # 2022 has 249 working days: 365 − 105 weekend days − 18 weekdays off + 7 make-up days.
        ("2021-12-31", 249, "2022-12-30"),
    ],
)
def test_working_days_are_counted_from_the_day_after(start: str, count: int, end: str) -> None:
    assert Calendar().after(date.fromisoformat(start), count).isoformat() == end


@pytest.mark.parametrize(
    ("after", "last", "count"),
    [
        ("2024-03-29", "2024-04-02", 2),
        ("2024-03-29", "2024-03-31", 0),
        ("2024-03-29", "2024-03-29", 0),
        ("2024-04-02", "2024-03-29", 0),
        ("2024-12-31", "2025-01-02", 1),
        ("2021-12-31", "2022-12-31", 249),
    ],
)
def test_working_days_between_leave_out_the_first_and_count_the_last(
    after: str, last: str, count: int
) -> None:
    assert Calendar().between(date.fromisoformat(after), date.fromisoformat(last)) == count


def test_counting_forwards_and_between_agree() -> None:
    calendar, start = Calendar(), date(2023, 12, 20)
    ends = [calendar.after(start, count) for count in range(1, 300)]
    assert all(one < other for one, other in pairwise(ends))
    assert [calendar.between(start, end) for end in ends] == list(range(1, 300))


@pytest.mark.parametrize(
    ("day", "moved"),
    [("2024-02-10", "2024-02-18"), ("2024-02-18", "2024-02-18"), ("2024-10-05", "2024-10-08")],
)
def test_a_day_off_moves_on_to_the_next_working_day(day: str, moved: str) -> None:
    assert Calendar().moved(date.fromisoformat(day)).isoformat() == moved


def test_a_year_without_its_notice_is_never_guessed() -> None:
    calendar = Calendar()
    asked: list[Callable[[], object]] = [
        lambda: calendar.is_working(date(2019, 12, 31)),
        lambda: calendar.after(date(2026, 12, 31), 1),
        lambda: calendar.between(date(2026, 12, 30), date(2027, 1, 1)),
        lambda: calendar.moved(date(2027, 1, 4)),
        lambda: calendar.after(date(9999, 12, 31), 1),
    ]
    for ask in asked:
        with pytest.raises(UnknownYearError):
            ask()
    assert Calendar().after(date(2019, 12, 31), 1) == date(2020, 1, 2)


OWN: Final = """
[[notice]]
year = 2027
number = "某办发〔2026〕1号"
title = "关于2027年部分节假日安排的通知"
[[notice.festival]]
name = "元旦"
from = 2027-01-01
to = 2027-01-03
[[notice.festival]]
name = "春节"
from = 2027-02-05
to = 2027-02-12
work = [2027-02-14]

[[local]]
name = "本地节日"
from = 2024-04-11
to = 2024-04-12
work = [2024-04-13]
source = "本地通知"

[[local]]
name = "停工"
work = [2024-05-12]
"""


def test_an_office_adds_a_year_and_days_of_its_own(tmp_path: Path) -> None:
    """A file beside the scheme; it makes 2027 known, and changes single days of 2024."""
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "scheme.toml").write_bytes((SMALL / "scheme.toml").read_bytes())
    (folder / "calendar.toml").write_text(OWN, encoding="utf-8")
    calendar = govscore.load_scheme(folder / "scheme.toml").calendar
    assert calendar is not None
    # Saturday 13 April is worked instead of Thursday 11 and Friday 12: 10, 13, 15 April.
    assert calendar.after(date(2024, 4, 9), 3) == date(2024, 4, 15)
    assert calendar.is_working(date(2024, 5, 12))
    assert calendar.after(date(2026, 12, 31), 1) == date(2027, 1, 4)
    assert not calendar.is_working(date(2027, 2, 5))
    # What is not stated stays as shipped.
    assert not calendar.is_working(date(2024, 10, 1))
    assert [each.number for each in calendar.notices][-1] == "某办发〔2026〕1号"


DOCUMENT: Final = (SMALL.parents[2] / "docs" / "scheme.md").read_text(encoding="utf-8")


def test_the_document_lists_the_notices_that_are_shipped() -> None:
    table = DOCUMENT[DOCUMENT.index("## 日历 · The calendar") :]
    for year, numbers in NUMBERS.items():
        (line,) = [line for line in table.splitlines() if line.startswith(f"| {year} |")]
        assert [number in line for number in numbers] == [True] * len(numbers)


def test_the_document_s_calendar_is_one(tmp_path: Path) -> None:
    """The example adds New Year 2027, and local days in April 2024."""
    (block,) = re.findall(r"<!-- file: calendar.toml -->\n```toml\n(.*?)```", DOCUMENT, re.DOTALL)
    file = tmp_path / "calendar.toml"
    file.write_text(block, encoding="utf-8")
    calendar = govscore.load_scheme(SMALL / "scheme.toml", calendar=file).calendar
    assert calendar is not None
    assert calendar.after(date(2026, 12, 31), 1) == date(2027, 1, 4)
    assert [calendar.is_working(date(2024, 4, day)) for day in (10, 11, 12, 13, 14)] == [
        True, False, False, True, False,
    ]  # fmt: skip


def test_local_days_alone_make_no_year_known(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('[[local]]\nname = "本地"\nfrom = 2027-04-11\n', encoding="utf-8")
    scheme = govscore.load_scheme(text=read_scheme((SMALL / "scheme.toml").read_bytes()).text, calendar=file)
    assert scheme.calendar is not None
    with pytest.raises(UnknownYearError):
        scheme.calendar.is_working(date(2027, 4, 12))
