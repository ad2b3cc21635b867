"""`govscore demo`: made once, opened again, never overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from govscore.cli.commands import demo as module
from govscore.cli.root import govscore

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Run


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_it_prints_the_ranking_and_writes_the_workbook(language: str, run: Run, tmp_path: Path) -> None:
    done = run("--lang", language, "demo", "--no-tui")
    assert done.code == 0
    assert "示例数据，非真实考核结果" in done.out
    assert (tmp_path / "govscore-demo" / "ranking.xlsx").read_bytes()[:2] == b"PK"
    assert "ranking.xlsx" in done.out
    assert "govscore explain" in done.err


def test_it_is_opened_again_and_not_overwritten(run: Run, tmp_path: Path) -> None:
    run("demo", "--no-tui", "--dir", "d")
    record = (tmp_path / "d" / "record.sqlite").read_bytes()
    again = run("demo", "--no-tui", "--dir", "d")
    assert again.code == 0
    assert (tmp_path / "d" / "record.sqlite").read_bytes() == record


def test_without_a_terminal_it_says_so_and_prints(run: Run) -> None:
    done = run("demo")
    assert done.code == 0
    assert "--no-tui" in done.err
    assert "示例数据" in done.out


def test_a_folder_with_something_else_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    done = run("demo", "--dir", "mine", "--no-tui")
    assert (done.code, done.out) == (1, "")
    assert [each.name for each in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_at_a_terminal_the_desk_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[Path | None, str | None]] = []
    monkeypatch.setattr(module, "has_terminal", lambda: True)
    monkeypatch.setattr(module, "open_desk", lambda folder, author: opened.append((folder, author)))
    done = CliRunner().invoke(govscore, ["demo", "--dir", str(tmp_path / "d")])
    assert (done.exit_code, done.stdout) == (0, "")
    assert opened == [(tmp_path / "d", "评审员甲")]
