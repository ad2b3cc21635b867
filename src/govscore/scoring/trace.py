"""Why a score is what it is, step by step, from the code that computes it.

Invariant: nothing is computed here again; a recorder listens while one unit is scored, and the steps
are put into words afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from govscore.points import Points
from govscore.scoring.board import Board
from govscore.scoring.items import score_item
from govscore.scoring.trace_words import item_steps, total_steps

if TYPE_CHECKING:
    from govscore.scheme.model import ItemKind
    from govscore.scoring.result import ItemState, Result, UnitResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step and what it led to."""

    name: str
    """Stable word: start, minus, plus, zero_if, limit, section, rescale, base, gate, bonus, …"""
    text: str
    """The step in a sentence, in the language set when the trace was made."""
    points: Points | None = None
    """The value after the step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTrace:
    """One item of one unit."""

    item: str
    title: str
    kind: ItemKind
    state: ItemState
    points: Points | None
    full: Points | None
    arithmetic: str = ""
    """One line that a calculator can follow: `3 − 2 × 0.5 = 2`; "" unless reviewed."""
    steps: tuple[Step, ...] = ()
    reasons: tuple[str, ...] = ()
    """What reviewers wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Points that a unit did not get, or that were deducted."""

    item: str
    title: str
    kind: str
    """"base", "major_deduction" or "veto"."""
    lost: Points
    why: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTrace:
    """One unit: its items, then how they come to the total."""

    unit: UnitResult
    items: tuple[ItemTrace, ...]
    totals: tuple[Step, ...]

    @property
    def losses(self) -> tuple[Loss, ...]:
        """Every item that cost points, and every veto that lowered the total, with the reason."""
        found = []
        for trace in self.items:
            lost = _lost(trace)
            if lost:
                steps = [step.text for step in trace.steps if step.name != "begin"]
                found.append(
                    Loss(
                        item=trace.item,
                        title=trace.title,
                        kind=trace.kind,
                        lost=Points(lost),
                        why="; ".join(steps),
                        reason="; ".join(trace.reasons),
                    )
                )
        return (*found, *self._veto_losses())

    def _veto_losses(self) -> list[Loss]:
        return [
            Loss(item=step.name.partition(":")[2], title="", kind="veto", lost=step.points, why=step.text, reason="")
            for step in self.totals
            if step.name.startswith("veto:") and step.points is not None
        ]


def _lost(trace: ItemTrace) -> int:
    if trace.points is None:
        return 0
    if trace.kind == "base":
        return int(trace.full or 0) - int(trace.points)
    return int(trace.points) if trace.kind == "major_deduction" else 0


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
    return _explain(Board(result.scheme, result.facts, mine), result[unit])


def explain_on(board: Board, unit: str) -> UnitTrace:
    """Why a unit has its score now."""
    return _explain(board, board.unit(unit))


def _explain(board: Board, unit: UnitResult) -> UnitTrace:
    items = tuple(_item(board, unit, item) for item in unit.items)
    return UnitTrace(unit=unit, items=items, totals=tuple(total_steps(board, unit)))


def explain_item(board: Board, unit: str, item: str) -> ItemTrace:
    """Why a unit has its points on one item now."""
    return _item(board, board.unit(unit), item)


def _item(board: Board, unit: UnitResult, id: str) -> ItemTrace:
    item, result = board.scheme.items[id], unit.items[id]
    facts = board.facts_of(unit.unit, id)
    steps: tuple[Step, ...] = ()
    arithmetic = ""
    if result.points is not None:
        recorder = Recorder()
        place = board.places[unit.unit]
        floored = board.scheme.model.total.floor_at == "item"
        score_item(item, board.columns.entries[id], slice(place, place + 1), floored, recorder)
        steps, arithmetic = item_steps(item, recorder.heard, Step)
    return ItemTrace(
        item=id,
        title=item.title,
        kind=item.kind,
        state=result.state,
        points=result.points,
        full=result.full,
        arithmetic=arithmetic,
        steps=steps,
        reasons=tuple(dict.fromkeys(row.reason for row in facts.rows if row.reason)),
    )
