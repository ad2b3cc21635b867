"""All checks, and what becomes of what they find.

Invariant: a warning is accepted by its id or told; an acceptance that accepts nothing is told, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from govscore.errors import problem
from govscore.lint import clean, dates, elements, ends, gates, grades, laws, levels, names, sums, vetoes
from govscore.lint.base import Look
from govscore.scheme.places import Places
from govscore.scheme.source import parse
from govscore.scheme.unit_schemes import schemes_of
from govscore.scheme.warning_kinds import ACCEPTED_IN_VAIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govscore.errors import Problem
    from govscore.lint.base import Check, Doubt
    from govscore.scheme.model import Scheme
    from govscore.scheme.units import Unit

CHECKS: Final[tuple[Check, ...]] = (
    sums.full_marks,
    sums.sections_of_units,
    elements.deductions,
    elements.elements,
    elements.together,
    elements.out_of_reach,
    grades.lines,
    gates.bonus,
    gates.fail,
    levels.order,
    names.numbers,
    names.titles,
    names.nothing_assigned,
    names.unit_names,
    dates.outside,
    laws.bounded,
    laws.raising,
    laws.exempting,
    laws.pairing,
    vetoes.yielding,
    vetoes.fixed,
    vetoes.on_points,
    ends.blank,
    ends.bounds,
    clean.not_best,
)
_OF_CASES: Final[tuple[Check, ...]] = (grades.lines, gates.bonus, gates.fail, vetoes.fixed, ends.bounds)
"""What reads numbers beside items, which may depend on the unit."""
_NEED_UNITS: Final = frozenset({"W001", "W002", "W015", "W016"})
"""Whether these occur may only show with the units' list."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What looking a scheme over came to."""

    warnings: tuple[Problem, ...]
    """What was not accepted, in the order of the file."""
    accepted: tuple[Problem, ...]


def look_over(scheme: Scheme, units: Iterable[Unit] | None = None) -> Found:
    """Every warning about a scheme, and about the units that it is for.

    Args:
        scheme: a checked scheme.
        units: a checked roster; None: what needs one is not judged.
    """
    look = Look(scheme, None if units is None else tuple(units))
    places = _places(scheme)
    doubts = [doubt for check in CHECKS if check not in _OF_CASES for doubt in check(look)]
    doubts += _of_cases(scheme)
    doubts += _in_vain(look, {doubt.kind.id for doubt in doubts})
    accepts = scheme.model.lint.accept if scheme.model.lint else {}
    each_once = {(*_order(each), str(each.data)): each for each in (_told(doubt, places) for doubt in doubts)}
    told = sorted(each_once.values(), key=_order)  # variants of an item may give rise to the same doubt
    return Found(
        warnings=tuple(each for each in told if each.id not in accepts),
        accepted=tuple(each for each in told if each.id in accepts),
    )


def _of_cases(scheme: Scheme) -> list[Doubt]:
    """Doubts about numbers beside items, in each case that switches there tell apart; each once."""
    found: dict[str, Doubt] = {}
    for case in schemes_of(scheme).every():
        for doubt in (doubt for check in _OF_CASES for doubt in check(Look(case))):
            found.setdefault(f"{doubt.kind.id} {doubt.path} {sorted(doubt.data.items())}", doubt)
    return list(found.values())


def _in_vain(look: Look, found: set[str]) -> Iterable[Doubt]:
    from govscore.lint.base import Doubt

    for id in look.model.lint.accept if look.model.lint else ():
        unknown = look.units is None and id in _NEED_UNITS
        if id not in found and not unknown and id != ACCEPTED_IN_VAIN.id:
            yield Doubt(kind=ACCEPTED_IN_VAIN, path=("lint", "accept", id), data={"found": id})


def _told(doubt: Doubt, places: Places) -> Problem:
    place = doubt.place or places.of(doubt.path)
    return problem(doubt.kind, place, None, **doubt.data)


def _order(each: Problem) -> tuple[str, int, int, str, str]:
    return (each.place.file, each.place.line, each.place.column, each.place.path, each.id)


def _places(scheme: Scheme) -> Places:
    return parse(scheme.text, scheme.name).places if scheme.text else Places.nowhere("")
