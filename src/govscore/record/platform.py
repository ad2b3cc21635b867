"""What differs between operating systems, as far as a record needs it.

Invariant: nothing here reads or writes the record itself. `govscore.office.platform` adds the rest
and is where the floors above look.
"""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path
from typing import Final

_NETWORK_KINDS: Final = frozenset(
    {
        *("afs", "beegfs", "ceph", "cephfs", "cifs", "coda", "davfs", "glusterfs", "gpfs", "lustre", "ncpfs"),
        *("nfs", "nfs4", "orangefs", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "vmhgfs"),
        *("fuse.beegfs", "fuse.ceph", "fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.juicefs"),
        *("fuse.rclone", "fuse.s3fs", "fuse.sshfs", "fuse.vmhgfs-fuse"),
    }
)
_MOUNTS: Final = Path("/proc/mounts")
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")


def network_kind(path: Path) -> str | None:
    """The kind of the network file system that holds this path, or None (best effort).

    Linux: from the table of mounts. Windows: a UNC path or a mapped drive. Elsewhere: None.
    """
    resolved = path.resolve()
    if sys.platform == "win32":
        return _windows_kind(resolved)
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    return _mounted_kind(resolved, mounts)


def _mounted_kind(path: Path, mounts: str) -> str | None:
    """The kind of the deepest mount above the path; of two on one folder, the later hides the earlier."""
    deepest, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        folder = Path(_ESCAPED.sub(lambda match: chr(int(match[1], 8)), fields[1]))
        depth = len(folder.parts)
        if depth >= deepest and path.is_relative_to(folder):
            deepest, kind = depth, fields[2]
    return kind if kind in _NETWORK_KINDS else None


def _windows_kind(path: Path) -> str | None:
    if path.drive.startswith("\\\\"):
        return "SMB"
    if sys.platform == "win32":
        import ctypes

        remote = 4  # DRIVE_REMOTE
        if ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == remote:
            return "SMB"
    return None


def fsync_folder(path: Path) -> None:
    """Puts the folder's list of names on disk; systems that cannot do this with a folder do nothing."""
    if sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(descriptor)


def place_new(temporary: Path, target: Path) -> None:
    """Gives a finished file its name, in one step, unless the name is taken.

    Raises:
        FileExistsError: there is a file of that name; the temporary one is still there.
    """
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links (FAT)
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        temporary.rename(target)
    else:
        temporary.unlink()
    fsync_folder(target.parent)
