"""Files replaced durably, and who is logged in."""

from __future__ import annotations

from pathlib import Path

import pytest

from govscore.errors import RefusedError
from govscore.office import platform


def test_a_file_is_replaced(tmp_path: Path) -> None:
    new, target = tmp_path / "new", tmp_path / "排名.xlsx"
    new.write_text("new")
    target.write_text("old")
    platform.replace_file(new, target)
    assert target.read_text() == "new"
    assert not new.exists()


def test_a_file_that_is_open_elsewhere_is_refused_and_both_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", busy)
    new, target = tmp_path / "new", tmp_path / "target"
    new.write_text("new")
    target.write_text("old")
    with pytest.raises(platform.TargetBusyError) as caught:
        platform.replace_file(new, target)
    assert isinstance(caught.value, RefusedError)
    assert caught.value.problems[0].id == "office.target_busy"
    assert caught.value.problems[0].place.file == str(target)
    assert (new.read_text(), target.read_text()) == ("new", "old")


def test_this_folder_is_on_no_network(tmp_path: Path) -> None:
    assert platform.is_network_path(tmp_path) is None


def test_somebody_is_logged_in_or_nobody_is_named() -> None:
    assert isinstance(platform.login_name(), str)


def test_a_folder_can_be_put_on_disk(tmp_path: Path) -> None:
    platform.fsync_folder(tmp_path)
