"""What the workbooks say, read back by another library."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from govscore.approval.standing import STATE_WORDS
from govscore.export.workbook import ranking_bytes, write_ranking, write_unit
from govscore.i18n import gettext as _
from govscore.i18n import speaking
from govscore.points import UNITS_PER_POINT, Points
from govscore.scoring.trace import explain_on
from tests.unit.export.samples import CLOCK, EXAMPLE, Sample, example, random_sample, read, roster, sample

if TYPE_CHECKING:
    from pathlib import Path

    from govscore.scoring.steps import UnitTrace

pytestmark = pytest.mark.usefixtures("english")

NOTICE = "示例数据，非真实考核结果"
NAMES = ("=1+1", "<r><t>x</t></r>", "a\u202eb", "https://example.org", "'&G&P", "政" * 300)
SMALL = """
format = 1
[scheme]
id = "small"
title = "=cmd|'/c calc'!A0"
period = { from = 2024-01-01, to = 2024-12-31 }
points_source = "illustrative"
[groups]
g = "[x]:*?/\\\\'"
h = "[X]:*?/\\\\'"
[total]
full_marks = 10
places = 1
floor_at = "item"
not_applicable = { policy = "rescale", to = "own", within = "part" }
[rank]
ties = "share"
[[grade]]
name = "=A1"
when = ">= 9"
[[grade]]
name = "+B"
[[base]]
id = "a"
title = "=HYPERLINK(\\"https://example.org\\")"
points = 10
text = "=1+1"
rule = { kind = "deduct", minus = [{ id = "x", title = "-x", range = [0.01, 10] }] }
"""


def small(points: list[str]) -> Sample:
    """Units with hostile names; the first in a group of its own."""
    units = [
        {"unit": f"u{place}", "name": name, "group": "g" if place else "h"}
        for place, name in enumerate(NAMES[: len(points)])
    ]
    findings = [
        {"unit": f"u{place}", "item": "a", "fact": "x", "reason": "=2+2"}
        | ({"state": "none"} if value == "0" else {"value": value})
        for place, value in enumerate(points)
        if value
    ]
    return sample(SMALL, roster(units), findings)


def rows(sheet: Any, first: int = 1) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]


@pytest.fixture(scope="module")
def book() -> Any:
    with speaking("en"):
        return read(example().ranking())


def test_the_sheets_are_there_in_order(book: Any) -> None:
    assert book.sheetnames == [
        "Cover",
        "Ranking 区直部门",
        "Ranking 街道",
        "Score matrix",
        "Points lost",
        "Scheme",
    ]


def test_the_same_result_stamp_and_language_give_the_same_bytes() -> None:
    assert example().ranking() == example().ranking()
    assert example().unit("street-11") == example().unit("street-11")
    with zipfile.ZipFile(BytesIO(example().ranking())) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert "2024-12-31T06:05:09Z" in core


def test_every_sheet_and_every_page_says_state_notice_and_confidentiality(book: Any) -> None:
    for sheet in book:
        text = "\n".join(str(cell) for row in rows(sheet) for cell in row if cell)
        assert NOTICE in text, sheet.title
        assert "not for publication" in text, sheet.title
        assert "under review · provisional" in text, sheet.title
        assert "not for publication" in sheet.oddHeader.center.text, sheet.title
        assert NOTICE in sheet.oddFooter.left.text, sheet.title
        assert "&P" in sheet.oddFooter.center.text, sheet.title
        assert "fedc ba98" in sheet.oddFooter.right.text, sheet.title
        assert sheet.page_setup.orientation == "landscape", sheet.title


def test_the_cover_has_counts_digests_and_signature_lines(book: Any) -> None:
    text = [str(cell) for row in rows(book["Cover"]) for cell in row if cell]
    for wanted in ("36", "50", "1234", "event 120", "principal leader (signature, date)"):
        assert any(wanted in each for each in text), wanted
    assert " ".join(["0123", "4567", "89ab", "cdef"] * 4) in text
    assert any("illustrative" in each for each in text)


def test_a_provisional_ranking_says_so_in_every_line(book: Any) -> None:
    for group, title in example().result.scheme.groups.items():
        lines = rows(book[f"Ranking {title}"], 4)
        assert len(lines) == len(example().result.ranking(group))
        assert all("provisional" in line[8] for line in lines)


def test_a_final_ranking_does_not() -> None:
    lines = rows(read(small(["", "1", "2"]).ranking())["Ranking _x______"], 4)
    assert [line[8] for line in lines] == ["scored", "scored"]


def test_a_ranking_has_ranks_totals_and_words_in_place_of_missing_totals(book: Any) -> None:
    result = example().result
    lines = {line[1]: line for line in rows(book["Ranking 街道"], 4)}
    assert lines["street-03"][0] == lines["street-04"][0] == result["street-03"].rank
    assert round(Fraction(lines["street-12"][6])) == 0
    assert lines["street-09"][6] == "—"
    assert "still possible" in lines["street-09"][9]
    assert lines["street-05"][7] == "不合格"


def test_every_text_is_text_and_every_formula_is_ours() -> None:
    """No formula outside of the matrix, no link anywhere, whatever names and reasons hold."""
    hostile = small(["1", "2", "3", "4", "5", "6"])
    for content in (hostile.ranking(), hostile.unit("u1"), example().ranking()):
        for sheet in read(content):
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.hyperlink is None
                    if cell.data_type == "f":
                        assert sheet.title == "Score matrix"
                        assert re.fullmatch(r"=[-+*/<>=(),:$.\"—A-Z0-9 ]+", cell.value), cell.value


def test_hostile_names_of_groups_become_names_of_sheets() -> None:
    assert read(small(["1", "2"]).ranking()).sheetnames[1:3] == ["Ranking _x______", "Ranking _X______ (2)"]


def test_item_cells_are_numbers_or_words(book: Any) -> None:
    sheet = book["Score matrix"]
    head = {str(cell.value): cell.column for cell in sheet[7] if cell.value}
    first = next(cell.row for cell in sheet["C"] if cell.value in example().board.places)
    words = {
        "open": "not reviewed",
        "not_assigned": "—",
        "not_applicable": "not applicable",
        "locked": "locked",
    }
    seen = set()
    for row in range(first, sheet.max_row + 1):
        unit = example().result[sheet.cell(row, 3).value]
        for item in unit.items.values():
            cell = sheet.cell(row, head[item.item])
            if item.points is None:
                assert cell.value == words[item.state]
                seen.add(item.state)
            else:
                assert cell.data_type == "n"
                assert round(Fraction(cell.value) * UNITS_PER_POINT) == item.points
    assert seen == set(words)


def test_a_unit_without_a_total_has_words_in_the_matrix(book: Any) -> None:
    sheet = book["Score matrix"]
    head = {str(cell.value): cell.column for cell in sheet[4] if cell.value}
    texts = {sheet.cell(row, 3).value: sheet.cell(row, head["total score"]).value for row in range(9, 60)}
    assert texts["bureau-03"] == texts["street-09"] == "review not complete"
    assert texts["street-05"] == "stopped by a veto"
    assert str(texts["street-12"]).startswith("=IF(COUNT(")


def test_every_lost_point_is_listed_with_its_reason(book: Any) -> None:
    lines = rows(book["Points lost"], 4)
    losses = [
        (unit.name, loss.item, int(loss.lost), loss.reason)
        for group in example().result.scheme.groups
        for unit in example().result.ranking(group)
        for loss in explain_on(example().board, unit.unit).losses
    ]
    found = [
        (line[1], line[2], round(Fraction(line[5]) * UNITS_PER_POINT), line[7] or "")
        for line in lines
        if not isinstance(line[5], str)
    ]
    assert found == losses
    assert len(found) > 100
    others = {(line[1], line[2]) for line in lines if isinstance(line[5], str)}
    assert ("示例五街道", "site-down") in others


def test_the_scheme_is_there_with_rules_in_words_and_texts_verbatim(book: Any) -> None:
    scheme = example().result.scheme
    lines = {str(line[0]): line for line in rows(book["Scheme"], 4)}
    for item in scheme.items.values():
        assert item.text in lines[item.id][7]
        assert lines[item.id][5].split("\n")[0] == item.words().split("\n")[0]
    for veto in scheme.vetoes:
        assert lines[veto][1] == "veto"


def test_a_number_that_would_mislead_has_four_places() -> None:
    """9.96 would show as 10.0 beside a unit that has 10; 8.96 as 9.0, which is a line it misses."""
    book = read(small(["0", "0", "0.04", "1.04", "3"]).ranking())
    formats = {row[1].value: row[6].number_format for row in book["Ranking _x______"].iter_rows(min_row=4)}
    assert formats == {"u1": "0.0000", "u2": "0.0000", "u3": "0.0000", "u4": "0.0"}


def open_after_base(kind: str) -> Sample:
    """A unit whose base is decided and whose one item of another kind is open."""
    side = "plus" if kind == "bonus" else "minus"
    rule = "earn" if kind == "bonus" else "deduct"
    lines = f'{side} = [{{ id = "y", title = "y", range = [1, 5] }}]'
    item = f'[[{kind}]]\nid = "b"\ntitle = "b"\ncap = 5\nrule = {{ kind = "{rule}", {lines} }}\n'
    text = SMALL.replace('floor_at = "item"', 'floor_at = "item"\nbonus_cap = "none"') + item
    units = roster([{"unit": "u", "name": "u", "group": "g"}])
    return sample(text, units, [{"unit": "u", "item": "a", "fact": "x", "value": "1", "reason": "r"}])


@pytest.mark.parametrize(
    ("kind", "column", "place"), [("bonus", "bonus", 4), ("major_deduction", "major deductions", 5)]
)
def test_what_is_still_open_is_no_0(kind: str, column: str, place: int) -> None:
    one = open_after_base(kind)
    assert getattr(one.result["u"], kind) is None
    book = read(one.ranking())
    sheet = book["Score matrix"]
    head = {str(cell.value): cell.column for row in sheet.iter_rows(max_row=6) for cell in row if cell.value}
    row = next(cell.row for cell in sheet["C"] if cell.value == "u")
    assert sheet.cell(row, head[column]).value == "review not complete"
    assert sheet.cell(row, head["total score"]).value == "review not complete"
    assert book[book.sheetnames[1]].cell(4, place + 1).value == "—"
    summary = [cell for line in rows(read(one.unit("u"))["Unit u"]) for cell in line if cell is not None]
    assert summary[summary.index(column) + 1] == "—"


def test_states_are_told_in_words() -> None:
    def cover(**changes: Any) -> str:
        return "\n".join(
            str(cell) for row in rows(read(example().ranking(**changes))["Cover"]) for cell in row if cell
        )

    assert _(STATE_WORDS["pending"]) in cover(state="pending", submitted_by="李四")
    approved = cover(state="approved", provisional=False, approved_by="王五", approved_at="2025-01-02 09:00")
    assert "王五　2025-01-02 09:00" in approved
    assert "provisional" not in approved.replace("every rank is provisional", "")
    assert "依据不足" in cover(state="returned", returned_by="王五", returned_reason="依据不足")
    dropped = cover(dropped=True, what_changed=("street-01: 3 → 2",))
    assert "street-01: 3 → 2" in dropped
    assert "nothing shows who decided what" in cover(assurance="unrecorded", anchor_number=0)
    assert "signature made with" in cover(assurance="signed")


def test_a_path_gets_the_file_and_a_stream_the_same_bytes(tmp_path: Path) -> None:
    one = example()

    def traces(unit: str) -> UnitTrace:
        return explain_on(one.board, unit)

    target = tmp_path / "ranking.xlsx"
    assert write_ranking(one.result, traces, one.stamp(), target) == target
    buffer = BytesIO()
    assert write_ranking(one.result, traces, one.stamp(), buffer) is None
    assert buffer.getvalue() == target.read_bytes()
    page = tmp_path / "unit.xlsx"
    assert write_unit(one.result, traces("sifa"), one.stamp(), page) == page
    assert CLOCK.tzinfo is not None
    assert EXAMPLE.is_dir()


@pytest.mark.parametrize("seed", range(30))
def test_random_results_agree_with_their_formulas(seed: int) -> None:
    """Writing checks every formula's exact value against the result; a difference would raise."""
    assert random_sample(seed).ranking()


def test_a_result_that_formulas_do_not_give_is_never_written() -> None:
    one = example()
    unit = one.result["sifa"]
    assert unit.total is not None
    forged = replace(unit, total=Points(unit.total + 1))
    units = tuple(forged if each.unit == "sifa" else each for each in one.result.units)
    with pytest.raises(Exception, match=r"export\.formula-disagrees"):
        ranking_bytes(replace(one.result, units=units), lambda unit: explain_on(one.board, unit), one.stamp())
