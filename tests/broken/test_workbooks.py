"""Every workbook that cannot be taken is told with file, sheet and cell, and no hostile one does harm."""

from __future__ import annotations

import datetime
import io
import subprocess
import time
import zipfile
from typing import TYPE_CHECKING, Any, Final

import pytest

import govscore
from govscore.i18n import speaking
from govscore.intake import workbook_guard
from govscore.intake.workbook import letters
from tests.broken.books import ROW, book, rezipped, row, with_sheet
from tests.broken.small import facts_problems, problems_of, scheme, units

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PLAIN: Final = book(ROW)


def sheet_added(title: str, *, hidden: bool = False) -> Callable[[Any], None]:
    def change(made: Any) -> None:
        sheet = made.create_sheet(title)
        sheet.append(["x"])
        if hidden:
            sheet.sheet_state = "veryHidden"

    return change


def merged(made: Any) -> None:
    made.active.merge_cells("A2:A3")


def in_cell(cell: str, number_format: str) -> Callable[[Any], None]:
    def change(made: Any) -> None:
        made.active[cell].number_format = number_format

    return change


def hidden_first(made: Any) -> None:
    made.active.sheet_state = "hidden"
    made.create_sheet("空")


SHEET: Final = "/核定"
BOOKS: Final[dict[str, tuple[bytes, str, str]]] = {
    "intake.formula": (book(row(unit="jiaoyu", item="1", fact="form", value="=1+1")), f"{SHEET}/F2", "=1+1"),
    "intake.error-cell": (
        book(row(unit="jiaoyu", item="1", fact="form", value="#N/A")),
        f"{SHEET}/F2",
        "#N/A",
    ),
    "intake.date-cell": (
        book(row(unit="jiaoyu", item="4", fact="event", start=datetime.date(2024, 3, 15))),
        f"{SHEET}/H2",
        "2024-03-15",
    ),
    "intake.percent-cell": (
        book(row(unit="jiaoyu", item="3", fact="rate", value=0.6), change=in_cell("F2", "0%")),
        f"{SHEET}/F2",
        "0.6",
    ),
    "intake.truth-value": (
        book(row(unit="jiaoyu", item="v", fact="fraud", value=True)),
        f"{SHEET}/F2",
        "yes",
    ),
    "intake.not-exact": (
        book(row(unit="dongjie", item="6", fact="visits", value=1 / 3)),
        f"{SHEET}/F2",
        "0.3333333333333333",
    ),
    "intake.merged-cells": (book(ROW, ROW, change=merged), f"{SHEET}/A2", "A2:A3"),
    "intake.hidden-sheet": (book(ROW, change=sheet_added("底稿", hidden=True)), "/底稿", "hidden"),
    "intake.hidden-sheet--first": (book(ROW, change=hidden_first), SHEET, "hidden"),
    "intake.several-sheets": (book(ROW, change=sheet_added("说明")), "", "核定, 说明"),
    "intake.unknown-column": (book(header=("unit", "item", "fakt")), f"{SHEET}/C1", "did you mean “fact”?"),
    "intake.missing-column": (book(("jiaoyu",), header=("unit",)), f"{SHEET}/A1", "column item"),
    "intake.column-twice": (book(header=("unit", "item", "unit")), f"{SHEET}/C1", "column unit"),
    "intake.ragged-row": (book((*ROW, "x")), f"{SHEET}/J2", "10 cells"),
    "intake.no-header": (book(header=()), "", "empty"),
    "findings.not-a-number": (
        book(row(unit="jiaoyu", item="1", fact="form", value="１２")),
        f"{SHEET}/F2",
        "“12”",
    ),
    "intake.not-a-workbook": (PLAIN[:-200], "", "damaged"),
    "intake.not-a-workbook--crc": (PLAIN.replace(b"PK\x03\x04", b"PK\x03\x05", 1), "", "damaged"),
    "intake.not-a-workbook--no-parts": (
        rezipped(b"PK\x05\x06" + bytes(18), {"a.xml": b"<a/>"}),
        "",
        "missing",
    ),
    "intake.unsafe-workbook--macro": (rezipped(PLAIN, {"xl/vbaProject.bin": b"x"}), "", "macros"),
    "intake.unsafe-workbook--link": (
        rezipped(PLAIN, {"xl/externalLinks/externalLink1.xml": b"<a/>"}),
        "",
        "links to other files",
    ),
    "intake.unsafe-workbook--object": (rezipped(PLAIN, {"xl/embeddings/o.docx": b"x"}), "", "embedded"),
    "intake.unsafe-workbook--doctype": (
        with_sheet(PLAIN, rb"<worksheet", b'<!DOCTYPE a [<!ENTITY b "b">]><worksheet'),
        "",
        "document type",
    ),
    "intake.unsafe-workbook--utf-16": (
        rezipped(PLAIN, {"xl/worksheets/sheet1.xml": '<?xml version="1.0"?><a/>'.encode("utf-16")}),
        "",
        "not UTF-8",
    ),
    "intake.heavy-workbook--bomb": (rezipped(PLAIN, {"xl/media/a.xml": bytes(8_000_000)}), "", "too large"),
    "intake.heavy-workbook--parts": (
        rezipped(PLAIN, {f"xl/a{number}.xml": b"" for number in range(1001)}),
        "",
        "parts",
    ),
    "intake.heavy-workbook--merge": (
        with_sheet(
            PLAIN,
            rb"</sheetData>",
            b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
        "",
        "too large",
    ),
}


@pytest.mark.parametrize("name", BOOKS)
def test_a_broken_workbook_is_told_under_its_id_in_its_cell(name: str, tmp_path: Path) -> None:
    raw, place, words = BOOKS[name]
    path = tmp_path / "findings.xlsx"
    path.write_bytes(raw)
    begin = time.monotonic()
    problems = facts_problems(path)
    assert time.monotonic() - begin < 10
    assert problems[0].id == name.partition("--")[0]
    assert str(problems[0].place) == f"{path}{place}"
    with speaking("en"):
        assert words in str(problems[0])


def test_a_text_that_looks_like_a_formula_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "findings.xlsx"
    path.write_bytes(text_cell())
    problems = facts_problems(path)
    assert [each.id for each in problems] == ["findings.unknown-unit"]
    assert "=1+1" in str(problems[0])
    assert str(problems[0].place) == f"{path}/核定/A2"


def text_cell() -> bytes:
    def change(made: Any) -> None:
        cell = made.active["A2"]
        cell.value = "=1+1"
        cell.data_type = "s"

    return book(row(item="1", state="none"), change=change)


def test_another_sheet_can_be_named_and_an_unknown_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "findings.xlsx"
    path.write_bytes(book(ROW, change=sheet_added("说明")))
    assert govscore.load_facts(path, scheme(), units(), sheet="核定").of("jiaoyu", "1").state != "open"
    problems = problems_of(lambda: govscore.load_facts(path, scheme(), units(), sheet="核顶"))
    assert [each.id for each in problems] == ["intake.no-sheet"]
    assert "核定" in str(problems[0])


def test_numbers_are_taken_as_the_text_they_stand_for(tmp_path: Path) -> None:
    """A whole number may be stored as 3.0; a decimal has at most four places."""
    path = tmp_path / "findings.xlsx"
    rows = [
        row(unit="jiaoyu", item=1, fact="form", value=3.0),
        row(unit="dongjie", item=6, fact="visits", value=2.5),
        row(unit="jiaoyu", item=3, fact="rate", value=9, of=10),
    ]
    path.write_bytes(book(*rows, [None] * 9))
    facts = govscore.load_facts(path, scheme(), units())
    assert [each.value for each in facts.rows()] == ["2.5", "3", "9"]
    assert facts.of("jiaoyu", "3").rows[0].of == "10"


@pytest.mark.parametrize("code", [1, -9, 3])
def test_a_reader_that_dies_or_gives_up_is_a_message(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "findings.xlsx"
    path.write_bytes(PLAIN)
    done = subprocess.CompletedProcess([], code, b"", b"")
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_settings: done)
    id = "intake.heavy-workbook" if code == 3 else "intake.not-a-workbook"
    assert [each.id for each in facts_problems(path)] == [id]


def test_a_reader_that_does_not_end_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_args: object, **_settings: object) -> None:
        raise subprocess.TimeoutExpired("python", 1)

    path = tmp_path / "findings.xlsx"
    path.write_bytes(PLAIN)
    monkeypatch.setattr(subprocess, "run", late)
    assert [each.id for each in facts_problems(path)] == ["intake.heavy-workbook"]


def test_a_cell_at_the_end_of_the_sheet_costs_nothing(tmp_path: Path) -> None:
    """A tiny workbook may name a cell in the last row and column."""
    path = tmp_path / "findings.xlsx"
    path.write_bytes(book(ROW, change=lambda made: made.active.cell(1_048_576, 16_384, "x")))
    assert [each.id for each in facts_problems(path)] == ["intake.ragged-row"]


def test_the_guard_bounds_what_is_unpacked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "findings.xlsx"
    path.write_bytes(PLAIN)
    monkeypatch.setattr(workbook_guard, "LARGEST_UNPACKED", 100)
    assert [each.id for each in facts_problems(path)] == ["intake.heavy-workbook"]


def test_an_encrypted_part_is_refused(tmp_path: Path) -> None:
    raw = bytearray(PLAIN)
    at = raw.index(b"PK\x01\x02")
    raw[at + 8] |= 1
    path = tmp_path / "findings.xlsx"
    path.write_bytes(bytes(raw))
    assert [each.id for each in facts_problems(path)] == ["intake.old-workbook"]


def test_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO(PLAIN)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("XL/workbook.xml", b"<a/>")
    path = tmp_path / "findings.xlsx"
    path.write_bytes(out.getvalue())
    assert [each.id for each in facts_problems(path)] == ["intake.not-a-workbook"]


@pytest.mark.parametrize(
    ("column", "expected"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16384, "XFD")]
)
def test_columns_have_letters(column: int, expected: str) -> None:
    assert letters(column) == expected
