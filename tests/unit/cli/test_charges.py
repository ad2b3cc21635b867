"""What lines take from the total is named in every output, and only where a scheme has such lines."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import polars

from govscore.review.roster import figures
from govscore.review.tally import count
from govscore.tui.draw.ranking import ranking_line
from tests.unit.cli import small
from tests.unit.scoring.small import board, clean, extra, found, item, loses, scheme

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Run

CHARGED = small.SCHEME.replace("each = 0.26 }", 'each = 0.26, from = "total" }')


def folder(tmp_path: Path) -> Path:
    made = small.write(tmp_path / "考核")
    (made / "scheme.toml").write_text(CHARGED, encoding="utf-8")
    return made


def test_the_table_names_it_and_the_files_have_a_column(run: Run, tmp_path: Path) -> None:
    """Unit two: 10 of 10 points, 3 × 0.26 = 0.78 taken from the total: 9.22."""
    made = folder(tmp_path)
    assert "0.8 taken from the total" in run("score", "--lang", "en", folder=made).out
    rows = list(csv.DictReader(io.StringIO(run("score", "--format", "csv", folder=made).out)))
    two = next(row for row in rows if row["unit"] == "two")
    assert (two["base"], two["major_deduction"], two["charged"], two["total"]) == ("10", "0", "0.78", "9.22")
    units = json.loads(run("score", "--format", "json", folder=made).out)["units"]
    assert {unit["unit"]: unit["charged"] for unit in units}["two"] == "0.78"
    target = tmp_path / "scores.parquet"
    run("score", "--format", "parquet", "--output", str(target), folder=made)
    assert polars.read_parquet(target)["charged"].to_list()[1] == "0.78"


def test_a_scheme_without_such_lines_has_no_such_column(run: Run, tmp_path: Path) -> None:
    made = small.write(tmp_path / "考核")
    header = run("score", "--format", "csv", folder=made).out.partition("\n")[0]
    assert "charged" not in header
    units = json.loads(run("score", "--format", "json", folder=made).out)["units"]
    assert all("charged" not in unit for unit in units)


def test_explain_says_what_went_where(run: Run, tmp_path: Path) -> None:
    made = folder(tmp_path)
    told = run("explain", "two", "--lang", "en", folder=made).out
    assert "差错: 3 × 0.26 = 0.78, taken from the total and not here" in told
    assert "taken from the total by “公开”: 0.78" in told
    content = json.loads(run("explain", "two", "--format", "json", folder=made).out)
    assert content["items"][0]["charges"] == {"total": "0.78"}


def test_the_desks_ranking_counts_it_as_deducted() -> None:
    """100 − 3 − 2: both are what was deducted; while one is open there is a dash."""
    data = scheme(
        base=[item("i", 100, loses(2, **{"from": "total"}))], major_deduction=[extra("m", loses(3))]
    )
    on_it = board(data, [found("i", "x", 1), found("m", "x", 1)])
    line = "".join(text for text, _role in ranking_line(on_it, figures(on_it, count(on_it), 0), 100))
    assert " −5.00 " in line
    assert " 95.00 " in line
    opened = board(data, [clean("m")])
    assert opened.unit("u").charged is None
    line = "".join(text for text, _role in ranking_line(opened, figures(opened, count(opened), 0), 100))
    assert " − " not in line
    assert "—" in line
