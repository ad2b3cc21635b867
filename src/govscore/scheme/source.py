"""The text of a scheme: read once, with the place of every mistake and of every value.

Invariant: `parse` gives a document or raises `InputError`; nothing else, whatever it is handed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import tomli

from govscore.errors import InputError, Problem, problem
from govscore.scheme import syntax_messages as say
from govscore.scheme.duplicates import check_duplicates
from govscore.scheme.encoding import read_text
from govscore.scheme.faults import Faults, check_statement, report_refusal
from govscore.scheme.limits import statements_within_limits
from govscore.scheme.places import Places
from govscore.scheme.scan import Lines
from govscore.scheme.signs import with_ascii_signs

if TYPE_CHECKING:
    from govscore.scheme.scan import Statement

MAX_PROBLEMS: Final = 100
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


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
    statements = statements_within_limits(text, name)
    try:
        data = tomli.loads(text, parse_float=_finite)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise _explained(text, name, statements, error) from None
    if "\r" in text:  # tomli takes "\r\r\n", where "\r\n" is left of it by now, for a line end
        raise _explained(text, name, statements, ValueError())
    return Document(data=data, places=Places(text, name, statements), name=name)


def _finite(literal: str) -> Decimal:
    number = Decimal(literal)
    if not number.is_finite():
        raise ValueError(literal)
    return number


def _explained(text: str, name: str, statements: list[Statement], error: Exception) -> InputError:
    faults = Faults(text, Lines(text, name))
    faults.text = _without_control_characters(text, faults)
    faults.text = with_ascii_signs(faults)
    if faults.text != text:
        statements = statements_within_limits(faults.text, name)
    for statement in statements:
        if faults.full:
            break
        check_statement(statement, faults)
    check_duplicates(statements, faults)
    if not len(faults):
        _unexplained(error, faults)
    return InputError(*_at_most(faults.in_order()))


def _without_control_characters(text: str, faults: Faults) -> str:
    for match in _CONTROL.finditer(text):
        faults.add(say.CONTROL_CHARACTER, match.start(), sign=f"U+{ord(match[0]):04X}")
        if faults.full:
            break
    return _CONTROL.sub(" ", text)


def _unexplained(error: Exception, faults: Faults) -> None:
    if isinstance(error, tomli.TOMLDecodeError):
        report_refusal(error, 0, faults)
    else:
        faults.add(say.UNEXPECTED, 0, sign=faults.text[:1])


def _at_most(problems: list[Problem]) -> list[Problem]:
    if len(problems) <= MAX_PROBLEMS:
        return problems
    more = problem(say.MORE, problems[MAX_PROBLEMS].place, limit=MAX_PROBLEMS)
    return [*problems[:MAX_PROBLEMS], more]
