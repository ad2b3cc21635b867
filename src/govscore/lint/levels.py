"""W012: levels whose points go neither down nor up."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from govscore.lint.base import Doubt, points
from govscore.points import from_fraction
from govscore.rules.level import Level
from govscore.scheme.warning_kinds import LEVELS_ORDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.lint.base import Look


def order(look: Look) -> Iterator[Doubt]:
    """Levels that stand below a worse one."""
    for path, item in look.items:
        if not isinstance(item.rule, Level):
            continue
        worth = [level.points.of(int(item.full or 0)) for level in item.rule.levels]
        if worth == sorted(worth):
            continue
        for place, (above, here) in enumerate(itertools.pairwise(worth), 1):
            if here > above:
                one, other = item.rule.levels[place], item.rule.levels[place - 1]
                data = {
                    "found": one.title or one.id,
                    "points": points(from_fraction(here / 10**8)),
                    "other": other.title or other.id,
                    "less": points(from_fraction(above / 10**8)),
                }
                where = (*path, "rule", "levels", place, "points")
                yield Doubt(kind=LEVELS_ORDER, path=where, data=data)
