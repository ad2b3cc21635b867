"""What is light stays light: a front door loads nothing that its command does not need."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "pingcheng-2024"
HEAVY = (
    "polars",
    "textual",
    "rich",
    "openpyxl",
    "fastexcel",
    "pydantic",
    "xlsxwriter",
    "numpy",
    "pypinyin",
    "tree_sitter",
    "tomlkit",
)
STATUS_MAY_LOAD: frozenset[str] = frozenset({"tree_sitter", "tomlkit"})
"""Readers of the scheme's text; its title is shown."""

RUN = """
import json, runpy, sys
sys.argv = ["govscore", *sys.argv[1:]]
code = 0
try:
    runpy.run_module("govscore", run_name="__main__", alter_sys=True)
except SystemExit as end:
    code = end.code or 0
sys.stdout.flush()
print("\\n" + json.dumps([code, sorted(sys.modules)]))
"""
IMPORT = "import govscore, json, sys; print(json.dumps([0, sorted(sys.modules)]))"


def loaded(code: str, *arguments: str, folder: Path) -> frozenset[str]:
    """The top-level modules that a fresh process has loaded after this."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    exit_code, modules = json.loads(done.stdout.splitlines()[-1])
    assert exit_code == 0, done.stdout + done.stderr
    return frozenset(name.partition(".")[0] for name in modules)


@pytest.fixture(scope="module")
def assessment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An assessment folder."""
    return Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("assessments") / "pingcheng"))


def test_importing_the_library_loads_nothing_heavy(tmp_path: Path) -> None:
    assert loaded(IMPORT, folder=tmp_path).isdisjoint({*HEAVY, "click", "sqlite3"})


@pytest.mark.parametrize("arguments", [["--help"], ["--lang", "en", "--help"], ["score", "--help"]])
def test_help_loads_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    assert loaded(RUN, *arguments, folder=tmp_path).isdisjoint({*HEAVY, "sqlite3"})


def test_the_state_of_a_folder_is_told_without_anything_heavy(assessment: Path) -> None:
    assert loaded(RUN, "status", folder=assessment).isdisjoint(set(HEAVY) - STATUS_MAY_LOAD)


def test_the_probe_would_notice(tmp_path: Path) -> None:
    assert "numpy" in loaded("import numpy;" + IMPORT, folder=tmp_path)
