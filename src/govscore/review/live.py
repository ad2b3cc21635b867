"""The live score: what a finding would make of a unit, without deciding it.

Invariant: a preview leaves the board as it was, whatever happens in between.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from govscore.facts.switches import known
from govscore.i18n import gettext as _
from govscore.points import UNITS_PER_POINT, Points
from govscore.review.roster import is_provisional
from govscore.scheme.unit_schemes import for_unit
from govscore.scoring.facts import NOTHING
from govscore.scoring.raters import raters_of
from govscore.scoring.trace import explain_item
from govscore.scoring.trace_own import own_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govscore.events import Finding
    from govscore.review.several import Several
    from govscore.scheme.model import Scheme
    from govscore.scheme.units import Unit
    from govscore.scoring.board import Board
    from govscore.scoring.facts import EntryFacts
    from govscore.scoring.result import UnitResult, VetoResult
    from govscore.scoring.trace import ItemTrace


@dataclass(frozen=True, slots=True, kw_only=True)
class NextLine:
    """The next better grade, and what is missing to it."""

    name: str
    line: Points
    missing: Points


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A unit and one of its items, with a finding as it stands in the form."""

    unit: UnitResult
    trace: ItemTrace | None
    """None for a veto."""
    veto: VetoResult | None
    total: Points
    """The total, or the points so far."""
    change: Points
    """How much more than without the finding in the form."""
    rank: int | None
    group_size: int
    provisional: bool
    next_line: NextLine | None


@contextmanager
def tried(board: Board, unit: str, facts: Mapping[str, EntryFacts]) -> Iterator[None]:
    """The board with these facts on a unit's items, and as it was afterwards."""
    before = {item: board.facts_of(unit, item) for item in facts}
    try:
        for item, each in facts.items():
            board.put(unit, item, each)
        yield
    finally:
        for item, old in before.items():
            board.put(unit, item, old if old.rows or old.state != "open" else NOTHING)


def live(board: Board, unit: Unit, item: str, facts: EntryFacts | None = None) -> Live:
    """The figures of a unit with these facts on an item; None: as it is decided."""
    total_before = board.total_of(unit.unit)
    differs = facts is not None and facts != board.facts_of(unit.unit, item)
    with tried(board, unit.unit, {item: facts} if facts is not None and differs else {}):
        return _read(board, unit, item, total_before)


def _read(board: Board, unit: Unit, item: str, total_before: Points) -> Live:
    result = board.unit(unit.unit)
    total = board.total_of(unit.unit)
    vetoes, mine = {each.id: each for each in result.vetoes}, for_unit(board.scheme, unit)
    return Live(
        unit=result,
        trace=explain_item(board, unit.unit, item) if item in result.items else None,
        veto=vetoes.get(item),
        total=total,
        change=Points(total - total_before),
        rank=result.rank,
        group_size=len(board.plan.groups[unit.group]),
        provisional=is_provisional(board, unit.group),
        next_line=next_line(mine, total) if result.state in ("open", "scored") else None,
    )


def next_line(scheme: Scheme, total: Points) -> NextLine | None:
    """The nearest grade line above a total, if a single number marks it; the scheme is the unit's."""
    full = int(known(scheme.model.total.full_marks))
    best: NextLine | None = None
    for grade in scheme.grades:
        if grade.when is None or len(grade.when.comparisons) != 1:
            continue
        comparison = grade.when.comparisons[0]
        if comparison.operator not in (">", ">="):
            continue
        share, number = comparison.share, comparison.number
        line = Fraction(full) * share if share is not None else (number or Fraction(0)) * UNITS_PER_POINT
        missing = int(line) - int(total.mark)
        short = missing > 0 or (missing == 0 and comparison.operator == ">")
        if short and (best is None or missing < best.missing):
            best = NextLine(name=grade.name, line=Points(int(line)), missing=Points(missing))
    return best


def covered(shown: Live, several: Several, unit: Unit, finding: Finding | None) -> Live:
    """The figures without what other reviewers found: of the item only what the own finding comes to."""
    trace = shown.trace
    if trace is None:
        return shown
    raters = raters_of(several.board, unit.unit, trace.item)
    steps = own_steps(several.board, unit, trace.item, several.own(unit, trace.item, finding))
    hidden = _("what the other reviewers found is shown once you have decided")
    details = (*filter(None, [raters.words() if raters else ""]), hidden)
    own = replace(trace, steps=steps, arithmetic="", reasons=(), details=details)
    return replace(shown, trace=own)
