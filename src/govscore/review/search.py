"""Finding units and items by what a clerk types: Chinese, an id, pinyin or its initials (`sfj`: 司法局).

Invariant: a character may be read in every way that it has, so nobody must know which one is meant.
pypinyin is loaded only when letters are searched for.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 60


@cache
def _readings(character: str) -> tuple[str, ...]:
    """Every syllable a character may be read as; itself, if it is no Chinese character."""
    if character.isascii():
        return (character.lower(),)
    from pypinyin import Style, pinyin  # 0.2 s: only once letters are searched for

    found = pinyin(character, heteronym=True, style=Style.NORMAL)
    return tuple(dict.fromkeys(each.lower() for each in found[0])) if found else (character,)


def folded(text: str) -> str:
    """The text as it is compared: one width, lower case, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text[:_LONGEST]).lower().split())


def warm_up(names: Iterable[str]) -> None:
    """Loads the readings of these names, so that the first search does not wait for them."""
    for name in names:
        for character in folded(name):
            _readings(character)


def matches(query: str, *texts: str) -> bool:
    """Whether any text holds the query, or reads like it from any of its characters on."""
    wanted = folded(query)
    if not wanted:
        return True
    if any(wanted in folded(text) for text in texts):
        return True
    if not wanted.isascii() or not wanted.isalnum():
        return False
    return any(_reads_like(wanted, folded(text)) for text in texts if not text.isascii())


def _reads_like(wanted: str, text: str) -> bool:
    return any(_from(wanted, text, place) for place in range(len(text)))


def _from(wanted: str, text: str, place: int) -> bool:
    """Whether the characters from a place on, each by a beginning of its syllable, spell the query."""
    if not wanted:
        return True
    if place == len(text):
        return False
    for syllable in _readings(text[place]):
        for length in range(min(len(syllable), len(wanted)), 0, -1):
            if wanted.startswith(syllable[:length]) and _from(wanted[length:], text, place + 1):
                return True
    return False
