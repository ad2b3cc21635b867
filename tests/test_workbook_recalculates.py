"""The workbook's formulas, recalculated by another program, give the library's numbers in every cell.

Every cached value is overwritten first: a program that shows what it finds in the file cannot pass.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import pytest

from govscore.i18n import gettext as _
from govscore.points import UNITS_PER_POINT
from tests.unit.export.samples import Sample, example, random_sample, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from govscore.scoring.result import UnitResult

POISON: Final = 987654
RECALCULATE: Final = 0
AS_STORED: Final = 1
ALWAYS: Final = 20
"""So many random cases are recalculated, whatever is in them."""
AT_MOST: Final = 1_000
"""Among so many, those are looked for that show what the first ones do not."""
SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>{mode}</value></prop></item>
</oor:items>
"""
FORMULA_CELL: Final = re.compile(r"(<c [^>]*><f>(?:[^<]*)</f><v>)([^<]*)(</v></c>)")

pytestmark = pytest.mark.full("soffice")


@dataclass(frozen=True)
class Cell:
    """A formula's place and the library's number, in 1/100 000 000 point."""

    sheet: str
    name: str
    formula: str
    units: int


def formula_cells(content: bytes) -> list[Cell]:
    """Every formula of a workbook with its cached value, which the library wrote."""
    formulas, values = read(content), read(content, values=True)
    return [
        Cell(sheet.title, cell.coordinate, cell.value, in_units(values[sheet.title][cell.coordinate].value))
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def in_units(value: Any) -> int:
    """A number of a workbook as a count of 1/100 000 000 point."""
    assert isinstance(value, int | float), value
    return round(Fraction(value) * UNITS_PER_POINT)


def poisoned(content: bytes) -> tuple[bytes, int]:
    """The workbook with every cached value of a formula overwritten, and how many those were."""
    target = BytesIO()
    count = 0
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                text, changed = FORMULA_CELL.subn(rf"\g<1>{POISON}\g<3>", data.decode())
                count += changed
                data = text.encode()
            new.writestr(entry, data)
    return target.getvalue(), count


def converted(folder: Path, workbooks: dict[str, bytes], mode: int) -> dict[str, Any]:
    """The workbooks as LibreOffice loads and saves them, with recalculation on loading or without."""
    soffice = shutil.which("soffice")
    assert soffice is not None
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(SETTINGS.format(mode=mode), encoding="utf-8")
    (folder / "in").mkdir()
    for name, content in workbooks.items():
        (folder / "in" / f"{name}.xlsx").write_bytes(content)
    done = subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML"),
            *("--outdir", str(folder / "out")),
            *(str(folder / "in" / f"{name}.xlsx") for name in workbooks),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {name: read((folder / "out" / f"{name}.xlsx").read_bytes(), values=True) for name in workbooks}


def differences(expected: list[Cell], book: Any) -> Iterator[str]:
    """Formula cells that do not hold the library's number."""
    for cell in expected:
        found = book[cell.sheet][cell.name].value
        if not isinstance(found, int | float) or in_units(found) != cell.units:
            yield f"{cell.sheet}!{cell.name} {cell.formula}: {found!r}, expected {cell.units}"


def library_numbers(sample: Sample, book: Any) -> int:
    """Checks that the cells named base, bonus, deductions and total hold the result's numbers."""
    sheet = book[_("Score matrix")]
    head = {cell.value: cell.column for row in sheet.iter_rows(min_row=4, max_row=4) for cell in row}
    first = next(cell.row for cell in sheet["C"] if cell.value in sample.board.places)
    seen = 0
    names = {
        _("base score"): "base",
        _("bonus"): "bonus",
        _("major deductions"): "major_deduction",
        _("total score"): "total",
    }
    for row in range(first, sheet.max_row + 1):
        unit = sample.result[sheet.cell(row, 3).value]
        for title, name in names.items():
            value, points = sheet.cell(row, head[title]).value, getattr(unit, name)
            if isinstance(value, int | float):
                assert in_units(value) == points, (unit.unit, name)
                seen += 1
            else:
                assert isinstance(value, str)
                assert points is None, (unit.unit, name)
    return seen


@pytest.fixture(scope="module")
def samples() -> dict[str, Sample]:
    """The example and random cases: the first ones, and of the others each that shows something new."""
    found, seen = {"example": example()}, set[str]()
    for seed in range(AT_MOST):
        if seed >= ALWAYS and seen >= WANTED:
            break
        sample = random_sample(seed)
        new = shown_by(sample) & WANTED - seen
        if seed < ALWAYS or new:
            found[f"case{seed}"] = sample
            seen |= new
    return found


@pytest.fixture(scope="module")
def recalculated(samples: dict[str, Sample], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """All workbooks, poisoned, then recalculated."""
    books = {}
    for name, sample in samples.items():
        content = sample.ranking()
        books[name], count = poisoned(content)
        assert count == len(formula_cells(content)) > 0, name
    return converted(tmp_path_factory.mktemp("recalculated"), books, RECALCULATE)


def test_recalculated_formulas_give_the_librarys_numbers(
    samples: dict[str, Sample], recalculated: dict[str, Any]
) -> None:
    """Every formula cell of every workbook, exact to 1/100 000 000 point."""
    for name, sample in samples.items():
        assert list(differences(formula_cells(sample.ranking()), recalculated[name])) == [], name
        assert library_numbers(sample, recalculated[name]) > 100 or name != "example"


def test_without_recalculation_the_comparison_fails(tmp_path: Path) -> None:
    """The test of the test: what was overwritten stays, in every cell."""
    content = example().ranking()
    cells = formula_cells(content)
    book = converted(tmp_path, {"example": poisoned(content)[0]}, AS_STORED)["example"]
    assert len(list(differences(cells, book))) == len(cells) > 500
    assert {book[cell.sheet][cell.name].value for cell in cells} == {POISON}


def test_the_random_cases_cover_what_formulas_can_be(samples: dict[str, Sample]) -> None:
    """Rescaling by section and by part, to own and to full marks; caps, gates, floors; vetoes; nothings."""
    seen = {what for sample in samples.values() for what in shown_by(sample)}
    assert WANTED - seen == set()


WANTED: Final = {
    *("part to own", "part to full", "section to own", "section to full"),
    *("floor at item", "floor at section", "floor at none", "bounds"),
    *("section cap base", "section cap bonus", "section cap major_deduction"),
    *("open", "scored", "stopped", "unassessed"),
    *("not_assigned", "not_applicable", "locked", "reviewed", "none"),
    *("at_most", "fixed", "zero", "points by unit"),
    *("part scored", "part unassessed", "part stopped"),
    *("charge on the total", "charge on a section", "charge on a section at its cap", "section ends at 0"),
}


def shown_by(sample: Sample) -> set[str]:
    """What of WANTED, and more, a sample has."""
    seen: set[str] = set()
    total = sample.result.scheme.model.total
    for part in sample.result.scheme.parts:
        policy = part.not_applicable
        seen |= {f"{policy.within} to {policy.to}", f"floor at {part.floor_at}"}
    seen |= {"bounds"} if total.bounds else set()
    seen |= {f"section cap {kind}" for kind in capped_kinds(sample)}
    worth = [{id: item.full for id, item in unit.items.items()} for unit in sample.result]
    seen |= {"points by unit"} if any(each != worth[0] for each in worth) else set()
    for unit in sample.result:
        seen |= charges_of(sample, unit)
        seen.add(unit.state)
        seen |= {item.state for item in unit.items.values()}
        seen |= {f"part {part.state}" for part in unit.parts.values() if unit.total is not None}
        acting = [veto.effect for veto in unit.vetoes if veto.acts]
        seen |= {"at_most" for effect in acting if effect.at_most is not None}
        seen |= {"fixed" for effect in acting if effect.fixed is not None}
        seen |= {"zero" for effect in acting if effect.zero is not None}
    return seen


def charges_of(sample: Sample, unit: UnitResult) -> set[str]:
    """Where a unit's items take points, and what that leads to."""
    sections, seen = sample.result.scheme.sections, set[str]()
    floor_at = sample.result.scheme.parts[0].floor_at
    for item in unit.items.values() if unit.base is not None else ():
        for target in item.charges:
            seen.add("charge on the total" if target == "total" else "charge on a section")
            if target != "total":
                left, cap = unit.sections[target], sections[target].cap
                seen |= {"section ends at 0"} if left < 0 and floor_at == "item" else set()
                capped = cap is not None and left + item.charges[target] == cap
                seen |= {"charge on a section at its cap"} if capped else set()
    return seen


def capped_kinds(sample: Sample) -> set[str]:
    """Kinds of items that stand in a section with a cap."""
    scheme = sample.result.scheme
    return {
        item.kind
        for item in scheme.items.values()
        if item.section is not None and scheme.sections[item.section].cap is not None
    }
