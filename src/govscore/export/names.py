"""Names of sheets: whatever the data say, a name that every spreadsheet program accepts.

Invariant: at most 31 UTF-16 units, none of the signs that Excel forbids, no apostrophe at either end,
unique in the workbook whatever the case.
"""

from __future__ import annotations

import re
from typing import Final

from govscore.text import inert

LONGEST: Final = 31
_ENDS: Final = re.compile(r"\A[\s']+|[\s']+\Z")
"""What no name begins or ends with."""
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")
_RESERVED: Final = frozenset({"history", ""})


def utf16(text: str) -> int:
    """How many UTF-16 units the text has: what spreadsheet programs count as characters."""
    return len(text) + sum(character > "\uffff" for character in text)


def cut_utf16(text: str, units: int) -> str:
    """The text cut to at most so many UTF-16 units."""
    if utf16(text) <= units:
        return text
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name for a sheet that is near what was wanted; it is added to those taken."""
    clean = _FORBIDDEN.sub("_", inert(wanted)).strip()
    base = _ENDS.sub("", cut_utf16(clean, LONGEST))
    number = 1
    name = base
    while name.casefold() in taken | _RESERVED:
        number += 1
        tail = f" ({number})"
        name = (_ENDS.sub("", cut_utf16(base, LONGEST - len(tail))) + tail).strip()
    taken.add(name.casefold())
    return name
