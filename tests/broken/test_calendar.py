"""Every mistake in an office's own calendar is told with its id, its place and the right words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

import govscore
from govscore.i18n import speaking
from tests.broken.small import SMALL, problems_of

if TYPE_CHECKING:
    from pathlib import Path

HEAD: Final = """[[notice]]
year = 2027
number = "国办发明电〔2026〕0号"
title = "国务院办公厅关于2027年部分节假日安排的通知"
"""
FESTIVAL: Final = '[[notice.festival]]\nname = "元旦"\n'

CASES: Final[dict[str, list[tuple[str, list[tuple[str, list[str]]]]]]] = {
    "calendar.unknown-key": [
        ("[[notices]]\nyear = 2027\n", [(":1:3", ["“notices”", "did you mean “notice”?"])]),
        (
            HEAD + FESTIVAL + "from = 2027-01-01\nworked = [2027-01-03]\n",
            [(":8:1", ["“worked”", "name, from, to, work, source", "did you mean “work”?"])],
        ),
    ],
    "calendar.missing-key": [
        (
            "[[notice]]\nyear = 2027\n[[local]]\nto = 2024-04-11\n",
            [
                (":1:1", ["“festival” is missing"]),
                (":1:1", ["“number” is missing"]),
                (":1:1", ["“title” is missing"]),
                (":3:1", ["“from” is missing"]),
                (":3:1", ["“name” is missing"]),
            ],
        ),
    ],
    "calendar.wrong-type": [
        (
            HEAD.replace("2027\n", '"2027"\n', 1) + FESTIVAL + 'from = "2027-01-01"\nwork = 2027-01-03\n',
            [
                (":2:8", ["found “2027”", "a year such as 2027"]),
                (":7:8", ["found “2027-01-01”", "a date such as"]),
                (":8:8", ["found 2027-01-03", "a list of dates"]),
            ],
        ),
        ("notice = 5\nlocal = [1]\n", [(":1:10", ["found 5"]), (":2:10", ["found 1", "a list of tables"])]),
    ],
    "calendar.days-off": [
        (
            HEAD + FESTIVAL + "from = 2027-01-03\nto = 2027-01-01\n",
            [(":8:6", ["from 2027-01-03 to 2027-01-01"])],
        ),
        (
            '[[local]]\nname = "本地"\nfrom = 2024-04-01\nto = 2024-05-11\n',
            [(":4:6", ["from 2024-04-01 to 2024-05-11", "at most 40 days"])],
        ),
    ],
    "calendar.other-year": [
        (
            HEAD + FESTIVAL + "from = 2027-01-01\nto = 2027-01-03\nwork = [2026-01-04]\n",
            [(":9:8", ["2026-01-04 stands in the notice for 2027", "the year of the notice"])],
        ),
    ],
    "calendar.off-and-worked": [
        (
            HEAD + FESTIVAL + "from = 2027-01-01\nto = 2027-01-03\nwork = [2027-01-03]\n",
            [(":9:8", ["2027-01-03 is both a day off and a day that is worked"])],
        ),
    ],
}
ALL: Final = [(id, number) for id, files in CASES.items() for number in range(len(files))]


@pytest.mark.parametrize(("id", "number"), ALL)
def test_a_broken_calendar_is_told_under_its_id_in_its_place(id: str, number: int, tmp_path: Path) -> None:
    text, expected = CASES[id][number]
    file = tmp_path / "calendar.toml"
    file.write_text(text, encoding="utf-8")
    problems = problems_of(lambda: govscore.load_scheme(SMALL / "scheme.toml", calendar=file))
    assert {each.id for each in problems} == {id}
    assert [str(each.place) for each in problems] == [f"{file}{place}" for place, _words in expected]
    with speaking("en"):
        for each, (_place, words) in zip(problems, expected, strict=True):
            assert [word for word in words if word not in str(each)] == []


def test_a_calendar_that_is_no_toml_is_told_as_a_scheme_would_be(tmp_path: Path) -> None:
    file = tmp_path / "calendar.toml"
    file.write_text("[[notice]]\nyear = 二〇二七\n", encoding="utf-8")
    (only,) = problems_of(lambda: govscore.load_scheme(SMALL / "scheme.toml", calendar=file))
    assert str(only.place) == f"{file}:2:8"
