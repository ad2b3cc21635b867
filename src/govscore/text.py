"""Foreign text made safe: what comes from schemes, units and files is shown, never obeyed.

Invariant: a string that passed `inert` holds no control character, no bidi override and no
invisible character that could hide or reorder what a reader sees.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

IDENTIFIER: Final = re.compile(r"[a-z0-9][a-z0-9._-]*\Z")
"""Ids of items, sections, groups, units and tags."""
SIMPLE_IDENTIFIER: Final = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")
"""Ids of facts, lines, levels and matters: no dots."""

# Cf characters that reorder or hide text; ZWJ and variation selectors are harmless and stay.
_INVISIBLE: Final = frozenset(
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2065\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\ufeff\ufff9\ufffa\ufffb"
    "\u034f\u115f\u1160\u17b4\u17b5\u200c\u3164\uffa0"
)
_COMPARED: Final = 200
"""Longer words are compared by their beginning: comparing and normalizing cost more than linear time."""
_CHARACTERS_A_CELL: Final = 16
"""A cell shows no more characters than this (stacked accents): what is beyond is cut."""


def inert(text: str, *, lines: bool = False) -> str:
    """The text with control characters and bidi overrides made visible (`␛`, `‹U+202E›`).

    Args:
        text: anything foreign.
        lines: keep line breaks (for texts shown over several lines); a tab becomes a space.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(character, lines) for character in text)


def _visible(character: str, lines: bool) -> str:
    if character == "\n" and lines:
        return character
    if character == "\t":
        return " "
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if character in _INVISIBLE or 0x80 <= code < 0xA0 or 0xD800 <= code < 0xE000 or 0xE0000 <= code < 0xE0100:
        return f"‹U+{code:04X}›"
    return character


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is spelled most like this one, or None if none is near.

    Full-width and other compatibility forms of a known word count as nearest at once.
    """
    folded = _folded(word)
    known = list(known)
    by_folded = {_folded(each): each for each in known}
    by_folded |= {each: each for each in known if each in by_folded}
    if folded in by_folded:
        return by_folded[folded]
    matches = difflib.get_close_matches(folded, by_folded, n=1, cutoff=0.6)
    if matches:
        return by_folded[matches[0]]
    inside = [
        each
        for each in by_folded
        if len(folded) > 1 and (folded in each or (len(each) > 2 and each in folded))
    ]
    return by_folded[min(inside, key=lambda each: (abs(len(each) - len(folded)), each))] if inside else None


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word[:_COMPARED]).strip().lower()[:_COMPARED]


def normal(text: str) -> str:
    """The text in Unicode normal form C: how it is stored and compared."""
    return unicodedata.normalize("NFC", text)


def width(text: str) -> int:
    """How many terminal cells the text takes; Chinese characters take two."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth  # loaded late: its tables cost more than the front door may

    cells = int(wcswidth(text))
    if cells < 0:  # a control character: as it would be shown
        cells = int(wcswidth(inert(text)))
    return max(0, cells)


def shorten(text: str, cells: int) -> str:
    """The text cut to at most so many terminal cells, ending in `…` if anything was cut."""
    if cells <= 0:
        return ""
    head = text[: cells * _CHARACTERS_A_CELL]
    if len(head) == len(text) and width(text) <= cells:
        return text
    longest, beyond = 0, len(head) + 1
    while beyond - longest > 1:  # the width of a longer beginning is never less: halve the interval
        middle = (longest + beyond) // 2
        if width(head[:middle]) <= cells - 1:
            longest = middle
        else:
            beyond = middle
    return head[:longest] + "…"


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """The text filled with spaces to so many terminal cells, cut if it is longer."""
    text = shorten(text, cells)
    space = " " * (cells - width(text))
    return space + text if right else text + space
