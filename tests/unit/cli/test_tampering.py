"""A folder that somebody changed behind the program's back: told by every command, acted on by none."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

import pytest

from govscore.record.schema import OBJECTS
from tests.unit.cli import small

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Run

PEOPLE: Final = ("--reviewer", "评审员甲", "--leader", "分管领导")
GUARDS: Final = ("no_gap", "no_update", "no_delete")
READERS: Final[tuple[tuple[str, ...], ...]] = (
    ("score",),
    ("rank",),
    ("explain", "one"),
    ("export",),
    ("check",),
    ("status",),
    ("status", "--full"),
    ("submit",),
    ("approve", "--as", "分管领导"),
    ("return", "--as", "分管领导", "--reason", "x"),
)
BODY: Final = (
    """UPDATE event SET body = replace(body, '"value":"1"', '"value":"2"') WHERE type = 'decision'"""
)
AUTHOR: Final = "UPDATE event SET body = replace(body, '评审员甲', '评审员乙') WHERE number = 3"
REMOVED: Final = "DELETE FROM event WHERE number = 3"
TAIL: Final = "DELETE FROM event WHERE number = (SELECT max(number) FROM event)"


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    """A folder whose result is approved."""
    made = small.write(tmp_path / "small")
    assert run("init", str(made), *PEOPLE).code == 0
    assert run("submit", str(made)).code == 0
    assert run("approve", str(made), "--as", "分管领导").code == 0
    return made


def tamper(folder: Path, statement: str, *, guards: bool = True) -> None:
    with closing(sqlite3.connect(folder / "record.sqlite")) as connection, connection:
        for name in GUARDS:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        for name in GUARDS if guards else ():
            connection.execute(OBJECTS[name])


@pytest.mark.parametrize(
    ("statement", "named"),
    [(BODY, "record.hash"), (AUTHOR, "record.hash"), (REMOVED, "record.gap")],
    ids=["body", "author", "gone"],
)
def test_a_changed_record_is_refused_by_every_command(
    statement: str, named: str, folder: Path, run: Run
) -> None:
    tamper(folder, statement)
    for words in READERS:
        done = run(*words, folder=folder)
        assert (done.code, done.out) == (3, ""), words
        assert named in done.err


def test_a_tail_that_was_cut_off_shows_only_against_an_anchor(folder: Path, run: Run) -> None:
    """What is left fits together: nobody can tell without the number and hash that was noted down."""
    tamper(folder, TAIL)
    done = run("status", "--full", folder=folder)
    assert done.code == 0
    assert "待审批" in done.out


def test_without_its_guards_a_record_is_read_aloud_and_not_added_to(folder: Path, run: Run) -> None:
    tamper(folder, "SELECT 1", guards=False)
    before = run("score", "--format", "json", folder=folder).out
    looking: tuple[tuple[str, ...], ...] = (("score",), ("status",), ("status", "--full"))
    for words in looking:
        done = run(*words, folder=folder)
        assert done.code == 0
        assert "no_update" in done.err
    for words in READERS[-3:]:
        done = run(*words, folder=folder)
        assert (done.code, done.out) == (1, "")
    assert run("score", "--format", "json", folder=folder).out == before


@pytest.mark.parametrize(
    ("file", "change", "id"),
    [
        ("scheme.toml", ("0.26", "0.27"), "office.scheme-differs"),
        ("units.csv", ("一局", "一处"), "office.units-differ"),
        ("units.csv", ("one,", "one,,,,,,"), "intake."),
    ],
)
def test_the_short_state_says_what_other_commands_would_refuse(
    file: str, change: tuple[str, str], id: str, folder: Path, run: Run
) -> None:
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    done = run("status", folder=folder)
    assert done.code == 0
    assert id in done.err
    assert "govscore check" in done.out
    assert "govscore export" not in done.out
    assert id in run("check", folder=folder).err


def test_the_short_state_does_not_recommend_to_submit_what_it_did_not_compute(
    run: Run, tmp_path: Path
) -> None:
    made = small.write(tmp_path / "small", small.FINDINGS.replace("one,1,wrong,1,,示例：一处\n", ""))
    run("init", str(made), *PEOPLE)
    done = run("status", folder=made)
    assert "govscore submit" not in done.out
    assert "govscore review" in done.out
    assert "govscore status --full" in done.out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
@pytest.mark.parametrize("name", ["findings.csv", "units.csv", "scheme.toml"])
@pytest.mark.parametrize("make", ["folder", "pipe", "device", "nothing"])
def test_what_only_has_the_name_of_a_file_is_told(name: str, make: str, run: Run, tmp_path: Path) -> None:
    folder = small.write(tmp_path / "small")
    path = folder / name
    path.unlink()
    if make == "folder":
        path.mkdir()
    elif make == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/null" if make == "device" else "/nonexistent/file")
    for words in (("check",), ("score",)):
        done = run(*words, folder=folder)
        assert (done.code, done.out) == (2, "")
        assert f"{name}" in done.err
    done = run("status", folder=folder)
    assert "office.not-a-file" in done.err
    assert "govscore check" in done.out
