"""W028 and W029: what a blank costs beside too little, and lower bounds above the full points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.facts.switches import Switch, known
from govscore.lint.base import Doubt, points
from govscore.lint.laws import faults_of
from govscore.scheme.warning_kinds import BLANK_CHEAPER, BOUND_ABOVE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.lint.base import Look
    from govscore.lint.reach import Axis, Reach, Way


def blank(look: Look) -> Iterator[Doubt]:
    """Items in which nothing at all is better than too little, although more is better."""
    for path, item, reach in look.reaches:
        faults = faults_of(item)
        for place, axis in enumerate(reach.axes):
            if not _counts(axis) or axis.fact in faults or (pair := _dip(reach, place)) is None:
                continue
            none, little = pair
            data = {
                "item": item.id, "fact": axis.fact, "blank": axis.labels[none[place]],
                "more": points(reach.points[none]), "short": axis.labels[little[place]],
                "less": points(reach.points[little]),
            }  # fmt: skip
            yield Doubt(kind=BLANK_CHEAPER, path=(*path, "rule"), data=data)
            break


def _counts(axis: Axis) -> bool:
    """Whether its candidates go from nothing to more and more; events of several levels do not."""
    return axis.labels[:1] == ("0",) and all(label[:1].isdecimal() for label in axis.labels)


def _dip(reach: Reach, place: int) -> tuple[Way, Way] | None:
    """Two ways that differ in this fact only, none of it being better than some, but not than most."""
    sign = -1 if reach.deducts else 1
    last = len(reach.axes[place].candidates) - 1
    for way, worth in reach.points.items():
        most = reach.points.get((*way[:place], last, *way[place + 1 :]))
        if way[place] != 0 or most is None:
            continue
        for count in range(1, last):
            other = (*way[:place], count, *way[place + 1 :])
            some = reach.points.get(other)
            if some is not None and sign * some < sign * min(worth, most, key=lambda each: sign * each):
                return way, other
    return None


def bounds(look: Look) -> Iterator[Doubt]:
    """Lower bounds of items and of the total that are above the full points."""
    for path, item in look.items:
        own = item.rule.bounds
        if own is None or own.from_ is None or item.kind != "base" or item.points is None:
            continue
        if isinstance(item.points, Switch):
            continue  # each case would have to be tried
        low = own.from_.units(item.frame.full)
        if low > int(item.points):
            data = {"low": points(low), "full": points(item.points)}
            yield Doubt(kind=BOUND_ABOVE, path=(*path, "rule", "bounds", "from"), data=data)
    total = look.model.total
    lowest, full = None if total.bounds is None else known(total.bounds.from_), known(total.full_marks)
    if lowest is not None and lowest > full:
        data = {"low": points(lowest), "full": points(full)}
        yield Doubt(kind=BOUND_ABOVE, path=("total", "bounds", "from"), data=data)
