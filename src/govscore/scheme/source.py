"""The text of a scheme: read once, with the place of every mistake and of every value.

Invariant: `parse` gives a document or raises `InputError`; nothing else, whatever it is handed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import tomli

from govscore.scheme.encoding import read_text
from govscore.scheme.limits import plainly_within_limits, statements_within_limits
from govscore.scheme.places import Places


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """What a TOML text says, and where it says it."""

    data: dict[str, Any]
    """Tables as dicts, lists as lists, whole numbers as int, other numbers as exact `Decimal`."""
    places: Places = field(compare=False)
    name: str


def parse(source: str | bytes, name: str) -> Document:
    """Reads a scheme's TOML.

    Args:
        source: the text, or the bytes of its file.
        name: what messages call it, mostly the file's name.

    Raises:
        InputError: with every mistake that can be found, in the order of the text.
    """
    text = read_text(source, name)
    if not plainly_within_limits(text):
        statements_within_limits(text, name)
    try:
        data = tomli.loads(text, parse_float=_finite)
    except (ValueError, ArithmeticError, RecursionError) as error:
        refused: Exception | None = error
    else:  # tomli takes "\r\r\n", where "\r\n" is left of it by now, for a line end
        refused = ValueError() if "\r" in text else None
    if refused is not None:
        from govscore.scheme.refusal import explained  # only a text with mistakes needs it

        # A number that is not finite is a limit passed, and told alone: so are all limits.
        raise explained(text, name, statements_within_limits(text, name), refused)
    return Document(data=data, places=Places(text, name), name=name)


def _finite(literal: str) -> Decimal:
    number = Decimal(literal)
    if not number.is_finite():
        raise ValueError(literal)
    return number
