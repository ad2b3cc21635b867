"""W011, W019, W020: gates on the base that never open, or that stand upside down."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import TYPE_CHECKING

from govscore.lint.base import Doubt
from govscore.lint.lines import holds, tried
from govscore.points import UNITS_PER_POINT
from govscore.rules.values import decimal_text
from govscore.scheme.warning_kinds import BONUS_LOCKED, BONUS_UPSIDE_DOWN, FAIL_UPSIDE_DOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.errors import MessageKind
    from govscore.lint.base import Look, Path
    from govscore.rules.conditions import Condition


def bonus(look: Look) -> Iterator[Doubt]:
    """A gate of the bonus that no base opens, or that a higher base shuts."""
    condition, path = look.model.total.bonus_when, ("total", "bonus_when")
    if condition is None:
        return
    full = _full(look)
    bases = _bases(look, condition, full)
    if look.model.bonus and not any(holds(condition, base, full) for base in bases):
        data = {"full": decimal_text(full), "condition": str(condition)}
        yield Doubt(kind=BONUS_LOCKED, path=path, data=data)
    yield from _turned(condition, bases, full, path, BONUS_UPSIDE_DOWN, wanted=True)


def fail(look: Look) -> Iterator[Doubt]:
    """A gate below which units fail that a higher base meets."""
    gate, full = look.model.total.fail, _full(look)
    if gate is not None:
        bases = _bases(look, gate.when, full)
        path = ("total", "fail", "when")
        yield from _turned(gate.when, bases, full, path, FAIL_UPSIDE_DOWN, wanted=False)


def _full(look: Look) -> Fraction:
    return Fraction(int(look.model.total.full_marks), UNITS_PER_POINT)


def _bases(look: Look, condition: Condition, full: Fraction) -> list[Fraction]:
    """Bases that there can be, among which every one behaves like one of these."""
    return [base for base in tried([condition], full) if base >= 0 and (base <= full or look.base_may_pass)]


def _turned(
    condition: Condition,
    bases: list[Fraction],
    full: Fraction,
    path: Path,
    kind: MessageKind,
    *,
    wanted: bool,
) -> Iterator[Doubt]:
    """Where a higher base loses what a lower one had (`wanted`), or the other way round."""
    for low, high in itertools.pairwise(bases):
        if holds(condition, low, full) == wanted and holds(condition, high, full) != wanted:
            data = {"low": decimal_text(low), "high": decimal_text(high), "condition": str(condition)}
            yield Doubt(kind=kind, path=path, data=data)
            return
