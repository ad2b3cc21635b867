"""init, status, submit, approve, return: what they do to the record, and what they refuse."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from govscore.events import FactRow, Finding
from govscore.office.folder import open_folder
from tests.unit.cli import small

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from govscore.office.assessment import Assessment
    from govscore.review.outline import Outline
    from tests.unit.cli.conftest import Done, Run

PEOPLE = ("--reviewer", "评审员甲", "--leader", "分管领导")


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    """A folder with a record in which everything is reviewed."""
    made = small.write(tmp_path / "small")
    assert run("init", str(made), *PEOPLE).code == 0
    return made


def state(run: Run, folder: Path) -> dict[str, object]:
    content: dict[str, object] = json.loads(run("score", str(folder), "--format", "json").out)
    return content


def approve(run: Run, folder: Path) -> Done:
    return run("approve", str(folder), "--as", "分管领导")


def test_init_begins_the_record_and_takes_the_findings_over(folder: Path, run: Run) -> None:
    assert (folder / "record.sqlite").exists()
    content = state(run, folder)
    assert content["state"] == "reviewing"
    assert content["provisional"] is False
    assert set(content) >= {"digests", "anchor", "notice"}


def test_init_takes_files_from_elsewhere(run: Run, tmp_path: Path) -> None:
    source = small.write(tmp_path / "source")
    files = [f"--{name}={source / file}" for name, file in (
        ("scheme", "scheme.toml"), ("units", "units.csv"), ("findings", "findings.csv"),
    )]  # fmt: skip
    done = run("init", "new", *files, *PEOPLE)
    assert done.code == 0, done.err
    assert "4" in done.err
    assert (tmp_path / "new" / "record.sqlite").exists()


def test_init_without_anything_writes_files_to_begin_with(run: Run, tmp_path: Path) -> None:
    done = run("init", "new")
    assert done.code == 0
    assert [line for line in done.out.splitlines() if line.endswith((".toml", ".csv"))]
    assert run("check", "new").code == 0
    assert run("init", "new", *PEOPLE).code == 0


def test_init_overwrites_nothing(folder: Path, run: Run) -> None:
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    for arguments in ((), PEOPLE, ("--scheme", str(folder / "units.csv"), *PEOPLE)):
        done = run("init", str(folder), *arguments)
        assert done.code in (1, 2)
        assert done.out == ""
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


@pytest.mark.parametrize(
    "people", [(), ("--reviewer", "甲"), ("--leader", "乙"), ("--reviewer", "甲", "--leader", "甲")]
)
def test_init_needs_people_who_can_review_and_approve(
    people: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    made = small.write(tmp_path / "small")
    done = run("init", str(made), *people)
    assert (done.code, done.out) == (1, "")
    assert not (made / "record.sqlite").exists()


def test_from_submitted_to_approved(folder: Path, run: Run) -> None:
    submitted = run("submit", str(folder))
    assert submitted.code == 0
    assert "待审批" in submitted.out
    assert state(run, folder)["state"] == "pending"
    approved = approve(run, folder)
    assert approved.code == 0
    assert "已批准" in approved.out
    assert state(run, folder)["state"] == "approved"


def test_from_submitted_to_returned_with_the_reason(folder: Path, run: Run) -> None:
    run("submit", str(folder))
    done = run("return", str(folder), "--as", "分管领导", "--reason", "请核实一局")
    assert done.code == 0
    assert "已退回" in done.out
    assert "请核实一局" in run("status", str(folder)).out
    assert "请核实一局" in run("status", str(folder), "--full").out


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("approve", "--as", "分管领导"),  # nothing is submitted
        ("return", "--as", "分管领导", "--reason", "x"),
        ("approve", "--as", "评审员甲"),  # reviewed it
        ("approve", "--as", "路人"),  # not on the roster
        ("approve",),  # nobody is named who may
        ("submit", "--as", "路人"),
    ],
)
def test_what_is_not_allowed_is_refused_and_stores_nothing(
    language: str, arguments: tuple[str, ...], folder: Path, run: Run
) -> None:
    before = state(run, folder)["anchor"]
    done = run("--lang", language, arguments[0], str(folder), *arguments[1:])
    assert (done.code, done.out) == (1, "")
    assert done.err
    assert state(run, folder)["anchor"] == before


def test_a_result_with_open_items_cannot_be_submitted(run: Run, tmp_path: Path) -> None:
    made = small.write(tmp_path / "small", small.FINDINGS.replace("one,1,wrong,1,,示例：一处\n", ""))
    run("init", str(made), *PEOPLE)
    done = run("submit", str(made))
    assert (done.code, done.out) == (1, "")
    assert "一局" in done.err


def test_returning_needs_a_reason(folder: Path, run: Run) -> None:
    run("submit", str(folder))
    missing = run("return", str(folder), "--as", "分管领导")
    assert (missing.code, missing.out) == (2, "")
    blank = run("return", str(folder), "--as", "分管领导", "--reason", " ")
    assert (blank.code, blank.out) == (1, "")
    assert state(run, folder)["state"] == "pending"


@pytest.mark.parametrize("name", ["submit", "approve", "return"])
def test_without_a_record_nothing_can_be_approved(name: str, run: Run, tmp_path: Path) -> None:
    made = small.write(tmp_path / "small")
    extra = ["--reason", "x"] if name == "return" else []
    done = run(name, str(made), *extra)
    assert (done.code, done.out) == (1, "")


def test_a_damaged_record_is_a_fault_of_storage(folder: Path, run: Run) -> None:
    (folder / "record.sqlite").write_bytes(b"SQLite format 3\0" + b"\0" * 4_000)
    for name in ("score", "status", "submit", "review"):
        done = run(name, str(folder))
        assert done.out == ""
        assert done.code == (2 if name == "review" else 3)


def test_findings_beside_a_record_are_named_as_not_used(folder: Path, run: Run) -> None:
    done = run("score", str(folder))
    assert "findings.csv" in done.err
    assert "findings.csv" not in done.out


def test_govscore_alone_says_state_what_is_open_and_the_next_command(run: Run, tmp_path: Path) -> None:
    made = small.write(tmp_path / "small", small.FINDINGS.replace("one,1,wrong,1,,示例：一处\n", ""))
    assert "govscore init" in run(folder=made).out
    run("init", str(made), *PEOPLE)
    done = run(folder=made)
    assert done.code == 0
    assert "评审中 · 暂排" in done.out
    assert "一局（one）" in done.out
    assert "govscore review" in done.out


def test_govscore_alone_leads_from_step_to_step(folder: Path, run: Run) -> None:
    for step, command in (
        ((), "submit"),
        (("submit",), "approve"),
        (("approve", "--as", "分管领导"), "export"),
    ):
        if step:
            assert run(*step, folder=folder).code == 0
        assert f"govscore {command}" in run(folder=folder).out


def test_govscore_alone_elsewhere_says_what_to_do_first(run: Run) -> None:
    for done in (run(), run("status")):
        assert done.code == 0
        assert "govscore demo" in done.out


@pytest.mark.parametrize(
    ("full", "following"), [((), "status {folder} --full"), (("--full",), "submit {folder}")]
)
def test_the_state_names_the_folder_that_was_asked_about(
    full: tuple[str, ...], following: str, folder: Path, run: Run
) -> None:
    done = run("status", folder.name, *full)
    assert done.code == 0
    assert "govscore " + following.format(folder=folder.name) in done.out
    assert "示例数据" in done.out


def test_the_desk_needs_a_terminal(folder: Path, run: Run) -> None:
    done = run("review", str(folder))
    assert (done.code, done.out) == (2, "")
    assert "govscore rank" in done.err


def test_an_approval_that_no_longer_holds_is_told_with_what_changed(folder: Path, run: Run) -> None:
    run("submit", str(folder))
    approve(run, folder)
    with open_folder(folder, author="评审员甲") as assessment:
        for unit in ("one", "two", "three"):
            row = FactRow(fact="wrong", value="2", reason="示例：复核")
            assessment.decide(unit, "1", Finding(rows=(row,)))
    done = run("status", str(folder), "--full")
    assert "待审批" in done.out
    assert "分管领导" in done.out
    assert "9.7 → 9.5" in done.out or "9.74 → 9.48" in done.out
    assert "govscore submit" in done.out
    assert approve(run, folder).code == 1


def test_many_open_units_are_counted(run: Run, tmp_path: Path) -> None:
    made = small.write(tmp_path / "small", "unit,item,fact,value,state,reason\nu00,1,wrong,1,,\n")
    units = "".join(f"u{place:02},单位{place},a,\n" for place in range(14)) + "v,单位,b,\n"
    (made / "units.csv").write_text("unit,name,group,tags\n" + units, encoding="utf-8")
    run("init", str(made), *PEOPLE)
    done = run("status", str(made), "--full")
    assert "15 个单位，其中 14 个未评完" in done.out
    assert "另有 4 个单位" in done.out


def test_check_looks_at_the_record(folder: Path, run: Run) -> None:
    done = run("check", str(folder))
    assert done.code == 0
    assert "4 条评审意见" in done.out
    (folder / "scheme.toml").write_text(small.SCHEME.replace("0.26", "0.27"), encoding="utf-8")
    changed = run("check", str(folder))
    assert (changed.code, changed.out) == (2, "")
    assert "scheme.toml:23" in changed.err


def test_at_a_terminal_the_desk_opens_on_the_folder(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[str, Path]] = []
    shown: list[Outline | None] = []

    def desk(book: Callable[[], Assessment], *, outline: Outline | None, export: Callable[[], Path]) -> int:
        shown.append(outline)
        opened.append((book().author, export()))
        return 0

    monkeypatch.setattr("govscore.cli.commands.review.has_terminal", lambda: True)
    monkeypatch.setattr("govscore.tui.app.run_desk", desk)
    done = run("review", str(folder), "--reviewer", "评审员甲")
    assert (done.code, done.out) == (0, "")
    assert opened == [("评审员甲", folder / "ranking.xlsx")]
    assert shown[0] is not None
    assert [(group.title, len(group.units)) for group in shown[0].groups] == [("甲类", 3), ("乙类", 1)]
    assert run("review", "nowhere").code == 2
