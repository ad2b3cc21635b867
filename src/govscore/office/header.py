"""The head of a scheme's text, read without the rest: title, notice, names of the groups.

Invariant: what is not written there in plain tables is left empty, never guessed; a damaged text costs
no more than a good one.
"""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from typing import Final, NamedTuple

_TABLE: Final = r"^\[{name}\][^\n]*\n(.*?)(?=^\[|\Z)"
_LONGEST: Final = 8_192


class Header(NamedTuple):
    """What stands at the head of a scheme."""

    title: str
    notice: str
    groups: dict[str, str]
    """Id and title of each group that has one."""


def header(text: str) -> Header:
    """Reads the tables `[scheme]` and `[groups]`, as far as they can be read."""
    text = text.replace("\r\n", "\n")
    scheme = _strings(text, "scheme")
    return Header(scheme.get("title", ""), scheme.get("notice", ""), _strings(text, "groups"))


def _strings(text: str, name: str) -> dict[str, str]:
    match = re.search(_TABLE.format(name=name), text, re.MULTILINE | re.DOTALL)
    if match is None or len(match[1]) > _LONGEST:
        return {}
    found: dict[str, object] = {}
    with suppress(ValueError, RecursionError):
        found = tomllib.loads(match[1])
    return {key: value for key, value in found.items() if isinstance(value, str)}
