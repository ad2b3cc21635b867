"""What a trace consists of: steps, items with their arithmetic, what was lost.

Invariant: plain data; the sentences are in the language that was set when the trace was made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govscore.points import Points
    from govscore.scheme.model import ItemKind
    from govscore.scoring.result import ItemState, UnitResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step and what it led to.

    A section, a rescaling, a gate, a grade and a rank stand beside the running value and leave it as it is.
    """

    name: str
    """Stable word: begin, ceiling, minus, plus, exempt, yield, charge, minus_cap, plus_cap, zero_if, limit,
    unclaimed, given, waits, rated, reviewers; period, no_period, mean; part, part_out, part_score,
    part_so_far, part_grade; section, rescale, base, gate, bonus, major_deduction, charge:<item>, bounds,
    veto:<id>, warning:<id>, total, so_far, coverage, grade, rank."""
    text: str
    """The step in a sentence."""
    points: Points | None = None
    """The running value after the step; of a section or a rescaling its own value."""
    amount: Points | None = None
    """What the step added to the running value (below 0: took)."""
    arithmetic: str = ""
    """What a calculator can follow, where there is any: `min(30, 12 + 19.5) = 30`."""
    part: str = ""
    """The part whose score it leads to, and whose running value it has; "": the total's."""


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
    """What a calculator can follow: `3 − 2 × 0.5 = 2`; "" unless reviewed. Charges elsewhere are not in it.

    Several equations stand apart by "; ". Each rounds once, to eight decimals, where it says `=`.
    """
    charges: Mapping[str, Points] = field(default_factory=dict)
    """What its lines take elsewhere, by section or "total"."""
    steps: tuple[Step, ...] = ()
    details: tuple[str, ...] = ()
    """What single rows came to, where a step does not say it: cases that were not on time."""
    reasons: tuple[str, ...] = ()
    """What reviewers wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Points that a unit did not get, or that were deducted."""

    item: str
    title: str
    kind: str
    """"base", "bonus" (below 0), "major_deduction", "veto", or "charge" (taken in a section or the total)."""
    lost: Points
    why: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTrace:
    """One unit: its items, then how they come to the total."""

    unit: UnitResult
    items: tuple[ItemTrace, ...]
    totals: tuple[Step, ...]
    losses: tuple[Loss, ...]
    """Every item that cost points, and every veto that lowered the total, with the reason."""
