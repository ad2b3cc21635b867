"""What was established, in a few words: `3`, `85 ÷ 90`, `on time 20, late 3`.

Invariant: said from what rows were read as, never from the rows, so that both sides of a change are
told in the same way.
"""

from __future__ import annotations

from fractions import Fraction
from functools import singledispatch
from typing import TYPE_CHECKING

from govscore.facts.cases import CLASSES, Cases
from govscore.facts.choice import Choice
from govscore.facts.events import Events
from govscore.facts.level_pick import LevelPick
from govscore.facts.points_typed import TypedPoints
from govscore.facts.ratio import Ratio
from govscore.facts.yes_no import YES_NO_OPTIONS, YesNo
from govscore.i18n import gettext as _
from govscore.i18n import ngettext
from govscore.rules.values import decimal_text
from govscore.rules.words import listed, points_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govscore.facts.base import FactType, Values


@singledispatch
def said(fact: FactType, values: Values) -> str:
    """The values in words; of a fact type of third parties its numbers."""
    return listed(decimal_text(Fraction(values[name])) for name in fact.columns)


@said.register(Ratio)
def _ratio(_fact: Ratio, values: Values) -> str:
    return f"{decimal_text(Fraction(values['part']))} ÷ {decimal_text(Fraction(values['whole']))}"


@said.register(YesNo)
def _yes_no(_fact: YesNo, values: Values) -> str:
    return _(dict(YES_NO_OPTIONS)["yes" if values["x"] else "no"])


@said.register(Choice)
def _choice(fact: Choice, values: Values) -> str:
    return _option(tuple(fact.of.items()), values)


@said.register(LevelPick)
def _level(fact: LevelPick, values: Values) -> str:
    return _option(fact.options, values)


@said.register(TypedPoints)
def _points(_fact: TypedPoints, values: Values) -> str:
    return points_words(int(values["x"]))


@said.register(Events)
def _events(_fact: Events, values: Values) -> str:
    count = int(values["count"])
    text = ngettext("{count} event, {points}", "{count} events, {points}", count)
    return text.format(count=count, points=points_words(int(values["amount"])))


@said.register(Cases)
def _cases(_fact: Cases, values: Values) -> str:
    parts = [f"{_(label)} {values[name]}" for name, label in CLASSES.items() if values[name]]
    return listed(parts) or _("no cases")


def _option(options: Sequence[tuple[str, str]], values: Values) -> str:
    return options[int(values["x"])][1]
