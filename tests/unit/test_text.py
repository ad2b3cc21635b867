"""Foreign text is shown, never obeyed; widths are those of a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govscore.text import IDENTIFIER, SIMPLE_IDENTIFIER, inert, nearest, normal, pad, shorten, width

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)  # lone surrogates included


@pytest.mark.parametrize(
    ("foreign", "shown"),
    [
        ("大同市平城区", "大同市平城区"),
        ("[/] [bold]", "[/] [bold]"),
        ("\x1b[31m红", "␛[31m红"),
        ("a\x00b", "a␀b"),
        ("a\x7f", "a␡"),
        ("甲\r乙\n丙", "甲␍乙␊丙"),
        ("甲\t乙", "甲 乙"),
        ("\x9b31m", "‹U+009B›31m"),
        ("\x85", "‹U+0085›"),
        ("甲\u202e乙", "甲‹U+202E›乙"),
        ("\u2066x\u2069", "‹U+2066›x‹U+2069›"),
        ("甲\u200b乙", "甲‹U+200B›乙"),
        ("甲\u3164乙", "甲‹U+3164›乙"),
        ("\ufeff甲", "‹U+FEFF›甲"),
        ("\ud800", "‹U+D800›"),
        ("a\U000e0041", "a‹U+E0041›"),
        ("👩\u200d👩 ☺\ufe0f", "👩\u200d👩 ☺\ufe0f"),
    ],
)
def test_control_and_bidi_characters_are_made_visible(foreign: str, shown: str) -> None:
    assert inert(foreign) == shown


def test_line_breaks_stay_where_several_lines_are_shown() -> None:
    assert inert("甲\n乙\r\x1b", lines=True) == "甲\n乙␍␛"


@given(ANYTHING)
def test_inert_text_can_be_printed_and_stays_as_it_is(text: str) -> None:
    shown = inert(text)
    shown.encode()
    assert inert(shown) == shown
    assert not any(unicodedata.category(each) in {"Cc", "Cs"} for each in shown)
    assert not any(
        unicodedata.bidirectional(each) in {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
        for each in shown
    )


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("平城区", 6),
        ("A区", 3),
        ("（一）", 6),
        ("e\u0301", 1),
        ("👍", 2),
        ("👩\u200d👩", 2),
        ("…", 1),
        ("中\x1b", 3),
    ],
)
def test_width_counts_terminal_cells(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "cells", "short"),
    [
        ("平城区", 6, "平城区"),
        ("平城区", 5, "平城…"),
        ("平城区", 4, "平…"),
        ("平城区", 1, "…"),
        ("平城区", 0, ""),
        ("abcdef", 4, "abc…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
    ],
)
def test_text_is_cut_between_characters_and_says_so(text: str, cells: int, short: str) -> None:
    assert shorten(text, cells) == short


@pytest.mark.parametrize(
    ("text", "cells", "padded"),
    [
        ("平城", 6, "平城  "),
        ("平城区", 4, "平… "),
        ("e\u0301", 3, "e\u0301  "),
        ("👍", 3, "👍 "),
        ("ab", 0, ""),
    ],
)
def test_a_padded_text_fills_its_cells(text: str, cells: int, padded: str) -> None:
    assert pad(text, cells) == padded


def test_a_number_is_padded_on_its_left() -> None:
    assert pad("9.5", 6, right=True) == "   9.5"


@given(ANYTHING, st.integers(0, 40))
def test_a_padded_text_is_exactly_as_wide_as_asked(text: str, cells: int) -> None:
    assert width(pad(inert(text), cells)) == cells


@pytest.mark.parametrize("mass", ["\u0301", "\u200d", "\ufe0f", "中", "\U000e0041"])
def test_a_long_hostile_text_is_cut_at_once(mass: str) -> None:
    shown = shorten("a" * 159 + mass * 200_000 + "b" * 10, 160)
    assert width(shown) <= 160
    assert len(shown) <= 16 * 160 + 1


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("deduct", "deduct"),
        ("dedcut", "deduct"),
        ("Deduct ", "deduct"),
        ("ｄｅｄｕｃｔ", "deduct"),
        ("leval", "level"),
        ("优良", "优良等"),
        ("ｗｈｅｎ", "When"),
        ("zzz", None),
        ("", None),
        ("\ud800", None),
    ],
)
def test_the_nearest_word_is_the_one_meant(word: str, near: str | None) -> None:
    assert nearest(word, ["deduct", "earn", "level", "share", "events", "优良等", "When"]) == near


def test_of_two_spellings_of_one_word_the_plain_one_is_nearest() -> None:
    assert nearest("ａ", ["a", "A"]) == "a"
    assert nearest("ａ", ["A", "a"]) == "a"


@pytest.mark.parametrize(
    "word",
    ["x" * 1_000_000, "\u0301\u0316" * 100_000, "﷽" * 100_000, "\x00", "\ud800" * 10_000, "a\u0301" * 10_000],
)
def test_a_hostile_word_has_an_answer_at_once(word: str) -> None:
    assert nearest(word, ["deduct", "earn", "y" * 1_000_000]) in {None, "deduct", "earn", "y" * 1_000_000}


@given(ANYTHING, st.lists(ANYTHING, max_size=5))
def test_the_nearest_word_is_a_known_one(word: str, known: list[str]) -> None:
    assert nearest(word, iter(known)) in {None, *known}


def test_stored_text_is_composed() -> None:
    assert normal("e\u0301") == "é"


def test_an_identifier_has_no_line_break_at_its_end() -> None:
    assert IDENTIFIER.match("a.b-1")
    assert not IDENTIFIER.match("a\n")
    assert not SIMPLE_IDENTIFIER.match("a.b")
    assert not IDENTIFIER.match("甲")
