"""Whatever decides about a rank or a grade, every output says it: table, JSON, CSV, desk, workbook."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

import pytest

from govscore.review.checklist import Line, lines, order
from govscore.review.live import live
from govscore.review.roster import figures, ranked
from govscore.review.tally import count
from govscore.text import width
from govscore.tui.draw.card import card_lines
from govscore.tui.draw.ranking import ranking_line
from govscore.tui.draw.score import score_lines
from tests.unit.export.samples import Sample, read, roster, sample

if TYPE_CHECKING:
    from pathlib import Path

    from govscore.tui.draw.spans import Drawn
    from tests.unit.cli.conftest import Run

SCHEME: Final = """format = 1
[scheme]
id = "standing"
title = "名次与等级"
period = { from = 2024-01-01, to = 2024-12-31 }
points_source = "illustrative"
[groups]
g = "全部"
[total]
full_marks = 100
places = 2
floor_at = "item"
not_applicable = { policy = "rescale", to = "own", within = "part" }
minimum_coverage = "60 %"
bonus_cap = 5
[rank]
ties = "share"
tie_break = ["a"]
[[grade]]
name = "优秀"
when = ">= 90"
quota = { share = "50 %", round = "down", ties = "out" }
[[grade]]
name = "合格"
[[base]]
id = "a"
title = "公开"
points = 60
rule = { kind = "deduct", minus = [{ id = "x", title = "差错", each = 1 }] }
[[base]]
id = "b"
title = "答复"
points = 40
rule = { kind = "deduct", minus = [{ id = "x", title = "差错", each = 1 }] }
[[bonus]]
id = "prize"
title = "表彰"
cap = 5
needs_claim = true
rule = { kind = "earn", plus = [{ id = "won", title = "次", each = 1 }] }
[[veto]]
id = "down"
title = "网站打不开"
facts.share = { ask = "ratio", title = "打不开的比例" }
when = "share >= 5 %"
warn_when = "share >= 3 %"
effect = { cap_grade = "合格" }
"""
UNITS: Final = "unit,name,group,tags\nu,甲局,g,\nv,乙局,g,\nw,丙局,g,\n"
FINDINGS: Final = """unit,item,state,fact,value,of
u,a,,x,1,
u,b,,x,0,
u,down,,share,4,100
v,a,,x,0,
v,b,,x,1,
v,down,,share,1,100
w,a,na,,,
w,b,none,,,
w,down,na,,,
w,prize,none,,,
"""
COVERAGE: Final = "coverage of 40 % is below the minimum of 60 %: no rank, no grade"
TIE: Final = "same total as others, placed by the points of “公开” (59)"
QUOTA: Final = "meets the line of 优秀, but does not get its 1 place"
WARNING: Final = "warning “网站打不开”, because 打不开的比例 ≥ 3 %; it has no effect"

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("scheme.toml", SCHEME), ("units.csv", UNITS), ("findings.csv", FINDINGS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def scored() -> Sample:
    units = list(csv.DictReader(io.StringIO(UNITS)))
    return sample(SCHEME, roster(units), csv.DictReader(io.StringIO(FINDINGS)))


def texts(drawn: list[Drawn]) -> str:
    return "\n".join("".join(text for text, _role in line) for line in drawn)


def cells(sheet: Any, unit: str) -> dict[str, Any]:
    """The cells of a unit's row by the heads above them."""
    rows = list(sheet.iter_rows(values_only=True))
    row = next(each for each in rows if unit in each)
    heads = [each for each in rows[: rows.index(row)] if any(each)]
    return {str(name): row[place] for head in heads for place, name in enumerate(head) if name is not None}


@pytest.mark.parametrize("command", ["score", "rank"])
def test_the_tables_say_it_in_a_remark(run: Run, folder: Path, command: str) -> None:
    said = run("--lang", "en", command, str(folder)).out
    assert [each for each in (TIE, COVERAGE, QUOTA) if each not in said] == []


@pytest.mark.parametrize("command", ["score", "rank"])
def test_json_and_csv_say_who_is_not_covered(run: Run, folder: Path, command: str) -> None:
    content = json.loads(run(command, str(folder), "--format", "json").out)
    units = content["units"] if command == "score" else content["groups"][0]["ranking"]
    assert {unit["unit"]: unit["covered"] for unit in units} == {"u": True, "v": True, "w": False}
    table = csv.DictReader(io.StringIO(run(command, str(folder), "--format", "csv").out))
    found = {row["unit"]: (row["covered"], row["rank"], row["grade"], row["total"]) for row in table}
    assert found["w"] == ("false", "", "", "100")
    assert found["v"] == ("true", "1", "优秀", "99")


def test_explaining_a_unit_and_a_veto_says_it(run: Run, folder: Path) -> None:
    said = run("--lang", "en", "explain", str(folder), "u").out
    assert [each for each in (TIE, WARNING, QUOTA) if each not in said] == []
    assert COVERAGE in run("--lang", "en", "explain", str(folder), "w").out
    veto = run("--lang", "en", "explain", str(folder), "u", "down").out
    assert "warns, without effect" in veto
    assert "Warning if: share >= 3 %" in veto
    content = json.loads(run("explain", str(folder), "u", "--format", "json").out)
    assert content["vetoes"] == [{"id": "down", "acts": False, "undecided": False, "warns": True}]


def test_the_desk_says_it(scored: Sample) -> None:
    board = scored.board
    for unit, words in (("u", TIE), ("u", QUOTA), ("w", COVERAGE)):
        shown = live(board, board.plan.units[board.places[unit]], "a")
        told = texts(score_lines(board.scheme, shown, 200))
        assert words in told
    shown = live(board, board.plan.units[0], "down")
    assert WARNING in texts(score_lines(board.scheme, shown, 200))
    states = {
        unit.unit: [
            line.state for line in lines(board, unit, board.unit(unit.unit), order(board.scheme))
            if isinstance(line, Line) and line.id == "down"
        ]
        for unit in board.plan.units
    }  # fmt: skip
    assert states == {"u": ["warns"], "v": ["reviewed"], "w": ["not_applicable"]}
    card = texts(card_lines(board.scheme, board.scheme.vetoes["down"], 200))
    assert "warning only if 打不开的比例 ≥ 3 %" in card


def test_the_desks_ranking_shows_it_after_those_with_a_rank(scored: Sample) -> None:
    board = scored.board
    assert [board.plan.units[place].unit for place in ranked(board, "g")] == ["v", "u", "w"]
    line = ranking_line(board, figures(board, count(board), board.places["w"]), 120)
    assert width("".join(text for text, _role in line)) <= 120
    assert "low cove" in texts([line])


def test_the_workbook_says_it(scored: Sample) -> None:
    book = read(scored.ranking())
    ranking = book["Ranking 全部"]
    assert TIE in cells(ranking, "u")["remarks"]
    assert QUOTA in cells(ranking, "u")["remarks"]
    assert "warning, without effect: 网站打不开" in cells(ranking, "u")["remarks"]
    assert COVERAGE in cells(ranking, "w")["remarks"]
    assert cells(ranking, "w")["rank"] == "—"
    matrix = book["Score matrix"]
    assert cells(matrix, "w")["state"] == "scored, too little coverage for a rank"
    assert "no, warning" in cells(matrix, "u").values()
    scheme = {str(row[0]): row for row in book["Scheme"].iter_rows(values_only=True)}
    assert "60 %" in str(scheme["coverage needed for rank and grade"])
    assert "公开" in str(scheme["equal totals are parted by the points of"])
    grades = [str(row) for row in book["Scheme"].iter_rows(values_only=True) if row[0] == "grade"]
    assert "for at most 50 % of the units of the group, rounded down; equals across" in grades[0]
    assert "warning only: 打不开的比例 ≥ 3 %" in str(scheme["down"])


def test_a_units_own_page_says_it(scored: Sample) -> None:
    for unit, words in (("u", [TIE, WARNING, QUOTA]), ("w", [COVERAGE])):
        sheet = read(scored.unit(unit)).worksheets[0]
        said = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
        assert [each for each in words if each not in said] == []


def test_a_bonus_that_is_not_claimed_is_said_not_to_be(run: Run, folder: Path, scored: Sample) -> None:
    said = run("--lang", "en", "explain", str(folder), "u").out
    assert "prize 表彰  0.00 / 5.00 · not claimed" in said
    content = json.loads(run("explain", str(folder), "u", "--format", "json").out)
    states = {each["item"]: (each["state"], each["points"]) for each in content["items"]}
    assert states["prize"] == ("none", "0")
    board = scored.board
    each = {
        unit.unit: [
            line.state
            for line in lines(board, unit, board.unit(unit.unit), order(board.scheme))
            if isinstance(line, Line) and line.id == "prize"
        ]
        for unit in board.plan.units
    }
    assert each == {"u": ["none"], "v": ["none"], "w": ["reviewed"]}
    shown = texts(score_lines(board.scheme, live(board, board.plan.units[0], "prize"), 200))
    assert "not claimed" in shown
    assert "0 if it is not claimed" in texts(card_lines(board.scheme, board.scheme.items["prize"], 200))
    matrix = read(scored.ranking())["Score matrix"]
    assert "not claimed" in cells(matrix, "u").values()
    assert "not claimed" not in cells(matrix, "w").values()
    page = read(scored.unit("u")).worksheets[0]
    assert "not claimed" in {cell for row in page.iter_rows(values_only=True) for cell in row}
