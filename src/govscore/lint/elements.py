"""W003 to W006: elements and deductions against the points of their item."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from govscore.lint.base import Doubt, points
from govscore.points import from_fraction
from govscore.rules.earn import Earn
from govscore.scheme.warning_kinds import DEDUCTION_BEYOND, ELEMENT_BEYOND, ELEMENTS_BEYOND, OUT_OF_REACH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.lint.base import Look, Path
    from govscore.rules.lines import Line
    from govscore.scheme.model import Item


def deductions(look: Look) -> Iterator[Doubt]:
    """Single deductions that are more than the whole item."""
    yield from _lines(look, takes=True)


def elements(look: Look) -> Iterator[Doubt]:
    """Single elements, levels and events that are worth more than the whole item."""
    yield from _lines(look, takes=False)
    for path, item in look.items:
        for where, amount in item.rule.start_amounts() if item.full is not None else ():
            worth = amount.of(int(item.full or 0))
            if worth > int(item.full or 0):
                yield _beyond(False, (*path, "rule", *where), worth, item)


def together(look: Look) -> Iterator[Doubt]:
    """Checklists whose elements add up to more than their item."""
    for path, item in look.items:
        if item.kind == "base" and isinstance(item.rule, Earn) and item.points is not None:
            most = [_most(line, int(item.points)) for line in item.rule.plus]
            total = sum((each for each in most if each is not None), Fraction(0))
            if None not in most and total > int(item.points):
                data = {
                    "item": item.id,
                    "sum": points(from_fraction(total / 10**8)),
                    "full": points(item.points),
                }
                yield Doubt(kind=ELEMENTS_BEYOND, path=(*path, "rule", "plus"), data=data)


def out_of_reach(look: Look) -> Iterator[Doubt]:
    """Base items whose points no facts can reach."""
    for path, item, reach in look.reaches:
        if item.kind != "base" or item.points is None or not reach.whole or reach.best is None:
            continue
        if reach.best < int(item.points):
            data = {"item": item.id, "best": points(reach.best), "full": points(item.points)}
            yield Doubt(kind=OUT_OF_REACH, path=(*path, "points"), data=data)


def _lines(look: Look, takes: bool) -> Iterator[Doubt]:
    for path, item in look.items:
        if item.full is None:
            continue
        full = int(item.full)
        adding = "minus" if item.kind == "major_deduction" and not item.rule.plus_deducts else "plus"
        for side, place, line in item.rule.lines():
            if (side != adding if item.kind != "major_deduction" else True) != takes:
                continue
            for key, worth in _amounts(line, full):
                if worth > full:
                    yield _beyond(takes, (*path, "rule", side, place, key), worth, item)


def _amounts(line: Line, full: int) -> Iterator[tuple[str, Fraction]]:
    for key, amount in line.amounts():
        yield key, amount.of(full)
    if line.range is not None:
        yield "range", Fraction(int(line.range[1]))


def _most(line: Line, full: int) -> Fraction | None:
    """What a line comes to at most; None: there is no end."""
    if line.cap is not None:
        return line.cap.of(full)
    return line.once.of(full) if line.once is not None else None


def _beyond(takes: bool, path: Path, worth: Fraction, item: Item) -> Doubt:
    data = {
        "amount": points(from_fraction(worth / 10**8)),
        "item": item.id,
        "full": points(int(item.full or 0)),
    }
    return Doubt(kind=DEDUCTION_BEYOND if takes else ELEMENT_BEYOND, path=path, data=data)
