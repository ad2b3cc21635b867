"""A veto's condition in words: what it reads is called by its titles, also across items.

Invariant: sentences only; nothing here reads a fact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.i18n import gettext as _
from govscore.rules.base import labels
from govscore.rules.words import in_words, with_limits
from govscore.scheme.conditions import POINTS

if TYPE_CHECKING:
    from govscore.scheme.model import Scheme, Veto


def veto_words(scheme: Scheme, veto: Veto) -> str:
    """The condition; what is another item's has that item's title before it."""

    def label(name: str) -> str:
        id, slash, fact = name.partition("/")
        if not slash:
            return labels(veto.facts)(name)
        item = scheme.items[id]
        what = _("points") if fact == POINTS else labels(item.asked)(fact)
        return _("{item}: {fact}").format(item=item.title, fact=what)

    return with_limits(in_words(veto.when, label), veto.facts)
