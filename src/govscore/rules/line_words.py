"""A line in a sentence: "迟报：每件扣0.5分，最多扣2分".

Invariant: every key of the line that moves a point is in the sentence; nothing is computed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_
from govscore.points import plain
from govscore.rules.peer_words import group_words
from govscore.rules.values import decimal_text
from govscore.rules.words import (
    by_case,
    in_words,
    listed,
    percent_words,
    points_words,
    stated,
    times_text,
    worth_words,
)

if TYPE_CHECKING:
    from govscore.i18n import Sentence
    from govscore.rules.lines import Line
    from govscore.rules.peers import OfGroup
    from govscore.rules.steps import Rounding
    from govscore.rules.values import Target
    from govscore.rules.words import Labels

TOTAL: Final = "total"
"""Where `from` takes points that belong to no section."""

ROUNDED: Final[dict[Rounding, Sentence]] = {
    "whole": N_("whole steps only"),
    "started": N_("a started step counts as a whole one"),
    "exact": N_("in proportion"),
}


def line_words(line: Line, label: Labels, takes: bool, reference: int | None, *, low: bool = False) -> str:
    """The line as a reviewer reads it.

    Args:
        line: the line.
        label: what names are called.
        takes: whether it takes points from the unit.
        reference: what percentages refer to, if anything.
        low: the lowest value of the group is its best.
    """
    amount = worth_words(line.worth, reference)
    what = line.title or (label(line.count) if line.count else "")
    if line.of is not None:
        text = _stepped(line, label, takes, amount, low)
    elif line.form == "once" and not what and line.when is not None:
        template = _("if {condition}: take {amount}") if takes else _("if {condition}: add {amount}")
        text = template.format(condition=in_words(line.when, label), amount=amount)
        return text + _conditions(line, label, when=False) + _ends(line, label, takes, reference)
    elif line.range is not None:
        template = _("{what}: take {low} to {high}") if takes else _("{what}: add {low} to {high}")
        least, most = stated(line.range[0], plain), stated(line.range[1], points_words)
        text = template.format(what=what, low=least, high=most)
    elif line.form == "each":
        unit = line.unit or (label.unit(line.count) if line.count else "")
        text = _each(unit, takes).format(what=what, amount=amount, unit=unit)
    else:
        template = _("{what}: take {amount}") if takes else _("{what}: add {amount}")
        text = template.format(what=what, amount=amount)
    return text + _conditions(line, label, when=True) + _ends(line, label, takes, reference)


def _each(unit: str, takes: bool) -> str:
    if unit:
        return (
            _("{what}: take {amount} for each {unit}") if takes else _("{what}: add {amount} for each {unit}")
        )
    return _("{what}: take {amount} each time") if takes else _("{what}: add {amount} each time")


def _stepped(line: Line, label: Labels, takes: bool, amount: str, low: bool) -> str:
    """`解读率低于40%：每低1%扣0.1分（不足1%的不计）`."""
    threshold, every, rounding, short = line.measure
    templates = {
        (True, True): _("{what} below {threshold}: take {amount} for every {every} missing ({steps})"),
        (True, False): _("{what} above {threshold}: take {amount} for every {every} more ({steps})"),
        (False, True): _("{what} below {threshold}: add {amount} for every {every} missing ({steps})"),
        (False, False): _("{what} above {threshold}: add {amount} for every {every} more ({steps})"),
    }
    text = templates[takes, short].format(
        what=label(line.of or ""),
        threshold=target_words(threshold, low=low),
        every=target_words(every),
        amount=amount,
        steps=_(ROUNDED[rounding]),
    )
    return _("{title}: {text}").format(title=line.title, text=text) if line.title else text


def target_words(target: Target | OfGroup, *, low: bool = False) -> str:
    """A target, a threshold or a step in words; what the group has by its name."""
    if isinstance(target, str):
        return group_words(target, low=low)
    if target.switch is not None:
        return by_case(target.switch, target_words)
    return percent_words(target.share) if target.share is not None else decimal_text(target.value)


def _conditions(line: Line, label: Labels, *, when: bool) -> str:
    text = ""
    if when and line.when is not None:
        text += _(" (only if {condition})").format(condition=in_words(line.when, label))
    if line.unless is not None:
        text += _(" (not if {condition})").format(condition=in_words(line.unless, label))
    return text


def _ends(line: Line, label: Labels, takes: bool, reference: int | None) -> str:
    """Multiplier, cap, where the points are taken, and to which items the line yields."""
    text = ""
    if line.times is not None:
        text += _(", counted {number} times").format(number=times_text(line.times))
    if line.cap is not None:
        template = _(", taking at most {amount}") if takes else _(", adding at most {amount}")
        text += template.format(amount=worth_words(line.cap, reference))
    if line.from_ == TOTAL:
        text += _(", taken from the total")
    elif line.from_ is not None:
        text += _(", taken from section “{section}”").format(section=label.titled(line.from_))
    if line.yields_to is not None:
        items = listed(_("“{title}”").format(title=label.titled(id)) for id in line.yields_to)
        text += _(" (what is recorded under {items} for the same matter is not charged here)").format(
            items=items
        )
    return text
