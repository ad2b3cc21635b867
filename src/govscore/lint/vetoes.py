"""W025, W027, W030: what may break the law that one more fault never raises, and is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.facts.switches import known
from govscore.lint.base import Doubt, listed, points
from govscore.scheme.conditions import POINTS
from govscore.scheme.warning_kinds import FIXED_LIFTS, VETO_ENDS, YIELDS_RAISE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.lint.base import Look, Path
    from govscore.scheme.standing import Effect

_FALLS = {">", ">=", "=", "!="}
"""Comparisons that fewer points may end."""
_RISES = {"<", "<=", "=", "!="}


def yielding(look: Look) -> Iterator[Doubt]:
    """Lines that take points and yield to other items."""
    for path, item in look.items:
        for side, place, line in item.rule.lines():
            if line.yields_to is not None and item.rule.takes(side, item.kind):
                where = (*path, "rule", side, place, "yields_to")
                data = {"items": listed(list(line.yields_to)), "item": item.id}
                yield Doubt(kind=YIELDS_RAISE, path=where, data=data)


def fixed(look: Look) -> Iterator[Doubt]:
    """Effects that fix the total at a number above the lowest that it can have."""
    bounds = look.model.total.bounds
    lowest = None if bounds is None else known(bounds.from_)
    for path, effect in _effects(look):
        at = known(effect.fixed)
        if at is not None and (lowest is None or at > lowest):
            data = {"fixed": points(at)}
            yield Doubt(kind=FIXED_LIFTS, path=(*path, "effect", "fixed"), data=data)


def _effects(look: Look) -> Iterator[tuple[Path, Effect]]:
    for path, item in look.items:
        if item.effect is not None:
            yield path, item.effect
    for place, veto in enumerate(look.model.veto):
        yield ("veto", place), veto.effect


def on_points(look: Look) -> Iterator[Doubt]:
    """Vetoes whose condition on an item's points ends as faults change them."""
    items = look.scheme.items
    for place, veto in enumerate(look.model.veto):
        for each in veto.when.comparisons:
            id, _slash, name = each.name.partition("/")
            if name != POINTS or id not in items:
                continue
            if each.operator in (_RISES if items[id].kind == "major_deduction" else _FALLS):
                data = {"condition": str(each), "item": id}
                yield Doubt(kind=VETO_ENDS, path=("veto", place, "when"), data=data)
