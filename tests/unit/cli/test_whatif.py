"""whatif: what would gain a unit most, in every form of output, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.unit.cli import small

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.unit.cli.conftest import Run

NOTICE = "示例数据，非真实考核结果"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("whatif.txt", ["street-01"]),
        ("whatif-en.txt", ["bureau-03", "--lang", "en", "--top", "4"]),
        ("whatif-stopped.txt", ["street-05"]),
        ("whatif-item.json", ["street-02", "29", "--format", "json"]),
        ("whatif.csv", ["street-09", "--format", "csv", "--top", "5"]),
    ],
)
def test_the_example_is_printed_as_before(
    name: str, arguments: list[str], run: Run, example: Path, golden: Callable[[str, str], None]
) -> None:
    done = run("whatif", *arguments, folder=example)
    assert (done.code, done.err) == (0, "")
    assert NOTICE in done.out
    golden(name, done.out)


def test_so_many_changes_are_printed_as_were_asked_for(run: Run, example: Path) -> None:
    def changes(*arguments: str) -> int:
        done = run("whatif", "street-01", *arguments, folder=example)
        return len(re.findall(r"^\d+ .*\+\d", done.out, re.MULTILINE))

    assert (changes(), changes("--top", "3"), changes("--top", "12")) == (10, 3, 12)
    everything = json.loads(run("whatif", "street-01", "--format", "json", folder=example).out)
    assert len(everything["changes"]) > 12


def test_csv_is_exact_and_every_row_has_the_notice(run: Run, example: Path) -> None:
    rows = list(
        csv.DictReader(io.StringIO(run("whatif", "street-01", "--format", "csv", folder=example).out))
    )
    assert {row["notice"] for row in rows} == {NOTICE}
    assert {row["provisional"] for row in rows} == {"true"}
    # 80.85333333 + 1.2 × 100 ÷ 62.5: item 1 rises from 1.8 to 3 (see expected.toml), rescaled.
    first = next(row for row in rows if row["item"] == "1")
    assert (first["gain"], first["total"]) == ("1.92", "82.77333333")


def test_applying_the_rows_that_json_names_gives_the_total_that_it_names(run: Run, tmp_path: Path) -> None:
    """10 − 3 × 0.26 = 9.22; without the three faults 10, first in the group."""
    folder = small.write(tmp_path / "small")
    content = json.loads(run("whatif", str(folder), "two", "--format", "json").out)
    change = content["changes"][0]
    assert (content["unit"]["total"], change["gain"], change["total"]) == ("9.22", "0.78", "10")
    assert change["rows"] == [{"unit": "two", "item": "1", "fact": "wrong", "value": "0"}]
    after = small.FINDINGS.replace("two,1,wrong,3,,[/]示例\n", "two,1,wrong,0,,\n")
    (folder / "findings.csv").write_text(after, encoding="utf-8")
    units = {
        unit["unit"]: unit for unit in json.loads(run("score", str(folder), "--format", "json").out)["units"]
    }
    assert (units["two"]["total"], units["two"]["rank"]) == (change["total"], change["rank"])


def test_what_cannot_be_meant_is_refused(run: Run, example: Path) -> None:
    nobody = run("whatif", "street-1", folder=example)
    assert nobody.code == 2
    assert "street-" in nobody.err
    assert run("whatif", "street-01", "nothing", folder=example).code == 2
    assert run("whatif", "street-01", "--top", "0", folder=example).code == 2


def test_foreign_text_stays_inert(run: Run, tmp_path: Path) -> None:
    folder = small.write(tmp_path / "small")
    said = run("whatif", "--folder", str(folder), "three").out
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in said
