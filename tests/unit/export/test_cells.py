"""Text stays text, points stay exact, names of sheets are always accepted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govscore.errors import InputError
from govscore.export.cells import (
    LONGEST_TEXT,
    MOST_COLUMNS,
    Book,
    as_double,
    lines_of,
    number_format,
    safe_text,
)
from govscore.export.live import Live
from govscore.export.names import LONGEST, cut_utf16, sheet_name, utf16
from govscore.points import divide_round
from tests.unit.export.samples import read

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "{=1+1}",
    "https://example.org/x",
    "mailto:a@example.org",
    "internal:Sheet1!A1",
    "external:c:\\x.xlsx",
    "file://x",
    "<r><t>x</t></r>",
    "<r></c></row>&evil;</r>",
    "_x0041_",
    "a\x00b\x1bc",
    "a\u202eb",
    "a\ufffeb\uffffc",
    "\ud800",
    "1e5",
    "TRUE",
    "#REF!",
    "'quoted",
    " leading and trailing ",
    "a\r\nb",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_text_looks_like_it_is_written_as_text(text: str) -> None:
    book = Book()
    sheet = book.sheet("hostile")
    sheet.text(0, 0, text)
    sheet.merged(1, 0, 3, text, {})
    back = read(book.close())["hostile"]
    for name in ("A1", "A2"):
        assert back[name].data_type == "s"
        assert back[name].hyperlink is None
        shown = str(back[name].value)
        assert not any(ord(character) < 32 and character != "\n" for character in shown)
    assert len(list(back.rows)) == 2


def test_line_breaks_are_kept_and_carriage_returns_are_not() -> None:
    assert safe_text("a\r\nb\rc") == "a\nb␍c"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("character", ["a", "政", "😀"])
def test_a_text_beyond_the_limit_is_cut_visibly(character: str) -> None:
    text = safe_text(character * 40_000)
    assert utf16(text) <= LONGEST_TEXT
    assert text.endswith("… [cut here; 40000 characters in all]")
    book = Book()
    book.sheet("long").text(0, 0, character * 40_000)
    assert read(book.close())["long"]["A1"].value == text


def test_a_text_at_the_limit_is_whole() -> None:
    assert safe_text("a" * LONGEST_TEXT) == "a" * LONGEST_TEXT


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_points_become_doubles_that_come_back_as_the_same_integer(units: int) -> None:
    value = as_double(units)
    numerator, denominator = value.as_integer_ratio()
    assert divide_round(numerator * 10**8, denominator) == units


@pytest.mark.parametrize("units", [10**15, -(10**15), 2**53 + 1, 10**30])
def test_points_that_a_double_cannot_hold_are_refused(units: int) -> None:
    with pytest.raises(InputError) as caught:
        as_double(units)
    assert caught.value.problems[0].id == "export.not-exact"


def test_a_formula_is_written_with_its_value() -> None:
    book = Book()
    book.sheet("live").live(0, 0, Live("1+1", 2 * 10**8), 2)
    content = book.close()
    assert read(content)["live"]["A1"].value == "=1+1"
    assert read(content, values=True)["live"]["A1"].value == 2


def test_number_formats_have_the_places() -> None:
    assert [number_format(places) for places in (0, 1, 4)] == ["0", "0.0", "0.0000"]


def test_a_cell_beyond_the_sheet_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        Book().sheet("wide").text(0, MOST_COLUMNS, "x")
    assert caught.value.problems[0].id == "export.too-large"


def test_lines_of_a_text_are_counted_by_what_it_takes() -> None:
    assert lines_of("", 10) == 1
    assert lines_of("政" * 8, 10) == 2
    assert lines_of("a\nb\nc", 10) == 3


# --- names of sheets -------------------------------------------------------------------------------


@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_titles_become_names_that_every_program_accepts(titles: list[str]) -> None:
    taken: set[str] = set()
    names = [sheet_name(title, taken) for title in titles]
    assert len({name.casefold() for name in names}) == len(names)
    book = Book()
    for name in names:
        assert 0 < utf16(name) <= LONGEST
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "history"
        assert book.sheet(name).name == name


def test_titles_alike_are_told_apart() -> None:
    taken: set[str] = set()
    assert [sheet_name("A/B", taken), sheet_name("a:b", taken)] == ["A_B", "a_b (2)"]


def test_a_title_is_cut_between_characters() -> None:
    assert cut_utf16("😀😀", 3) == "😀"
    assert sheet_name("政" * 40, set()) == "政" * LONGEST
