"""The tree of sections: parents that exist, no loops, one kind of item in each, sums that are right.

Invariant: every walk is linear in sections and items, however deep the sections nest.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from govscore.facts.switches import Switch
from govscore.points import plain
from govscore.scheme import messages as m
from govscore.scheme.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govscore.scheme.doubts import Doubts
    from govscore.scheme.model import Item, SchemeModel, Section
    from govscore.scheme.report import Report

MOST_LEVELS: Final = 20
"""Sections may stand inside each other this deep."""


def section_faults(model: SchemeModel, report: Report, doubts: Doubts) -> None:
    """Reports what is wrong with sections, and items in sections that do not exist."""
    sections = {section.id: section for section in model.section}
    known = _parents(model, sections, report, doubts)
    sound = _depths(model, sections, report)
    if not known or not sound or doubts.about_sections:
        return
    inside = _inside(model, sections)
    for place, section in enumerate(model.section):
        items = inside[section.id]
        kinds = [kind for kind in KINDS if any(item.kind == kind for item in items)]
        if len(kinds) > 1:
            report.add(
                m.SECTION_MIXED, ("section", place, "id"), None, found=section.id, kinds=", ".join(kinds)
            )
        elif kinds and kinds != ["base"] and section.points is not None:
            path, stated = ("section", place, "points"), str(section.points)
            report.add(m.SECTION_POINTS, path, None, found=section.id, stated=stated)
        elif kinds == ["base"] and not doubts.about_points:
            _sum(section, items, model.groups, place, report)


def _parents(model: SchemeModel, sections: Mapping[str, Section], report: Report, doubts: Doubts) -> bool:
    """Whether every section named exists; those that do not are reported."""
    sound = True
    placed: list[tuple[tuple[str, int], str | None]] = [
        (("section", place), each.section) for place, each in enumerate(model.section)
    ]
    for array in KINDS:
        placed += [((array, place), item.section) for place, item in enumerate(getattr(model, array))]
    for path, name in placed:
        if name is not None and name not in sections:
            sound = False
            if not doubts.about_section_ids:
                near = report.nearest(name, sections)
                report.add(m.UNKNOWN_SECTION, (*path, "section"), near, found=name)
    return sound


def _depths(model: SchemeModel, sections: Mapping[str, Section], report: Report) -> bool:
    """Whether no section is inside itself or too deep; a loop is reported once."""
    depth: dict[str, int] = {}
    sound = True
    places = {section.id: place for place, section in enumerate(model.section)}
    for start in sections:
        chain: list[str] = []
        here: str | None = start
        on_chain: set[str] = set()
        while here is not None and here in sections and here not in depth and here not in on_chain:
            chain.append(here)
            on_chain.add(here)
            here = sections[here].section
        if here is not None and here in on_chain:
            sound = False
            loop = chain[chain.index(here) :]
            first = min(loop, key=places.__getitem__)
            report.add(
                m.SECTION_LOOP,
                ("section", places[first], "section"),
                None,
                found=first,
                loop=_shown(loop, first),
            )
            depth |= dict.fromkeys(chain, 0)
            continue
        above = depth.get(here, 0) if here is not None else 0
        for id in reversed(chain):
            above += 1
            depth[id] = above
            if above == MOST_LEVELS + 1:
                sound = False
                path = ("section", places[id], "section")
                report.add(m.SECTIONS_DEEP, path, None, found=id, most=MOST_LEVELS)
    return sound


def _shown(loop: list[str], first: str) -> str:
    turn = loop.index(first)
    return " → ".join([*loop[turn:], *loop[:turn], first])


def _inside(model: SchemeModel, sections: Mapping[str, Section]) -> dict[str, list[Item]]:
    """All items in each section and the sections below it."""
    found: dict[str, list[Item]] = defaultdict(list)
    for array in KINDS:
        for item in getattr(model, array):
            above = item.section
            while above is not None:
                found[above].append(item)
                above = sections[above].section
    return found


def _sum(section: Section, items: Sequence[Item], groups: Iterable[str], place: int, report: Report) -> None:
    if section.points is None:
        return
    if isinstance(section.points, Switch) and section.points.by != "group":
        return  # likewise by date: the linter looks at units
    switched = isinstance(section.points, Switch) or any(isinstance(item.points, Switch) for item in items)
    wrong: list[tuple[int, int]] = []
    for group in groups:
        every, own = sum_in(items, group), sum_in(_of_group(items, group), group)
        points = section.points.of(group) if isinstance(section.points, Switch) else section.points
        if every is None or own is None or points is None:
            return  # it depends on tags, which only units have
        if points not in (every, own) and not (switched and not own):
            wrong.append((points, own if switched else every))
    if wrong:
        stated, total = wrong[0]
        at, shown = ("section", place, "points"), plain(stated)
        report.add(m.SECTION_SUM, at, None, found=section.id, stated=shown, sum=plain(total))


def _of_group(items: Iterable[Item], group: str) -> list[Item]:
    """The items that a group has as a whole."""
    return [item for item in items if item.applies_to is None or group in item.applies_to]


def sum_in(items: Iterable[Item], group: str) -> int | None:
    """What base items add up to in a group; None: that depends on more than the group."""
    worth = [item.variants.points_in(group) for item in items]
    return None if None in worth else sum(each or 0 for each in worth)
