"""W013 to W016: numbers and titles that stand twice, units without anything, names nearly the same."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from govscore.lint.base import Doubt, listed
from govscore.scheme.check import items_with_paths
from govscore.scheme.warning_kinds import NAMES_NEAR, NOTHING_ASSIGNED, SAME_NUMBER, SAME_TITLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govscore.lint.base import Look
    from govscore.scheme.units import Unit

_NUMBER: Final = re.compile(r"0*([0-9]+)(?:[.-]0*([0-9]+))*\Z")
_SHORTEST: Final = 3
"""Shorter names say too little to be taken for misspellings of each other."""


def numbers(look: Look) -> Iterator[Doubt]:
    """Items whose ids are the same number, written differently."""
    seen: dict[tuple[int, ...], str] = {}
    for path, item in items_with_paths(look.model):
        if not _NUMBER.match(item.id):
            continue
        number = tuple(int(part) for part in re.split("[.-]", item.id))
        if number in seen:
            data = {"found": seen[number], "other": item.id}
            yield Doubt(kind=SAME_NUMBER, path=(*path, "id"), data=data)
        seen.setdefault(number, item.id)


def titles(look: Look) -> Iterator[Doubt]:
    """Items of one section that cannot be told apart by their titles."""
    seen: dict[tuple[str, str | None, str], str] = {}
    for path, item in items_with_paths(look.model):
        key = (item.kind, item.section, item.title)
        if key in seen:
            data = {"found": seen[key], "other": item.id, "title": item.title}
            yield Doubt(kind=SAME_TITLE, path=(*path, "title"), data=data)
        seen.setdefault(key, item.id)


def nothing_assigned(look: Look) -> Iterator[Doubt]:
    """Units, or groups as long as the units are not known, to which no base item is assigned."""
    items = look.model.base
    if look.units is None:
        for group in look.model.groups:
            named = any(item.applies_to is None or group in item.applies_to for item in items)
            others = any(set(item.applies_to or ()) - set(look.model.groups) for item in items)
            if not named and not others:
                yield Doubt(kind=NOTHING_ASSIGNED, path=("groups", group), data={"who": group})
        return
    for unit in look.units:
        if not any(item.applies(unit.group, unit.unit, unit.tags) for item in items):
            yield Doubt(kind=NOTHING_ASSIGNED, place=unit.place, data={"who": unit.unit})


def unit_names(look: Look) -> Iterator[Doubt]:
    """Units whose names differ by one character that is no numeral."""
    without: dict[str, list[Unit]] = defaultdict(list)
    for unit in look.units or ():
        if len(unit.name) >= _SHORTEST:
            for shape in _shapes(unit.name):
                without[shape].append(unit)
    sets = _Sets()
    for units in without.values():
        for place, other in enumerate(units):
            for unit in units[:place]:
                if not sets.together(unit.unit, other.unit) and _near(unit.name, other.name):
                    sets.join(unit.unit, other.unit)
    for near in sets.of(look.units or ()):
        data = {
            "found": listed([unit.unit for unit in near]), "names": listed([unit.name for unit in near])
        }  # fmt: skip
        yield Doubt(kind=NAMES_NEAR, place=near[1].place, data=data)


class _Sets:
    """Units in sets: whoever is joined with one of a set is in it."""

    def __init__(self) -> None:
        self._leader: dict[str, str] = {}

    def _first(self, unit: str) -> str:
        while (leader := self._leader.get(unit, unit)) != unit:
            self._leader[unit] = self._leader.get(leader, leader)
            unit = leader
        return unit

    def together(self, one: str, other: str) -> bool:
        """Whether both are in one set."""
        return self._first(one) == self._first(other)

    def join(self, one: str, other: str) -> None:
        """Makes one set of theirs."""
        self._leader[self._first(other)] = self._first(one)

    def of(self, units: Iterable[Unit]) -> Iterator[list[Unit]]:
        """Sets of more than one, each in the order of the units."""
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in units:
            found[self._first(unit.unit)].append(unit)
        yield from (each for each in found.values() if len(each) > 1)


def _shapes(name: str) -> set[str]:
    """The name itself and with each character left out: names one apart share one of these."""
    return {name} | {name[:place] + name[place + 1 :] for place in range(len(name))}


def _near(one: str, other: str) -> bool:
    """Whether the names are the same, or one character apart, numerals aside."""
    if one == other:
        return True
    start = next(
        (place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), -1
    )
    start = min(len(one), len(other)) if start < 0 else start
    shift = len(one) - len(other)
    rest_of_one, rest_of_other = one[start + (shift >= 0) :], other[start + (shift <= 0) :]
    changed = one[start : start + (shift >= 0)] + other[start : start + (shift <= 0)]
    return rest_of_one == rest_of_other and not any(_numeral(sign) for sign in changed)


def _numeral(sign: str) -> bool:
    return unicodedata.numeric(sign, None) is not None
