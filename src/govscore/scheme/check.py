"""What no single table of a scheme can know: names, sums, references, conditions across parts.

Invariant: reports, never repairs; every fault of every part is found in one pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from govscore.errors import problem
from govscore.i18n import mark_for_translation as N_
from govscore.points import plain
from govscore.scheme import messages as m
from govscore.scheme.conditions import grade_faults, veto_faults
from govscore.text import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govscore.errors import MessageKind, Problem
    from govscore.rules.base import Fault
    from govscore.scheme.model import Item, SchemeModel, Section
    from govscore.scheme.places import Places
    from govscore.scheme.pydantic_words import Path

MOST_ITEMS: Final = 5000
"""More items than this could make sums leave the integers that the engine adds in."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the model came from: places of the document, and what was left out of it."""

    places: Places
    kept: Mapping[str, list[int]]
    dropped: frozenset[str]

    def path(self, array: str, place: int, *rest: str | int) -> Path:
        """The path in the file of something in an array of the model."""
        return (array, self.kept[array][place] if array in self.kept else place, *rest)

    def problem(self, kind: MessageKind, path: Path, near: str | None = None, /, **data: object) -> Problem:
        """A problem at a path of the file."""
        return problem(kind, self.places.of(path), near, **data)

    def fault(self, fault: Fault, path: Path) -> Problem:
        """A fault that a rule reported about itself, at its place."""
        found = fault.data.get("found", "")
        near = nearest(found, fault.known) if fault.known else None
        return self.problem(m.BY_CODE[fault.code], (*path, *fault.path), near, **fault.data)


def check(model: SchemeModel, origin: Origin) -> Iterator[Problem]:
    """Every problem that shows only when the parts are seen together."""
    yield from _ids(model, origin)
    yield from _sections(model, origin)
    yield from _items(model, origin)
    yield from _limits(model, origin)
    yield from grade_faults(model, origin)
    yield from veto_faults(model, origin)


def _arrays(model: SchemeModel) -> Iterator[tuple[str, int, Item]]:
    for array in ("base", "bonus", "major_deduction"):
        for place, item in enumerate(getattr(model, array)):
            yield array, place, item


def _ids(model: SchemeModel, origin: Origin) -> Iterator[Problem]:
    seen: dict[str, Path] = {}
    entries = [("section", place, each.id) for place, each in enumerate(model.section)]
    entries += [(array, place, item.id) for array, place, item in _arrays(model)]
    entries += [("veto", place, each.id) for place, each in enumerate(model.veto)]
    for array, place, id in entries:
        path = origin.path(array, place, "id")
        if id in seen:
            yield origin.problem(m.ID_TWICE, path, None, found=id, first=str(origin.places.of(seen[id])))
        else:
            seen[id] = path
    count = sum(1 for _ in _arrays(model))
    if count > MOST_ITEMS:
        yield origin.problem(m.TOO_MANY, ("base",), None, found=count, most=MOST_ITEMS)


def _sections(model: SchemeModel, origin: Origin) -> Iterator[Problem]:
    sections = {section.id: section for section in model.section}
    loops = {id for id in sections if _in_loop(id, sections)}
    for place, section in enumerate(model.section):
        path = origin.path("section", place)
        if section.section is not None and section.section not in sections:
            if section.section not in origin.dropped:
                near = nearest(section.section, sections)
                yield origin.problem(m.UNKNOWN_SECTION, (*path, "section"), near, found=section.section)
        elif section.id in loops:
            yield origin.problem(m.SECTION_LOOP, (*path, "section"), None, found=section.id)
    if loops or origin.dropped:
        return
    for place, section in enumerate(model.section):
        yield from _section_content(model, section, sections, origin, origin.path("section", place))


def _in_loop(id: str, sections: Mapping[str, Section]) -> bool:
    seen = {id}
    above = sections[id].section
    while above in sections and above is not None:
        if above == id:
            return True
        if above in seen:
            return False
        seen.add(above)
        above = sections[above].section
    return False


def _inside(model: SchemeModel, section: Section, sections: Mapping[str, Section]) -> list[Item]:
    """All items in a section and the sections below it."""
    found = []
    for _array, _place, item in _arrays(model):
        above = item.section
        while above is not None and above in sections:
            if above == section.id:
                found.append(item)
                break
            above = sections[above].section
    return found


def _section_content(
    model: SchemeModel, section: Section, sections: Mapping[str, Section], origin: Origin, path: Path
) -> Iterator[Problem]:
    items = _inside(model, section, sections)
    kinds = sorted({item.kind for item in items})
    if len(kinds) > 1:
        yield origin.problem(m.SECTION_MIXED, (*path, "id"), None, found=section.id, kinds=", ".join(kinds))
    if section.points is None or kinds != ["base"]:
        return
    every = sum(int(item.points or 0) for item in items)
    by_group = [
        sum(int(item.points or 0) for item in items if item.applies_to is None or group in item.applies_to)
        for group in model.groups
    ]
    if every != section.points and any(each != section.points for each in by_group):
        yield origin.problem(
            m.SECTION_SUM, (*path, "points"), None, found=section.id, stated=section.points, sum=plain(every)
        )


def _items(model: SchemeModel, origin: Origin) -> Iterator[Problem]:
    sections = {section.id for section in model.section}
    for array, place, item in _arrays(model):
        path = origin.path(array, place)
        if item.section is not None and item.section not in sections | origin.dropped:
            near = nearest(item.section, sections)
            yield origin.problem(m.UNKNOWN_SECTION, (*path, "section"), near, found=item.section)
        if item.effect is not None and item.effect.stop is not None:
            yield origin.problem(m.ITEM_STOP, (*path, "effect", "stop"))
        for fault in item.rule.faults(item.frame):
            yield origin.fault(fault, (*path, "rule"))


def _limits(model: SchemeModel, origin: Origin) -> Iterator[Problem]:
    if model.bonus and "bonus_cap" not in model.total.model_fields_set:
        yield origin.problem(m.BONUS_CAP, ("total",))
    gates = [(("total", "bonus_when"), model.total.bonus_when)]
    if model.total.fail is not None:
        gates.append((("total", "fail", "when"), model.total.fail.when))
    for path, condition in gates:
        for comparison in condition.comparisons if condition else ():
            if comparison.name != "base" or comparison.word is not None:
                found = f"{comparison.name} {comparison.operator} {comparison.literal()}".strip()
                yield origin.problem(
                    m.GATE_NAME, path, None, found=found, known=N_("the base only, such as base >= 60")
                )
