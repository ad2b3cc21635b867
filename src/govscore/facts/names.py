"""Names in a scheme: identifiers and titles, checked on reading.

Invariant: an identifier that passed is plain ASCII in lower case, so that no two look alike; a title
that passed holds nothing invisible.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from govscore.facts.shown import shown
from govscore.text import IDENTIFIER, SIMPLE_IDENTIFIER, inert

_LONGEST: Final = 200
_LOOK_ALIKE: Final = str.maketrans("авеікмнорстухѕјһԁο", "abeikmhopctyxsjhdo")
"""Cyrillic and Greek letters that look like Latin ones."""


def identifier(value: object) -> str:
    """The id of an item, section, group, unit or tag."""
    word = text(value)
    if not IDENTIFIER.match(word):
        raise PydanticCustomError("identifier", "not an identifier", _found(word, IDENTIFIER, r"\s+"))
    return word


def simple_identifier(value: object) -> str:
    """The id of a fact, line, level or option: without dots."""
    word = text(value)
    if not SIMPLE_IDENTIFIER.match(word):
        raise PydanticCustomError(
            "simple_identifier", "not an identifier", _found(word, SIMPLE_IDENTIFIER, r"[\s.]+")
        )
    return word


def title(value: object) -> str:
    """A text in one line, not empty, without anything invisible."""
    words = text(value)
    if not words.strip():
        raise PydanticCustomError("empty_text", "no text", {"found": shown(value)})
    if inert(words) != words:
        raise PydanticCustomError("hidden_sign", "an invisible character", {"found": shown(inert(words))})
    return words


def label(value: object) -> str:
    """A title, or nothing."""
    return "" if value == "" else title(value)


def text(value: object) -> str:
    """A text, never a number or date that merely looks like one."""
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "not a text", {"found": shown(value)})
    return str(value)


def passage(value: object) -> str:
    """A text of any length, with line breaks; control characters are refused."""
    words = text(value)
    for sign in words if not words.isprintable() else "":
        if sign not in "\n\r\t" and unicodedata.category(sign) in ("Cc", "Cs"):
            raise PydanticCustomError("hidden_sign", "an invisible character", {"found": shown(inert(sign))})
    return words


def written(**form: Any) -> WithJsonSchema:
    """How a value that a validator of ours reads is written, in terms of JSON Schema."""
    return WithJsonSchema(form)


_LINE: Final = r"^[^\n\r]*\S[^\n\r]*$"
Identifier = Annotated[
    str, BeforeValidator(identifier), written(type="string", pattern="^[a-z0-9][a-z0-9._-]*$")
]
SimpleIdentifier = Annotated[
    str, BeforeValidator(simple_identifier), written(type="string", pattern="^[a-z0-9][a-z0-9_-]*$")
]
Title = Annotated[str, BeforeValidator(title), written(type="string", pattern=_LINE)]
Label = Annotated[str, BeforeValidator(label), written(type="string", pattern=r"^[^\n\r]*$")]
Passage = Annotated[str, BeforeValidator(passage), written(type="string")]


def _found(word: str, form: re.Pattern[str], gaps: str) -> dict[str, str]:
    """What was found, and the identifier that look-alike letters (full-width, upper case) stand for."""
    plain = unicodedata.normalize("NFKC", word[:_LONGEST]).strip().lower().translate(_LOOK_ALIKE)
    plain = re.sub(gaps, "-", plain)
    return {"found": word[:_LONGEST]} | ({"near": plain} if form.match(plain) else {})
