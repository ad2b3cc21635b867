"""From items to total, grade and rank: the parts one by one, then the total.

Invariant: as `trace_levels`: every result shown here was recorded while scoring.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from govscore.facts.switches import known
from govscore.i18n import gettext as _
from govscore.points import Points, plain
from govscore.rules.line_words import TOTAL
from govscore.rules.words import percent_words
from govscore.scoring.standing_words import coverage_words, missed_words, parted_words
from govscore.scoring.steps import Step
from govscore.scoring.trace_levels import LevelPath, added

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.scheme.model import Scheme
    from govscore.scoring.board import Board
    from govscore.scoring.levels import PartLevel
    from govscore.scoring.result import UnitResult
    from govscore.scoring.trace_words import Heard

__all__ = ["added", "total_steps"]


def total_steps(board: Board, unit: UnitResult, heard: Heard) -> Iterator[Step]:
    """From sections to total, grade and rank, as far as the unit has them.

    Args:
        board: where the unit is scored.
        unit: its result.
        heard: what a recorder kept while its totals were scored.
    """
    if unit.state == "unassessed":
        yield Step(name="unassessed", text=_("not assessed: no base item is assigned and applicable"))
        return
    place, mine = board.places[unit.unit], _own(board.scheme, unit)
    plan = board.plan.at(slice(place, place + 1))
    total = int(board.totals.total[place])
    path = LevelPath(board, unit, heard, mine, plan.whole, unit, total)
    for level, totals in zip(plan.parts, board.totals.parts, strict=True):
        if level.id:
            part = LevelPath(board, unit, heard, mine, level, unit.parts[level.id], int(totals.points[place]))
            yield from (replace(step, part=level.id) for step in _part(part, level))
        elif unit.state != "stopped":
            first = LevelPath(board, unit, heard, mine, level, unit, total)
            yield from first.base()
            path.running = first.running
    if unit.state != "stopped":
        if board.scheme.has_parts:
            yield _weighed(path)
        yield from path.gates()
        yield from path.after_base()
    yield from path.vetoes()
    yield from path.warnings()
    yield from _end(board, unit)


def _part(path: LevelPath, level: PartLevel) -> Iterator[Step]:
    """A part from its sections to its score, or why it has none."""
    settings, result = level.settings, path.unit.parts[level.id]
    text = _("part {title}: weight {weight}, full marks {full}").format(
        title=settings.title,
        weight=percent_words(known(settings.weight)),
        full=plain(known(settings.full_marks)),
    )
    yield Step(name="part", text=text)
    if result.state == "unassessed":
        yield Step(name="part_out", text=_("nothing in it is applicable: it has no weight"))
    elif result.state != "stopped" and path.unit.state != "stopped":
        yield from path.base()
        yield from path.gates()
        yield from path.after_base()
    if result.state != "unassessed":
        yield from path.vetoes()
    yield from path.warnings()
    if result.score is not None:
        text = _("score of the part: {points}").format(points=result.score)
        yield Step(name="part_score", text=text, points=result.score)
    elif result.state == "stopped" and path.unit.state != "stopped":
        yield Step(name="part_score", text=_("stopped by a veto: the part counts 0"), points=Points(0))
    elif result.state == "open" and path.unit.state != "stopped":
        text = _("part so far: {points}").format(points=plain(path.score))
        yield Step(name="part_so_far", text=text, points=Points(path.score))
    if result.grade is not None:
        yield Step(name="part_grade", text=_("grade of the part: {grade}").format(grade=result.grade))


def _weighed(path: LevelPath) -> Step:
    """The base of the total, from the scores of the parts that count."""
    board, place = path.board, path.board.places[path.unit.unit]
    plan = board.plan.at(slice(place, place + 1))
    terms, weights = [], []
    for level, totals in zip(plan.parts, board.totals.parts, strict=True):
        if totals.counts[place]:
            weight = percent_words(known(level.settings.weight))
            score, full = plain(int(totals.points[place])), plain(known(level.settings.full_marks))
            terms.append(f"{weight} × {score} ÷ {full}")
            weights.append(weight)
    text = f"{plain(known(plan.scheme.model.total.full_marks))} × ({' + '.join(terms)})"
    if len(terms) < len(board.plan.parts):  # the weights of the others grow
        text += f" ÷ ({' + '.join(weights)})" if len(weights) > 1 else f" ÷ {weights[0]}"
    path.running = int(board.totals.base[place])
    return path.base_step(text)


def _end(board: Board, unit: UnitResult) -> Iterator[Step]:
    """The total, or the points so far; grade and rank."""
    if unit.total is not None:
        text = _("total: {points}").format(points=unit.total)
        yield Step(name="total", text=text, points=unit.total)
    elif unit.so_far is not None:
        text = _("so far: {points}").format(points=unit.so_far)
        yield Step(name="so_far", text=text, points=unit.so_far)
    if not unit.covered and unit.state in ("scored", "open"):
        yield Step(name="coverage", text=coverage_words(board.scheme, unit))
    if unit.grade is not None:
        text = _("grade: {grade}").format(grade=unit.grade)
        yield Step(name="grade", text=_("; ").join((text, *missed_words(unit))))
    if unit.rank is not None:
        text = _("rank in the group: {rank}").format(rank=unit.rank)
        if unit.parted_by:
            text = _("{rank}; {why}").format(rank=text, why=parted_words(board.scheme, unit))
        yield Step(name="rank", text=text)


def _own(scheme: Scheme, unit: UnitResult) -> frozenset[str]:
    """Sections in which the unit has anything to do or to lose, and its loose items."""
    found: set[str] = set()
    for item in unit.items.values():
        if item.state == "not_assigned":
            continue
        section = scheme.items[item.item].section
        if section is None:
            found.add(item.item)
        for first in (section, *(target for target in item.charges if target != TOTAL)):
            above = first
            while above is not None and above not in found:
                found.add(above)
                above = scheme.sections[above].section
    return frozenset(found)
