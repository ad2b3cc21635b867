"""Texts that went wrong: bytes flipped, lines lost, doubled and moved, values that hurt, tables cut off.

Invariant: the same number gives the same text again, as long as the texts it begins with are the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    Change = Callable[[Random, str, Sequence[str]], str]

HOSTILE: Final = (
    "nan", "inf", "-inf", "1e400", "-1e400", "1e-400", "1e99999999", "0." + "3" * 400, "1" + "0" * 4000,
    "-" + "9" * 30, "true", "false", "0", "-0.0", "1", "-1", "1000000", "1000000.0001", "0.00001", "0x1f",
    "0o7", "1_000", "+5", "07", ".5", "5.", "[]", "[[]]", "[" * 40 + "]" * 40, "[" * 3000 + "]" * 3000,
    "[" * 200, "{}", "{ by = 'group', other = 1 }", "{ by = 'date', first = 1 }", "{ by = 'tag' }",
    "{ when = 'x > 1', at = 3 }", "{ take = 'mean', raters = 3 }", "{ a = { a = { a = { a = 1 } } } }",
    "[1, 'x', {}]", "['a', 'a']", "[{ each = 1 }]", "[{ id = 'a', title = 'a', each = 1 }]",
    '""', '" "', '"0.5"', '"60 %"', '"６０％"', '"1000000 %"', '"none"', '"best"', '"other"', '"a/b > 1"',
    '"x > 1 and x < 3 or x = 2"', '"share < 30 %"', '"base >= 60"', '"' + "> " * 400 + '"',
    '"' + "(" * 4000 + '"', '"\\u001b[31m红"', '"\\u202e右\\u2066"', '"\\u0000"', '"\\ud800"', '"\\uFFFE"',
    '"a\u202eb"', '"\x1b]0;x\x07"', '"а1"', '"' + "长" * 3000 + '"', '"' + "x" * 70_000 + '"', "'''", '"""',
    '"', "'", "2024-02-30", "2024-02-29", "9999-12-31", "0001-01-01", "2024-01-01T00:00:00Z",
    "2024-01-01 25:00:00", "07:32:00", '"10 working days"', '"-1 days"', '"99999999999 days"', '"5 hours"',
    "＝", "#", "\\", "\r", "\t", "\ufeff", "\u2028", "\x85",
)  # fmt: skip
"""What stands where a value should, as it would be written."""

_VALUE: Final = re.compile(r"=[ \t]*([^\n,}\]=]+)")
_KEY: Final = re.compile(r"(?<![A-Za-z_])[A-Za-z_]++(?=[ \t]*=)")
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_WORD: Final = re.compile(r'"([^"\n]*)"')
_TABLE: Final = re.compile(r"^\[\[?[^\n]*", re.MULTILINE)
_SIGNS: Final = "\"'[]{}=,.#0a％＝ “\\\n\t-+/><\x00\x1b\u202e\ufeff"
_LONGEST: Final = 300_000
"""Characters beyond which a text grows no further."""


def broken(rng: Random, texts: Sequence[str], changes: Sequence[Change] | None = None) -> bytes:
    """One of the texts with one to four things wrong in it, by the changes meant for TOML or by others."""
    text = rng.choice(texts)
    for _change in range(rng.choice((1, 1, 1, 2, 2, 3, 4))):
        if text and len(text) < _LONGEST:
            text = rng.choice(changes or CHANGES)(rng, text, texts)
    made = text.encode("utf-8", "surrogatepass")
    return _flipped(rng, made) if rng.random() < 0.12 else made


def _flipped(rng: Random, made: bytes) -> bytes:
    flipped = bytearray(made)
    for _byte in range(rng.choice((1, 1, 2, 8)) if flipped else 0):
        flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
    return bytes(flipped)


def _in_place_of(rng: Random, text: str, what: re.Pattern[str], new: str, group: int = 0) -> str:
    """The text with one place that fits the pattern replaced."""
    found = list(what.finditer(text))
    if not found:
        return text
    start, end = rng.choice(found).span(group)
    return text[:start] + new + text[end:]


def _lines(change: Callable[[Random, list[str]], None]) -> Change:
    def changed(rng: Random, text: str, _texts: Sequence[str]) -> str:
        lines = text.split("\n")
        change(rng, lines)
        return "\n".join(lines)

    return changed


def _drop(rng: Random, lines: list[str]) -> None:
    start = rng.randrange(len(lines))
    del lines[start : start + rng.choice((1, 1, 1, 2, 5))]


def _double(rng: Random, lines: list[str]) -> None:
    start = rng.randrange(len(lines))
    lines[start:start] = lines[start : start + rng.choice((1, 1, 2, 6))] * rng.choice((1, 1, 1, 30))


def _move(rng: Random, lines: list[str]) -> None:
    line = lines.pop(rng.randrange(len(lines)))
    lines.insert(rng.randint(0, len(lines)), line)


def _hostile(rng: Random, text: str, _texts: Sequence[str]) -> str:
    return _in_place_of(rng, text, _VALUE, rng.choice(HOSTILE), 1)


def _foreign(rng: Random, text: str, texts: Sequence[str]) -> str:
    """A value of somewhere else."""
    values: list[str] = _VALUE.findall(rng.choice(texts))
    return _in_place_of(rng, text, _VALUE, rng.choice(values) if values else "1", 1)


def _swap(rng: Random, text: str, texts: Sequence[str]) -> str:
    """A key of somewhere else."""
    keys = _KEY.findall(rng.choice((text, rng.choice(texts))))
    return _in_place_of(rng, text, _KEY, rng.choice(keys) if keys else "points")


def _add(rng: Random, text: str, texts: Sequence[str]) -> str:
    """A key more, in a table or among the keys of a line."""
    keys = _KEY.findall(rng.choice(texts)) or ["points"]
    value = rng.choice((rng.choice(HOSTILE), "1", '"x"', '"60 %"'))
    pair = f"{rng.choice(keys)} = {value}"
    return _in_place_of(rng, text, re.compile(r"\{|\n"), rng.choice(("{ %s, ", "\n%s\n")) % pair)


def _number(rng: Random, text: str, _texts: Sequence[str]) -> str:
    new = rng.choice(("0", "-1", "99999999", "0.00001", "1000001", "3.3333", str(rng.randint(0, 200))))
    return _in_place_of(rng, text, _NUMBER, new)


def _word(rng: Random, text: str, texts: Sequence[str]) -> str:
    """A word of somewhere else between quotes."""
    words = _WORD.findall(rng.choice((text, rng.choice(texts))))
    return _in_place_of(rng, text, _WORD, rng.choice(words) if words else "x", 1)


def _sign(rng: Random, text: str, _texts: Sequence[str]) -> str:
    at = rng.randint(0, len(text))
    new = rng.choice(_SIGNS if rng.random() < 0.95 else HOSTILE)
    return text[:at] + new + text[at + rng.randint(0, 2) :]


def _cut(rng: Random, text: str, _texts: Sequence[str]) -> str:
    """Cut off, or a piece cut out."""
    start = rng.randrange(len(text))
    return text[:start] + (text[start + rng.choice((1, 40, 400)) :] if rng.random() < 0.5 else "")


def _table(rng: Random, text: str, texts: Sequence[str]) -> str:
    """A table under another name, or one of somewhere else added."""
    others = _TABLE.findall(rng.choice(texts))
    return _in_place_of(rng, text, _TABLE, rng.choice(others) if others else "[total]")


def _graft(rng: Random, text: str, texts: Sequence[str]) -> str:
    """A whole table of somewhere else at the end."""
    other = rng.choice(texts)
    starts = [found.start() for found in _TABLE.finditer(other)]
    if not starts:
        return text
    at = rng.randrange(len(starts))
    return f"{text}\n{other[starts[at] : (*starts, len(other))[at + 1]]}"


CHANGES: Final = (
    *(_lines(_drop), _lines(_double), _lines(_move), _cut, _sign, _number, _table, _graft),
    *(_hostile, _hostile, _hostile, _foreign, _foreign, _swap, _swap, _add, _add, _word, _word),
)


# --- tables ----------------------------------------------------------------------------------------------

CELLS: Final = (
    "", " ", "0", "-1", "1.5", "1e3", "1e400", "nan", "inf", "-0", "+2", "007", "１２", "½", "٣", "1,000",
    "60%", "1/3", "1" + "0" * 4000, "9" * 40, "0." + "3" * 60, "true", "yes", "是", "否", "none", "na",
    "level", "event", "leader", "=1+1", "=HYPERLINK(\"x\")", "@sum", "[/]", "{x}", "%s", "\x1b[31m",
    "a\u202eb", "\x00", "\ufeff", "\u2028", "\x85", "长" * 3000, "x" * 70_000, '"', '"a', 'a"b', '""',
    "a\nb", "a\r\nb", "a;b", "a\tb", "а1", "Ａ", "é", "e\u0301", "2024-02-30", "2024-02-29",
    "2024-12-31", "2025-01-01", "9999-12-31", "0001-01-01", "2024-3-1", "2024/03/01",
    "2024-03-01T25:00", "2024-03-01T09:00+08:00", "2024-03-01T09:00:00.123456789Z", "2024-W09",
    "2024-03", "2024-Q1", "reply.late", "a.b.c", "..", "other", "none none", "grave grave",
)  # fmt: skip
"""What stands where a cell should hold something else."""

_CELL: Final = re.compile(r"(?<=[,\n])[^,\n]*+")


def _cell(rng: Random, text: str, _texts: Sequence[str]) -> str:
    new = rng.choice(CELLS)
    quoted = '"' + new.replace('"', '""') + '"'
    return _in_place_of(rng, text, _CELL, quoted if rng.random() < 0.5 else new)


def _other_cell(rng: Random, text: str, texts: Sequence[str]) -> str:
    return _in_place_of(rng, text, _CELL, rng.choice(_CELL.findall(rng.choice(texts)) or [""]))


def _header(rng: Random, text: str, _texts: Sequence[str]) -> str:
    """A name of a column lost, doubled or changed."""
    head, _end, rows = text.partition("\n")
    names = head.split(",")
    at = rng.randrange(len(names))
    names[at : at + 1] = rng.choice(
        ([], names[at : at + 1] * 2, [rng.choice(names)], [names[at] + " "], ["x"])
    )
    return ",".join(names) + "\n" + rows


def _sign_between(rng: Random, text: str, _texts: Sequence[str]) -> str:
    """Another sign between cells or at the ends of lines."""
    return text.replace(
        *rng.choice(((",", ";"), (",", "\t"), (",", "，"), ("\n", "\r\n"), ("\n", "\r"), ("\n", "")))
    )


CELL_CHANGES: Final = (
    *(_cell, _cell, _cell, _cell, _cell, _other_cell, _other_cell, _other_cell, _header, _sign_between),
    *(_lines(_drop), _lines(_double), _lines(_move), _cut, _sign, _number),
)
