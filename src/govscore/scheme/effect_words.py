"""An effect in words: what a veto, or an item that took points, does to the total and the grade.

Invariant: sentences only, the same wherever an effect is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.i18n import gettext as _

if TYPE_CHECKING:
    from govscore.scheme.standing import Effect


def effect_words(effect: Effect) -> str:
    """What an effect does: `total at most 59 points, grade 合格`."""
    parts = []
    if effect.stop is not None:
        parts.append(_("no score, grade {grade}").format(grade=effect.stop))
    if effect.zero is not None:
        parts.append(_("total 0, grade {grade}").format(grade=effect.zero))
    if effect.at_most is not None:
        parts.append(_("total at most {points}").format(points=effect.at_most))
    if effect.fixed is not None:
        parts.append(_("total fixed at {points}").format(points=effect.fixed))
    if effect.grade is not None:
        parts.append(_("grade {grade}").format(grade=effect.grade))
    if effect.cap_grade is not None:
        parts.append(_("grade at most {grade}").format(grade=effect.cap_grade))
    return _(", ").join(parts)
