"""What every printed page says, whatever titles and notices hold."""

from __future__ import annotations

import re

import pytest

from govscore.export.cells import Book
from govscore.export.page import Page
from tests.unit.export.samples import example

pytestmark = pytest.mark.usefixtures("english")

NOTICE = "示例数据，非真实考核结果"


def test_headers_take_titles_of_any_length_and_signs() -> None:
    page = Page(title="&" * 400, notice="&P" * 400, stamp=example().stamp())
    sheet = Book().sheet("&" * 31)
    page.set_up(sheet)  # a warning of the writer, which refuses longer ones, would be an error here
    assert len(sheet.worksheet.header) <= 255
    assert len(sheet.worksheet.footer) <= 255


FOREIGN = (
    "D&G考核",
    "&[Picture]",
    "&P",
    '&"Arial"',
    "&&G",
    "&K00FF00",
    "\uffff",
    "\u0301" * 900,
    "😀" * 300,
    "政" * 300,
)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("foreign", FOREIGN)
def test_foreign_text_is_no_code_in_a_header_and_takes_no_state_or_notice_away(foreign: str) -> None:
    for page in (
        Page(title=foreign, notice=NOTICE, stamp=example().stamp()),
        Page(title="考核", notice=NOTICE + foreign, stamp=example().stamp()),
    ):
        sheet = Book().sheet(foreign)
        page.set_up(sheet)
        header, footer = sheet.worksheet.header, sheet.worksheet.footer
        assert "under review · provisional · not for publication&R" in header
        assert NOTICE in footer.replace("\n", "")
        codes = re.findall(r'&(?:"SimSun,Regular"|.)', header + footer)
        assert codes == [*HEADER_CODES, *HEADER_CODES[:6], "&P", "&N", *HEADER_CODES[6:]]
        assert "\uffff" not in header + footer


HEADER_CODES = [code for side in "LCR" for code in (f"&{side}", "&9", '&"SimSun,Regular"')]


@pytest.mark.parametrize("name", ["title", "notice"])
def test_what_does_not_fit_in_a_header_is_cut_visibly(name: str) -> None:
    page = Page(**{"title": "考核", "notice": NOTICE, name: "政" * 300}, stamp=example().stamp())
    sheet = Book().sheet("x")
    page.set_up(sheet)
    text = sheet.worksheet.header if name == "title" else sheet.worksheet.footer
    assert re.search(r"政…&C", text)


def test_a_notice_of_several_lines_is_whole_and_the_page_leaves_room_for_it() -> None:
    notice = "示例数据" * 15
    sheet = Book().sheet("x")
    Page(title="考核", notice=notice, stamp=example().stamp()).set_up(sheet)
    left = sheet.worksheet.footer.split("&C")[0]
    assert notice in left.replace("\n", "")
    assert left.count("\n") == 2
    assert sheet.worksheet.margin_bottom == pytest.approx(1.0)
