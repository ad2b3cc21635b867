"""Why a score is what it is, step by step, from the code that computes it.

Invariant: nothing is computed here again; a recorder listens while one unit is scored, and the steps
are put into words afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from govscore.calendar.names import period_name
from govscore.i18n import gettext as _
from govscore.points import Points
from govscore.scoring.board import Board
from govscore.scoring.bonds import bonds_of
from govscore.scoring.engine import score_totals
from govscore.scoring.layer_reading import ONLY, reader_of
from govscore.scoring.layered import score_entry
from govscore.scoring.layers import as_one
from govscore.scoring.peers import comparison_on
from govscore.scoring.raters import raters_of
from govscore.scoring.steps import ItemTrace, Loss, Step, UnitTrace
from govscore.scoring.trace_group import given_step, provisional_steps
from govscore.scoring.trace_layers import layered_steps
from govscore.scoring.trace_totals import total_steps
from govscore.scoring.trace_words import item_steps
from govscore.scoring.yielding import yielded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govscore.facts.rows import Row
    from govscore.scheme.model import Item
    from govscore.scoring.established import Layer
    from govscore.scoring.result import Result, UnitResult

__all__ = ["ItemTrace", "Loss", "Step", "UnitTrace", "explain", "explain_item", "explain_on"]


@dataclass(slots=True)
class Recorder:
    """Listens while one unit is scored."""

    heard: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __call__(self, step: str, /, **data: Any) -> None:
        """Keeps a step with its columns."""
        self.heard.append((step, data))


def explain(result: Result, unit: str) -> UnitTrace:
    """Why a unit has its score.

    Args:
        result: what `score` gave.
        unit: the unit's id.

    Raises:
        KeyError: there is no such unit.
    """
    mine = [each for each in result.roster if each.unit == unit]
    if not mine:
        raise KeyError(unit)
    if bonds_of(result.scheme).rows:  # what the others of the group have is part of the explanation
        mine = [each for each in result.roster if each.group == mine[0].group]
    return _explain(Board(result.scheme, result.facts, mine), result[unit])


def explain_on(board: Board, unit: str) -> UnitTrace:
    """Why a unit has its score now."""
    return _explain(board, board.unit(unit))


def explain_item(board: Board, unit: str, item: str) -> ItemTrace:
    """Why a unit has its points on one item now."""
    return _item(board, board.unit(unit), item)


def _explain(board: Board, unit: UnitResult) -> UnitTrace:
    items = tuple(_item(board, unit, item) for item in unit.items)
    recorder = Recorder()
    place = board.places[unit.unit]
    score_totals(board.plan, board.columns, board.matrices, slice(place, place + 1), recorder)
    totals = tuple(total_steps(board, unit, recorder.heard))
    losses = (*_item_losses(items, board), *_veto_losses(board, unit, totals))
    return UnitTrace(unit=unit, items=items, totals=totals, losses=losses)


def _item(board: Board, unit: UnitResult, id: str) -> ItemTrace:
    item = board.plan.of_units.of(board.plan.rows[id], board.places[unit.unit])
    result = unit.items[id]
    rows = board.facts_of(unit.unit, id).rows
    steps: tuple[Step, ...] = ()
    arithmetic = ""
    if result.state == "none":
        nothing = Points(0)
        text = _("not claimed, and so 0")
        steps, arithmetic = (Step(name="unclaimed", text=text, points=nothing, amount=nothing),), "0"
    elif result.state == "not_applicable" and result.points is not None:
        steps = (given_step(board, unit.unit, id),)
        arithmetic = steps[0].arithmetic
    elif result.points is not None:
        steps, arithmetic = _scored(board, unit.unit, id)
    elif result.state == "provisional":
        steps = provisional_steps(board, unit.unit, id, lambda: _scored(board, unit.unit, id)[0])
    details, reasons = _details(board, unit.unit, id), _reasons(rows)
    if item.several and result.points is None:  # nobody is told yet what the others found
        raters = raters_of(board, unit.unit, id) if result.state == "open" else None
        details, reasons = tuple(filter(None, [raters.words() if raters else ""])), ()
    return ItemTrace(
        item=id,
        title=item.title,
        kind=item.kind,
        state=result.state,
        points=result.points,
        charges=result.charges,
        full=result.full,
        arithmetic=arithmetic,
        steps=steps,
        details=details,
        reasons=reasons,
    )


def _scored(board: Board, unit: str, id: str) -> tuple[tuple[Step, ...], str]:
    """What is heard while the item is scored for the unit, as things stand."""
    recorder = Recorder()
    row, place = board.plan.rows[id], board.places[unit]
    item = board.plan.of_units.of(row, place)
    part, (floored, times) = slice(place, place + 1), board.plan.frame_of(row)
    left = yielded(board.plan, board.columns, board.matrices, row, part)
    among = comparison_on(board.plan, board.columns, board.matrices, row)
    pooled, told = board.columns.pools.shares(id, place), as_one(item, board.facts_of(unit, id)).rows
    score_entry(item, board.columns, part, floored, recorder, told, times, left, pooled, among)
    tell = layered_steps if item.layered else item_steps
    return tell(item, recorder.heard, told, board.scheme.titles)


def _details(board: Board, unit: str, id: str) -> tuple[str, ...]:
    """What single rows of an item came to, for every fact that tells them one by one."""
    entry = board.scheme.items[id]
    facts = as_one(entry, board.facts_of(unit, id))
    about = board.plan.units[board.places[unit]]
    period = board.scheme.period
    spans = entry.spans(period)
    found: list[str] = []
    for layer, told in facts.layers.items() or ((ONLY, facts),):
        rows = [row for row in facts.rows if layer is ONLY or _of(row, layer)]
        for fact in told.values:
            mine = [row for row in rows if entry.fact_names.get(row.fact) == fact]
            reader = reader_of(entry, fact, told, period, about, spans[layer.period])
            said = entry.asked[fact].details(mine, reader)
            found += [_told_of(layer, each) for each in said]
    return tuple(found)


def _of(row: Row, layer: Layer) -> bool:
    return (row.reviewer, row.period) == layer


def _told_of(layer: Layer, said: str) -> str:
    """A sentence with the reviewer and the period that it is about, where an item has several."""
    if layer.period:
        said = _("{period}: {steps}").format(period=period_name(layer.period), steps=said)
    return _("{name}: {steps}").format(name=layer.reviewer, steps=said) if layer.reviewer else said


def _reasons(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.reason for row in rows if row.reason))


def _explains(step: Step, full: int, item: Item) -> bool:
    """Whether a step says where points went: full points at the start, or in a period, do not."""
    if step.name == "period":
        return item.kind != "base" or step.amount is None or step.amount < (item.frame.full or 0)
    return step.name not in ("exempt", "yield", "charge") and (step.name != "begin" or step.points != full)


def _item_losses(items: tuple[ItemTrace, ...], board: Board) -> Iterator[Loss]:
    """What base items are short of their points and bonus items of 0, deductions, charges elsewhere."""
    for trace in items:
        yield from _charge_losses(trace)
        if trace.points is None:
            continue
        full = int(trace.full or 0) if trace.kind == "base" else 0
        lost = int(trace.points) if trace.kind == "major_deduction" else full - int(trace.points)
        if lost > 0:
            # A start at full points explains no loss; any other start does. What took nothing here does not.
            item = board.scheme.items[trace.item]
            steps = [step.text for step in trace.steps if _explains(step, full, item)]
            if not steps:  # every period is worth less than its share of the item
                steps = [step.text for step in trace.steps if step.name != "charge"]
            yield Loss(
                item=trace.item,
                title=trace.title,
                kind=trace.kind,
                lost=Points(lost),
                why=_("; ").join([*steps, *trace.details]),
                reason=_("; ").join(trace.reasons),
            )


def _charge_losses(trace: ItemTrace) -> Iterator[Loss]:
    """What an item takes elsewhere, where it has its own place in the arithmetic."""
    if trace.charges:
        yield Loss(
            item=trace.item,
            title=trace.title,
            kind="charge",
            lost=Points(sum(trace.charges.values())),
            why=_("; ").join(step.text for step in trace.steps if step.name == "charge"),
            reason=_("; ").join(trace.reasons),
        )


def _veto_losses(board: Board, unit: UnitResult, totals: tuple[Step, ...]) -> Iterator[Loss]:
    for step in totals:
        id = step.name.removeprefix("veto:")
        if id != step.name and step.amount is not None and step.amount < 0:
            yield Loss(
                item=id,
                title=board.scheme.entries[id].title,
                kind="veto",
                lost=Points(-step.amount),
                why=step.text,
                reason=_("; ").join(_reasons(board.facts_of(unit.unit, id).rows)),
            )
