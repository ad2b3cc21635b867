"""Schemes, units and facts are the same whatever they are kept in."""

from __future__ import annotations

import io
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import openpyxl
import polars as pl
import pytest
import tomli

import govscore
from govscore.errors import Place
from govscore.facts.rows import Row
from tests.broken.small import SMALL, facts_problems, problems_of, scheme, units

if TYPE_CHECKING:
    from pathlib import Path

FINDINGS = SMALL / "findings.csv"


def csv_rows() -> list[dict[str, str]]:
    header, *lines = FINDINGS.read_text(encoding="utf-8").splitlines()
    return [dict(zip(header.split(","), line.split(","), strict=True)) for line in lines]


def as_toml(rows: list[dict[str, str]]) -> str:
    lines = []
    for row in rows:
        lines.append("[[finding]]")
        for column, value in row.items():
            if (column == "start" and value) or (value.isdigit() and column in ("value", "of")):
                lines.append(f"{column} = {value}")
            elif value:
                lines.append(f'{column} = "{value}"')
    return "\n".join(lines)


def as_workbook(rows: list[dict[str, str]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append([int(value) if value.isdigit() else value or None for value in row.values()])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_every_form_of_a_table_gives_the_same_facts(tmp_path: Path) -> None:
    rows = csv_rows()
    expected = govscore.load_facts(FINDINGS, scheme(), units())
    frame = pl.DataFrame(rows)
    (tmp_path / "findings.toml").write_text(as_toml(rows), encoding="utf-8")
    (tmp_path / "findings.xlsx").write_bytes(as_workbook(rows))
    frame.write_parquet(tmp_path / "findings.parquet")
    (tmp_path / "findings.csv").write_bytes(b"\xef\xbb\xbf" + FINDINGS.read_bytes().replace(b"\n", b"\r\n"))
    files = [tmp_path / f"findings.{ending}" for ending in ("csv", "toml", "xlsx", "parquet")]
    for source in (str(FINDINGS), frame, rows, iter(rows), *files):
        assert govscore.load_facts(source, scheme(), units()) == expected  # type: ignore[arg-type]


def test_rows_and_mappings_may_be_mixed() -> None:
    rows: list[Row | dict[str, object]] = [
        Row(unit="jiaoyu", item="1", state="none"),
        {"unit": "jiaoyu", "item": "2", "state": "none"},
    ]
    facts = govscore.load_facts(rows, scheme(), units())
    assert {key for key, entry in facts.entries.items() if entry.state == "reviewed"} == {
        ("jiaoyu", "1"),
        ("jiaoyu", "2"),
    }


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (2.5, "2.5"),
        (3.0, "3"),
        (Decimal("2.50"), "2.50"),
        (Fraction(5, 2), "2.5"),
        (None, ""),
        ("3.0", "3.0"),
    ],
)
def test_numbers_in_mappings_are_taken_exactly(value: object, text: str) -> None:
    row = {"unit": "dongjie", "item": "6", "fact": "visits", "value": value}
    if text:
        facts = govscore.load_facts([row], scheme(), units())
        assert next(iter(facts.rows())).value == text
    else:
        assert [each.id for each in facts_problems([row])] == ["findings.not-a-number"]


@pytest.mark.parametrize("value", [0.12345, float("inf"), float("nan"), Fraction(1, 3), Decimal("NaN")])
def test_what_is_not_exact_must_be_passed_as_text(value: object) -> None:
    problems = facts_problems([{"unit": "dongjie", "item": "6", "fact": "visits", "value": value}])
    assert [each.id for each in problems] == ["intake.not-exact"]


@pytest.mark.parametrize("value", [10**4000, 10**7 + 0.5, 1e300, Decimal("1e400"), Fraction(10**9, 7)])
def test_a_huge_number_is_a_message(value: object) -> None:
    problems = facts_problems([{"unit": "dongjie", "item": "6", "fact": "visits", "value": value}])
    assert [each.id for each in problems] == ["intake.out-of-range"]


def test_a_whole_number_may_be_a_name() -> None:
    problems = facts_problems([{"unit": 1_400_000.0, "item": "6"}])
    assert problems[0].data["found"] == "1400000"


def test_cells_stay_as_they_are(tmp_path: Path) -> None:
    reason = '说明："甲", 乙\n第二行 =1+1 [/]'
    quoted = reason.replace('"', '""')
    text = f'unit,item,state,reason\njiaoyu,1,none,"{quoted}"\n\n,,,\njiaoyu,2,none,x\n'
    (tmp_path / "findings.csv").write_text(text, encoding="utf-8")
    facts = govscore.load_facts(tmp_path / "findings.csv", scheme(), units())
    assert facts.of("jiaoyu", "1").rows[0].reason == reason
    assert facts.of("jiaoyu", "2").rows[0].place.line == 6


def test_a_mistake_after_a_cell_of_several_lines_has_the_right_place(tmp_path: Path) -> None:
    path = tmp_path / "findings.csv"
    path.write_text('unit,reason,item\njiaoyu,"两\n行",9\n"caizheng","a,""b",9\n', encoding="utf-8")
    assert [str(each.place) for each in facts_problems(path)] == [f"{path}:3:4", f"{path}:4:20"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("{head}\n{one}x\n{two}x\n", (2, 3)),
        ("{head}\r\n{one}x\r\n{two}x", (2, 3)),
        ("{head}\r{one}x\r{two}x\r", (2, 3)),
        ("{head}\n{one}x\n\n{two}x\n", (2, 4)),
        ("{head}\n{one}x\n,,,\n{two}x\n\n\n", (2, 4)),
        ("\n{head}\n{one}x\n{two}x\n", (3, 4)),
        ('{head}\n{one}"x"\n{two}"x"\n', (2, 3)),
        ('{head}\n{one}"x\ny"\n{two}x\n', (2, 4)),
        ('"unit","item","state","reason"\n{one}x\n{two}x\n', (2, 3)),
        ('"unit",item,state,"reason"\n{one}"x\r\n"\n{two}x\n', (2, 4)),
    ],
)
def test_rows_of_a_csv_file_stand_on_the_lines_where_they_begin(
    tmp_path: Path, text: str, lines: tuple[int, int]
) -> None:
    path = tmp_path / "findings.csv"
    filled = text.format(head="unit,item,state,reason", one="jiaoyu,1,none,", two="jiaoyu,2,none,")
    path.write_bytes(filled.encode())
    facts = govscore.load_facts(path, scheme(), units())
    places = [facts.of("jiaoyu", item).rows[0].place for item in ("1", "2")]
    assert places == [Place(file=str(path), line=line) for line in lines]


def test_a_cell_that_a_row_of_a_workbook_lacks_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "findings.xlsx"
    path.write_bytes(as_workbook([{"unit": "jiaoyu", "item": "1"}, {"unit": "jiaoyu", "item": ""}]))
    (path.with_name("units.xlsx")).write_bytes(as_workbook([{"unit": "a", "name": "", "group": "streets"}]))
    assert [each.id for each in facts_problems(path)] == ["findings.no-fact", "findings.unknown-item"]
    told = problems_of(lambda: govscore.load_units(path.with_name("units.xlsx"), scheme()))
    assert "units.no-name" in {each.id for each in told}


def test_a_scheme_comes_from_a_path_a_text_or_a_mapping() -> None:
    path = SMALL / "scheme.toml"
    text = path.read_text(encoding="utf-8")
    mapping = tomli.loads(text, parse_float=Decimal)
    for loaded in (
        govscore.load_scheme(path),
        govscore.load_scheme(str(path)),
        govscore.load_scheme(text),
        govscore.load_scheme(text=text),
        govscore.load_scheme(mapping),
    ):
        assert loaded.model == scheme().model
    for arguments in ({}, {"source": path, "text": text}):
        with pytest.raises(TypeError):
            govscore.load_scheme(**arguments)  # type: ignore[arg-type]


def test_something_else_is_a_type_error() -> None:
    with pytest.raises(TypeError):
        govscore.load_facts(3, scheme(), units())  # type: ignore[arg-type]
