"""The example `pingcheng-2024` and its source table, as plain tables; nothing of govscore in it."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "pingcheng-2024"
FIXTURE = Path(__file__).parent / "fixtures" / "pingcheng-2024.txt"
FIXTURE_SHA256 = "ca2e25b25ad3ec2a71b14fd760c2d06d4d30d9ada1ca20f4a6ba57ed29cce35f"
NOTICE = "示例数据，非真实考核结果"

SCHEME_TEXT = (EXAMPLE / "scheme.toml").read_text(encoding="utf-8")
SCHEME = tomllib.loads(SCHEME_TEXT)
EXPECTED = tomllib.loads((EXAMPLE / "expected.toml").read_text(encoding="utf-8"))
ITEMS = {item["id"]: item for kind in ("base", "bonus", "major_deduction") for item in SCHEME[kind]}


def read_csv(name: str) -> list[dict[str, str]]:
    with (EXAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


UNITS = {row["unit"]: row for row in read_csv("units.csv")}
FINDINGS = read_csv("findings.csv")
REAL = {unit for unit, row in UNITS.items() if not row["name"].startswith("示例")}


class SourceRow(NamedTuple):
    number: str
    column: str
    title: str
    text: str
    lead: str
    responsible: str
    deadline: str


def source_rows() -> Iterator[SourceRow]:
    """The table's rows; a blank merged cell repeats what stands above it, across pages, too."""
    column = title = ""
    for line in FIXTURE.read_text(encoding="utf-8").split("\n"):
        cells = line.split("\t")
        if len(cells) == 1:
            assert line in ("", "2024年平城区政务公开工作任务分解表")
            continue
        assert len(cells) == 7
        if cells[0] == "序号":  # the header, repeated on every page
            assert cells == ["序号", "任务名称", "", "具体内容", "牵头单位", "责任单位", "完成时限"]
            continue
        column, title = cells[1] or column, cells[2] or title
        yield SourceRow(cells[0], column, title, *cells[3:])


ROWS = list(source_rows())
