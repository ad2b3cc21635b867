"""The page of a unit that doubts its score: its numbers, what was required, and how it was scored."""

from __future__ import annotations

from fractions import Fraction

import pytest

from govscore.points import UNITS_PER_POINT
from govscore.scoring.trace import explain_on
from tests.unit.export.samples import example, read, roster, sample
from tests.unit.export.test_workbook import SMALL, rows

pytestmark = pytest.mark.usefixtures("english")


def test_the_unit_page_has_this_unit_only() -> None:
    sheet = read(example().unit("street-11"))["Unit street-11"]
    text = "\n".join(str(cell) for row in rows(sheet) for cell in row if cell)
    assert "示例十一街道" in text
    assert "示例一街道" not in text
    trace = explain_on(example().board, "street-11")
    for item in trace.items:
        assert all(reason in text for reason in item.reasons)
    assert all(step.text in text for step in trace.totals)


def test_a_step_of_the_unit_page_says_what_it_adds_apart_from_the_total_so_far() -> None:
    trace = explain_on(example().board, "street-11")
    lines = rows(read(example().unit("street-11"))["Unit street-11"])
    head = next(place for place, line in enumerate(lines) if line[0] == "From the sections to the total")
    assert lines[head][6:9] == ["points of the section", "this step adds (−: takes)", "total so far"]
    running = 0
    for line, step in zip(lines[head + 1 :], trace.totals, strict=False):
        own, adds, total = (round(Fraction(cell or 0) * UNITS_PER_POINT) for cell in line[6:9])
        assert line[0] == step.text
        running += adds
        assert own == (step.points if step.name in ("section", "rescale") and step.points else 0)
        if total:
            assert total == running
    by_name = {step.name: line for line, step in zip(lines[head + 1 :], trace.totals, strict=False)}
    assert by_name["bonus"][7] == 0
    assert by_name["major_deduction"][7] == -12
    assert running == example().result["street-11"].total


def test_the_unit_page_has_requirement_source_and_rule_of_every_item() -> None:
    lines = {str(line[0]): line for line in rows(read(example().unit("street-11"))["Unit street-11"])}
    for trace in explain_on(example().board, "street-11").items:
        if trace.state == "not_assigned":
            continue
        item, line = example().result.scheme.items[trace.item], lines[trace.item]
        assert line[5].startswith(item.text)
        assert f"source: {item.source}" in line[5]
        assert line[6] == item.words()
        assert all(
            part in (line[7] or "") for part in (trace.arithmetic, *(step.text for step in trace.steps))
        )


def test_a_requirement_higher_than_a_row_takes_several() -> None:
    long = SMALL.replace('text = "=1+1"', f'text = "{"政" * 1500}"')
    one = sample(long, roster([{"unit": "u", "name": "u", "group": "g"}]), [])
    sheet = read(one.unit("u"))["Unit u"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "a")
    merged = next(area for area in sheet.merged_cells.ranges if area.coord.startswith(f"F{row}:"))
    heights = [sheet.row_dimensions[each].height for each in range(merged.min_row, merged.max_row + 1)]
    assert sum(heights) >= 75 * 14
    assert max(heights) < 409
