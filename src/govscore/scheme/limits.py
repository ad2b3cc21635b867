"""What no honest scheme needs and a hostile one uses to keep a parser busy.

Invariant: a text that passed has bounded size, nesting, key length and numbers, so that reading it
takes well under a second.
"""

from __future__ import annotations

import re
import string
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from govscore.errors import InputError, Place, Problem, problem, raise_problems
from govscore.scheme import syntax_messages as say
from govscore.scheme.scan import Lines, roles, statements_of, tokens_of, without_strings

if TYPE_CHECKING:
    from govscore.scheme.scan import Statement, Token

MAX_LINES: Final = 20_000
MAX_SIGNS: Final = 120_000
MAX_DEPTH: Final = 64
MAX_PARTS: Final = 32
MAX_DIGITS: Final = 40
MAX_EXPONENT: Final = 999
_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9A-Fa-fxob_.]*\Z")
_EXPONENT: Final = re.compile(r"[+-]?[0-9][0-9_.]*[eE]([+-]?[0-9_]+)\Z")
_NOT_FINITE: Final = re.compile(r"[+-]?(?:nan|inf)\Z", re.IGNORECASE)


_DOUBTFUL: Final = re.compile(
    rf"[0-9A-Za-z_.+-]{{{MAX_DIGITS + 1}}} | [eE][+-]?[0-9_]{{{len(str(MAX_EXPONENT)) + 1}}}"
    rf"| (?:\.[^\n\[\]{{}},=.]*+){{{MAX_PARTS}}}",
    re.VERBOSE,
)
"""Where a number may be too long or a key may have too many parts."""
_BRACKET: Final = re.compile(r"[\[\]{}]")
_DEEPER: Final = {"[": 1, "{": 1, "]": -1, "}": -1}


def plainly_within_limits(text: str) -> bool:
    """Whether the text is certainly within limits if it is valid TOML; and if not, as far as it is valid.

    False says nothing: then `statements_within_limits` must look.
    """
    if len(text) > MAX_SIGNS or text.count("\n") >= MAX_LINES:
        return False
    bare = without_strings(text)
    depths = accumulate(map(_DEEPER.__getitem__, _BRACKET.findall(bare)))
    return max(depths, default=0) <= MAX_DEPTH and not _DOUBTFUL.search(bare)


def statements_within_limits(text: str, name: str) -> list[Statement]:
    """The statements of the text.

    Raises:
        InputError: a limit is passed, or a number is infinite or none at all.
    """
    lines = text.count("\n") + 1
    if lines > MAX_LINES:
        place = Place(file=name, line=MAX_LINES + 1, column=1)
        raise InputError(problem(say.TOO_MANY_LINES, place, lines=lines, limit=MAX_LINES))
    where = Lines(text, name)
    tokens = tokens_of(text, MAX_SIGNS)
    if len(tokens) > MAX_SIGNS:
        raise InputError(problem(say.TOO_MANY_SIGNS, where.place(tokens[-1].start), limit=MAX_SIGNS))
    statements = statements_of(text, tokens)
    found: list[Problem] = []
    for statement in statements:
        found += _excess(text, statement, where)
        if len(found) > 100:
            break
    raise_problems(found)
    return statements


def _excess(text: str, statement: Statement, where: Lines) -> list[Problem]:
    found: list[Problem] = []
    key: list[Token] = []
    deep = False
    for token, role, depth in roles(text, statement):
        if depth > MAX_DEPTH and not deep:
            found.append(problem(say.TOO_DEEP, where.place(token.start), limit=MAX_DEPTH))
        deep = depth > MAX_DEPTH
        if role == "key":
            key.append(token)
        elif role == "sign":
            found += _parts(text, key, where)
            key = []
        elif role == "value" and token.sort == "word":
            found += _number(text[token.start : token.end], token, where)
    return found + _parts(text, key, where)


def _parts(text: str, key: list[Token], where: Lines) -> list[Problem]:
    dots = sum(text.count(".", token.start, token.end) for token in key if token.sort == "word")
    if dots < MAX_PARTS:
        return []
    return [problem(say.TOO_MANY_PARTS, where.place(key[0].start), parts=dots + 1, limit=MAX_PARTS)]


def _number(word: str, token: Token, where: Lines) -> list[Problem]:
    place = where.place(token.start)
    if _NOT_FINITE.match(word):
        return [problem(say.NOT_FINITE, place, word=word)]
    exponent = _EXPONENT.match(word)
    if exponent:
        power = exponent[1].replace("_", "").lstrip("+-0")
        if len(power) > len(str(MAX_EXPONENT)):
            return [problem(say.EXPONENT, place, word=word)]
    elif not _NUMBER.match(word):
        return []
    _, prefix, counted = word.rpartition("0x")
    allowed = string.hexdigits if prefix else string.digits
    digits = sum(character in allowed for character in counted)
    return [problem(say.LONG_NUMBER, place, digits=digits, limit=MAX_DIGITS)] if digits > MAX_DIGITS else []
