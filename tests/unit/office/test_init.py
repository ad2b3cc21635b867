"""Beginning an assessment, the demonstration, and a glance at what is there."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

import govscore
from govscore.errors import GovscoreError, InputError
from govscore.events import Finding
from govscore.i18n import speaking
from govscore.office import demo
from govscore.office.exporting import export_unit, export_workbook
from govscore.office.folder import open_folder
from govscore.office.glance import glance
from govscore.office.init import init_folder, start_record, write_starter
from tests.broken.small import SMALL
from tests.unit.office.folders import LEADERS, REVIEWERS, begun, clock, tables

if TYPE_CHECKING:
    from pathlib import Path


def test_a_record_begins_with_scheme_units_and_people(tmp_path: Path) -> None:
    with begun(tmp_path / "new") as assessment:
        assert [person.name for person in assessment.people] == ["张三", "李四", "赵主任"]
        assert assessment.people[1].roles == ("reviewer", "leader")
        assert assessment.author == "张三"
        assert (assessment.decided, len(assessment.events)) == (0, 1)
    copied = tmp_path / "new" / "scheme.toml"
    assert copied.read_bytes() == (SMALL / "scheme.toml").read_bytes()


def test_findings_are_imported_as_decisions_of_whoever_imports(tmp_path: Path) -> None:
    with begun(tmp_path, imported=True) as assessment:
        assert assessment.decided == 20
        assert {event.author for event in assessment.events} == {"张三"}
        assert str(assessment.result()["jiaoyu"].total) == "97"
    assert not (tmp_path / "findings.csv").exists()


def test_a_folder_with_its_own_files_gets_a_record(tmp_path: Path) -> None:
    with start_record(
        tables(tmp_path), reviewers=REVIEWERS[:1], leaders=LEADERS[:1], clock=clock
    ) as assessment:
        assert assessment.decided == 20
        assert str(assessment.result()["jiaoyu"].total) == "97"
    with open_folder(tmp_path) as again:
        assert again.author == "张三"
        assert len(again.remarks) == 1


def test_a_brought_list_keeps_its_form(tmp_path: Path) -> None:
    text = "\n".join(
        f'[[unit]]\nunit = "{each}"\nname = "{each}"\ngroup = "{group}"\ntags = ["media"]'
        for each, group in (("jiaoyu", "departments"), ("dongjie", "streets"))
    )
    (tmp_path / "list.toml").write_text(text, encoding="utf-8")
    folder = tmp_path / "new"
    with init_folder(
        folder, scheme=SMALL / "scheme.toml", units=tmp_path / "list.toml", reviewers=["甲"], leaders=["乙"]
    ) as assessment:
        assert len(assessment.units) == 2
    assert sorted(each.name for each in folder.iterdir()) == ["record.sqlite", "scheme.toml", "units.toml"]
    open_folder(folder).close()


def test_a_calendar_without_its_scheme_is_not_mixed_with_a_brought_one(tmp_path: Path) -> None:
    """A scheme that is brought comes with its own calendar, or with none."""
    (tmp_path / "calendar.toml").write_text('[[local]]\nname = "甲"\nfrom = 2024-04-11\n', encoding="utf-8")
    with pytest.raises(GovscoreError) as caught:
        begun(tmp_path)
    assert "calendar.toml" in str(caught.value)
    assert [file.name for file in tmp_path.iterdir()] == ["calendar.toml"]


def test_nothing_is_written_if_anything_is_wrong(tmp_path: Path) -> None:
    findings = tmp_path / "findings.csv"
    findings.write_text("unit,item,state\nnobody,1,none\n", encoding="utf-8")
    folder = tmp_path / "new"
    with pytest.raises(InputError) as caught:
        init_folder(
            folder, scheme=SMALL / "scheme.toml", units=SMALL / "units.csv", reviewers=["甲"], leaders=["乙"],
            findings=findings,
        )  # fmt: skip
    assert caught.value.problems[0].id == "findings.unknown-unit"
    assert not folder.exists()


def test_the_starter_is_a_scheme_that_check_accepts(tmp_path: Path) -> None:
    written = write_starter(tmp_path / "new")
    assert [path.name for path in written] == ["scheme.toml", "units.csv"]
    scheme = govscore.load_scheme(written[0])
    units = govscore.load_units(written[1], scheme)
    clean = [{"unit": unit.unit, "item": item, "state": "none"} for unit in units for item in scheme.entries]
    result = govscore.score(scheme, govscore.load_facts(clean, scheme, units), units)
    assert {str(unit.total) for unit in result} == {"100"}
    with init_folder(tmp_path / "new", reviewers=["甲"], leaders=["乙"]) as assessment:
        assert assessment.has_record


# --- the demonstration -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo.copy_demo(tmp_path_factory.mktemp("demo"), clock=clock)


def test_the_demonstration_leaves_something_to_do(demonstration: Path) -> None:
    with open_folder(demonstration, author=demo.REVIEWERS[0]) as assessment:
        states = {unit.unit: (unit.state, unit.reviewed) for unit in assessment.result()}
        assert assessment.remarks == ()
        assert assessment.scheme.notice == "示例数据，非真实考核结果"
        assert {id for id, (state, _reviewed) in states.items() if state == "open"} == {
            *demo.LEFT,
            *("bureau-03", "street-09"),
        }
        assert {id for id, (_state, reviewed) in states.items() if not reviewed} == {"xinxi", "dishouru"}
        assert assessment.standing().words() == "评审中 · 暂排"
        authors = {event.author for event in assessment.events}
        assert authors == set(demo.REVIEWERS)


def test_the_demonstration_is_the_same_every_time(demonstration: Path, tmp_path: Path) -> None:
    other = demo.copy_demo(tmp_path / "demo", clock=clock)
    anchors = set()
    for folder in (demonstration, other):
        with open_folder(folder, read_only=True) as assessment:
            anchors.add(assessment.anchor())
    assert len(anchors) == 1


def test_the_demonstration_can_be_finished(tmp_path: Path) -> None:
    """The rest from the example's own findings; two items are open there, too."""
    folder = demo.copy_demo(tmp_path / "demo")
    example = open_folder(demo.example_folder())
    with open_folder(folder, author=demo.REVIEWERS[0]) as assessment:
        rest = [
            (unit.unit, item, finding)
            for unit in assessment.units
            for item in assessment.scheme.entries
            if assessment.finding(unit.unit, item) is None and (finding := example.finding(unit.unit, item))
        ]
        assessment.decide_many(rest)
        assert assessment.result().units == example.result().units
        last = {"bureau-03": "29", "street-09": "44"}
        assessment.decide_many([(unit, item, Finding(state="na")) for unit, item in last.items()])
        left = [unit for unit in assessment.result() if unit.state == "open"]
        assert [(unit.unit, unit.open_items) for unit in left] == []
        assessment.submit()
    with open_folder(folder, author=demo.LEADER) as leader:
        leader.approve()
        assert leader.standing().words() == "已批准"


def test_the_demonstration_is_made_within_a_second(tmp_path: Path) -> None:
    begin = time.monotonic()
    demo.copy_demo(tmp_path / "demo")
    assert time.monotonic() - begin < 2


# --- workbooks ---------------------------------------------------------------------------------------


def test_a_workbook_is_the_same_bytes_for_a_fixed_clock(demonstration: Path, tmp_path: Path) -> None:
    with open_folder(demonstration, read_only=True) as assessment:
        files = [export_workbook(assessment, tmp_path / f"{name}.xlsx", clock=clock) for name in "ab"]
        page = export_unit(assessment, "jiaoyu", tmp_path / "c.xlsx", clock=clock)
        with pytest.raises(GovscoreError):
            export_unit(assessment, "nobody", tmp_path / "d.xlsx", clock=clock)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert page.stat().st_size > 1000
    assert not (tmp_path / "d.xlsx").exists()


def test_a_workbook_that_is_open_elsewhere_is_written_beside(demonstration: Path, tmp_path: Path) -> None:
    target = tmp_path / "ranking.xlsx"
    with open_folder(demonstration, read_only=True) as assessment:
        export_workbook(assessment, target, clock=clock)
        (tmp_path / "~$ranking.xlsx").touch()
        beside = export_workbook(assessment, target, clock=clock)
    assert beside != target
    assert "09-30-00" in beside.name


# --- at a glance -------------------------------------------------------------------------------------


def test_a_glance_tells_what_a_folder_is(tmp_path: Path) -> None:
    with speaking("en"):
        assert glance(tmp_path / "none").kind == "nothing"
        assert "govscore demo" in glance(tmp_path).next
        folder = tables(tmp_path / "tables")
        seen = glance(folder)
        assert (seen.kind, seen.title, seen.notice) == ("tables", "小方案", "测试数据")
        (folder / "findings.csv").unlink()
        assert glance(folder).kind == "ready"
        (folder / "units.csv").unlink()
        assert (glance(folder).kind, glance(folder).lines()) == (
            "incomplete",
            ("the folder has no units.csv",),
        )


def test_a_glance_tells_what_is_stored_and_what_comes_next(tmp_path: Path) -> None:
    with speaking("en"):
        begun(tmp_path).close()
        seen = glance(tmp_path)
        assert (seen.kind, seen.title, seen.units, seen.decisions) == ("record", "小方案", 4, 0)
        assert seen.next[0] == "govscore review"
        with open_folder(tmp_path, author="张三") as assessment:
            table = SMALL / "findings.csv"
            facts = govscore.load_facts(table, assessment.scheme, assessment.units)
            from govscore.office.findings import by_entry

            assessment.decide_many(
                [(unit, item, one) for (unit, item, _), one in by_entry(tuple(facts.rows())).items()]
            )
            assessment.submit()
        assert glance(tmp_path).next[0].startswith("govscore approve")
        with open_folder(tmp_path, author="赵主任") as leader:
            leader.approve()
        seen = glance(tmp_path)
        assert any("approved by 赵主任" in line for line in seen.lines())
        assert any("status --full" in line for line in seen.lines())
        with open_folder(tmp_path, author="张三") as assessment:
            assessment.withdraw("jiaoyu", "1")
        seen = glance(tmp_path)
        assert seen.changed == 1
        assert any("no longer stands" in line for line in seen.lines())
        assert seen.next[0] == "govscore review"


@pytest.mark.parametrize(
    "scheme", ["", "[scheme]\n" + "a." * 20_000 + "b = 1\n", "[scheme]\ntitle = 3\n", "[[scheme]]\nx"]
)
def test_a_glance_survives_any_scheme(tmp_path: Path, scheme: str) -> None:
    (tmp_path / "scheme.toml").write_text(scheme)
    begin = time.monotonic()
    assert glance(tmp_path).title == ""
    assert time.monotonic() - begin < 1


def test_a_glance_loads_nothing_heavy(demonstration: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from govscore.office.glance import glance;"
        "seen = glance(Path(sys.argv[1])); seen.lines();"
        "heavy = {'polars', 'textual', 'openpyxl', 'pydantic', 'numpy', 'xlsxwriter'} & set(sys.modules);"
        "sys.exit(1 if heavy or seen.kind != 'record' else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(demonstration)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
