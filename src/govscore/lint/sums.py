"""W001, W002: what base items add up to, for the scheme and for each unit."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from govscore.facts.switches import Switch, known
from govscore.i18n import mark_for_translation as N_
from govscore.lint.base import Doubt, listed, points
from govscore.scheme.sections import sum_in
from govscore.scheme.unit_schemes import for_unit
from govscore.scheme.warning_kinds import FULL_MARKS, SECTION_OF_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from govscore.lint.base import Look, Path
    from govscore.scheme.model import Item
    from govscore.scheme.settings import SchemePart
    from govscore.scheme.units import Unit


def full_marks(look: Look) -> Iterator[Doubt]:
    """Base items of each part against its full marks, as `_of_part` compares them."""
    scheme = look.scheme
    for place, part in enumerate(scheme.parts):
        items = [item for item in look.model.base if scheme.owner_of(item) == part.id]
        path: Path = ("part", place, "full_marks") if scheme.has_parts else ("total", "full_marks")
        yield from _of_part(look, part, items, path)


def _of_part(look: Look, part: SchemePart, items: list[Item], path: Path) -> Iterator[Doubt]:
    """All of them, each group's, and, where nothing rescales, each unit's."""
    if isinstance(part.full_marks, Switch):
        yield from _by_case(look, part, items, path)
        return
    full, every = int(part.full_marks), _stated(items)
    groups = [_of_group(items, group) for group in look.model.groups]
    if every != full and any(each not in (full, None) for each in groups):
        wrong = next(each for each in groups if each not in (full, None))
        who = part.id or N_("the scheme")
        yield Doubt(kind=FULL_MARKS, path=path, data=_data(who, wrong or 0 if every is None else every, full))
    elif part.not_applicable.target == "own":
        for total, units in _by_sum(look.units or (), items, look).items():
            if total not in (0, full):
                yield Doubt(kind=FULL_MARKS, path=path, data=_data(listed(units), total, full))


def _by_case(look: Look, part: SchemePart, items: list[Item], path: Path) -> Iterator[Doubt]:
    """Each unit's items against the full marks that it has."""
    for unit in look.units or ():
        full = int(known(for_unit(look.scheme, unit).part(part.id).full_marks))
        total = next(iter(_by_sum((unit,), items, look)))
        if total not in (0, full):
            yield Doubt(kind=FULL_MARKS, path=path, data=_data(unit.unit, total, full))


def sections_of_units(look: Look) -> Iterator[Doubt]:
    """Sections whose points are not those of a unit's items, though they are meant to be."""
    inside = _inside(look)
    for place, section in enumerate(look.model.section):
        items = inside[section.id]
        if section.points is None or not items or look.units is None:
            continue
        if isinstance(section.points, Switch):
            yield from _section_by_case(look, section.id, items, ("section", place, "points"))
            continue
        stated, every = int(section.points), _stated(items)
        for total, units in _by_sum(look.units, items, look).items():
            shorter = every == stated and total < stated
            if total not in (0, stated) and not shorter:
                data = {"found": section.id, **_data(listed(units), total, stated)}
                yield Doubt(kind=SECTION_OF_UNIT, path=("section", place, "points"), data=data)


def _section_by_case(look: Look, id: str, items: list[Item], path: Path) -> Iterator[Doubt]:
    """Each unit's items in a section against the points that the section has for it."""
    for unit in look.units or ():
        stated = int(known(for_unit(look.scheme, unit).sections[id].points) or 0)
        total = next(iter(_by_sum((unit,), items, look)))
        if total not in (0, stated):
            data = {"found": id, **_data(unit.unit, total, stated)}
            yield Doubt(kind=SECTION_OF_UNIT, path=path, data=data)


def _data(who: str, total: int, stated: int) -> dict[str, object]:
    return {"who": who, "sum": points(total), "stated": points(stated)}


def _stated(items: Iterable[Item]) -> int | None:
    """What items add up to; None: that depends on the unit."""
    total = 0
    for item in items:
        if isinstance(item.points, Switch):
            return None
        total += int(item.points or 0)
    return total


def _of_group(items: Iterable[Item], group: str) -> int | None:
    """What the items of a group add up to; None: that depends on more than the group."""
    return sum_in((item for item in items if item.applies_to is None or group in item.applies_to), group)


def _by_sum(units: Iterable[Unit], items: Iterable[Item], look: Look) -> dict[int, list[str]]:
    """Units by what the items assigned to them add up to."""
    items, day = tuple(items), look.scheme.period.first
    found: dict[int, list[str]] = defaultdict(list)
    for unit in units:
        own = (item.of(unit, day) for item in items if item.applies(unit.group, unit.unit, unit.tags))
        found[sum(int(item.full or 0) for item in own)].append(unit.unit)
    return found


def _inside(look: Look) -> Mapping[str, list[Item]]:
    """The base items in each section and below it."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in look.model.base:
        above = item.section
        while above is not None:
            found[above].append(item)
            above = look.scheme.sections[above].section
    return found
