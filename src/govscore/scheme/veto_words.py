"""A veto's conditions in words: what they read is called by its titles, also across items.

Invariant: sentences only; nothing here reads a fact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govscore.i18n import gettext as _
from govscore.rules.base import labels
from govscore.rules.words import Labels, in_words, with_limits
from govscore.scheme.conditions import POINTS

if TYPE_CHECKING:
    from govscore.rules.conditions import Condition
    from govscore.scheme.model import Scheme, Veto


def veto_words(scheme: Scheme, veto: Veto) -> str:
    """When it acts, and the limits of its own facts."""
    return with_limits(condition_words(scheme, veto, veto.when), veto.facts, scheme.groups)


def condition_words(scheme: Scheme, veto: Veto, condition: Condition) -> str:
    """A condition of a veto; what is another item's has that item's title before it."""
    return in_words(condition, _Across(veto.facts, scheme, titles=scheme.titles))


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
