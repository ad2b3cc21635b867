"""score, rank, explain, export, check: every form of output on the example, and what they refuse."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import polars
import pytest

from tests.unit.cli import small
from tests.unit.cli.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.cli.conftest import Run

NOTICE = "示例数据，非真实考核结果"
FILES = ("--scheme", "scheme.toml", "--units", "units.csv", "--findings", "findings.csv")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("score.txt", ["score"]),
        ("score.json", ["score", "--format", "json"]),
        ("score.csv", ["score", "--format", "csv"]),
        ("score-en.txt", ["score", "--lang", "en"]),
        ("rank.txt", ["rank"]),
        ("rank.json", ["rank", "--format", "json"]),
        ("rank.csv", ["rank", "--format", "csv"]),
        ("rank-en.txt", ["rank", "--lang", "en"]),
        ("explain.txt", ["explain", "street-08"]),
        ("explain.json", ["explain", "street-08", "--format", "json"]),
        ("explain-en.txt", ["explain", "street-08", "--lang", "en"]),
        ("explain-item.txt", ["explain", "示例八街道", "31"]),
        ("explain-veto.txt", ["explain", "street-06", "silent"]),
    ],
)
def test_the_example_is_printed_as_before(
    name: str, arguments: list[str], run: Run, example: Path, golden: Callable[[str, str], None]
) -> None:
    done = run(*arguments, folder=example)
    assert (done.code, done.err) == (0, "")
    assert NOTICE in done.out
    golden(name, done.out)


def test_three_files_give_what_their_folder_gives(run: Run, example: Path) -> None:
    assert run("score", *FILES, folder=example).out == run("score", str(example)).out


def test_json_is_exact_and_says_what_is_missing(run: Run, example: Path) -> None:
    content = json.loads(run("score", "--format", "json", folder=example).out)
    assert content["notice"] == NOTICE
    assert content["scheme"]["id"] == "pingcheng-2024"
    assert content["provisional"] is True
    assert content["state"] is None
    units = {unit["unit"]: unit for unit in content["units"]}
    opened = units["bureau-03"]
    assert (opened["state"], opened["total"], opened["rank"]) == ("open", None, None)
    assert Decimal(opened["low"]) <= Decimal(opened["so_far"]) <= Decimal(opened["high"])
    assert units["street-05"]["state"] == "stopped"
    assert units["street-12"]["total"] == "0"


def test_json_says_of_every_unit_whether_its_group_is_provisional(run: Run, tmp_path: Path) -> None:
    findings = small.FINDINGS.replace("one,1,wrong,1,,示例：一处\n", "")
    folder = small.write(tmp_path / "small", findings)
    content = json.loads(run("score", str(folder), "--format", "json").out)
    assert content["provisional"] is True
    assert {unit["unit"]: unit["provisional"] for unit in content["units"]} == {
        "one": True,
        "two": True,
        "three": True,
        "four": False,
    }


@pytest.mark.parametrize("command", ["explain", "whatif"])
def test_what_is_said_of_a_unit_is_provisional_only_with_its_group(
    run: Run, tmp_path: Path, command: str
) -> None:
    findings = small.FINDINGS.replace("one,1,wrong,1,,示例：一处\n", "")
    folder = str(small.write(tmp_path / "small", findings))
    assert "暂排" in run(command, folder, "two").out
    assert "暂排" not in run(command, folder, "four").out


def test_parquet_holds_what_csv_holds(run: Run, example: Path) -> None:
    table = list(csv.DictReader(io.StringIO(run("score", "--format", "csv", folder=example).out)))
    piped = run("score", "--format", "parquet", folder=example)
    assert run("score", "-o", "scores.parquet", folder=example).code == 0
    frame = polars.read_parquet(example / "scores.parquet")
    assert frame.equals(polars.read_parquet(io.BytesIO(piped.raw)))
    assert frame.columns == list(table[0])
    texts = [
        {
            name: "" if cell is None else str(cell).lower() if cell in (True, False) else str(cell)
            for name, cell in row.items()
        }
        for row in frame.drop("rank").to_dicts()
    ]
    assert texts == [{name: cell for name, cell in row.items() if name != "rank"} for row in table]
    assert [str(rank or "") for rank in frame["rank"]] == [row["rank"] for row in table]
    assert set(frame["notice"]) == {NOTICE}


@pytest.mark.parametrize("name", ["scores.json", "scores.csv", "scores.txt", "scores.JSON"])
def test_the_ending_of_the_file_says_the_form(name: str, run: Run, example: Path) -> None:
    form = {"json": "json", "csv": "csv", "txt": "table"}[name.rpartition(".")[2].lower()]
    done = run("score", "-o", name, folder=example)
    assert (done.code, done.out) == (0, "")
    assert name in done.err
    assert (example / name).read_bytes() == run("score", "--format", form, folder=example).raw
    assert not [each for each in example.iterdir() if each.name.startswith(".")]


def test_a_file_is_replaced_whole(run: Run, example: Path) -> None:
    (example / "scores.csv").write_text("old " * 100_000)
    assert run("score", "-o", "scores.csv", folder=example).code == 0
    assert (example / "scores.csv").read_text(encoding="utf-8").startswith("unit,name")


def test_a_folder_that_takes_no_file_is_a_fault_of_the_machine(run: Run, example: Path) -> None:
    done = run("score", "-o", "no/such/folder/scores.csv", folder=example)
    assert (done.code, done.out) == (3, "")
    assert "no/such/folder" in done.err


def test_foreign_names_are_inert_in_tables_and_unaltered_in_data(run: Run, tmp_path: Path) -> None:
    folder = small.write(tmp_path / "small")
    table = run("rank", str(folder)).out
    assert "\u202e" not in table
    assert "‹U+202E›" in table
    rows = list(csv.DictReader(io.StringIO(run("rank", str(folder), "--format", "csv").out)))
    assert {row["name"] for row in rows} >= {'=HYPERLINK("http://x")', "三局\u202e倒"}
    assert "[/]示例" in run("explain", "two", "--folder", str(folder)).out


def test_nothing_is_provisional_once_all_is_reviewed(run: Run, tmp_path: Path) -> None:
    folder = small.write(tmp_path / "small")
    assert "暂排" not in run("rank", str(folder)).out
    assert json.loads(run("rank", str(folder), "--format", "json").out)["provisional"] is False


def test_a_provisional_ranking_says_so_in_every_line(run: Run, example: Path) -> None:
    lines = run("rank", folder=example).out.splitlines()
    ranked = [line for line in lines if line.strip()[:1].isdigit() and "  " in line.strip()]
    assert len(ranked) > 30
    assert all("暂排" in line for line in ranked)


@pytest.mark.parametrize("given", [FILES[:2], FILES[2:], (*FILES, "folder")])
@pytest.mark.parametrize("name", ["score", "rank", "export"])
def test_half_of_the_files_or_both_ways_are_refused(
    name: str, given: tuple[str, ...], run: Run, example: Path
) -> None:
    done = run(name, *given, folder=example)
    assert (done.code, done.out) == (2, "")
    assert "用法：" in done.err


@pytest.mark.parametrize(
    ("wanted", "near"),
    [("street-99", "street-"), ("示例八街", "示例八街道"), ("八街道", "示例八街道"), ("[/]\x1b[31m", "␛")],
)
def test_an_unknown_unit_is_refused_with_the_nearest(wanted: str, near: str, run: Run, example: Path) -> None:
    done = run("explain", wanted, folder=example)
    assert (done.code, done.out) == (2, "")
    assert "\x1b" not in done.err
    assert near in done.err.replace(wanted, "", 1)


def test_an_unknown_item_is_refused(run: Run, example: Path) -> None:
    done = run("explain", "street-08", "431", folder=example)
    assert (done.code, done.out) == (2, "")
    assert "431" in done.err


def test_two_units_of_one_name_are_told_apart_by_their_ids(run: Run, tmp_path: Path) -> None:
    folder = small.write(tmp_path / "small")
    (folder / "units.csv").write_text(small.UNITS.replace("四局", "一局"), encoding="utf-8")
    done = run("explain", "一局", "--folder", str(folder))
    assert done.code == 2
    assert "one, four" in done.err
    assert run("explain", "four", "--folder", str(folder)).code == 0


def test_a_units_own_page_is_written(run: Run, example: Path) -> None:
    done = run("explain", "street-08", "-o", "page.xlsx", folder=example)
    assert (done.code, done.out.strip()) == (0, "page.xlsx")
    assert (example / "page.xlsx").read_bytes()[:2] == b"PK"
    refused = run("explain", "street-08", "31", "-o", "other.xlsx", folder=example)
    assert (refused.code, refused.out) == (2, "")
    assert not (example / "other.xlsx").exists()


def test_an_explanation_goes_into_a_file(run: Run, example: Path) -> None:
    assert run("explain", "street-08", "-o", "why.json", folder=example).code == 0
    assert json.loads((example / "why.json").read_text(encoding="utf-8"))["unit"]["unit"] == "street-08"


def test_the_workbook_is_written_where_it_is_said(run: Run, example: Path, tmp_path: Path) -> None:
    assert run("export", str(example)).out.strip() == str(example / "ranking.xlsx")
    target = tmp_path / "排名.xlsx"
    assert run("export", *FILES, "-o", str(target), folder=example).out.strip() == str(target)
    assert target.read_bytes()[:2] == b"PK"


def test_a_workbook_that_is_open_elsewhere_is_written_beside(run: Run, example: Path) -> None:
    (example / "ranking.xlsx").write_text("old")
    (example / "~$ranking.xlsx").write_text("")
    done = run("export", folder=example)
    assert done.code == 0
    written = Path(done.out.strip())
    assert written.name != "ranking.xlsx"
    assert (example / written).read_bytes()[:2] == b"PK"
    assert (example / "ranking.xlsx").read_text() == "old"
    assert done.err


def test_check_says_what_it_looked_at(run: Run, example: Path) -> None:
    done = run("check", folder=example)
    assert (done.code, done.err) == (0, "")
    assert "50 个指标项" in done.out
    assert "36 个单位" in done.out
    alone = run("check", "scheme.toml", "--lang", "en", folder=example)
    assert "50 items" in alone.out
    assert "units" not in alone.out


def test_check_of_a_scheme_alone_says_that_units_are_missing(run: Run, tmp_path: Path) -> None:
    folder = small.write(tmp_path / "small", None)
    (folder / "units.csv").unlink()
    done = run("check", str(folder))
    assert done.code == 0
    assert done.err


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_check_tells_every_problem_with_its_place(language: str, run: Run, tmp_path: Path) -> None:
    folder = small.write(tmp_path / "small")
    text = small.SCHEME.replace('ties = "share"', 'ties = "shared"').replace("each = 0.26", "each = 0.26001")
    (folder / "scheme.toml").write_text(text, encoding="utf-8")
    done = run("check", str(folder), "--lang", language)
    assert (done.code, done.out) == (2, "")
    for line in ("scheme.toml:17:", "scheme.toml:23:"):
        assert line in done.err


def test_check_of_units_leaves_the_findings_for_later_and_says_so(run: Run, tmp_path: Path) -> None:
    folder = small.write(tmp_path / "small")
    (folder / "units.csv").write_text(small.UNITS.replace(",b,", ",c,"), encoding="utf-8")
    done = run("check", str(folder))
    assert (done.code, done.out) == (2, "")
    assert "units.csv" in done.err


@pytest.mark.parametrize("name", ["score", "rank", "export", "check"])
def test_wrong_findings_are_refused_with_their_places(name: str, run: Run, tmp_path: Path) -> None:
    folder = small.write(tmp_path / "small", small.FINDINGS + "five,1,wrong,1,,\none,2,wrong,1,,\n")
    done = run(name, str(folder))
    assert (done.code, done.out) == (2, "")
    assert "findings.csv" in done.err
    assert "five" in done.err
    assert not (folder / "ranking.xlsx").exists()


@pytest.mark.parametrize(
    ("unit", "item", "said"),
    [
        ("bureau-02", "1", "4个单位中并列第2名（全组最高1200（示例一局）；本单位900）：18"),
        ("bureau-04", "5", "已发布说明，按分值的60%：60 % × 20 = 12"),
    ],
)
def test_what_others_or_a_policy_made_of_an_item_is_explained_in_one_line(
    run: Run, unit: str, item: str, said: str
) -> None:
    lines = run("explain", str(ROOT / "examples" / "peers-sample"), unit, item).out.splitlines()
    (told,) = (line for line in lines if said in line)
    assert told.startswith("    ")
    assert lines[lines.index(told) + 1] in ("", "    理由：示例：由上级网站统一发布")
