"""Network file systems, and names given in one step."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from govscore.record import platform

MOUNTS = """\
/dev/vda / ext4 rw 0 0
server:/data /mnt/share nfs4 rw 0 0
//server/x /mnt/two\\040words cifs rw 0 0
/dev/vdb /mnt/share/local xfs rw 0 0
me@host: /mnt/ssh fuse.sshfs rw 0 0
/dev/vdc /mnt/ssh ext4 rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/a/record.sqlite", None),
        ("/mnt/share/2024/record.sqlite", "nfs4"),
        ("/mnt/share", "nfs4"),
        ("/mnt/shared/record.sqlite", None),
        ("/mnt/share/local/record.sqlite", None),
        ("/mnt/two words/record.sqlite", "cifs"),
        ("/mnt/ssh/record.sqlite", None),
    ],
)
def test_the_deepest_and_latest_mount_counts(path: str, kind: str | None) -> None:
    assert platform._mounted_kind(Path(path), MOUNTS) == kind


def test_without_a_table_of_mounts_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "_MOUNTS", tmp_path / "none")
    assert platform.network_kind(tmp_path) is None


def test_a_name_that_is_taken_stays(tmp_path: Path) -> None:
    new, target = tmp_path / "new", tmp_path / "target"
    new.write_text("new")
    target.write_text("old")
    with pytest.raises(FileExistsError):
        platform.place_new(new, target)
    assert target.read_text() == "old"


@pytest.mark.parametrize("taken", [True, False])
def test_a_file_system_without_links_is_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: bool
) -> None:
    def no_link(*_: object) -> None:
        raise PermissionError(errno.EPERM, "no links")

    monkeypatch.setattr("os.link", no_link)
    new, target = tmp_path / "new", tmp_path / "target"
    new.write_text("new")
    if taken:
        target.write_text("old")
        with pytest.raises(FileExistsError):
            platform.place_new(new, target)
    else:
        platform.place_new(new, target)
        assert not new.exists()
    assert target.read_text() == ("old" if taken else "new")
