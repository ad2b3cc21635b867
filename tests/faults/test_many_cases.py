"""Whatever is done to a text: it is told what is wrong, soon, or it can be used; nothing else happens.

GOVSCORE_CASES sets how many texts of each kind are tried.
"""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from tests.faults import broken_text, many_cases

CASES: Final = int(
    os.environ.get("GOVSCORE_CASES") or (100_000 if os.environ.get("GOVSCORE_FULL") else 1_000)
)
ROOT: Final = Path(__file__).parents[2]


@pytest.mark.parametrize("kind", many_cases.KINDS)
def test_no_text_does_anything_but_be_told_or_used(kind: str) -> None:
    """In a process of its own, whose workers can be forked."""
    command = [sys.executable, "-m", "tests.faults.many_cases", kind, "--cases", str(CASES)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.parametrize("kind", many_cases.KINDS)
def test_the_same_number_gives_the_same_text(kind: str) -> None:
    made = [many_cases.KINDS[kind].text_of(number) for number in range(40)]
    assert [many_cases.KINDS[kind].text_of(number) for number in range(40)] == made
    assert len(set(made)) > 30


class Odd:
    """Cases of which one fails and one takes too long."""

    def text_of(self, number: int) -> bytes:
        return str(number).encode()

    def judge(self, number: int) -> str:
        if number == 3:
            raise ZeroDivisionError("three")
        while number == 5:
            pass
        return "told"


def test_a_failure_is_named_by_its_number_and_a_hanging_case_is_given_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(many_cases, "KINDS", {"odd": Odd()})
    monkeypatch.setattr(many_cases, "_HANGS", 0.2)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(many_cases, "run", in_this_process)
    assert many_cases.main(["odd", "--cases", "8", "--jobs", "1"]) == 1
    said = capsys.readouterr().out
    assert "case 3, kept as" in said
    assert "ZeroDivisionError: three" in said
    assert "case 5, kept as" in said
    assert "not done after" in said
    assert "2 failed, 6 told" in said
    assert sorted(path.read_text() for path in tmp_path.rglob("odd-*")) == ["3", "5"]


def in_this_process(name: str, first: int, cases: int, _jobs: int) -> Any:
    many_cases._begin()
    try:
        return many_cases._chunk(name, range(first, first + cases))
    finally:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        gc.unfreeze()


@pytest.mark.parametrize("change", dict.fromkeys(broken_text.CHANGES))
def test_every_change_changes_a_text_in_many_ways(change: Any) -> None:
    text = 'format = 1\n[scheme]\nid = "a"\npoints = 3\n[groups]\ng = "x"\nh = "y"\n[rank]\nties = "share"\n'
    made = {change(Random(seed), text, [text]) for seed in range(200)}
    assert len(made - {text}) >= 3
