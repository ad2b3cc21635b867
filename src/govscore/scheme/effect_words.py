"""An effect in words: what a veto, or an item that took points, does to the total and the grade.

Invariant: sentences only, the same wherever an effect is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.i18n import gettext as _
from govscore.points import plain
from govscore.rules.words import stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.scheme.standing import Effect


def effect_words(effect: Effect, part: str = "") -> str:
    """What an effect does: `total at most 59 points, grade 合格`.

    Args:
        effect: what acts.
        part: the title of the part that it acts on; "": the total.
    """
    if part:
        return _("part “{title}”: {effect}").format(title=part, effect=_(", ").join(_of_a_part(effect)))
    parts = []
    if effect.stop is not None:
        parts.append(_("no score, grade {grade}").format(grade=effect.stop))
    if effect.zero is not None:
        parts.append(_("total 0, grade {grade}").format(grade=effect.zero))
    if effect.at_most is not None:
        parts.append(_("total at most {points}").format(points=stated(effect.at_most, plain)))
    if effect.fixed is not None:
        parts.append(_("total fixed at {points}").format(points=stated(effect.fixed, plain)))
    if effect.grade is not None:
        parts.append(_("grade {grade}").format(grade=effect.grade))
    if effect.cap_grade is not None:
        parts.append(_("grade at most {grade}").format(grade=effect.cap_grade))
    return _(", ").join(parts)


def _of_a_part(effect: Effect) -> Iterator[str]:
    if effect.stop is not None:
        yield _("no score, grade {grade}").format(grade=effect.stop)
    if effect.zero is not None:
        yield _("score 0, grade {grade}").format(grade=effect.zero)
    if effect.at_most is not None:
        yield _("score at most {points}").format(points=stated(effect.at_most, plain))
    if effect.fixed is not None:
        yield _("score fixed at {points}").format(points=stated(effect.fixed, plain))
    if effect.grade is not None:
        yield _("grade {grade}").format(grade=effect.grade)
    if effect.cap_grade is not None:
        yield _("grade at most {grade}").format(grade=effect.cap_grade)
