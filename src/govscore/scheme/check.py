"""What no single table of a scheme can know: names, references, conditions across parts.

Invariant: reports, never repairs; every fault of every part is found in one pass, and what follows
from a fault reported before is not reported again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.i18n import mark_for_translation as N_
from govscore.scheme import messages as m
from govscore.scheme.charges import charge_faults
from govscore.scheme.conditions import POINTS, grade_faults, rank_faults, veto_faults
from govscore.scheme.doubts import Doubts
from govscore.scheme.model import KINDS
from govscore.scheme.part_messages import PART_BONUS_CAP
from govscore.scheme.parts import owned_bonus, part_faults
from govscore.scheme.pools import pool_faults
from govscore.scheme.reviewer_checks import reviewer_faults
from govscore.scheme.sections import section_faults
from govscore.scheme.switches import switch_faults
from govscore.scheme.unit_checks import unit_faults
from govscore.scheme.variants import levels_of
from govscore.scheme.warning_kinds import WARNINGS
from govscore.scheme.yields import yield_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.rules.base import Fault
    from govscore.rules.conditions import Condition
    from govscore.scheme.model import Item, SchemeModel
    from govscore.scheme.report import Path, Report
    from govscore.scheme.settings import SchemePart, Total


_NEED_POINTS: Final = ("percent_without_cap", "share_without_cap")
"""Faults that a base item has only if its points are missing, which is told already."""


def check(model: SchemeModel, report: Report) -> None:
    """Reports every problem that shows only when the parts are seen together."""
    _points(model, report)
    doubts = Doubts(report, model)
    _ids(model, report)
    if not model.base:
        report.add(m.EMPTY, ("base",), None, name="base")
    section_faults(model, report, doubts)
    for path, item in items_with_paths(model):
        _item(item, path, model, report, doubts)
    part_faults(model, report, doubts)
    charge_faults(model, report, doubts)
    yield_faults(model, report, doubts)
    pool_faults(model, report, doubts)
    _limits(model, report)
    switch_faults(model, report)
    unit_faults(model, report)
    rank_faults(model, report, doubts)
    grade_faults(model, report, doubts)
    veto_faults(model, report, doubts)
    reviewer_faults(model, report, doubts)
    _accepted(model, report)


def _accepted(model: SchemeModel, report: Report) -> None:
    for id in model.lint.accept if model.lint else ():
        if id not in WARNINGS:
            path = ("lint", "accept", id)
            report.add(m.UNKNOWN_WARNING, path, report.nearest(id, WARNINGS), at_key=True, found=id)


def items_with_paths(model: SchemeModel) -> Iterator[tuple[Path, Item]]:
    """All items with their places in the file."""
    for array in KINDS:
        for place, item in enumerate(getattr(model, array)):
            yield (array, place), item


def _points(model: SchemeModel, report: Report) -> None:
    for place, item in enumerate(model.base):
        if item.points is None:
            path = ("base", place, "points")
            report.add(m.MISSING, path, None, name="points")
            report.guessed.add(path)


def _ids(model: SchemeModel, report: Report) -> None:
    entries: list[tuple[Path, str]] = [
        (("section", place, "id"), each.id) for place, each in enumerate(model.section)
    ]
    entries += [((*path, "id"), item.id) for path, item in items_with_paths(model)]
    entries += [(("veto", place, "id"), each.id) for place, each in enumerate(model.veto)]
    seen: dict[str, Path] = {}
    for path, id in entries:
        if id in seen:
            report.add(m.ID_TWICE, path, None, found=id, first=report.places.of(seen[id]))
        else:
            seen[id] = path


def _item(item: Item, path: Path, model: SchemeModel, report: Report, doubts: Doubts) -> None:
    if item.effect is not None and item.effect.stop is not None:
        report.add(m.ITEM_STOP, (*path, "effect", "stop"), None, at_key=True)
    _applies_to(item.applies_to, path, report)
    plain = item.variants.plain
    started = plain.rule.start_asks(plain.frame)
    for id in item.facts:
        if id in started:
            report.add(m.RESERVED, (*path, "facts", id), None, at_key=True, found=id, kind=item.rule.kind)
    for where, id in _fact_ids(item):
        if id == POINTS:
            report.add(m.POINTS_RESERVED, (*path, *where), None, at_key=where[0] == "facts")
    for each in item.variants.switches if item.rule.per is not None else ():
        if each.switch.by == "date" and each.path[0] != "effect":  # each period would have its own case
            where = (*path, *each.path, "by")
            report.add(m.LATER, where, None, at_key=True, name='by = "date"')
    for fault in _rule_faults(item, model):
        without_points = item.kind == "base" and fault.code in _NEED_POINTS
        if not without_points and not doubts.follows(fault, path):
            report.fault(fault, (*path, "rule"))


def _rule_faults(item: Item, model: SchemeModel) -> Iterator[Fault]:
    """What does not fit in the rule, whichever values its switches have; each thing once."""
    seen: set[tuple[str, Path]] = set()
    groups = tuple(model.groups)
    for variant in item.variants.every(groups, levels_of(item), model.scheme.period.from_.isoformat()):
        for fault in variant.rule.faults(variant.frame):
            if (fault.code, fault.path) not in seen:
                yield fault
        seen |= {(fault.code, fault.path) for fault in variant.rule.faults(variant.frame)}


def _applies_to(names: tuple[str, ...] | None, path: Path, report: Report) -> None:
    if names is not None and not names:
        report.add(m.EMPTY, (*path, "applies_to"), None, name="applies_to")


def _fact_ids(item: Item) -> Iterator[tuple[Path, str]]:
    for id in item.facts:
        yield ("facts", id), id
    for side, place, line in item.rule.lines():
        if line.id is not None:
            yield ("rule", side, place, "id"), line.id


def _limits(model: SchemeModel, report: Report) -> None:
    bonus = owned_bonus(model)
    if "" in bonus and "bonus_cap" not in model.total.model_fields_set:
        report.add(m.BONUS_CAP, ("total", "bonus_cap"))
    for place, part in enumerate(model.part):
        if part.id in bonus and "bonus_cap" not in part.model_fields_set:
            report.add(PART_BONUS_CAP, ("part", place, "bonus_cap"), None, part=part.id)
    for place, veto in enumerate(model.veto):
        _applies_to(veto.applies_to, ("veto", place), report)
    levels: list[tuple[Path, SchemePart | Total]] = [(("total",), model.total)]
    levels += [(("part", place), part) for place, part in enumerate(model.part)]
    for where, level in levels:
        _gates(where, level, report)


def _gates(where: Path, level: SchemePart | Total, report: Report) -> None:
    """Reports gates of a part or of the total that read something else than its base."""
    gates: list[tuple[Path, Condition | None]] = [((*where, "bonus_when"), level.bonus_when)]
    if level.fail is not None:
        gates.append(((*where, "fail", "when"), level.fail.when))
    for path, condition in gates:
        for comparison in condition.comparisons if condition else ():
            if comparison.name != "base" or comparison.word is not None:
                known = N_("the base only, such as base >= 60")
                report.add(m.GATE_NAME, path, None, found=str(comparison), known=known)
