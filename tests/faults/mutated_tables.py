"""Findings tables and units' lists that went wrong: each can be read whole, or is told what is wrong in it.

Invariant: `judge` returns for these outcomes only, and raises for everything else.
"""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from functools import cache
from html import escape
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

import govscore
from govscore.errors import InputError
from govscore.i18n import speaking
from govscore.intake.source import MOST_PROBLEMS
from govscore.scoring.board import Board
from govscore.text import inert
from tests.faults.broken_text import CELL_CHANGES, broken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govscore.scheme.model import Scheme
    from govscore.scheme.units import Unit

ROOT: Final = Path(__file__).parents[2]
EXAMPLE: Final = ROOT / "examples/pingcheng-2024"
_SLICES: Final = 60
_ROWS: Final = 14
_BOOK_EVERY: Final = 250
"""One case in so many is a workbook: it is opened in a process of its own."""

_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PARTS: Final = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
    '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
_SHEET: Final = "xl/worksheets/sheet1.xml"


@cache
def scheme() -> Scheme:
    """The example, for which the findings are."""
    return govscore.load_scheme(EXAMPLE / "scheme.toml")


@cache
def units() -> tuple[Unit, ...]:
    """The example's units."""
    return govscore.load_units(EXAMPLE / "units.csv", scheme())


@cache
def tables() -> tuple[list[list[str]], ...]:
    """Small findings tables: the header, and some rows of the example."""
    with (EXAMPLE / "findings.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return tuple([header, *Random(number).sample(rows, _ROWS)] for number in range(_SLICES))


@cache
def texts(kind: str) -> tuple[str, ...]:
    """What is made wrong: findings as CSV and TOML, the sheet of a workbook, the units' list."""
    if kind == "units.csv":
        return ((EXAMPLE / "units.csv").read_text("utf-8"),)
    write = {"findings.csv": _csv, "findings.toml": _toml, "findings.xlsx": _sheet}[kind]
    return tuple(write(table) for table in tables())


def _csv(table: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    return out.getvalue()


def _toml(table: list[list[str]]) -> str:
    header, *rows = table
    pairs = ([f'{key} = "{text}"' for key, text in zip(header, row, strict=True) if text] for row in rows)
    return "\n".join("\n".join(["[[finding]]", *lines]) for lines in pairs) + "\n"


def _sheet(table: list[list[str]]) -> str:
    """One cell a line, so that the changes to lines are changes to cells."""
    found = [f'<worksheet xmlns="{_MAIN}"><sheetData>']
    for row, cells in enumerate(table, start=1):
        found.append(f'<row r="{row}">')
        for column, text in enumerate(cells):
            found.append(_cell(f"{chr(65 + column)}{row}", text))
        found.append("</row>")
    return "\n".join([*found, "</sheetData></worksheet>"])


def _cell(place: str, text: str) -> str:
    if text.isdecimal():
        return f'<c r="{place}"><v>{text}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def _zipped(sheet: bytes, rng: Random) -> bytes:
    """A workbook with this sheet; now and then bytes of the finished file are wrong, too."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            archive.writestr(zipfile.ZipInfo(name), text)
        archive.writestr(zipfile.ZipInfo(_SHEET), sheet)
    made = bytearray(out.getvalue())
    if rng.random() < 0.2:
        made[rng.randrange(len(made))] ^= 1 << rng.randrange(8)
    return bytes(made)


def kind_of(number: int) -> str:
    """What file a case is."""
    if number % _BOOK_EVERY == 7:
        return "findings.xlsx"
    return ("findings.csv", "findings.csv", "findings.toml", "units.csv", "findings.csv")[number % 5]


def text_of(number: int) -> bytes:
    """The content of the file of this case."""
    rng, kind = Random(number), kind_of(number)
    if kind.endswith(".csv"):
        return broken(rng, texts(kind), CELL_CHANGES)
    made = broken(rng, texts(kind))
    return _zipped(made, rng) if kind == "findings.xlsx" else made


def judge(number: int) -> str:
    """What became of a case: "told" or "read"; raises for everything that should not have happened."""
    with tempfile.TemporaryDirectory(prefix="govscore-case-") as folder:
        path = Path(folder) / kind_of(number)
        path.write_bytes(text_of(number))
        try:
            if path.name == "units.csv":
                _check_units(govscore.load_units(path, scheme()))
            else:
                facts = govscore.load_facts(path, scheme(), units())
                if number % 20 == 0:
                    Board(scheme(), facts, units()).result()
        except InputError as error:
            check_told(error, str(path), "en" if number % 2 else "zh_CN")
            return "told"
    return "read"


def check_told(error: InputError, file: str, language: str) -> None:
    """At least one problem, none twice, each of this file, in a sentence that can be shown."""
    assert 0 < len(error.problems) <= MOST_PROBLEMS + 1
    assert len({(each.id, each.place, *each.data.items()) for each in error.problems}) == len(error.problems)
    with speaking(language):
        for each in error.problems:
            assert each.place.file == file, f"of no file: {each.place}"
            said = str(each)
            assert len(said) < 1200, "a long sentence"
            assert inert(said.replace("\n", " ")) == said.replace("\n", " "), "not inert"


def _check_units(read: Sequence[Unit]) -> None:
    assert read
    assert len({unit.unit for unit in read}) == len(read)
    assert {unit.group for unit in read} <= set(scheme().groups)
