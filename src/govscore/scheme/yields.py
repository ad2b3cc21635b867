"""Checks of `yields_to`: items that exist, and no loop among them.

Invariant: items that passed can be scored one after the other, each after those to which its lines yield.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.scheme import messages as m
from govscore.scheme.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.scheme.doubts import Doubts
    from govscore.scheme.model import Item, SchemeModel
    from govscore.scheme.report import Path, Report

_MOST_SHOWN = 6


def yield_faults(model: SchemeModel, report: Report, doubts: Doubts) -> None:
    """Reports items that do not exist, and each loop once, where its first item yields."""
    named: dict[str, dict[str, Path]] = {}
    for item, path, id in _named(model):
        named.setdefault(item.id, {}).setdefault(id, path)
    ids = {item.id for array in KINDS for item in getattr(model, array)}
    for item, path, id in _named(model):
        if id not in ids and not doubts.about_ids:
            report.add(
                m.YIELDS_UNKNOWN,
                path,
                report.nearest(id, [each for each in ids if each != item.id]),
                found=id,
            )
    for loop in _loops(named):
        path = named[loop[0]][loop[1] if len(loop) > 1 else loop[0]]
        shown = [*loop[:_MOST_SHOWN], *(["…"] if len(loop) > _MOST_SHOWN else [])]
        report.add(m.YIELDS_LOOP, path, None, found=loop[0], loop=" → ".join([*shown, loop[0]]))


def _named(model: SchemeModel) -> Iterator[tuple[Item, Path, str]]:
    """Every item that a line yields to: whose line, where it is named, its id."""
    for array in KINDS:
        for place, item in enumerate(getattr(model, array)):
            for side, number, line in item.rule.lines():
                for each, id in enumerate(line.yields_to or ()):
                    yield item, (array, place, "rule", side, number, "yields_to", each), id


def with_matters(model: SchemeModel) -> SchemeModel:
    """The model whose items know of which facts a row may name its matter.

    These are the facts charged by lines that yield, and by the minus lines of the items to which they yield.
    """
    named = {id for _item, _path, id in _named(model)}
    return model.model_copy(update={
        array: tuple(_asking(item, named=item.id in named) for item in getattr(model, array))
        for array in KINDS
    }) if named else model  # fmt: skip


def _asking(item: Item, *, named: bool) -> Item:
    facts = {
        line.fact.partition(".")[0]
        for side, _number, line in item.rule.lines()
        if line.fact and (line.yields_to or (named and item.rule.takes(side, item.kind)))
    }
    return item.asking_matters(frozenset(facts)) if facts else item


def _loops(named: dict[str, dict[str, Path]]) -> Iterator[list[str]]:
    """A loop for each way back to an item that is still being followed; every item is followed once."""
    done: set[str] = set()
    for first, below in named.items():
        path = [] if first in done else [first]
        waiting = [iter(below)]
        while path:
            id = next(waiting[-1], None)
            if id is None:
                done.add(path.pop())
                waiting.pop()
            elif id in path:
                yield _from_first(path[path.index(id) :], named)
            elif id not in done and id in named:
                path.append(id)
                waiting.append(iter(named[id]))


def _from_first(loop: list[str], named: dict[str, dict[str, Path]]) -> list[str]:
    """The loop, beginning with the item that stands first in the scheme."""
    order = {id: place for place, id in enumerate(named)}
    start = loop.index(min(loop, key=order.__getitem__))
    return [*loop[start:], *loop[:start]]
