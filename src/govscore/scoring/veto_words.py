"""Vetoes and effects in words: why one acts and what follows, why one warns.

Invariant: sentences only; whether a veto acts is read from the result, never judged here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govscore.i18n import gettext as _
from govscore.rules.base import labels
from govscore.rules.words import Labels, in_words
from govscore.scheme.conditions import POINTS
from govscore.scoring.standing_words import effect_words

if TYPE_CHECKING:
    from govscore.rules.conditions import Condition
    from govscore.scheme.model import Scheme, Veto
    from govscore.scoring.result import VetoResult


def veto_words(scheme: Scheme, veto: VetoResult) -> str:
    """A veto with its condition, or the effect of an item, and what follows from it."""
    effect = effect_words(veto.effect)
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


def condition_words(scheme: Scheme, veto: Veto, condition: Condition) -> str:
    """A condition of a veto in words, with the titles of items and facts."""
    return in_words(condition, _Across(veto.facts, scheme))


@dataclass(frozen=True, slots=True)
class _Across(Labels):
    """What the names in a veto's condition are called: its own facts, and those of items."""

    scheme: Scheme

    def __call__(self, name: str) -> str:
        id, slash, fact = name.partition("/")
        if not slash:
            return labels(self.facts)(name)
        item = self.scheme.items[id]
        what = _("points") if fact == POINTS else labels(item.asked)(fact)
        return _("{item}: {fact}").format(item=item.title, fact=what)

    def answer(self, name: str, option: str) -> str:
        id, slash, fact = name.partition("/")
        asked, name = (self.scheme.items[id].asked, fact) if slash else (self.facts, name)
        return labels(asked).answer(name, option)
