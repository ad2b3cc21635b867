"""What is measured against the group, in words: "全组最高 120（某单位）；本单位 90".

Invariant: sentences only; every number shown here was computed by `rules.peers`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from govscore.i18n import gettext as _
from govscore.i18n import ngettext
from govscore.points import divide_round
from govscore.rules.values import decimal_text, percent_text

if TYPE_CHECKING:
    from govscore.rules.conditions import Operand
    from govscore.rules.peers import OfGroup
    from govscore.rules.view import View

_NAMED: Final = 2
"""So many units are named that have the best value."""
_PLACES: Final = 8
_LONG: Final = 10**9
_DIGITS: Final = 16


def group_words(which: OfGroup, *, low: bool) -> str:
    """The best or the mean of the group, as a rule names it."""
    if which == "mean":
        return _("the mean of the group")
    return _("the lowest of the group") if low else _("the highest of the group")


def measured_words(view: View, name: str, which: OfGroup) -> str:
    """What the group has and what the first unit of the block has."""
    operand, measure = view.operand(name), view.of_group(name, which)
    if not measure.known[0]:
        return _("no unit of the group has a value yet")
    value = value_text(Fraction(int(measure.top[0]), int(measure.bottom[0])), operand.kind)
    if which == "mean":
        count = int(measure.units[0])
        said = ngettext(
            "mean of the group {value}, {count} unit", "mean of the group {value}, {count} units", count
        ).format(value=value, count=count)
    else:
        said = best_words(view, name)
    return _("{group}; this unit {own}").format(group=said, own=own_text(operand))


def best_words(view: View, name: str) -> str:
    """The best value of the group and who has it."""
    operand, measure = view.operand(name), view.of_group(name, "best")
    value = value_text(Fraction(int(measure.top[0]), int(measure.bottom[0])), operand.kind)
    peers = view.peers
    units = () if peers is None else peers.holders(name)
    low = peers is not None and peers.low
    named = _(", ").join(units[:_NAMED])
    if len(units) > _NAMED:
        named = ngettext("{units} and {more} more", "{units} and {more} more", len(units) - _NAMED).format(
            units=named, more=len(units) - _NAMED
        )
    template = (
        _("lowest of the group {value} ({units})") if low else _("highest of the group {value} ({units})")
    )
    return template.format(value=value, units=named)


def own_text(operand: Operand) -> str:
    """The value of the first unit of the block; "—" if it has none."""
    if not operand.known[0]:
        return "—"
    over = operand.over if isinstance(operand.over, int) else int(operand.over[0])
    return value_text(Fraction(int(operand.value[0]), over), operand.kind)


def value_text(value: Fraction, kind: str) -> str:
    """A measured value; of ratios a percentage; what does not come out even as a fraction."""
    scaled = value * 10**_PLACES
    if scaled.denominator == 1:
        return percent_text(value) if kind == "ratio" and value >= 0 else decimal_text(value)
    if max(abs(value.numerator), value.denominator) < _LONG:
        return f"{value.numerator} ÷ {value.denominator}"
    rounded = Fraction(divide_round(value.numerator * 10**_DIGITS, value.denominator), 10**_DIGITS)
    return decimal_text(rounded)


def term_text(value: Fraction, kind: str) -> str:
    """The same where a calculator goes on with it."""
    text = value_text(value, kind)
    return f"({text})" if "÷" in text else text
