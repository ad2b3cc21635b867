"""Which single changes of facts would gain a unit most, and what its grade lines are short of.

Invariant: every total, rank and grade is the engine's, after the changed rows were read like any
findings; the board is as it was before when a question is answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from govscore.analysis.shortfalls import GradeLine, grade_lines
from govscore.analysis.thresholds import thresholds
from govscore.analysis.trying import Trying
from govscore.points import Points
from govscore.scoring.board import Board
from govscore.scoring.engine import UNIT_OPEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.analysis.changes import Change, Tried
    from govscore.scoring.result import Result, UnitResult, UnitState

__all__ = ["Gain", "GradeLine", "WhatIf", "what_if", "what_if_on"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What one change would do to the unit."""

    change: Change
    gain: Points | None
    """In the total, or in the points so far of an open unit; None for a unit that has none now."""
    state: UnitState
    total: Points | None
    """The total after the change; None unless every item is reviewed then."""
    so_far: Points | None
    """The points so far after the change, of a unit that stays open."""
    rank: int | None
    grade: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """A unit as it is, and what would change it."""

    unit: UnitResult
    provisional: bool
    """Whether ranks of its group may still change."""
    gains: tuple[Gain, ...]
    """The largest gain first; open items at their worst may lose."""
    lines: tuple[GradeLine, ...]
    """Every grade from the top."""


def what_if(result: Result, unit: str, item: str | None = None) -> WhatIf:
    """What would gain a unit most, one change at a time.

    Args:
        result: what `score` gave.
        unit: the unit's id.
        item: only changes on this item or veto.

    Raises:
        KeyError: there is no such unit, item or veto.
    """
    return what_if_on(Board(result.scheme, result.facts, result.roster), unit, item)


def what_if_on(board: Board, unit: str, item: str | None = None) -> WhatIf:
    """As `what_if`, on a board, which is as it was afterwards."""
    now = board.unit(unit)
    if item is not None and item not in board.scheme.entries:
        raise KeyError(item)
    entries = [item] if item is not None else list(board.scheme.entries)
    trying = Trying(board, board.plan.units[board.places[unit]], thresholds(board.scheme))
    gains = sorted(_gains(trying, now, entries), key=lambda gain: _order(board, gain))
    group = board.plan.groups[now.group]
    return WhatIf(
        unit=now,
        provisional=bool((board.totals.state[group] == UNIT_OPEN).any()),
        gains=tuple(gains),
        lines=tuple(grade_lines(board, now)),
    )


def _gains(trying: Trying, now: UnitResult, entries: list[str]) -> Iterator[Gain]:
    for id in entries:
        for tried in trying.on(id, now):
            yield _gain(tried, now)


def _gain(tried: Tried, now: UnitResult) -> Gain:
    before = now.total if now.total is not None else now.so_far
    after = tried.standing
    known = before is not None and after.state in ("scored", "open")
    return Gain(
        change=tried.change,
        gain=Points(after.points - before) if known and before is not None else None,
        state=after.state,
        total=after.points if after.state == "scored" else None,
        so_far=after.points if after.state == "open" else None,
        rank=after.rank,
        grade=after.grade,
    )


def _order(board: Board, gain: Gain) -> tuple[int, int, int]:
    """The largest gain first; what only lifts a stop by the points after it; then the order of the scheme."""
    points = gain.gain if gain.gain is not None else gain.total or gain.so_far or Points(0)
    entries: dict[str, int] = {id: place for place, id in enumerate(board.scheme.entries)}
    loses: Literal[0, 1] = 1 if gain.change.kind == "worst" else 0
    return (loses, -int(points), entries[gain.change.item])
