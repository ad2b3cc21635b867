"""Every folder, name and request that the office refuses, by id, with its place."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import govscore
from govscore.events import Decision, Finding, Submitted
from govscore.i18n import speaking
from govscore.office import demo
from govscore.office.demo import copy_demo
from govscore.office.exporting import export_workbook
from govscore.office.folder import open_folder
from govscore.office.glance import glance
from govscore.office.init import init_folder, start_record, write_starter
from govscore.office.platform import replace_file
from govscore.office.target import STDOUT, check_target, check_workbook, form_of
from govscore.record import Record
from tests.broken.small import SMALL, problems_of
from tests.unit.office.folders import LEADERS, REVIEWERS, begun, tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from govscore.errors import Problem

Broken = tuple[list["Problem"], str, list[str]]
"""Problems, the place of the first, and words that it holds."""
NOTHING: Final = Finding(state="none")


def no_folder(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    path = folder / "none"
    return problems_of(lambda: open_folder(path)), str(path), ["no such folder"]


def missing(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    tables(folder)
    (folder / "units.csv").unlink()
    (folder / "scheme.toml").unlink()
    begins = problems_of(lambda: start_record(folder, reviewers=REVIEWERS, leaders=LEADERS))
    assert [each.id for each in begins] == ["office.missing-files"]
    return problems_of(lambda: open_folder(folder)), str(folder), ["no scheme.toml, units.csv"]


def nothing_to_score(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    tables(folder)
    (folder / "findings.csv").unlink()
    return problems_of(lambda: open_folder(folder)), str(folder), ["neither a record nor findings"]


def several(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    tables(folder)
    (folder / "findings.toml").write_text("")
    return problems_of(lambda: open_folder(folder)), str(folder), ["findings.csv, findings.toml"]


def scheme_differs(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    begun(folder).close()
    path = folder / "scheme.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[8] = 'points_source = "official"'
    path.write_text("\n".join(lines), encoding="utf-8")
    return problems_of(lambda: open_folder(folder)), f"{path}:9", ["line 9 differs", "record's scheme"]


def calendar_differs(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    """A calendar that came into the folder after the record was begun without one."""
    begun(folder).close()
    path = folder / "calendar.toml"
    path.write_text('[[local]]\nname = "本地"\nfrom = 2024-04-11\n', encoding="utf-8")
    return problems_of(lambda: open_folder(folder)), f"{path}:1", ["line 1 differs", "record's calendar"]


def units_differ(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    begun(folder).close()
    path = folder / "units.csv"
    text = path.read_text(encoding="utf-8").replace("财政局", "财税局") + "beijie,北街道,streets,\n"
    path.write_text(text, encoding="utf-8")
    return problems_of(lambda: open_folder(folder)), str(path), ["different: caizheng, beijie"]


def not_opened(folder: Path, patch: pytest.MonkeyPatch) -> Broken:
    """A record of another history: its first event is no opening."""
    begun(folder).close()
    path = folder / "record.sqlite"
    with Record.open(path) as record:
        events = record.events()
    submitted = events[0].__class__(
        number=1,
        time=events[0].time,
        author="张三",
        hash=events[0].hash,
        body=Submitted(result_digest="", head=""),
    )
    patch.setattr(Record, "events", lambda _self: (submitted,))
    return problems_of(lambda: open_folder(folder)), str(path), ["does not begin with the opening"]


def not_empty(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    begun(folder).close()
    assert problems_of(lambda: copy_demo(folder))[0].id == "office.not-empty"
    assert problems_of(lambda: write_starter(folder))[0].id == "office.not-empty"
    assert problems_of(lambda: copy_demo(folder / "units.csv"))[0].id == "office.not-empty"
    return problems_of(lambda: begun(folder)), str(folder), ["record.sqlite, scheme.toml, units.csv"]


def cannot_write(folder: Path, patch: pytest.MonkeyPatch) -> Broken:
    def refuse(self: Path, *_arguments: object, **_settings: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    patch.setattr(Path, "mkdir", refuse)
    path = folder / "new"
    return problems_of(lambda: write_starter(path)), str(path), ["you have no permission for it"]


def not_a_file(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    tables(folder)
    file = folder / "findings.csv"
    file.unlink()
    for target, words in ((Path(os.devnull), "a device"), (folder / "none", "a link to nothing")):
        file.symlink_to(target)
        assert words in str(problems_of(lambda: open_folder(folder))[0])
        assert "office.not-a-file" in glance(folder).remarks[0]
        file.unlink()
    file.mkdir()
    return problems_of(lambda: open_folder(folder)), str(file), ["a folder", "Move it away"]


def target_own(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    """The record, what lies beside it, and the same through links."""
    link, twin = folder / "link.csv", folder / "twin.csv"
    with begun(folder) as assessment:
        link.symlink_to("units.csv")
        twin.hardlink_to(folder / "units.csv")
        for name in ("record.sqlite-wal", "scheme.toml", "findings.xlsx", "link.csv", "twin.csv"):
            file = folder / name
            problems = problems_of(lambda file=file: check_target(file, assessment.files))  # type: ignore[misc]
            assert [each.id for each in problems] == ["office.target-own"]
        check_target(folder / "scores.csv", assessment.files)
        path = folder / "record.sqlite"
        return problems_of(lambda: export_workbook(assessment, path)), str(path), ["not overwritten"]


def target_no_file(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    device = Path(os.devnull)
    check_target(device, (), streams=True)
    assert problems_of(lambda: check_workbook(device, ()))[0].id == "office.target-no-file"
    return problems_of(lambda: check_target(folder, (), streams=True)), str(folder), ["a folder"]


def target_ending(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    endings = {".txt": "table", ".json": "json", ".csv": "csv"}
    assert form_of(folder / "a.CSV", None, endings) == "csv"
    assert form_of(folder / "a", "json", endings) == "json"
    assert "one of .xlsx" in str(problems_of(lambda: check_workbook(folder / "a.txt", ()))[0])
    assert "one of .json" in str(problems_of(lambda: form_of(folder / "a.csv", "json", endings))[0])
    path = folder / "a.pdf"
    return problems_of(lambda: form_of(path, None, endings)), str(path), ["“.pdf”", ".txt, .json, .csv"]


def target_stdout(_folder: Path, _: pytest.MonkeyPatch) -> Broken:
    return problems_of(lambda: check_workbook(STDOUT, ())), "", ["takes text only", "xlsx"]


def no_example(folder: Path, patch: pytest.MonkeyPatch) -> Broken:
    patch.setattr(demo, "EXAMPLE", "nowhere-2024")
    place = Path(govscore.__file__).parent / "examples" / "nowhere-2024"
    return problems_of(lambda: copy_demo(folder / "demo")), str(place), ["does not contain the example"]


def people(**settings: object) -> Callable[[Path, pytest.MonkeyPatch], list[Problem]]:
    """The problems of beginning with these people."""

    def begin(folder: Path, _: pytest.MonkeyPatch) -> list[Problem]:
        named = {"reviewers": REVIEWERS, "leaders": LEADERS, **settings}
        problems = problems_of(lambda: init_folder(folder, scheme=SMALL / "scheme.toml", **named))  # type: ignore[arg-type]
        assert list(folder.iterdir()) == []
        return problems

    return begin


def name(folder: Path, patch: pytest.MonkeyPatch) -> Broken:
    for bad in ("", "  ", "张\x1b[31m三", "长" * 41):
        assert people(reviewers=[bad, "王五"])(folder, patch)[0].id == "office.name"
    return people(leaders=["\u202e赵主任"])(folder, patch), "", ["“‹U+202E›赵主任”"]


def no_reviewer(folder: Path, patch: pytest.MonkeyPatch) -> Broken:
    return people(reviewers=[])(folder, patch), "", ["no reviewer is named", "--reviewer NAME"]


def no_leader(folder: Path, patch: pytest.MonkeyPatch) -> Broken:
    return people(leaders=[])(folder, patch), "", ["no leader is named", "--leader NAME"]


def nobody_could_approve(folder: Path, patch: pytest.MonkeyPatch) -> Broken:
    return people(leaders=["李四"], author="李四")(folder, patch), "", ["李四 begins the record"]


def who(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    begun(folder).close()
    with open_folder(folder) as assessment:
        problems = problems_of(lambda: assessment.decide("jiaoyu", "1", NOTHING))
    return problems, "", ["one of 张三, 李四", "GOVSCORE_REVIEWER"]


def not_on_roster(folder: Path, patch: pytest.MonkeyPatch) -> Broken:
    begun(folder).close()
    patch.setenv("GOVSCORE_REVIEWER", "张三三")
    with open_folder(folder) as assessment:
        return problems_of(assessment.require_author), "", ["“张三三”", "did you mean “张三”?"]


def wrong_role(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    begun(folder).close()
    with open_folder(folder, author="张三") as assessment:
        assert problems_of(lambda: assessment.send_back("x"))[0].id == "office.wrong-role"
        assert problems_of(assessment.approve)[0].id == "office.wrong-role"
    with open_folder(folder, author="赵主任") as assessment:
        problems = problems_of(lambda: assessment.decide("jiaoyu", "1", NOTHING))
    return problems, "", ["赵主任 does not have the role: reviewer", "one of 张三, 李四"]


def needs_record(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    assessment = open_folder(tables(folder), author="张三")
    for act in (assessment.submit, assessment.approve, assessment.anchor, assessment.require_author):
        assert problems_of(act)[0].id == "office.needs-record"
    return problems_of(lambda: assessment.decide("jiaoyu", "1", NOTHING)), "", ["govscore init"]


def empty_finding(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    with begun(folder) as assessment:
        problems = problems_of(lambda: assessment.decide("jiaoyu", "1", Finding()))
    return problems, "", ["unit jiaoyu, item 1: nothing is established"]


def not_decided(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    with begun(folder) as assessment:
        return problems_of(lambda: assessment.withdraw("jiaoyu", "1")), "", ["no decision to withdraw"]


def unknown_unit(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    with begun(folder) as assessment:
        assert problems_of(lambda: assessment.require_unit("jiaoy"))[0].nearest == "jiaoyu"
        assert assessment.check("jiaoyu", "11", NOTHING)[0].id == "findings.unknown-item"
        assert assessment.check("jiaoyu", "6", NOTHING)[0].id == "findings.not-assigned"
        return problems_of(lambda: assessment.decide("jiaoy", "1", NOTHING)), "", ["did you mean “jiaoyu”?"]


def unreadable_decision(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    """A decision that got into the record past the office."""
    begun(folder).close()
    with Record.open(folder / "record.sqlite") as record:
        record.append(
            Decision(unit="jiaoyu", item="99", finding=NOTHING), "张三", "2025-01-06T09:30:00+08:00"
        )
    return problems_of(lambda: open_folder(folder)), "#2 jiaoyu/99", ["decision 2 of 张三"]


def target_busy(folder: Path, patch: pytest.MonkeyPatch) -> Broken:
    def refuse(self: Path, _target: Path) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    patch.setattr(Path, "replace", refuse)
    temporary, target = folder / "a.tmp", folder / "a.xlsx"
    temporary.write_bytes(b"")
    return problems_of(lambda: replace_file(temporary, target)), str(target), ["open in another program"]


CASES: Final[dict[str, Callable[[Path, pytest.MonkeyPatch], Broken]]] = {
    "office.no-folder": no_folder,
    "office.missing-files": missing,
    "office.nothing-to-score": nothing_to_score,
    "office.several-files": several,
    "office.scheme-differs": scheme_differs,
    "office.calendar-differs": calendar_differs,
    "office.units-differ": units_differ,
    "office.not-opened": not_opened,
    "office.not-empty": not_empty,
    "office.cannot-write": cannot_write,
    "office.not-a-file": not_a_file,
    "office.target-own": target_own,
    "office.target-no-file": target_no_file,
    "office.target-ending": target_ending,
    "office.target-stdout": target_stdout,
    "office.no-example": no_example,
    "office.name": name,
    "office.no-reviewer": no_reviewer,
    "office.no-leader": no_leader,
    "office.nobody-could-approve": nobody_could_approve,
    "office.who": who,
    "office.not-on-roster": not_on_roster,
    "office.wrong-role": wrong_role,
    "office.needs-record": needs_record,
    "office.empty-finding": empty_finding,
    "office.not-decided": not_decided,
    "office.unknown-unit": unknown_unit,
    "office.unreadable-decision": unreadable_decision,
    "office.target_busy": target_busy,
}


@pytest.mark.parametrize("id", CASES)
def test_a_refusal_is_told_under_its_id_in_its_place(
    id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with speaking("en"):
        problems, place, words = CASES[id](tmp_path, monkeypatch)
        assert problems[0].id == id
        assert str(problems[0].place) == place
        for each in words:
            assert each in str(problems[0])


def test_a_record_that_is_broken_keeps_its_own_message(tmp_path: Path) -> None:
    begun(tmp_path).close()
    (tmp_path / "record.sqlite").write_bytes(b"x" * 5000)
    assert problems_of(lambda: open_folder(tmp_path))[0].id == "record.not_ours"
    with pytest.raises(sqlite3.DatabaseError), sqlite3.connect(tmp_path / "record.sqlite") as connection:
        connection.execute("SELECT 1 FROM event")
