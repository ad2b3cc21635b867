"""Where things stand: each value and key by its path, and the nearest known place for what is missing."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import tomli
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from govscore.errors import Place
from govscore.scheme.places import Path, Places, readable
from govscore.scheme.source import parse

TEXT = """\
format = 1
scheme.title = "政务公开" # 说明
[[base]]
id = "a"
[base.facts.reply]
ask = "cases"
[[base]]
id = "b"
rule = { kind = "deduct", minus = [ { each = 0.5 },
  # 注释
  { "每 件".x = 1, each = [1, [2, 07:32]], },
], cap = 2024-01-01 07:32:00, }
facts.late.ask = "count"
[base.facts.on_time]
ask = \"\"\"
[base]
\\e \"\"\"
[[base.line]]
[[base.line]]
[base.line.'a.b']
k = 1"""

AT: list[tuple[Path, int, int]] = [
    (("format",), 1, 10),
    (("scheme",), 2, 16),
    (("scheme", "title"), 2, 16),
    (("base",), 3, 1),
    (("base", 0), 3, 1),
    (("base", 0, "id"), 4, 6),
    (("base", 0, "facts"), 5, 1),
    (("base", 0, "facts", "reply"), 5, 1),
    (("base", 0, "facts", "reply", "ask"), 6, 7),
    (("base", 1), 7, 1),
    (("base", 1, "rule"), 9, 8),
    (("base", 1, "rule", "minus"), 9, 35),
    (("base", 1, "rule", "minus", 0), 9, 37),
    (("base", 1, "rule", "minus", 0, "each"), 9, 46),
    (("base", 1, "rule", "minus", 1), 11, 3),
    (("base", 1, "rule", "minus", 1, "每 件", "x"), 11, 15),
    (("base", 1, "rule", "minus", 1, "each", 1, 1), 11, 33),
    (("base", 1, "rule", "cap"), 12, 10),
    (("base", 1, "facts", "late", "ask"), 13, 18),
    (("base", 1, "facts", "on_time", "ask"), 15, 7),
    (("base", 1, "line", 0), 18, 1),
    (("base", 1, "line", 1), 19, 1),
    (("base", 1, "line", 1, "a.b"), 20, 1),
    (("base", 1, "line", 1, "a.b", "k"), 21, 5),
]
KEYS_AT: list[tuple[Path, int, int]] = [
    (("format",), 1, 1),
    (("scheme",), 2, 1),
    (("scheme", "title"), 2, 8),
    (("base",), 3, 3),
    (("base", 0, "facts", "reply"), 5, 13),
    (("base", 1, "rule", "minus", 1, "每 件"), 11, 5),
    (("base", 1, "rule", "minus", 1, "每 件", "x"), 11, 11),
    (("base", 1, "facts", "late", "ask"), 13, 12),
    (("base", 1, "line", 1, "a.b"), 20, 12),
]
MISSING_AT: list[tuple[Path, int, int]] = [
    (("nothing",), 1, 1),
    ((), 1, 1),
    (("base", 1, "points"), 7, 1),
    (("base", 0, "facts", "reply", "unit"), 5, 13),
    (("base", 1, "rule", "minus", 0, "count"), 9, 37),
    (("base", 1, "rule", "minus", 7, "count"), 9, 27),
    (("base", 9, "id"), 3, 3),
]


@pytest.mark.parametrize(("path", "line", "column"), AT)
def test_a_value_is_found(path: Path, line: int, column: int) -> None:
    assert parse(TEXT, "f").places.of(path) == Place(file="f", line=line, column=column, path=readable(path))


@pytest.mark.parametrize(("path", "line", "column"), KEYS_AT)
def test_a_key_is_found(path: Path, line: int, column: int) -> None:
    place = parse(TEXT, "f").places.of(path, key=True)
    assert (place.line, place.column) == (line, column)


@pytest.mark.parametrize(("path", "line", "column"), MISSING_AT)
def test_what_is_missing_is_shown_at_what_should_hold_it(path: Path, line: int, column: int) -> None:
    place = parse(TEXT, "f").places.of(path)
    assert (place.line, place.column, place.path) == (line, column, readable(path))


def test_an_inline_table_that_goes_on_after_a_list_is_one_value() -> None:
    """A line of a list that holds a `=` behind the closing bracket begins no new statement."""
    places = parse("r = { m = [1,\n'', [\n2]], cap = 3,\ncup = 4 }\n[s]\nx = 1\n", "f").places
    assert [places.of(("r", name)).line for name in ("m", "cap", "cup")] == [1, 3, 4]
    assert places.of(("s", "x")).line == 6


def test_a_path_is_readable() -> None:
    assert readable(("base", 3, "rule", "minus", 0, "each")) == "base[3].rule.minus[0].each"
    assert readable(("基 础", 0)) == '"基 础"[0]'
    assert readable(()) == ""


def test_a_mapping_has_paths_but_no_lines() -> None:
    place = Places.nowhere("scheme").of(("base", 0, "id"))
    assert place == Place(file="scheme", path="base[0].id")


def test_places_after_a_byte_order_mark_and_windows_line_ends() -> None:
    source = b"\xef\xbb\xbf" + '"名" = "x"\r\nb = [\r\n  "政", 2]\r\n'.encode()
    places = parse(source, "f").places
    assert [places.of(path).column for path in (("名",), ("b",), ("b", 1))] == [7, 5, 8]
    assert places.of(("b", 1)).line == 3


KEYS = st.text(st.sampled_from("abZ09_- .中𠮷\"'\\[]=#\n\u202e"), min_size=1, max_size=5)
LEAVES = st.one_of(
    st.integers(-(10**12), 10**12),
    st.booleans(),
    st.dates(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.decimals(-1000, 1000, places=3).map(float),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)
TABLES = st.dictionaries(
    KEYS,
    VALUES | st.lists(st.dictionaries(KEYS, VALUES, max_size=3), min_size=1, max_size=3),
    max_size=4,
)


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from leaves(inside, (*path, key))
    elif isinstance(value, list):
        for index, inside in enumerate(value):
            yield from leaves(inside, (*path, index))
    else:
        yield path, value


def literal_at(rest: str, value: Any) -> str:
    """The shortest beginning of the text that TOML reads as this value."""
    for end in range(1, len(rest) + 1):
        try:
            if tomli.loads(f"k = {rest[:end]}", parse_float=Decimal)["k"] == value:
                return rest[:end]
        except tomli.TOMLDecodeError:
            continue
    raise AssertionError(f"{rest[:40]!r} does not begin with {value!r}")


@given(TABLES)
@settings(max_examples=200, deadline=None)
def test_every_leaf_stands_where_its_place_says(data: dict[str, Any]) -> None:
    text = tomlkit.dumps(data)
    document = parse(text, "f")
    lines = text.replace("\r\n", "\n").split("\n")
    for path, value in leaves(document.data):
        place = document.places.of(path)
        rest = "\n".join(lines[place.line - 1 :])[place.column - 1 :]
        assert literal_at(rest, value)
        if isinstance(path[-1], str):
            key = document.places.of(path, key=True)
            raw = lines[key.line - 1][key.column - 1 :]
            assert raw.startswith((path[-1], '"', "'"))


def test_dates_in_tables_are_found() -> None:
    places = parse("[s]\nperiod = [2024-01-01, 2024-12-31]\n", "f").places
    assert places.of(("s", "period", 1)).column == 23
    assert parse("d = 2024-01-01", "f").data == {"d": dt.date(2024, 1, 1)}
