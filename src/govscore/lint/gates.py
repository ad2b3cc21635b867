"""W011, W019, W020: gates on the base that never open, or that stand upside down."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from govscore.facts.switches import known
from govscore.lint.base import Doubt
from govscore.lint.lines import holds, tried
from govscore.points import UNITS_PER_POINT
from govscore.rules.values import decimal_text
from govscore.scheme.parts import owned_bonus
from govscore.scheme.warning_kinds import BONUS_LOCKED, BONUS_UPSIDE_DOWN, FAIL_UPSIDE_DOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.errors import MessageKind
    from govscore.lint.base import Look, Path
    from govscore.rules.conditions import Condition
    from govscore.scheme.settings import SchemePart, Total


def bonus(look: Look) -> Iterator[Doubt]:
    """Gates of the bonus that no base opens, or that a higher base shuts."""
    owned = owned_bonus(look.model)
    for level in _levels(look):
        condition, path = level.settings.bonus_when, (*level.path, "bonus_when")
        if condition is None:
            continue
        bases = _bases(level, condition)
        if owned.get(level.id) and not any(holds(condition, base, level.full) for base in bases):
            data = {"full": decimal_text(level.full), "condition": str(condition)}
            yield Doubt(kind=BONUS_LOCKED, path=path, data=data)
        yield from _turned(condition, bases, level.full, path, BONUS_UPSIDE_DOWN, wanted=True)


def fail(look: Look) -> Iterator[Doubt]:
    """Gates below which units or parts fail that a higher base meets."""
    for level in _levels(look):
        gate = level.settings.fail
        if gate is not None:
            bases, path = _bases(level, gate.when), (*level.path, "fail", "when")
            yield from _turned(gate.when, bases, level.full, path, FAIL_UPSIDE_DOWN, wanted=False)


class _Level(NamedTuple):
    """A part, or the total."""

    id: str
    path: Path
    settings: SchemePart | Total
    full: Fraction
    may_pass: bool
    """Whether its base may come to more than its full marks."""


def _levels(look: Look) -> Iterator[_Level]:
    of_parts = any(id for id in owned_bonus(look.model))
    levels: list[tuple[str, Path, SchemePart | Total, bool]] = [("", ("total",), look.model.total, of_parts)]
    levels += [(part.id, ("part", place), part, False) for place, part in enumerate(look.model.part)]
    for id, path, settings, passes in levels:
        full = Fraction(int(known(settings.full_marks)), UNITS_PER_POINT)
        yield _Level(id, path, settings, full, passes or look.base_may_pass)


def _bases(level: _Level, condition: Condition) -> list[Fraction]:
    """Bases that there can be, among which every one behaves like one of these."""
    tried_out = tried([condition], level.full)
    return [base for base in tried_out if base >= 0 and (base <= level.full or level.may_pass)]


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
