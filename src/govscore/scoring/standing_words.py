"""Why a unit stands where it stands: sentences that every output says about vetoes, ranks and grades.

Invariant: they are made from the result of the unit alone, so that a trace, a table and a workbook
cannot disagree; they name no other unit.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from govscore.facts.switches import known
from govscore.i18n import gettext as _
from govscore.i18n import ngettext, pgettext
from govscore.points import plain
from govscore.scheme.effect_words import effect_words
from govscore.scheme.unit_schemes import for_unit
from govscore.scheme.veto_words import condition_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.scheme.model import Scheme
    from govscore.scoring.result import UnitResult, VetoResult


def standing_words(scheme: Scheme, unit: UnitResult) -> Iterator[str]:
    """What a reader of a rank or grade must know about how it came about."""
    if unit.parted_by:
        yield parted_words(scheme, unit)
    if not unit.covered and unit.state in ("scored", "open"):
        yield coverage_words(scheme, unit)
    yield from missed_words(unit)


def parted_words(scheme: Scheme, unit: UnitResult) -> str:
    """By what a tie was broken: `same total as others; placed by the points of “A” (28.5)`."""
    template = _("same total as others, placed by the points of {titles}")
    titles = (
        _("“{title}” ({points})").format(title=title_of(scheme, each.id), points=plain(each.points))
        for each in unit.parted_by
    )
    return template.format(titles=pgettext("list", ", ").join(titles))


def missed_words(unit: UnitResult) -> Iterator[str]:
    """Which quotas had no place for the unit."""
    for each in unit.missed:
        template = ngettext(
            "meets the line of {grade}, but does not get its {places} place",
            "meets the line of {grade}, but gets none of its {places} places",
            each.places,
        )
        yield template.format(grade=each.grade, places=each.places)


def coverage_words(scheme: Scheme, unit: UnitResult) -> str:
    """Why a total has no rank and no grade; the coverage is cut, never rounded up to the minimum."""
    coverage = unit.coverage or Fraction(0)
    minimum = (known(for_unit(scheme, unit).model.total.minimum_coverage) or Fraction(0)) * 100
    places = 2
    while (minimum * 10**places).denominator > 1:
        places += 1
    template = _("coverage of {coverage} % is below the minimum of {minimum} %: no rank, no grade")
    return template.format(coverage=_cut(coverage * 100, places), minimum=_cut(minimum, places))


def _cut(number: Fraction, places: int) -> str:
    """A number of at least 0 with its first decimals."""
    whole, rest = divmod(number.numerator * 10**places // number.denominator, 10**places)
    return f"{whole}.{rest:0{places}d}".rstrip("0").rstrip(".")


def acting_words(scheme: Scheme, veto: VetoResult) -> str:
    """A veto with its condition, or the effect of an item, and what follows from it."""
    effect = effect_words(veto.effect, scheme.part_title(veto.part))
    if veto.id in scheme.items:
        text = _("“{title}” took points: {effect}")
        return text.format(title=scheme.items[veto.id].title, effect=effect)
    entry = scheme.vetoes[veto.id]
    text = _("veto “{title}”, because {condition}: {effect}")
    return text.format(title=entry.title, condition=condition_words(scheme, entry, entry.when), effect=effect)


def warning_words(scheme: Scheme, id: str) -> str:
    """Why a veto warns."""
    entry = scheme.vetoes[id]
    condition = "" if entry.warn_when is None else condition_words(scheme, entry, entry.warn_when)
    text = _("warning “{title}”, because {condition}; it has no effect")
    return text.format(title=entry.title, condition=condition)


def title_of(scheme: Scheme, id: str) -> str:
    """The title of a section or item."""
    return scheme.sections[id].title if id in scheme.sections else scheme.items[id].title
