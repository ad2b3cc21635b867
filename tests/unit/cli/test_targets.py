"""-o: nothing of the assessment is overwritten, no device replaced, nothing left behind by a failure."""

from __future__ import annotations

import errno
import os
import stat
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.cli import small

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Run

PEOPLE = ("--reviewer", "评审员甲", "--leader", "分管领导")
needs_devices = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
NULL, FULL = 3, 7
"""Numbers of two devices of Linux: one takes everything, one is full."""


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    """A folder with a record in which everything is reviewed."""
    made = small.write(tmp_path / "small")
    assert run("init", str(made), *PEOPLE).code == 0
    return made


def device(folder: Path, number: int) -> Path:
    """A device of the test's own: a fault that replaces it must not cost the machine one.

    Who may not write into /dev cannot replace what is there, and gets the machine's.
    """
    if not os.access("/dev", os.W_OK):
        return Path({NULL: "/dev/null", FULL: "/dev/full"}[number])
    made = folder / f"device-{number}"
    try:
        os.mknod(made, stat.S_IFCHR | 0o666, os.makedev(1, number))
        made.open("wb").close()
    except OSError as error:
        pytest.skip(f"no device can be made here: {error}")
    return made


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.endswith("-shm")}


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("export", "record.sqlite"),
        ("export", "record.sqlite-wal"),
        ("export", "units.xlsx"),
        ("export", "scheme.toml"),
        ("score", "units.csv"),
        ("score", "findings.csv"),
        ("score", "record.sqlite"),
        ("rank", "units.csv"),
        ("rank", "link.csv"),
        ("rank", "twin.csv"),
        ("explain", "scheme.toml"),
        ("explain", "findings.xlsx"),
    ],
)
def test_the_files_of_the_assessment_are_never_overwritten(
    name: str, file: str, folder: Path, run: Run
) -> None:
    (folder / "link.csv").symlink_to("units.csv")
    (folder / "twin.csv").hardlink_to(folder / "units.csv")
    before = contents(folder)
    words = [str(folder), "one"] if name == "explain" else [str(folder)]
    done = run(name, *words, "-o", str(folder / file))
    assert (done.code, done.out) == (2, "")
    assert "office.target-" in done.err
    assert contents(folder) == before
    assert run("score", str(folder)).code == 0


def test_files_that_were_named_one_by_one_are_not_overwritten(run: Run, folder: Path) -> None:
    (folder / "my.csv").write_text(small.UNITS, encoding="utf-8")
    files = ("--scheme", "scheme.toml", "--units", "my.csv", "--findings", "findings.csv")
    done = run("score", *files, "-o", "./my.csv", folder=folder)
    assert (done.code, done.out) == (2, "")
    assert (folder / "my.csv").read_text(encoding="utf-8") == small.UNITS


@needs_devices
@pytest.mark.parametrize("arguments", [["export"], ["score", "--format", "parquet"]])
def test_a_device_is_not_replaced_by_what_is_not_text(
    arguments: list[str], folder: Path, run: Run, tmp_path: Path
) -> None:
    target = tmp_path / "device.xlsx"
    target.symlink_to(device(tmp_path, FULL))
    done = run(arguments[0], str(folder), *arguments[1:], "-o", str(target))
    assert (done.code, done.out) == (2, "")
    assert "office.target-no-file" in done.err
    assert target.is_char_device()


@needs_devices
def test_text_goes_into_a_device_which_stays_one(folder: Path, run: Run, tmp_path: Path) -> None:
    null, full = device(tmp_path, NULL), device(tmp_path, FULL)
    assert run("score", str(folder), "-o", str(null)).code == 0
    assert null.is_char_device()
    done = run("score", str(folder), "-o", str(full))
    assert (done.code, done.out) == (3, "")
    assert str(full) in done.err
    assert "磁盘已满" in done.err
    assert full.is_char_device()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_text_goes_into_a_pipe(folder: Path, run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    assert run("rank", str(folder), "-o", str(pipe)).code == 0
    reader.join(10)
    assert read == [run("rank", str(folder)).raw]
    assert pipe.is_fifo()


def test_a_folder_is_no_target(folder: Path, run: Run) -> None:
    done = run("score", str(folder), "-o", str(folder))
    assert (done.code, done.out) == (2, "")
    assert "文件夹" in done.err


def test_a_dash_means_stdout_for_text_alone(folder: Path, run: Run) -> None:
    assert run("rank", str(folder), "-o", "-").raw == run("rank", str(folder)).raw
    for arguments in (["export"], ["score", "--format", "parquet"]):
        done = run(arguments[0], str(folder), *arguments[1:], "-o", "-")
        assert (done.code, done.out) == (2, "")
        assert "office.target-stdout" in done.err


@pytest.mark.parametrize(
    ("arguments", "target", "known"),
    [
        (["export"], "a.txt", ".xlsx"),
        (["score"], "y.xlsx", ".txt, .json, .csv, .parquet"),
        (["score", "--format", "json"], "y.csv", ".json"),
        (["rank"], "y.parquet", ".txt, .json, .csv"),
        (["explain", "one"], "y.pdf", ".txt, .json, .xlsx"),
        (["explain", "one", "--format", "json"], "y.xlsx", ".json"),
    ],
)
def test_an_ending_that_says_no_form_or_another_is_refused(
    arguments: list[str], target: str, known: str, folder: Path, run: Run
) -> None:
    done = run(*arguments, "-o", target, folder=folder)
    assert (done.code, done.out) == (2, "")
    assert known in done.err
    assert not (folder / target).exists()


def test_a_link_stays_a_link(folder: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to("scores.csv")
    assert run("score", str(folder), "-o", "link.csv").code == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "scores.csv").read_text(encoding="utf-8").startswith("unit,name")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EDQUOT, "磁盘配额"),
        (errno.EROFS, "只读"),
        (errno.EACCES, "没有权限"),
        (errno.ENAMETOOLONG, "名称太长"),
    ],
)
def test_a_write_that_fails_leaves_nothing_and_names_the_file(
    code: int, words: str, folder: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "s.csv").write_text("old")
    before = sorted(tmp_path.iterdir())

    def fail(_file: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    done = run("score", str(folder), "-o", "s.csv")
    assert (done.code, done.out) == (3, "")
    assert "\ns.csv: " in done.err
    assert words in done.err
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "s.csv").read_text() == "old"


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("name", ["demo", "init"])
def test_a_beginning_that_fails_half_way_leaves_nothing_behind(
    name: str, there: bool, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = small.write(tmp_path / "source")
    target = tmp_path / "deep" / "new"
    if there:
        target.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))

    def fail(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("govscore.record.store.Record.append_many", fail)
    files = [
        f"--scheme={source / 'scheme.toml'}",
        f"--units={source / 'units.csv'}",
        f"--findings={source / 'findings.csv'}",
    ]
    arguments = ["demo", "--no-tui", "--dir"] if name == "demo" else ["init", *files, *PEOPLE]
    done = run(*arguments, str(target))
    assert (done.code, done.out) == (3, "")
    assert "磁盘已满" in done.err
    assert sorted(tmp_path.rglob("*")) == before
