"""A workbook is written beside its target and put in its place in one step, or beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from govscore.errors import StorageError
from govscore.export.save import save
from govscore.i18n import speaking
from tests.unit.export.samples import CLOCK

BESIDE = "ranking 2024-12-31 14-05-09.xlsx"
KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from govscore.export import save as saving

def fsync(descriptor):
    os.kill(os.getpid(), signal.SIGKILL)

saving.os.fsync = fsync
saving.save(b"new", Path(sys.argv[1]), datetime(2024, 12, 31))
"""


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "ranking.xlsx"
    path.write_bytes(b"old")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_older_file_is_replaced(target: Path) -> None:
    assert save(b"new", target, CLOCK) == target
    assert target.read_bytes() == b"new"
    assert names(target.parent) == ["ranking.xlsx"]


def test_a_new_file_is_written(tmp_path: Path) -> None:
    assert save(b"new", tmp_path / "a.xlsx", CLOCK) == tmp_path / "a.xlsx"
    assert names(tmp_path) == ["a.xlsx"]


@pytest.mark.parametrize("lock", ["~$ranking.xlsx", ".~ranking.xlsx", ".~lock.ranking.xlsx#"])
def test_a_file_that_is_open_elsewhere_is_left_alone(target: Path, lock: str) -> None:
    (target.parent / lock).write_bytes(b"")
    written = save(b"new", target, CLOCK)
    assert written == target.with_name(BESIDE)
    assert (target.read_bytes(), written.read_bytes()) == (b"old", b"new")
    assert names(target.parent) == sorted([lock, "ranking.xlsx", BESIDE])


def test_a_lock_without_the_file_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "~$ranking.xlsx").write_bytes(b"")
    assert save(b"new", tmp_path / "ranking.xlsx", CLOCK) == tmp_path / "ranking.xlsx"


def test_a_file_that_the_system_does_not_let_go_is_left_alone(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows answers while Excel holds the file."""
    replace = Path.replace

    def refuse(self: Path, other: Path) -> Path:
        if other == target:
            raise PermissionError(13, "in use")
        return replace(self, other)

    monkeypatch.setattr(Path, "replace", refuse)
    assert save(b"new", target, CLOCK) == target.with_name(BESIDE)
    assert target.read_bytes() == b"old"


def test_files_written_beside_do_not_replace_each_other(target: Path) -> None:
    (target.parent / "~$ranking.xlsx").write_bytes(b"")
    first, second = save(b"1", target, CLOCK), save(b"2", target, CLOCK)
    assert second.name == "ranking 2024-12-31 14-05-09 (2).xlsx"
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is not of Windows")
def test_a_killed_write_leaves_the_old_file(target: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(target)], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert target.read_bytes() == b"old"
    assert save(b"new", target, CLOCK) == target


def test_the_content_is_on_disk_before_the_name_changes(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """fsync of the file, then the replacement, then fsync of the folder."""
    order: list[str] = []
    replace, fsync = Path.replace, os.fsync

    def noted_replace(self: Path, other: Path) -> Path:
        order.append("replace")
        return replace(self, other)

    def noted_fsync(descriptor: int) -> None:
        order.append("fsync")
        fsync(descriptor)

    monkeypatch.setattr(Path, "replace", noted_replace)
    monkeypatch.setattr(os, "fsync", noted_fsync)
    save(b"new", target, CLOCK)
    assert order == ["fsync", "replace", "fsync"][: 3 if sys.platform != "win32" else 2]


def test_a_failed_write_leaves_nothing_behind(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="磁盘已满"):
        save(b"new", target, CLOCK)
    assert names(target.parent) == ["ranking.xlsx"]
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), PermissionError(13, "in use")])
def test_a_failed_replacement_leaves_nothing_behind_and_names_the_file(
    target: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    def refuse(self: Path, other: Path) -> Path:
        raise error

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(StorageError) as caught, speaking("en"):
        save(b"new", target, CLOCK)
    assert names(target.parent) == ["ranking.xlsx"]
    assert target.read_bytes() == b"old"
    with speaking("en"):
        assert str(target) in str(caught.value)
        assert "Free space there, or choose another folder or name" in str(caught.value)


def test_why_writing_failed_is_told_even_if_tidying_up_fails(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    def held(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(Path, "unlink", held)
    with pytest.raises(StorageError, match="磁盘已满"):
        save(b"new", target, CLOCK)


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not opened there")
def test_a_folder_that_cannot_be_read_takes_the_file(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is in its place by then; a message that nothing was replaced would be wrong."""
    opened = os.open

    def refuse(path: str | Path, flags: int, *more: int) -> int:
        if path == target.parent:
            raise PermissionError(13, "Permission denied")
        return opened(path, flags, *more)

    monkeypatch.setattr(os, "open", refuse)
    assert save(b"new", target, CLOCK) == target
    assert target.read_bytes() == b"new"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        save(b"new", tmp_path / "nowhere" / "a.xlsx", CLOCK)
    assert caught.value.problems[0].id == "export.cannot-write"


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links are not those of Windows")
def test_mode_and_link_of_an_older_file_are_kept(target: Path) -> None:
    target.chmod(0o640)
    link = target.with_name("link.xlsx")
    link.symlink_to(target)
    assert save(b"new", link, CLOCK) == link
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640
