"""Checks of what grades, gates and vetoes name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.facts.base import Subject
from govscore.i18n import mark_for_translation as N_
from govscore.rules.base import condition_faults, subjects_of
from govscore.scheme import messages as m
from govscore.text import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.errors import Problem
    from govscore.scheme.check import Origin
    from govscore.scheme.model import Item, SchemeModel, Veto
    from govscore.scheme.pydantic_words import Path

POINTS = "points"
"""`item/points`: an item's points after its own limits."""


def grade_faults(model: SchemeModel, origin: Origin) -> Iterator[Problem]:
    """Grades whose lines do not work, and names of grades that do not exist."""
    names: set[str] = set()
    lines: set[str] = set()
    for place, grade in enumerate(model.grade):
        path = origin.path("grade", place)
        if (grade.when is None) != (place == len(model.grade) - 1):
            yield origin.problem(m.GRADE_WHEN, path, None, name=grade.name)
        line = str(grade.when)
        if grade.name in names or (grade.when is not None and line in lines):
            yield origin.problem(m.GRADE_TWICE, path, None, name=grade.name)
        names.add(grade.name)
        lines.add(line)
        for comparison in grade.when.comparisons if grade.when else ():
            if comparison.name or comparison.word is not None:
                found = f"{comparison.name} {comparison.operator} {comparison.literal()}"
                known = N_('the total without a name, such as ">= 90"')
                yield origin.problem(m.GATE_NAME, (*path, "when"), None, found=found, known=known)
    yield from _named_grades(model, origin, tuple(names))


def _named_grades(model: SchemeModel, origin: Origin, known: tuple[str, ...]) -> Iterator[Problem]:
    named: list[tuple[str, str, Path]] = []
    if model.total.fail is not None:
        named.append(("grade", model.total.fail.grade, ("total", "fail", "grade")))
    for array in ("base", "bonus", "major_deduction", "veto"):
        for place, entry in enumerate(getattr(model, array)):
            for key, name in entry.effect.grades() if entry.effect else ():
                named.append((key, name, origin.path(array, place, "effect", key)))
    if known or any(key == "cap_grade" for key, _name, _path in named):
        for _key, name, path in named:
            if name not in known:
                shown = ", ".join(known) if known else "—"
                yield origin.problem(m.UNKNOWN_GRADE, path, nearest(name, known), found=name, known=shown)
    elif len({name for _key, name, _path in named}) > 1:
        different = ", ".join(sorted({name for _key, name, _path in named}))
        yield origin.problem(m.GRADES_UNORDERED, named[0][2], None, found=different)


def veto_faults(model: SchemeModel, origin: Origin) -> Iterator[Problem]:
    """Vetoes whose conditions name what does not exist, or a stop that reads points."""
    items = {
        item.id: item for array in ("base", "bonus", "major_deduction") for item in getattr(model, array)
    }
    across = across_subjects(items)
    for place, veto in enumerate(model.veto):
        path = origin.path("veto", place)
        subjects = {**subjects_of(veto.facts), **across}
        for fault in condition_faults(iter([(("when",), veto.when)]), subjects):
            if fault.data["found"].partition("/")[0] not in origin.dropped:
                yield origin.fault(fault, path)
        yield from _veto_points(veto, items, origin, path)


def across_subjects(items: dict[str, Item]) -> dict[str, Subject]:
    """What conditions outside of items may name: `item/fact`, `item/fact.field`, `item/points`."""
    found = {}
    for item in items.values():
        found[f"{item.id}/{POINTS}"] = Subject(kind="points", column=POINTS)
        for name, subject in subjects_of(item.asked).items():
            found[f"{item.id}/{name}"] = subject
    return found


def _veto_points(veto: Veto, items: dict[str, Item], origin: Origin, path: Path) -> Iterator[Problem]:
    for comparison in veto.when.comparisons:
        item, _slash, fact = comparison.name.partition("/")
        if fact != POINTS or item not in items:
            continue
        if veto.effect.stop is not None:
            yield origin.problem(m.VETO_POINTS, (*path, "when"), None, found=comparison.name)
        if comparison.share is not None and items[item].full is None:
            found = f"{comparison.name} {comparison.operator} {comparison.literal()}"
            yield origin.problem(m.BY_CODE["percent_without_cap"], (*path, "when"), None, found=found)
