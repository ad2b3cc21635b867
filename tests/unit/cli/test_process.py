"""One assessment from its beginning to its approval, each command in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.cli import small

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Run

LEADER = ("--as", "分管领导")
STEPS: tuple[tuple[str, ...], ...] = (
    ("check",),
    ("init", "--reviewer", "评审员甲", "--leader", "分管领导"),
    ("status",),
    (),
    ("score", "--format", "csv"),
    ("rank", "-o", "rank.json"),
    ("explain", "one"),
    ("submit", "--note", "请审"),
    ("return", *LEADER, "--reason", "请核实"),
    ("submit",),
    ("approve", *LEADER),
    ("export",),
    ("demo", "--no-tui"),
)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_an_assessment_from_beginning_to_end(language: str, process: Run, tmp_path: Path) -> None:
    folder = small.write(tmp_path / "small")
    for step in STEPS:
        done = process(*step, folder=folder, env={"GOVSCORE_LANG": language})
        assert done.code == 0, (step, done.err)
        assert done.out or "-o" in step
    assert (folder / "ranking.xlsx").exists()
