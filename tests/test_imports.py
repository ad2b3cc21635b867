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


CALENDAR = """
import json, sys
import govscore
folder = sys.argv[1]
scheme = govscore.load_scheme(folder + "/scheme.toml")
units = govscore.load_units(folder + "/units.csv", scheme)
govscore.score(scheme, govscore.load_facts(folder + "/findings.csv", scheme, units), units)
print(json.dumps([0, [name.replace(".", "/") for name in sys.modules]]))
"""


@pytest.mark.parametrize(("limit", "rows", "needs"), [
    ('ask = "count"', "a,x,,2,,", set()),
    ('ask = "cases", within = "20 working days"', "a,x.late,,2,,", set()),
    ('ask = "cases", within = "5 days"', "a,x,c,,2024-03-01,2024-03-04", {"days"}),
    ('ask = "cases", within = "5 working days"', "a,x,c,,2024-03-01,2024-03-04", {"days"}),
])  # fmt: skip
def test_the_calendar_is_loaded_only_for_single_cases(
    tmp_path: Path, limit: str, rows: str, needs: set[str]
) -> None:
    """Neither importing govscore nor scoring counts loads the holidays."""
    text = (EXAMPLE.parents[1] / "src/govscore/office/starter/scheme.toml").read_text(encoding="utf-8")
    head = text[: text.index("[[section]]")] if "[[section]]" in text else text[: text.index("[[base]]")]
    base = (
        f'\n[[base]]\nid = "1"\ntitle = "t"\npoints = 100\nfacts.x = {{ {limit} }}\n'
        'rule = { kind = "deduct" }\n'
    )
    (tmp_path / "scheme.toml").write_text(head + base, encoding="utf-8")
    group = head[head.index("[groups]") :].splitlines()[1].split(" ")[0]
    (tmp_path / "units.csv").write_text(f"unit,name,group\na,甲,{group}\n", encoding="utf-8")
    unit, rest = rows.split(",", 1)
    (tmp_path / "findings.csv").write_text(
        f"unit,item,fact,case,value,start,finish\n{unit},1,{rest}\n", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-c", CALENDAR, str(tmp_path)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    modules = json.loads(done.stdout.splitlines()[-1])[1]
    found = {name.rpartition("/")[2] for name in modules if name.startswith("govscore/calendar/")}
    assert found & {"days", "table"} == (needs | {"table"} if needs else set())


def test_importing_the_library_loads_no_calendar(tmp_path: Path) -> None:
    code = "import govscore, json, sys; print(json.dumps([0, ['x' for m in sys.modules if 'calendar' in m]]))"
    assert loaded(code, folder=tmp_path) == frozenset()
