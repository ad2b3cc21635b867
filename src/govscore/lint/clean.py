"""W022: items in which the clean finding is not the best.

Bonus items are left out: they begin at nothing, and nobody takes "nothing found" for a bonus.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.lint.base import Doubt, points
from govscore.scheme.warning_kinds import CLEAN_NOT_BEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.lint.base import Look


def not_best(look: Look) -> Iterator[Doubt]:
    """Base items and major deductions in which "nothing found" costs points."""
    for path, item, reach in look.reaches:
        if item.kind == "bonus" or reach.clean is None or reach.best is None or not reach.axes:
            continue
        if reach.clean > reach.best if reach.deducts else reach.clean < reach.best:
            data = {"item": item.id, "points": points(reach.clean), "best": points(reach.best)}
            yield Doubt(kind=CLEAN_NOT_BEST, path=(*path, "rule"), data=data)
