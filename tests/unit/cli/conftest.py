"""A command line in a process of its own, assessment folders, and files to compare with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import pytest
from click.testing import CliRunner

from govscore.cli.root import govscore

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).resolve().parents[3]
EXAMPLE: Final = ROOT / "examples" / "pingcheng-2024"
GOLDEN: Final = ROOT / "tests" / "golden"


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """How a process ended."""

    code: int
    out: str
    err: str
    raw: bytes


class Run(Protocol):
    """Runs `govscore` with these arguments."""

    def __call__(
        self, *arguments: str, folder: Path | None = None, env: dict[str, str] | None = None
    ) -> Done: ...


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line inside this process, in a folder of its own."""

    def call(*arguments: str, folder: Path | None = None, env: dict[str, str] | None = None) -> Done:
        with monkeypatch.context() as patch:
            patch.chdir(folder or tmp_path)
            done = CliRunner().invoke(govscore, arguments, env=env)
        return _checked(done.exit_code, done.stdout_bytes, done.stderr)

    return call


@pytest.fixture
def process(tmp_path: Path) -> Run:
    """The command line in a process of its own, in a folder of its own."""

    def call(*arguments: str, folder: Path | None = None, env: dict[str, str] | None = None) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "govscore", *arguments],
            cwd=folder or tmp_path,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
        )
        return _checked(done.returncode, done.stdout, done.stderr.decode("utf-8"))

    return call


def _checked(code: int, raw: bytes, err: str) -> Done:
    out = raw.decode("utf-8", "replace")
    assert "Traceback" not in out + err, err
    return Done(code=code, out=out, err=err, raw=raw)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example: scheme, units, findings."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "pingcheng"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares with a file in tests/golden; `--snapshot-update` writes it anew."""

    def compare(name: str, found: str) -> None:
        file = GOLDEN / name
        if request.config.option.update_snapshots:
            file.write_bytes(found.encode())
        assert found.encode() == file.read_bytes()

    return compare
