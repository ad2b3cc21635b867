"""What a unit came to in a part, in a sentence that every output says the same.

Invariant: made from the result alone; a part without a score says why it has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.facts.switches import known
from govscore.i18n import gettext as _
from govscore.points import show
from govscore.rules.words import percent_words

if TYPE_CHECKING:
    from govscore.scheme.settings import SchemePart
    from govscore.scoring.display import Display
    from govscore.scoring.result import PartResult, UnitResult


def part_words(part: SchemePart, result: PartResult, shown: Display, unit: UnitResult) -> str:
    """A part with its weight: `网站 (30%): 85.00 of 100`.

    Args:
        part: its settings as they stand for the unit.
        result: what the unit came to.
        shown: how its points are shown.
        unit: the unit.
    """
    text = _("{title} ({weight}): {score}")
    words = [part_score_words(part, result, shown, unit)]
    if result.grade is not None:
        words.append(result.grade)
    if result.bonus_locked:
        words.append(_("bonus locked"))
    return text.format(title=part.title, weight=percent_words(known(part.weight)), score=_(", ").join(words))


def part_score_words(part: SchemePart, result: PartResult, shown: Display, unit: UnitResult) -> str:
    """The score, or why there is none."""
    if result.score is not None:
        full = show(known(part.full_marks), shown.places)
        return _("{score} of {full}").format(score=show(result.score, shown.places), full=full)
    if result.state == "stopped":
        return _("stopped by a veto, counts 0") if result.weight is not None else _("stopped by a veto")
    if result.state == "unassessed":
        return _("nothing applicable, no weight")
    if unit.state == "open" and result.base is not None:
        base = show(result.base, shown.base(unit, part.id))
        return _("base {points}, review not complete").format(points=base)
    return _("review not complete") if unit.state == "open" else "—"
