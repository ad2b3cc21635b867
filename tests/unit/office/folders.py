"""Assessment folders for tests: the small one, fresh or with a record."""

from __future__ import annotations

import datetime
import shutil
from typing import TYPE_CHECKING, Final

from govscore.office.init import init_folder
from tests.broken.small import SMALL

if TYPE_CHECKING:
    from pathlib import Path

    from govscore.office.assessment import Assessment

REVIEWERS: Final = ("张三", "李四")
LEADERS: Final = ("赵主任", "李四")
TIME: Final = datetime.datetime(2025, 1, 6, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


def clock() -> datetime.datetime:
    return TIME


def tables(folder: Path) -> Path:
    """A folder with scheme, units and findings, without a record."""
    folder.mkdir(exist_ok=True)
    for name in ("scheme.toml", "units.csv", "findings.csv"):
        shutil.copy(SMALL / name, folder / name)
    return folder


def begun(folder: Path, *, imported: bool = False, author: str = "张三") -> Assessment:
    """A folder with a record; `imported`: everything is decided."""
    return init_folder(
        folder,
        scheme=SMALL / "scheme.toml",
        units=SMALL / "units.csv",
        reviewers=REVIEWERS,
        leaders=LEADERS,
        author=author,
        findings=SMALL / "findings.csv" if imported else None,
        clock=clock,
    )
