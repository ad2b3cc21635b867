"""Checks of what grades, gates and vetoes name."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, Final

from govscore.facts.base import Subject
from govscore.i18n import mark_for_translation as N_
from govscore.rules.base import condition_faults, subjects_of
from govscore.scheme import messages as m
from govscore.scheme.model import KINDS
from govscore.scheme.rule_messages import BY_CODE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govscore.rules.conditions import Condition
    from govscore.scheme.doubts import Doubts
    from govscore.scheme.model import Item, SchemeModel, Veto
    from govscore.scheme.report import Path, Report
    from govscore.scheme.standing import Grade

POINTS: Final = "points"
"""`item/points`: an item's points after its own limits."""


def rank_faults(model: SchemeModel, report: Report, doubts: Doubts) -> None:
    """Reports what `tie_break` names twice, or what is neither a section nor an item."""
    names = model.rank.tie_break
    if names is None:
        return
    if not names:
        report.add(m.EMPTY, ("rank", "tie_break"), None, name="tie_break")
    items = (item.id for kind in KINDS for item in getattr(model, kind))
    known = dict.fromkeys([*(section.id for section in model.section), *items])
    for place, name in enumerate(names):
        path: Path = ("rank", "tie_break", place)
        if name in names[:place]:
            report.add(m.TIE_BREAK_TWICE, path, None, found=name)
        elif name not in known and not (doubts.about_ids or doubts.about_section_ids):
            report.add(m.TIE_BREAK, path, report.nearest(name, known), found=name)


def grade_faults(model: SchemeModel, report: Report, doubts: Doubts) -> None:
    """Reports grades whose lines do not work, and names of grades that do not exist."""
    names: dict[str, None] = {}
    taken: set[str] = set()
    last = len(model.grade) - 1
    for place, grade in enumerate(model.grade):
        path: Path = ("grade", place)
        if grade.when is None and place < last:
            report.add(m.GRADE_WHEN, (*path, "when"), None, name=grade.name)
        elif grade.when is not None and place == last:
            report.add(m.LAST_GRADE_WHEN, (*path, "when"), None, name=grade.name)
        elif grade.when is not None and str(grade.when) in taken:
            report.add(m.LINE_TWICE, (*path, "when"), None, name=grade.name, found=grade.when)
        if grade.name in names:
            report.add(m.GRADE_TWICE, (*path, "name"), None, name=grade.name)
        names[grade.name] = None
        if grade.quota is None:  # who gets none of its places may still meet the same line below
            taken.add(str(grade.when))
        elif place == last:
            report.add(m.LAST_GRADE_QUOTA, (*path, "quota"), None, at_key=True, name=grade.name)
        _line_names(grade, path, report)
    if not doubts.about_grades:
        _named_grades(model, report, tuple(names))


def _line_names(grade: Grade, path: Path, report: Report) -> None:
    for comparison in grade.when.comparisons if grade.when else ():
        if comparison.name or comparison.word is not None:
            known = N_('the total without a name, such as ">= 90"')
            report.add(m.GATE_NAME, (*path, "when"), None, found=str(comparison), known=known)


def _named_grades(model: SchemeModel, report: Report, known: tuple[str, ...]) -> None:
    named: list[tuple[str, str, Path]] = []
    if model.total.fail is not None:
        named.append(("grade", model.total.fail.grade, ("total", "fail", "grade")))
    for place, part in enumerate(model.part):
        if part.fail is not None:
            named.append(("grade", part.fail.grade, ("part", place, "fail", "grade")))
    for array in (*KINDS, "veto"):
        for place, entry in enumerate(getattr(model, array)):
            for key, name in entry.effect.grades() if entry.effect else ():
                named.append((key, name, (array, place, "effect", key)))
    named = [each for each in named if not report.is_guessed(each[2])]
    if known:
        for _key, name, path in named:
            if name not in known:
                near = report.nearest(name, known)
                report.add(m.UNKNOWN_GRADE, path, near, found=name, known=", ".join(known))
        return
    caps = [path for key, _name, path in named if key == "cap_grade"]
    different = dict.fromkeys(name for _key, name, _path in named)
    if caps or len(different) > 1:
        path = caps[0] if caps else next(path for _key, name, path in named if name != next(iter(different)))
        report.add(m.GRADES_UNORDERED, path, None, found=", ".join(different))


def veto_faults(model: SchemeModel, report: Report, doubts: Doubts) -> None:
    """Reports vetoes whose conditions name what does not exist, or a stop that reads points."""
    items = {item.id: item for array in KINDS for item in getattr(model, array)}
    paths: dict[str, Path] = {
        item.id: (array, place) for array in KINDS for place, item in enumerate(getattr(model, array))
    }
    across = across_subjects(items)
    for place, veto in enumerate(model.veto):
        path: Path = ("veto", place)
        subjects = ChainMap(subjects_of(veto.facts), across)
        for key, condition in veto.conditions():
            known = _known(veto, condition, items, report)
            for fault in condition_faults(iter([((key,), condition)]), subjects, known):
                owner, slash, name = fault.about.partition("/")
                if slash and doubts.about_ids and owner not in items:
                    continue
                entry, fact = (paths.get(owner, path), name) if slash else (path, owner)
                if not doubts.doubts_fact(entry, fact, fault.code):
                    report.fault(fault, path)
            _veto_points(veto, condition, items, report, (*path, key))
            _over_periods(condition, items, report, (*path, key))


def _known(veto: Veto, condition: Condition, items: dict[str, Item], report: Report) -> Iterable[str]:
    """The names that a condition of the veto most likely means."""
    known = list(subjects_of(veto.facts))
    for name in condition.names():
        owner, slash, _fact = name.partition("/")
        if not slash:
            known += ["item/fact", f"item/{POINTS}"]
            continue
        if owner not in items:
            owner = report.nearest(owner, items) or ""
        if owner in items:
            known += [f"{owner}/{each}" for each in (*subjects_of(items[owner].asked), POINTS)]
    return dict.fromkeys(known)


def across_subjects(items: dict[str, Item]) -> dict[str, Subject]:
    """What conditions outside of items may name: `item/fact`, `item/fact.field`, `item/points`."""
    found = {}
    for item in items.values():
        for name, subject in subjects_of(item.asked).items():
            found[f"{item.id}/{name}"] = subject
        found[f"{item.id}/{POINTS}"] = Subject(kind="points", column=POINTS)
    return found


def _over_periods(condition: Condition, items: dict[str, Item], report: Report, path: Path) -> None:
    """Reports facts of an item that is asked in every period, unless they are counts, which add up."""
    for name in dict.fromkeys(condition.names()):
        owner, _slash, fact = name.partition("/")
        item = items.get(owner)
        subject = subjects_of(item.asked).get(fact) if item is not None and item.rule.per else None
        if subject is not None and subject.kind != "count":
            report.add(m.OVER_PERIODS, path, None, found=name, item=owner)


def _veto_points(
    veto: Veto, condition: Condition, items: dict[str, Item], report: Report, path: Path
) -> None:
    for comparison in condition.comparisons:
        item, _slash, fact = comparison.name.partition("/")
        if fact != POINTS or item not in items:
            continue
        if veto.effect.stop is not None and condition is veto.when:
            report.add(m.VETO_POINTS, path, None, found=comparison.name)
        if comparison.share is not None and items[item].worth is None and items[item].kind != "base":
            report.add(BY_CODE["percent_without_cap"], path, None, found=str(comparison))
