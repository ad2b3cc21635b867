"""W003 to W006: elements and deductions against the points of their item."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from govscore.facts.switches import known
from govscore.lint.base import Doubt, points
from govscore.points import from_fraction
from govscore.rules.earn import Earn
from govscore.rules.times import multiplier
from govscore.scheme.warning_kinds import DEDUCTION_BEYOND, ELEMENT_BEYOND, ELEMENTS_BEYOND, OUT_OF_REACH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.errors import MessageKind
    from govscore.lint.base import Look, Path
    from govscore.rules.lines import Line
    from govscore.scheme.model import Item


def deductions(look: Look) -> Iterator[Doubt]:
    """Single deductions that are more than the whole item."""
    for path, item in look.items:
        room = _room(item)
        if room is None:
            continue
        for where, line, factor in _lines(look, item, takes=True):
            for key, worth in _amounts(line, item, factor):
                if worth > room:
                    yield _beyond(DEDUCTION_BEYOND, (*path, *where, key), worth, item.full or room, item)


def elements(look: Look) -> Iterator[Doubt]:
    """Single elements, levels and events that are worth more than the whole item."""
    for path, item in look.items:
        high = item.rule.limits(item.frame)[1]
        if high is None:
            continue
        for where, line, factor in _lines(look, item, takes=False) if item.kind != "major_deduction" else ():
            for key, worth in _amounts(line, item, factor):
                if worth > high:
                    yield _beyond(ELEMENT_BEYOND, (*path, *where, key), worth, high, item)
        for start, amount in item.rule.start_amounts():
            worth = amount.of(item.frame.full)
            if worth > high:
                yield _beyond(ELEMENT_BEYOND, (*path, "rule", *start), worth, high, item)


def together(look: Look) -> Iterator[Doubt]:
    """Checklists whose elements add up to more than their item."""
    for path, item in look.items:
        high = item.rule.limits(item.frame)[1]
        if item.kind != "base" or not isinstance(item.rule, Earn) or high is None:
            continue
        most = [_most(line, item, factor) for _where, line, factor in _lines(look, item, takes=False)]
        total = sum((each for each in most if each is not None), Fraction(0))
        if item.rule.plus_cap is not None:
            total = min(total, item.rule.plus_cap.of(item.frame.full))
        if None not in most and total > high:
            data = {"item": item.id, "sum": points(from_fraction(total / 10**8)), "full": points(high)}
            yield Doubt(kind=ELEMENTS_BEYOND, path=(*path, "rule", "plus"), data=data)


def out_of_reach(look: Look) -> Iterator[Doubt]:
    """Base items whose points no facts can reach."""
    for path, item, reach in look.reaches:
        if item.kind != "base" or item.full is None or not reach.whole or reach.best is None:
            continue
        if reach.best < int(item.full):
            data = {"item": item.id, "best": points(reach.best), "full": points(item.full)}
            yield Doubt(kind=OUT_OF_REACH, path=(*path, "points"), data=data)


def _room(item: Item) -> int | None:
    """How much can be taken in an item before its limits act; None: there is no end."""
    _low, high = item.rule.limits(item.frame)
    if item.kind == "major_deduction" or high is None:
        return high
    bounds = item.rule.bounds
    low = bounds.from_.units(item.frame.full) if bounds is not None and bounds.from_ is not None else 0
    return max(high, item.frame.full or 0) - min(low, 0)


def _lines(look: Look, item: Item, *, takes: bool) -> Iterator[tuple[Path, Line, Fraction]]:
    """Lines of an item that take points, or the others, with what multiplies them; no charges elsewhere."""
    settings = look.scheme.settings_of(item)
    rule, whole = item.rule, (settings.times if settings is not None else None) or Fraction(1)
    for side, place, line in rule.lines():
        if line.from_ is None and rule.takes(side, item.kind) == takes:
            factor = multiplier(rule.times) * whole if side == "minus" else Fraction(1)
            yield ("rule", side, place), line, factor * multiplier(line.times)


def _amounts(line: Line, item: Item, factor: Fraction) -> Iterator[tuple[str, Fraction]]:
    """What one row comes to, and the line's own cap, which no multiplier lifts."""
    for key, amount in line.amounts():
        yield key, amount.of(item.frame.full) * (1 if key == "cap" else factor)
    if line.range is not None:
        yield "range", int(known(line.range[1])) * factor


def _most(line: Line, item: Item, factor: Fraction) -> Fraction | None:
    """What a line comes to at most; None: there is no end."""
    once = line.once.of(item.frame.full) * factor if line.once is not None else None
    if line.cap is None:
        return once
    cap = line.cap.of(item.frame.full)
    return cap if once is None else min(once, cap)


def _beyond(kind: MessageKind, path: Path, worth: Fraction, full: int, item: Item) -> Doubt:
    data = {"amount": points(from_fraction(worth / 10**8)), "item": item.id, "full": points(full)}
    return Doubt(kind=kind, path=path, data=data)
