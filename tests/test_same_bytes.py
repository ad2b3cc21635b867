"""Same input, same bytes: whatever hash seed, time zone, locale, number of threads, or order of the rows."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMPLES: Final = Path(__file__).resolve().parents[1] / "examples"
NAMES: Final = ("pingcheng-2024", "peers-sample", "two-parts-sample", "raters-sample")
PLAIN: Final = {
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "POLARS_MAX_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
SURROUNDINGS: Final = {
    "hash seed and threads": {
        "PYTHONHASHSEED": "4242",
        "POLARS_MAX_THREADS": "2",
        "OMP_NUM_THREADS": "2",
        "OPENBLAS_NUM_THREADS": "2",
    },
    "time zone and locale": {
        "TZ": "America/Los_Angeles",
        "LANG": "zh_CN.UTF-8",
        "LC_ALL": "zh_CN.GB18030",
        "LC_NUMERIC": "de_DE.UTF-8",
        "PYTHONUTF8": "1",
    },
}
AS_GIVEN: Final = ("score table", "score json", "score csv", "scores.parquet")
"""What lists units in the order of their list."""
SCRIPT: Final = """
import csv, datetime, hashlib, json, sys
from pathlib import Path
from click.testing import CliRunner
from govscore.office import clock

clock.now = lambda: datetime.datetime.fromisoformat("2025-01-15T09:30:00+08:00")
from govscore.cli.root import govscore

def call(name, *words):
    done = CliRunner().invoke(govscore, ["--lang", "zh_CN", *words])
    assert done.exit_code == 0, (words, done.output, done.exception)
    found[name] = done.stdout_bytes

found = {}
for folder in map(Path, sys.argv[1:]):
    tables = {name: str(folder / f"{name}.csv") for name in ("units", "findings")}
    files = ["--scheme", str(folder / "scheme.toml"), *(f"--{name}={file}" for name, file in tables.items())]
    with open(tables["units"], encoding="utf-8-sig") as units:
        ids = sorted(row["unit"] for row in csv.DictReader(units))
    for command in ("score", "rank"):
        for form in ("table", "json", "csv"):
            call(f"{folder.name} {command} {form}", command, *files, "--format", form)
    for unit in ids[:3]:
        for form in ("text", "json"):
            call(f"{folder.name} explain {unit} {form}", "explain", *files, "--format", form, unit)
    for command, name in (("score", "scores.parquet"), ("export", "ranking.xlsx"), ("explain", "unit.xlsx")):
        target = folder / name
        call(name, command, *files, "-o", str(target), *(ids[:1] if command == "explain" else ()))
        found[f"{folder.name} {name}"] = target.read_bytes()
        del found[name]
print(json.dumps({name: hashlib.sha256(content).hexdigest() for name, content in found.items()}))
"""


def hashes(around: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Of every output on every example, from a process with these surroundings."""
    env = {**os.environ, **PLAIN, **around}
    folders = [str(folder / name) for name in NAMES]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *folders], env=env, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, str] = json.loads(done.stdout)
    return found


def copies(folder: Path) -> Path:
    for name in NAMES:
        shutil.copytree(EXAMPLES / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The bytes of every output in plain surroundings."""
    return hashes({}, copies(tmp_path_factory.mktemp("plain")))


@pytest.mark.parametrize("around", SURROUNDINGS)
def test_nothing_around_the_process_changes_a_byte(
    around: str, expected: dict[str, str], tmp_path: Path
) -> None:
    """JSON, CSV, Parquet, workbooks and explanations are the same in any surroundings."""
    assert hashes(SURROUNDINGS[around], copies(tmp_path)) == expected


def test_the_order_of_findings_changes_no_byte(expected: dict[str, str], tmp_path: Path) -> None:
    """Rows of findings may come in any order."""
    copies(tmp_path)
    for name in NAMES:
        shuffled(tmp_path / name / "findings.csv")
    assert hashes({}, tmp_path) == expected


def test_the_order_of_units_shows_only_where_they_are_listed_as_given(
    expected: dict[str, str], tmp_path: Path
) -> None:
    """`score` lists units as they were given; nothing else depends on their order."""
    copies(tmp_path)
    for name in NAMES:
        shuffled(tmp_path / name / "units.csv")
    found = hashes({}, tmp_path)
    as_given = {f"{name} {output}" for name in NAMES for output in AS_GIVEN}
    assert {name for name in found if found[name] != expected[name]} <= as_given


def shuffled(path: Path) -> None:
    """Writes the rows of a table in another order."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = list(csv.reader(file))
    before = list(rows)
    random.Random(20).shuffle(rows)
    assert rows != before
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
