"""Charges in the workbook: values that the section's and the total's formulas subtract."""

from __future__ import annotations

from typing import Any

from govscore.i18n import gettext as _
from govscore.i18n import speaking
from tests.unit.export.samples import Sample, read, sample
from tests.unit.scoring.small import ONE

SCHEME = """
format = 1
[scheme]
id = "small"
title = "小方案"
period = { from = 2024-01-01, to = 2024-12-31 }
points_source = "illustrative"
[groups]
all = "全部"
[total]
full_marks = 18
places = 2
floor_at = "item"
not_applicable = { policy = "rescale", to = "own", within = "part" }
times = 2
[rank]
ties = "share"
[[section]]
id = "s"
title = "节"
cap = 7
[[base]]
id = "1"
title = "保密"
points = 10
rule = { kind = "deduct", minus = [
  { id = "leak", title = "泄密", each = 1, from = "total" },
  { id = "slip", title = "疏漏", each = 0.5, from = "s" },
] }
[[base]]
id = "2"
title = "公开"
section = "s"
points = 8
rule = { kind = "deduct" }
"""


def made(leak: str, slip: str) -> Sample:
    rows = [{"item": "1", "fact": "leak", "value": leak}, {"item": "1", "fact": "slip", "value": slip}]
    rows.append({"item": "2", "state": "none"})
    return sample(SCHEME, ONE, [{"unit": "u", **row} for row in rows])


def cells(content: bytes, *, values: bool) -> dict[str, Any]:
    """The cells of the only unit's row in the matrix, by the texts of their heads."""
    sheet = read(content, values=values)[_("Score matrix")]
    row = next(cell.row for cell in sheet["C"] if cell.value == "u")
    found: dict[str, Any] = {}
    for column in range(1, sheet.max_column + 1):
        heads = [sheet.cell(above, column).value for above in range(4, row)]
        found[" ".join(str(text) for text in heads if text)] = sheet.cell(row, column).value
    return found


def value_at(found: dict[str, Any], *words: str) -> Any:
    return next(value for head, value in found.items() if all(word in head for word in words))


def test_formulas_subtract_the_charges_from_section_and_total() -> None:
    """Section min(7, 8) − 2 × 0.5 × 2 = 5; base 10 + 5 = 15; total 15 − 3 × 1 × 2 = 9."""
    with speaking("en"):
        content = made("3", "2").ranking()
        values, formulas = cells(content, values=True), cells(content, values=False)
    assert value_at(values, "less, by 1", "保密") == 2
    assert value_at(values, "taken from the total by 1") == 6
    assert value_at(values, "subtotal") == 5
    section = value_at(formulas, "subtotal")
    assert section.startswith("=MAX(MIN(SUM(")
    assert "),7)-N(" in section
    assert value_at(values, "base score") == 15
    assert value_at(values, "before vetoes") == 9
    assert value_at(formulas, "before vetoes").count("-N(") == 1
    assert value_at(values, "total score") == 9


def test_a_section_that_is_charged_below_0_ends_at_0() -> None:
    with speaking("en"):
        values = cells(made("0", "9").ranking(), values=True)
    assert value_at(values, "subtotal") == 0  # max(0, 7 − 9 × 0.5 × 2)
    assert value_at(values, "less, by 1") == 9


def test_the_ranking_and_the_units_page_name_what_was_taken() -> None:
    with speaking("en"):
        ranking = read(made("3", "2").ranking())
        page = read(made("3", "2").unit("u"))
    told = [str(cell.value) for sheet in ranking for row in sheet.iter_rows() for cell in row]
    assert any("6.00 taken from the total" in text for text in told)
    assert any("everything that minus lines take counts 2 times" in text for text in told)
    texts = [str(cell.value) for row in page.active.iter_rows() for cell in row]
    assert "taken from the total by “保密”: 6" in texts
    assert any("泄密: 3 × 1 × 2 = 6, taken from the total and not here" in text for text in texts)
    assert any("section 节: min(7, 8) − 2 = 5; 2 of it taken by “保密”" in text for text in texts)


def test_losses_are_listed_where_they_come_from() -> None:
    with speaking("en"):
        sheet = read(made("3", "2").ranking())["Points lost"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [(row[2], row[4], row[5]) for row in rows] == [("1", "taken elsewhere", 8)]
