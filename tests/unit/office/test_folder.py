"""One function decides what an assessment folder is scored from."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from govscore.errors import InputError, RefusedError, StorageError, problem
from govscore.events import Finding, Opened
from govscore.i18n import speaking
from govscore.office.folder import open_files, open_folder
from govscore.office.glance import glance
from govscore.office.init import init_folder
from govscore.record import Record, messages
from tests.broken.small import SMALL
from tests.unit.office.folders import LEADERS, REVIEWERS, begun, clock, tables

if TYPE_CHECKING:
    from pathlib import Path

    from govscore.office.assessment import Assessment

MORE = """
[[bonus]]
id = "999"
title = "加分"
cap = 1
rule = { kind = "earn", plus = [{ id = "more", title = "多做", each = 1 }] }
"""


def test_without_a_record_the_findings_count(tmp_path: Path) -> None:
    assessment = open_folder(tables(tmp_path))
    assert not assessment.has_record
    assert assessment.read_only
    assert str(assessment.result()["jiaoyu"].total) == "97"
    assert assessment.standing().words() == "评审中"
    assert assessment.finding("caizheng", "3") == Finding(state="na", reason="无此类信息")
    assert assessment.finding("caizheng", "4") is None
    assert assessment.decision_event("caizheng", "3") is None
    assert (assessment.refresh(), assessment.people, assessment.events) == ((), (), ())


def test_with_a_record_the_findings_do_not_count_and_are_named(tmp_path: Path) -> None:
    begun(tmp_path).close()
    shutil.copy(SMALL / "findings.csv", tmp_path)
    with speaking("en"), open_folder(tmp_path) as assessment:
        assert assessment.result()["jiaoyu"].state == "open"
        assert assessment.remarks == (
            "findings.csv is not used: the folder has a record, and the record counts.",
        )


def test_three_files_make_an_assessment_without_a_folder() -> None:
    assessment = open_files(SMALL / "scheme.toml", SMALL / "units.csv", SMALL / "findings.csv")
    assert assessment.path is None
    assert assessment.board.rank_of("jiaoyu") == 1


def test_the_record_counts_even_if_its_files_are_gone(tmp_path: Path) -> None:
    begun(tmp_path, imported=True).close()
    (tmp_path / "scheme.toml").unlink()
    (tmp_path / "units.csv").unlink()
    with open_folder(tmp_path) as assessment:
        assert str(assessment.result()["jiaoyu"].total) == "97"


@pytest.mark.parametrize(
    "change", [lambda raw: b"\xef\xbb\xbf" + raw, lambda raw: raw.replace(b"\n", b"\r\n")]
)
def test_line_ends_and_a_byte_order_mark_are_no_difference(tmp_path: Path, change: object) -> None:
    begun(tmp_path).close()
    path = tmp_path / "scheme.toml"
    path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]
    open_folder(tmp_path).close()


@pytest.mark.parametrize("text", ["", "x = \n", "format = 1\n"])
def test_a_scheme_that_differs_is_told_even_if_it_cannot_be_read(tmp_path: Path, text: str) -> None:
    begun(tmp_path).close()
    (tmp_path / "scheme.toml").write_text(text)
    with pytest.raises(InputError) as caught:
        open_folder(tmp_path)
    assert [each.id for each in caught.value.problems] == ["office.scheme-differs"]


def test_a_scheme_with_more_lines_differs_after_its_last(tmp_path: Path) -> None:
    begun(tmp_path).close()
    path = tmp_path / "scheme.toml"
    lines = len(path.read_text(encoding="utf-8").splitlines())
    path.write_text(path.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        open_folder(tmp_path)
    assert caught.value.problems[0].place.line == lines + 1


def test_comments_may_change_beside_a_record_and_are_remarked(tmp_path: Path) -> None:
    begun(tmp_path).close()
    path = tmp_path / "scheme.toml"
    changed = "# 说明\n" + path.read_text(encoding="utf-8").replace(" = ", "  =  ", 3)
    path.write_text(changed, encoding="utf-8")
    with open_folder(tmp_path) as assessment:
        assert [remark for remark in assessment.remarks if "scheme.toml" in remark]
        assert assessment.scheme.text != changed
    seen = glance(tmp_path)
    assert any("scheme.toml" in remark for remark in seen.remarks)
    assert seen.next[0] == "govscore review"


def test_a_folder_where_one_may_not_write_is_opened_for_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(tmp_path).close()
    opened = Record.open

    def refuse(path: Path, *, read_only: bool = False, program: str = "") -> Record:
        if not read_only:
            raise StorageError(problem(messages.READ_ONLY_FOLDER))
        return opened(path, read_only=True, program=program)

    monkeypatch.setattr(Record, "open", refuse)
    with open_folder(tmp_path, author="张三") as assessment:
        assert assessment.read_only
        assert len(assessment.remarks) == 1
        with pytest.raises(RefusedError):
            assessment.decide("jiaoyu", "1", Finding(state="none"))


def test_looking_needs_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name from the environment that this record does not know hinders nobody from looking."""
    begun(tmp_path).close()
    monkeypatch.setenv("GOVSCORE_REVIEWER", "王五")
    with open_folder(tmp_path) as assessment:
        assert assessment.author == "王五"
        assert assessment.result().provisional


def test_a_stated_name_goes_before_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(tmp_path).close()
    monkeypatch.setenv("GOVSCORE_REVIEWER", "张三")
    with open_folder(tmp_path, author=" 李四 ") as assessment:
        assert assessment.require_author("reviewer").name == "李四"


OWN_CALENDAR = """# 本地日历
[[local]]
name = "本地节日"
from = 2024-03-28
to = 2024-03-29
"""


def with_calendar(folder: Path) -> Path:
    """A folder whose only case ends on Monday 1 April: 20 working days from 1 March without 28 and 29."""
    tables(folder)
    (folder / "calendar.toml").write_text(OWN_CALENDAR, encoding="utf-8")
    rows = "unit,item,fact,case,start,finish,state\n" + "".join(
        f"jiaoyu,1,reply,{id},2024-03-01,{finish},\n"
        for id, finish in (("a", "2024-04-01"), ("b", "2024-04-02"), ("c", "2024-04-03"))
    )
    (folder / "findings.csv").write_text(rows + "jiaoyu,1,,,,,none\n", encoding="utf-8")
    return folder


def late(assessment: Assessment) -> int:
    return int(assessment.board.facts_of("jiaoyu", "1").values["reply"]["late"])


def test_a_calendar_beside_the_scheme_counts(tmp_path: Path) -> None:
    """With two days off more, 20 working days after 1 March end on 2 April."""
    folder = with_calendar(tmp_path)
    assert late(open_folder(folder)) == 1
    (folder / "calendar.toml").unlink()
    assert late(open_folder(folder)) == 3


def test_the_record_keeps_the_calendar(tmp_path: Path) -> None:
    """It counts even if its file is gone, is copied with its scheme, and may not be changed under way."""
    source, folder = with_calendar(tmp_path / "source"), tmp_path / "begun"
    begun_with = init_folder(
        folder,
        scheme=source / "scheme.toml",
        units=source / "units.csv",
        reviewers=REVIEWERS,
        leaders=LEADERS,
        author="张三",
        findings=source / "findings.csv",
        clock=clock,
    )
    assert late(begun_with) == 1
    begun_with.close()
    assert (folder / "calendar.toml").read_text(encoding="utf-8") == OWN_CALENDAR
    (folder / "calendar.toml").unlink()
    with open_folder(folder) as assessment:
        assert late(assessment) == 1
    (folder / "calendar.toml").write_text(OWN_CALENDAR.replace("28", "27"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        open_folder(folder)
    (problem_found,) = caught.value.problems
    assert (problem_found.id, problem_found.place.line) == ("office.calendar-differs", 4)


def test_a_record_without_a_calendar_is_stored_as_before(tmp_path: Path) -> None:
    begun(tmp_path).close()
    with Record.open(tmp_path / "record.sqlite", read_only=True) as record:
        opened = record.events()[0].body
        assert isinstance(opened, Opened)
        assert opened.calendar_text == ""
    raw = (tmp_path / "record.sqlite").read_bytes()
    assert b"scheme_text" in raw
    assert b"calendar_text" not in raw
