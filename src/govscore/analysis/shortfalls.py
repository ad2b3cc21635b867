"""What every grade line is short of, and what else stands in the way of the grade.

Invariant: lines are compared with the total's mark by the code that grades; hindrances are those that the
result itself reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from govscore.facts.switches import known
from govscore.i18n import gettext as _
from govscore.i18n import ngettext
from govscore.points import UNITS_PER_MARK_STEP, UNITS_PER_POINT, Points, plain
from govscore.rules.words import in_words
from govscore.scheme.unit_schemes import for_unit
from govscore.scoring.quotas import seats
from govscore.scoring.standing_words import acting_words, coverage_words
from govscore.scoring.totals import on_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govscore.rules.conditions import Condition
    from govscore.scheme.model import Scheme
    from govscore.scheme.standing import Grade
    from govscore.scoring.board import Board
    from govscore.scoring.result import UnitResult, VetoResult


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeLine:
    """One grade, and how far the unit is from it."""

    grade: str
    line: str
    """The line as the scheme writes it; "" for the last grade, which has none."""
    short: Points | None
    """How much the total is short of it; 0: it is met; None: no larger total meets it, or the unit has
    no points."""
    has_it: bool
    hindrances: tuple[str, ...]
    """What else keeps the unit from this grade, in sentences."""


def grade_lines(board: Board, unit: UnitResult) -> Iterator[GradeLine]:
    """Every grade of the scheme, from the top."""
    scheme = for_unit(board.scheme, unit)
    full = int(known(scheme.model.total.full_marks))
    points = unit.total if unit.total is not None else unit.so_far
    for place, grade in enumerate(scheme.grades):
        short = None if points is None else missing(grade.when, points, full)
        has_it = unit.grade == grade.name
        yield GradeLine(
            grade=grade.name,
            line="" if grade.when is None else grade.when.text,
            short=short,
            has_it=has_it,
            hindrances=() if has_it else tuple(_hindrances(board, unit, place, grade, short)),
        )


def missing(condition: Condition | None, points: Points, full: int) -> Points | None:
    """The least that must be added to meet a condition on a total (or base); None if nothing does.

    Args:
        condition: a line or gate; None: it is always met.
        points: what is compared, by its mark.
        full: what percentages in it refer to, in the finest units.
    """
    if condition is None:
        return Points(0)
    now = int(points.mark)
    tried = {now}
    for each in condition.comparisons:
        line = _line(each.share, each.number, full)
        tried |= {line, line + UNITS_PER_MARK_STEP}
    above = sorted(number for number in tried if number >= now)
    met = on_marks(condition, np.array(above, dtype=object), full)
    return next((Points(number - now) for number, holds in zip(above, met, strict=True) if holds), None)


def _line(share: Fraction | None, number: Fraction | None, full: int) -> int:
    """The first mark at or above a literal."""
    exact = share * full if share is not None else (number or Fraction(0)) * UNITS_PER_POINT
    return -(-exact // UNITS_PER_MARK_STEP) * UNITS_PER_MARK_STEP


def _hindrances(
    board: Board, unit: UnitResult, place: int, grade: Grade, short: Points | None
) -> Iterator[str]:
    scheme = for_unit(board.scheme, unit)
    total = scheme.model.total
    full = int(known(total.full_marks))
    names = [each.name for each in scheme.grades]
    if unit.state in ("scored", "open") and not unit.covered:
        yield coverage_words(scheme, unit)
    if total.fail is not None and unit.failed and names.index(total.fail.grade) > place:
        yield _fails(scheme, unit)
    for veto in unit.vetoes:
        if (
            veto.acts
            and not veto.part
            and _keeps_from(veto, names, place, grade, int(known(total.full_marks)))
        ):
            yield acting_words(scheme, veto)
    if short:
        yield from _locks(scheme, unit)
    highest = None if total.bounds is None else known(total.bounds.to)
    if highest is not None and grade.when is not None:
        reach = on_marks(grade.when, np.array([int(highest)], dtype=object), full)
        if short and not reach.any() and short > highest - (unit.total or unit.so_far or 0):
            yield _("the total ends at {points}").format(points=plain(highest))
    yield from _quota(board, unit, grade, short)


def _keeps_from(veto: VetoResult, names: Sequence[str], place: int, grade: Grade, full: int) -> bool:
    """Whether an acting effect by itself keeps a unit below a grade."""
    effect = veto.effect
    worse = [name for name in (effect.forced, effect.cap_grade) if name is not None]
    if any(name in names and names.index(name) > place for name in worse):
        return True
    limits = [int(each) for each in (known(effect.at_most), known(effect.fixed)) if each is not None]
    return bool(limits) and not bool(on_marks(grade.when, np.array(limits, dtype=object), full).all())


def _fails(scheme: Scheme, unit: UnitResult) -> str:
    gate = scheme.model.total.fail
    if gate is None or unit.base is None:
        raise ValueError("failed without a gate")
    text = _("base {base} meets the gate “{condition}”: {grade}")
    return text.format(base=plain(unit.base.mark), condition=_said(gate.when), grade=gate.grade)


def _locks(scheme: Scheme, unit: UnitResult) -> Iterator[str]:
    """The gates that keep a bonus shut, of the total and of parts."""
    gate = scheme.model.total.bonus_when
    if unit.bonus_locked and gate is not None and unit.base is not None:
        yield _locked(gate, unit.base, int(known(scheme.model.total.full_marks)))
    for id, part in unit.parts.items():
        own = scheme.part(id)
        if part.bonus_locked and own.bonus_when is not None and part.base is not None:
            text = _locked(own.bonus_when, part.base, int(known(own.full_marks)))
            yield _("{part}: {text}").format(part=own.title, text=text)


def _locked(gate: Condition, base: Points, full: int) -> str:
    lacks = missing(gate, base, full)
    if lacks is None:
        return _("no bonus: it needs {condition}").format(condition=_said(gate))
    text = _("no bonus yet: it needs {condition}, and the base is {points} short of that")
    return text.format(condition=_said(gate), points=plain(lacks))


def _said(condition: Condition) -> str:
    return in_words(condition, lambda name: _("base") if name == "base" else name)


def _quota(board: Board, unit: UnitResult, grade: Grade, short: Points | None) -> Iterator[str]:
    """That a grade has few places, unless the unit's rank is among them already."""
    if grade.quota is None or short is None:
        return
    places = seats(grade.quota, len(board.plan.groups[unit.group]))
    if short or any(missed.grade == grade.name for missed in unit.missed):
        text = ngettext(
            "its quota has {places} place in the group", "its quota has {places} places in the group", places
        )
        rank = "" if unit.rank is None else _("; the rank now is {rank}").format(rank=unit.rank)
        if unit.rank is None or unit.rank > places or not short:
            yield text.format(places=places) + rank
