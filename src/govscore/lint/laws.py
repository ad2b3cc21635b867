"""W018, W021, W024, W026: what lets one more fault raise a unit's points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.lint.base import Doubt, points
from govscore.rules.faults import subjects_of
from govscore.scheme.warning_kinds import EXEMPTED_BY_FAULT, FAULT_RAISES, FAULTS_BOUNDED, PAIR_RAISES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.lint.base import Look, Path
    from govscore.lint.reach import Reach, Way
    from govscore.rules.conditions import Comparison, Condition
    from govscore.scheme.model import Item


def bounded(look: Look) -> Iterator[Doubt]:
    """Conditions that take points, and end once there are more faults."""
    faults = {item.id: faults_of(item) for _path, item in look.items}
    for path, item in look.items:
        for where, condition in _taking(item):
            yield from _ended(condition, (*path, "rule", *where), faults[item.id], "")
    across = {f"{id}/{fact}" for id, facts in faults.items() for fact in facts}
    for place, veto in enumerate(look.model.veto):
        yield from _ended(veto.when, ("veto", place, "when"), across, "/")


def raising(look: Look) -> Iterator[Doubt]:
    """Items in which one more fault was seen to raise the points."""
    for path, item, reach in look.reaches:
        for place, axis in enumerate(reach.axes):
            if axis.fact in faults_of(item) and (pair := _raised(reach, place)):
                few, many = pair
                data = {
                    "item": item.id,
                    "fact": axis.fact,
                    "few": axis.labels[few[place]],
                    "many": axis.labels[many[place]],
                    "less": points(reach.points[few]),
                    "more": points(reach.points[many]),
                }
                yield Doubt(kind=FAULT_RAISES, path=(*path, "rule"), data=data)
                break


def faults_of(item: Item) -> set[str]:
    """Counts whose pieces take points: asked or read by a line that takes, or measured beyond a number."""
    found = set()
    for side, _place, line in item.rule.lines():
        if line.range is not None or not item.rule.takes(side, item.kind):
            continue
        found |= {name for name in (line.id, line.count) if name}
        measured = subjects_of(item.facts).get(line.of or "") if line.beyond is not None else None
        if line.of is not None and measured is not None and measured.kind == "count":
            found.add(line.of)
    return found


def _taking(item: Item) -> Iterator[tuple[Path, Condition]]:
    if item.rule.zero_if is not None and item.kind != "major_deduction":
        yield ("zero_if",), item.rule.zero_if
    if item.rule.ceiling is not None and item.kind != "major_deduction":
        yield ("ceiling", "when"), item.rule.ceiling.when
    for side, place, line in item.rule.lines():
        if line.when is not None and item.rule.takes(side, item.kind):
            yield (side, place, "when"), line.when


def exempting(look: Look) -> Iterator[Doubt]:
    """Exemptions from a line that takes points, which a fault itself brings about."""
    for path, item in look.items:
        faults = faults_of(item)
        for side, place, line in item.rule.lines():
            if line.unless is None or not item.rule.takes(side, item.kind):
                continue
            for each in line.unless.comparisons:
                if each.name in faults and _by_more(each):
                    data = {"condition": str(each), "fact": each.name}
                    where = (*path, "rule", side, place, "unless")
                    yield Doubt(kind=EXEMPTED_BY_FAULT, path=where, data=data)


def pairing(look: Look) -> Iterator[Doubt]:
    """Items whose faults several reviewers count, and of which the nearest two make the points."""
    for path, item in look.items:
        if item.several and item.reviewers and item.reviewers.take == "pair" and faults_of(item):
            stated = item.reviewers is not look.model.scheme.reviewers
            where = (*path, "reviewers") if stated else ("scheme", "reviewers")
            yield Doubt(kind=PAIR_RAISES, path=where, data={"item": item.id})


def _by_more(each: Comparison) -> bool:
    """Whether more of what is compared may make the comparison hold."""
    if each.word is not None:
        return (each.operator == "=") == (each.word == "yes")
    return each.operator in (">", ">=", "=", "!=")


def _ended(condition: Condition, path: Path, faults: set[str], mark: str) -> Iterator[Doubt]:
    for each in condition.comparisons:
        numeric = each.word is None
        if each.name in faults and mark in each.name and numeric and each.operator in ("<", "<=", "=", "!="):
            data = {"condition": str(each), "fact": each.name}
            yield Doubt(kind=FAULTS_BOUNDED, path=path, data=data)


def _raised(reach: Reach, place: int) -> tuple[Way, Way] | None:
    """Two ways that differ in this fact only, the one with more of it being better."""
    for way, worth in reach.points.items():
        for more in range(way[place] + 1, len(reach.axes[place].candidates)):
            other = (*way[:place], more, *way[place + 1 :])
            if other in reach.points:
                better = reach.points[other] - worth
                if better < 0 if reach.deducts else better > 0:
                    return way, other
                break
    return None
