"""Switches in words: each case with its value.

Invariant: every case is named, and `other` last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govscore.facts.switches import FIRST
from govscore.i18n import gettext as _
from govscore.i18n import pgettext

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govscore.facts.switches import Switch


def switch_words(switch: Switch, say: Callable[[Any], str], groups: Mapping[str, str] | None = None) -> str:
    """The cases one after the other: "group streets: 12 points, else: 8 points".

    Args:
        switch: what depends on the case.
        say: puts one value into words.
        groups: their titles, by id.
    """
    parts = [
        _("{case}: {limit}").format(case=case_name(switch.by, key, groups), limit=say(value))
        for key, value in switch.cases
    ]
    if switch.other is not None:
        parts.append(_("{case}: {limit}").format(case=pgettext("switch", "else"), limit=say(switch.other)))
    return _(", ").join(parts)


def case_name(by: str, key: str, groups: Mapping[str, str] | None = None) -> str:
    """What a case is called: "group streets", "from 2024-07-01"."""
    if by == "date":
        return _("at first") if key == FIRST else _("from {date}").format(date=key)
    if by == "group":
        return (groups or {}).get(key) or _("group {id}").format(id=key)
    return _("level {id}").format(id=key) if by == "level" else _("tag {id}").format(id=key)
