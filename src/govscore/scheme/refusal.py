"""Why a text is no scheme's TOML: every mistake that can be found in it.

Invariant: there is always at least one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import tomli

from govscore.errors import InputError, Problem, problem
from govscore.scheme import syntax_messages as say
from govscore.scheme.duplicates import check_duplicates
from govscore.scheme.faults import Faults, check_statement, report_refusal
from govscore.scheme.limits import statements_within_limits
from govscore.scheme.scan import Lines
from govscore.scheme.signs import with_ascii_signs

if TYPE_CHECKING:
    from govscore.scheme.scan import Statement

MAX_PROBLEMS: Final = 100
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def explained(text: str, name: str, statements: list[Statement], error: Exception) -> InputError:
    """Every mistake of a text that was refused, in the order of the text.

    Args:
        text: what was refused.
        name: what messages call it.
        statements: its statements.
        error: what the refusal says, if no mistake is found.
    """
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
