"""Changes of what was established for a unit, and where they lead, as data.

Invariant: a change is whole rows of the findings table; whoever replaces the unit's rows on that item by
them and scores gets exactly the standing that is promised with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from govscore.facts.rows import Row
    from govscore.points import Points
    from govscore.scoring.result import UnitState

ChangeKind = Literal["line", "fact", "level", "event", "item", "claim", "veto", "best", "worst"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something else established for a unit on one item or veto."""

    unit: str
    item: str
    title: str
    """Of the item or veto."""
    kind: ChangeKind
    """"line": what a line asks; "level", "event", "fact": other facts; "item": nothing found on the whole
    item; "claim": a bonus that is not claimed yet; "veto": a fact of a veto; "best" and "worst": an open
    item or veto with the facts that give most and least."""
    fact: str
    """Id of the fact or line; "" for a whole item or veto."""
    period: str
    """The period whose fact changes; "" for all, and where an item is asked once."""
    text: str
    """The change in words: `late: 3 → 0`."""
    rows: tuple[Row, ...]
    """All rows of the unit on the item after the change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a unit stands."""

    state: UnitState
    points: Points
    """Its total, or its points so far."""
    rank: int | None
    grade: str | None
    key: tuple[bool, int, int]
    """What is better is larger: not stopped, points, grade."""
    own: int
    """The points of the item that is changed."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A change and what the engine made of it."""

    change: Change
    standing: Standing
