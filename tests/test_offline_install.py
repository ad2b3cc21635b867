"""docs/install.md, the offline part, really done: collect on one machine, install without a network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

import govscore

ROOT: Final = Path(__file__).parent.parent
PAGE: Final = ROOT / "docs" / "install.md"
NOWHERE: Final = "http://127.0.0.1:9/"
"""Nobody answers there: pip that looks for a package on the network fails."""


def commands(title: str) -> list[list[str]]:
    """The commands of the page's block below this comment."""
    text = PAGE.read_text(encoding="utf-8")
    block = re.search(rf"<!-- offline: {title} -->\n```bash\n(.*?)```", text, re.DOTALL)
    assert block is not None
    return [line.split() for line in block[1].splitlines() if line and not line.startswith("#")]


def run(command: list[str], folder: Path, *, offline: bool = False) -> str:
    environment = dict(os.environ)
    if offline:
        kept = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_CONFIG_FILE")
        environment = {name: value for name, value in environment.items() if name not in kept}
        environment |= {"PIP_CONFIG_FILE": os.devnull, "http_proxy": NOWHERE, "https_proxy": NOWHERE}
    done = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
        encoding="utf-8", timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_page_collects_and_installs() -> None:
    assert [command[:3] for command in commands("collect")] == [
        ["python3", "-m", "venv"],
        [".collect/bin/pip", "wheel", "--no-deps"],
        [".collect/bin/pip", "download", "--dest"],
    ]
    installing = [command for command in commands("install") if command[0].endswith("pip")]
    assert installing
    assert all("--no-index" in command and "--find-links" in command for command in installing)


@pytest.mark.full
def test_a_machine_without_network_installs_and_checks_the_example(tmp_path: Path) -> None:
    """The commands of the page, word for word; only `python3` is the Python that runs the tests."""
    source, other = tmp_path / "govscore", tmp_path / "other"
    ignored = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", ".hypothesis")
    shutil.copytree(ROOT, source, ignore=ignored)
    for command in commands("collect"):
        run([sys.executable if command[0] == "python3" else command[0], *command[1:]], source)
    other.mkdir()
    shutil.move(source / "wheels", other / "wheels")
    shutil.copytree(ROOT / "examples", other / "examples")
    printed = ""
    for command in commands("install"):
        program = sys.executable if command[0] == "python3" else command[0]
        printed += run([program, *command[1:]], other, offline=True)
    assert f"govscore {govscore.__version__}" in printed
    example = str(other / "examples" / "pingcheng-2024")
    programs = other / ".venv" / "bin"
    run([str(programs / "govscore"), "check", example], other, offline=True)
    where = "import govscore; print(govscore.__file__)"
    home = run([str(programs / "python"), "-c", where], other, offline=True)
    assert str(other) in home
