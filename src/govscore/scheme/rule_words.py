"""The rule of an item in words, with what the scheme adds: titles, multipliers, a shared `same_matter`.

Invariant: sentences only; nothing here computes a point.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from govscore.rules.same_matter import Pool

if TYPE_CHECKING:
    from govscore.scheme.model import Item, Scheme, Section


def rule_words(scheme: Scheme, item: Item) -> str:
    """An item's rule as a reviewer reads it, and the limits of its facts."""
    section, pool = pool_of(scheme, item), None
    if section is not None and section.same_matter is not None:
        pool = Pool(section=section.title, same_matter=section.same_matter)
    settings = scheme.settings_of(item)
    frame = replace(item.frame, pool=pool, times=None if settings is None else settings.times)
    return item.words(scheme.titles, frame, scheme.groups)


def pool_of(scheme: Scheme, item: Item) -> Section | None:
    """The section whose items' events of one matter count together; None: the item's stand alone."""
    if "event" not in item.asked:
        return None
    section = scheme.sections.get(item.section or "")
    while section is not None and section.same_matter is None:
        section = scheme.sections.get(section.section or "")
    return section
