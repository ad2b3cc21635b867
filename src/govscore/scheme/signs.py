"""Chinese signs where TOML wants English ones: named, and replaced one for one to read on.

Invariant: the text given back has the same length, so every place stays what it was; text in
quotes and comments is never touched.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from govscore.scheme import syntax_messages as say
from govscore.scheme.limits import MAX_SIGNS
from govscore.scheme.scan import tokens_of

if TYPE_CHECKING:
    from govscore.scheme.faults import Faults
    from govscore.scheme.scan import Token

_ASCII: Final = {
    **dict.fromkeys("“”„‟「」『』", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("【〔", "["),
    **dict.fromkeys("】〕", "]"),
    "、": ",",
    "。": ".",
    "：": "=",
}


def ascii_sign(character: str) -> str:
    """The ASCII character to write for a full-width one."""
    return _ASCII.get(character) or unicodedata.normalize("NFKC", character)


def with_ascii_signs(faults: Faults) -> str:
    """The text with ASCII signs; reports each sign that was none."""
    text = faults.text
    if text.isascii():
        return text
    pieces: list[str] = []
    at = 0
    for token in tokens_of(text, MAX_SIGNS):
        if token.sort in ("half", "quoted", "wide", "space", "remark"):
            pieces += [text[at : token.start], _repaired(text[token.start : token.end], token, faults)]
            at = token.end
    return "".join([*pieces, text[at:]])


def _repaired(raw: str, token: Token, faults: Faults) -> str:
    if token.sort == "space":
        faults.add(say.WIDE_SPACE, token.start, sign=f"U+{ord(raw):04X}")
        return " "
    if token.sort == "half":
        faults.add(say.FULL_WIDTH, token.end - 1, '"', sign=raw[-1])
        return raw[:-1] + '"'
    if token.sort == "wide":
        ascii_signs = "".join(map(ascii_sign, raw))
        faults.add(say.FULL_WIDTH, token.start, ascii_signs, sign=raw)
        return ascii_signs
    sign = ascii_sign(raw[0])
    faults.add(say.FULL_WIDTH, token.start, sign, sign=raw[0])
    return "#" + raw[1:] if token.sort == "remark" else sign + raw[1:-1] + sign
