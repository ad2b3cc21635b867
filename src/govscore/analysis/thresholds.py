"""Numbers that facts are held against: in conditions, targets, steps, in every item and veto.

Invariant: they only say where to look; what a fact is worth there, the engine says.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from govscore.facts.switches import Switch
from govscore.rules.share import Share
from govscore.rules.values import Target
from govscore.scheme.model import Item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.rules.conditions import Condition
    from govscore.scheme.model import Scheme, Veto

Thresholds = Mapping[str, Mapping[str, frozenset[Fraction]]]
"""By item or veto, and by the name of what is compared (`posts`, `reply.late`)."""


def thresholds(scheme: Scheme) -> Thresholds:
    """Every number that a fact is compared with."""
    found: dict[str, dict[str, set[Fraction]]] = {}
    for entry, name, number in _all(scheme):
        found.setdefault(entry, {}).setdefault(name, set()).add(number)
    return {
        entry: {name: frozenset(numbers) for name, numbers in named.items()} for entry, named in found.items()
    }


def _all(scheme: Scheme) -> Iterator[tuple[str, str, Fraction]]:
    for id, entry in scheme.entries.items():
        yield from ((id, name, number) for name, number in _measured(entry))
        for condition in _conditions(entry):
            for each in condition.comparisons:
                number = each.share if each.share is not None else each.number
                other, slash, name = each.name.partition("/")
                if number is not None:
                    yield (other, name, number) if slash else (id, each.name, number)


def _conditions(entry: Item | Veto) -> Iterator[Condition]:
    if isinstance(entry, Item):
        yield from (condition for _path, condition in entry.rule.conditions())
    else:
        yield from (condition for _key, condition in entry.conditions())


def _measured(entry: Item | Veto) -> Iterator[tuple[str, Fraction]]:
    """Targets of starts, and where lines by steps begin."""
    if not isinstance(entry, Item):
        return
    if isinstance(entry.rule, Share):
        yield from ((entry.rule.of, number) for number in _numbers(entry.rule.target))
    for _side, _place, line in entry.rule.lines():
        for value in (line.short_of, line.beyond) if line.of is not None else ():
            yield from ((line.of or "", number) for number in _numbers(value))


def _numbers(value: object) -> Iterator[Fraction]:
    """The number that something stands for, or all numbers of a switch."""
    if isinstance(value, Switch):
        for each in value.values():
            yield from _numbers(each)
    elif isinstance(value, Target):
        if value.switch is not None:
            yield from _numbers(value.switch)
        else:
            yield value.value
