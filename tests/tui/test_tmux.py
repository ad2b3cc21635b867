"""The desk in a real terminal (tmux): Chinese typed, a decision, a killed process, and nothing is lost."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from govscore.office.demo import copy_demo
from govscore.office.folder import open_folder
from govscore.text import width

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.full("tmux")
WAIT = 60.0
UNIT = "sifa"
REVIEWER = "评审员甲"


class Tmux:
    """A tmux server of the test's own, with one window."""

    def __init__(self, folder: Path, columns: int, rows: int) -> None:
        self._socket = str(folder.parent / "tmux.socket")
        command = shlex.join([sys.executable, "-m", "govscore", "review", str(folder)])
        self._run(
            "-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows),
            f"exec env LANG=C.UTF-8 GOVSCORE_REVIEWER={REVIEWER} {command}",
        )  # fmt: skip
        self.pid = int(self._run("display-message", "-p", "#{pane_pid}"))
        self._run("set-option", "-g", "remain-on-exit", "on")

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            ("tmux", "-u", "-S", self._socket, *arguments), capture_output=True, check=True, timeout=WAIT
        )
        return done.stdout.decode()

    def keys(self, *keys: str) -> None:
        for key in keys:
            self._run("send-keys", key)
            time.sleep(0.1)

    def typed(self, text: str) -> None:
        self._run("send-keys", "-l", text)

    def screen(self) -> str:
        return self._run("capture-pane", "-p")

    def until(self, wanted: str) -> str:
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            screen = self.screen()
            if re.search(wanted, screen):
                return screen
            time.sleep(0.1)
        pytest.fail(f"never on the screen: {wanted}\n{self.screen()}")

    def gone(self, unwanted: str) -> None:
        end = time.monotonic() + WAIT
        while unwanted in self.screen() and time.monotonic() < end:
            time.sleep(0.1)

    def ended(self) -> str:
        """How the process ended: its exit code, or "" where this tmux does not know it."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            dead, _, status = self._run(
                "display-message", "-p", "#{pane_dead}:#{pane_dead_status}"
            ).partition(":")
            if dead == "1":
                return status.strip()
            time.sleep(0.1)
        pytest.fail("the process never ended")

    def close(self) -> None:
        subprocess.run(("tmux", "-S", self._socket, "kill-server"), capture_output=True, check=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMUX_TMPDIR", str(tmp_path))
    return copy_demo(tmp_path / "考核")


@pytest.fixture(params=[(80, 24), (140, 40)], ids=["80x24", "140x40"])
def tmux(folder: Path, request: pytest.FixtureRequest) -> Iterator[Tmux]:
    terminal = Tmux(folder, *request.param)
    yield terminal
    terminal.close()


def test_what_was_shown_as_saved_survives_a_killed_process(tmux: Tmux, folder: Path) -> None:
    tmux.until("区政府办")
    tmux.keys("/")
    tmux.typed("司法")
    tmux.gone("区政府办")
    tmux.keys("Enter")
    screen = tmux.until("33 +提高解读质量")
    assert len({width(line) for line in screen.split("\n") if line}) > 1
    tmux.keys("2", "w", "i")
    tmux.typed("抽查发现2件，超7个工作日")
    tmux.until("抽查发现2件，超7个工作日")
    tmux.keys("Enter")
    tmux.until(r"已保存 \d\d:\d\d:\d\d")
    os.kill(tmux.pid, signal.SIGKILL)
    with open_folder(folder, read_only=True) as again:
        finding = again.finding(UNIT, "33")
    assert finding is not None
    assert finding.reason == "抽查发现2件，超7个工作日"
    assert [row.value for row in finding.rows] == ["2"]


def test_quitting_leaves_the_terminal_as_it_was(tmux: Tmux) -> None:
    tmux.until("区政府办")
    tmux.keys("q")
    assert tmux.ended() in ("", "0")
    assert "Traceback" not in tmux.screen()
