"""Reading TOML: what comes back, and that nothing but `InputError` ever comes out."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govscore.errors import InputError
from govscore.scheme.encoding import read_text
from govscore.scheme.limits import MAX_LINES, MAX_SIGNS, plainly_within_limits, statements_within_limits
from govscore.scheme.source import Document, parse

SAMPLE = """\
# 示例方案
format = 1
[scheme]
id = "pingcheng-2024"
title = '政务公开考核'
period = [2024-01-01, 2024-12-31]
points_source = \"\"\"
第一行 [不是表]
第二行 "引号" \\
  接着 \"\"\"
[total]
full_marks = 100
places = 2
fail = { when = "base < 60", grade = "差" }
[[base]]
id = "1.1"
points = 2.5
rule = { kind = "deduct", minus = [
  { count = "late", each = 0.1, cap = 1 }, # 每件
  { count = "missing", each = 0.5 },
] }
facts.late.ask = "count"
[base.facts.missing]
ask = "count"
[[base]]
id = "1.2"
"中文 键".'a.b' = [true, 0x1F, 07:32:00, 1_000]
"""


def ids(source: str | bytes) -> list[tuple[str, int, int]]:
    with pytest.raises(InputError) as caught:
        parse(source, "scheme.toml")
    return [(each.id, each.place.line, each.place.column) for each in caught.value.problems]


def test_numbers_are_exact() -> None:
    data = parse("a = 0.1\nb = 1e2\nc = 7\nd = 1e400\n", "x").data
    assert data == {"a": Decimal("0.1"), "b": Decimal("1e2"), "c": 7, "d": Decimal("1e400")}
    assert type(data["c"]) is int


def test_a_whole_scheme_is_read() -> None:
    document = parse(SAMPLE, "scheme.toml")
    assert document.name == "scheme.toml"
    assert document.data["scheme"]["period"] == [dt.date(2024, 1, 1), dt.date(2024, 12, 31)]
    assert [item["id"] for item in document.data["base"]] == ["1.1", "1.2"]
    assert document.data["base"][1]["中文 键"]["a.b"][1:] == [31, dt.time(7, 32), 1000]


@pytest.mark.parametrize("encode", [str.encode, lambda text: b"\xef\xbb\xbf" + text.encode()])
def test_bytes_with_or_without_a_byte_order_mark_say_the_same(encode: Callable[[str], bytes]) -> None:
    assert parse(encode(SAMPLE), "x").data == parse(SAMPLE, "x").data


def test_a_text_with_windows_line_ends_says_the_same() -> None:
    windows = SAMPLE.replace("\n", "\r\n").encode()
    assert parse(windows, "x").data == parse(SAMPLE, "x").data


def test_documents_with_equal_data_are_equal() -> None:
    assert parse("a = 1", "x") == parse("a=1 # same", "x")
    assert isinstance(parse("", "x"), Document)


def test_brackets_and_dots_inside_text_and_comments_do_not_count() -> None:
    signs = "[{" * 100 + ".a" * 100 + "9" * 100 + " ＝“，"
    text = f'# {signs}\na = "{signs}"\nb = \'{signs}\'\nc = """\n{signs}\n"""\n"{signs}" = 1\n'
    assert parse(text, "x").data["a"] == signs


def test_bidi_controls_in_text_are_data() -> None:
    assert parse('a = "x\u202ey"', "x").data == {"a": "x\u202ey"}


def test_tabs_are_spaces() -> None:
    assert parse("\ta\t=\t1\t\n", "x").data == {"a": 1}


def test_limits_are_reached_without_complaint() -> None:
    depth, key = "[" * 64 + "]" * 64, ".".join(["a"] * 32)
    assert parse(f"x = {depth}\n{key} = {'9' * 40}\n", "x").data["x"]


@pytest.mark.parametrize(
    "beyond",
    [
        "x = " + "[" * 65 + "]" * 65,
        "x = " + "{ a = [" * 33 + "]}" * 33,
        ".".join("a" * 33) + " = 1",
        " . ".join("a" * 33) + " = 1",
        "[" + ".".join(['"a"'] * 33) + "]",
        "x = { " + ".".join("a" * 33) + " = 1 }",
        "x = 1" + "0" * 40,
        "x = 0x" + "f" * 41,
        "x = 0." + "1" * 41,
        "x = 1_" + "0_" * 41 + "0",
        "x = 1e1000",
        "x = [1, -1.5E+9_999]",
        "\n" * MAX_LINES,
        "#" * (MAX_SIGNS + 1),
    ],
)
def test_what_may_be_beyond_a_limit_is_not_plainly_within(beyond: str) -> None:
    assert not plainly_within_limits(f"{SAMPLE}\n{beyond}\n")
    assert plainly_within_limits(SAMPLE)


def test_columns_count_characters_not_bytes() -> None:
    assert ids('名 = 1\ntitle = "政务公开𠮷" 政\n') == [("toml.bare-key", 1, 1), ("toml.extra-text", 2, 17)]


def test_every_mistake_is_told_at_once_in_order() -> None:
    found = ids('a = 01\n基 = 1\nb ＝ 2\nc = "x\nd = [1,\ne = 1\ne = 2\n[s\n')
    assert found == [
        ("toml.number", 1, 5),
        ("toml.bare-key", 2, 1),
        ("toml.full-width", 3, 3),
        ("toml.unclosed-string", 4, 5),
        ("toml.unclosed-bracket", 5, 5),
        ("toml.duplicate-key", 7, 1),
        ("toml.unclosed-header", 8, 1),
    ]


def test_a_key_under_a_broken_header_is_no_duplicate() -> None:
    assert ids("[a]\nx = 1\n[b\nx = 2\n[=]\nx = 3\n") == [
        ("toml.unclosed-header", 3, 1),
        ("toml.no-key", 5, 2),
    ]


def test_entries_of_a_list_of_tables_may_repeat_their_keys() -> None:
    assert ids("[[a]]\nx = 1\n[a.b]\n[[a]]\nx = 2\n[a.b]\ny =\n") == [("toml.no-value", 7, 3)]


def test_only_a_newline_with_at_most_one_carriage_return_ends_a_line() -> None:
    assert ids("a = 1\r\r\n") == [("toml.control-character", 1, 6)]


def test_a_long_word_is_not_repeated_in_full() -> None:
    with pytest.raises(InputError) as caught:
        parse("a = " + "政" * 100_000, "x")
    assert len(str(caught.value)) < 1_000


def test_a_lone_surrogate_is_refused() -> None:
    assert ids('a = 1\nb = "\ud800"') == [("toml.not-utf8", 2, 6)]


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", "#", "a", "=", "[", '"', "'''", '"""', "\\", "]", "\r"])
def test_the_shortest_texts_do_no_harm(text: str) -> None:
    check(text)


def check(source: str | bytes) -> None:
    """Reads it; every problem must name a line and column that exist, and no spot twice."""
    try:
        parse(source, "x")
    except InputError as error:
        problems = error.problems
    else:
        statements_within_limits(read_text(source, "x"), "x")  # nor did the short look overlook anything
        return
    text = source if isinstance(source, str) else source.decode(errors="replace")
    assert problems
    assert all(str(each) for each in problems)
    assert all(1 <= each.place.line <= text.count("\n") + 1 for each in problems)
    assert all(each.place.column >= 1 for each in problems)
    spots = [(each.place.line, each.place.column) for each in problems if each.id != "toml.more"]
    assert spots == sorted(set(spots))


SIGNS = [*"[]{}=,.\"'\\#\n\r\t \x00-+_:", "基", "＝", "“", "”", "，", "\u3000", "\ud800"]
WORDS = ['"""', "'''", "[[", "]]", "\r\n", "\\u", "nan", "inf", "1e9", "0x", "true", "2024-13-01"]
WORDS += ["[" * 40, "]" * 40, "a." * 20, "1" * 40, "1e99", "x = " + "[" * 64 + "]" * 64, "1e1000"]
PIECES = st.sampled_from([*SIGNS, *WORDS, "[scheme]\n", "id = 1\n"])
EDITS = st.lists(st.tuples(st.integers(0, len(SAMPLE)), st.integers(0, 30), PIECES), min_size=1, max_size=6)


@given(EDITS)
@settings(max_examples=400, deadline=None)
def test_an_edited_text_is_read_or_refused(edits: list[tuple[int, int, str]]) -> None:
    text = SAMPLE
    for at, cut, piece in edits:
        text = text[:at] + piece + text[at + cut :]
    check(text)


@given(st.lists(st.tuples(st.integers(0, len(SAMPLE.encode()) - 1), st.integers(0, 255)), max_size=8))
@settings(max_examples=200, deadline=None)
def test_changed_bytes_are_read_or_refused(changes: list[tuple[int, int]]) -> None:
    raw = bytearray(SAMPLE.encode())
    for at, byte in changes:
        raw[at] = byte
    check(bytes(raw))


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_heaps_of_signs_are_read_or_refused(text: str) -> None:
    check(text)


@given(st.one_of(st.text(), st.binary()))
@settings(max_examples=200, deadline=None)
def test_anything_is_read_or_refused(source: str | bytes) -> None:
    check(source)
