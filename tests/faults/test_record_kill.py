"""An acknowledged decision survives kill -9; writers at the same time lose nothing."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from govscore.events import Decision
from govscore.record import Record, history
from govscore.record.platform import fsync_folder
from tests.unit.record.independent_verifier import faults
from tests.unit.record.samples import new_record

if TYPE_CHECKING:
    from collections.abc import Sequence

CHILD = Path(__file__).with_name("record_child.py")
ROUNDS = 30


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(CHILD), *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def run_and_kill(path: Path, name: str, seconds: float, first: int = 0) -> list[tuple[int, str]]:
    """Lets a process add decisions, kills it so long after the first few; returns what it acknowledged."""
    with start("for_ever", path, name) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        lines = [process.stdout.readline() for _each in range(first)]
        time.sleep(seconds)
        process.kill()
        lines += process.stdout.read().splitlines(keepends=True)
    whole = [line.split() for line in lines if line.endswith("\n")]
    return [(int(number), hash) for number, hash in whole]


def test_every_acknowledged_decision_survives_kill(tmp_path: Path) -> None:
    chance = random.Random(20241202)
    with new_record(tmp_path) as record:
        path, acknowledged = record.path, {1: record.anchor.hash}
    for round in range(ROUNDS):
        first = round % 3  # however slow the disk is, some are killed with decisions behind them
        acknowledged.update(run_and_kill(path, f"r{round}", chance.uniform(0.0, 0.06), first))
        with Record.open(path) as record:
            stored = {event.number: event.hash for event in record.events()}
            assert record.verify() == []
        assert acknowledged.items() <= stored.items()
        assert len(stored) <= len(acknowledged) + round + 1  # at most one more a round: written, not yet told
    assert len(acknowledged) > ROUNDS
    assert faults(path) == []


def test_kill_while_others_write(tmp_path: Path) -> None:
    with new_record(tmp_path) as record:
        path = record.path
    with start("some", path, "steady", "60") as steady:
        acknowledged = dict(run_and_kill(path, "killed", 0.1))
        assert steady.wait(60) == 0
    with Record.open(path) as record:
        stored = {event.number: event.hash for event in record.events()}
        assert acknowledged.items() <= stored.items()
        assert sum(event.author == "steady" for event in record.events()) == 60
        assert record.verify() == []


@pytest.mark.parametrize(("processes", "times"), [(4, 40)])
def test_writers_at_the_same_time_lose_no_update(tmp_path: Path, processes: int, times: int) -> None:
    with new_record(tmp_path) as record:
        path = record.path
    finish_all([start("count_up", path, f"p{number}", str(times)) for number in range(processes)])
    with Record.open(path) as record:
        events = history(record.events(), "jy", "sum")
        assert record.verify() == []
    values = [int(event.body.finding.rows[0].value) for event in events if isinstance(event.body, Decision)]
    assert values == list(range(1, processes * times + 1))
    assert faults(path) == []


def finish_all(running: Sequence[subprocess.Popen[str]]) -> None:
    for process in running:
        with process:
            assert process.wait(120) == 0


@pytest.mark.full("strace")
def test_a_decision_takes_exactly_one_sync(tmp_path: Path) -> None:
    """Measured as the difference between 40 and 10 decisions: opening and closing cost the same in both."""
    assert syncs(tmp_path / "a", 40) - syncs(tmp_path / "b", 10) == 30


def syncs(folder: Path, times: int) -> int:
    folder.mkdir()
    with new_record(folder) as record:
        path = record.path
    log = folder / "strace.txt"
    command = [sys.executable, str(CHILD), "some", str(path), "a", str(times)]
    subprocess.run(
        [
            "strace",
            "-f",
            "-qq",
            "-e",
            "trace=fsync,fdatasync,sync_file_range,msync",
            "-o",
            str(log),
            *command,
        ],
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=True,
    )
    return len(log.read_text(encoding="utf-8").splitlines())


def test_a_folder_that_cannot_be_synced_is_an_error_not_a_silence(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        fsync_folder(tmp_path / "none")
