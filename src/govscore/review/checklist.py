"""The items of one unit as a checklist: sections and items in order, each with its state.

Invariant: the order is the scheme's: base, bonus, major deductions, each by section; vetoes last.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_
from govscore.scoring.raters import waits

if TYPE_CHECKING:
    from govscore.points import Points
    from govscore.scheme.model import Item, Scheme, Veto
    from govscore.scheme.units import Unit
    from govscore.scoring.board import Board
    from govscore.scoring.result import UnitResult

State = Literal[
    "open", "reviewed", "provisional", "not_applicable", "not_assigned", "locked", "stopped", "acts", "warns",
    "none", "waiting",
]  # fmt: skip

SHAPES: Final[dict[State, str]] = {
    "open": "○",
    "waiting": "◐",
    "reviewed": "●",
    "provisional": "◐",
    "not_applicable": "–",
    "not_assigned": "·",
    "locked": "◇",
    "none": "□",
    "stopped": "■",
    "acts": "■",
    "warns": "▲",
}
STATE_NAMES: Final[dict[State, str]] = {
    "open": N_("not reviewed"),
    "waiting": N_("waits for other reviewers"),
    "reviewed": N_("reviewed"),
    "provisional": N_("waits for the group"),
    "not_applicable": N_("not applicable"),
    "not_assigned": N_("not assigned"),
    "locked": N_("bonus locked"),
    "none": N_("not claimed"),
    "stopped": N_("stopped by a veto"),
    "acts": N_("veto acts"),
    "warns": N_("warning, no effect"),
}
KIND_NAMES: Final = {
    "base": N_("base items"),
    "bonus": N_("bonus items"),
    "major_deduction": N_("major deductions"),
    "veto": N_("vetoes"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A section, or a kind of loose items."""

    title: str
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An item or veto of the unit."""

    id: str
    title: str
    state: State
    points: Points | None
    full: Points | None
    asks: bool
    """Whether a reviewer has anything to answer."""
    deducts: bool


ChecklistLine = Heading | Line


def order(scheme: Scheme) -> tuple[Heading | str, ...]:
    """Headings and ids in the order of the checklist, the same for every unit."""
    found: list[Heading | str] = []

    def section(id: str, title: str, depth: int) -> None:
        found.append(Heading(title=title, depth=depth))
        found.extend(item.id for item in scheme.items_of(id))
        for inner in scheme.children(id):
            section(inner.id, inner.title, depth + 1)

    for top in scheme.children(None):
        section(top.id, top.title, 0)
    for kind, title in KIND_NAMES.items():
        loose = [item.id for item in scheme.items_of(None) if item.kind == kind]
        loose = list(scheme.vetoes) if kind == "veto" else loose
        if loose:
            found += [Heading(title=_(title), depth=0), *loose]
    return tuple(found)


def lines(
    board: Board, unit: Unit, result: UnitResult, laid_out: tuple[Heading | str, ...], reviewer: str = ""
) -> tuple[ChecklistLine, ...]:
    """The checklist of a unit; items it does not have are left out, and so are empty headings.

    Args:
        board: the scores.
        unit: whose.
        result: its result on the board.
        laid_out: what `order` gave.
        reviewer: for whom it is: of items with several reviewers, those that wait for others are not open.
    """
    found: list[ChecklistLine] = []
    for each in laid_out:
        if isinstance(each, Heading):
            while found and isinstance(found[-1], Heading) and found[-1].depth >= each.depth:
                found.pop()
            found.append(each)
            continue
        entry = board.scheme.entries[each]
        if entry.applies(unit.group, unit.unit, unit.tags):
            line = _line(board, unit, result, entry)
            if line.state == "open" and entry.several and waits(board, unit.unit, each, reviewer):
                line = replace(line, state="waiting")
            found.append(line)
    while found and isinstance(found[-1], Heading):
        found.pop()
    return tuple(found)


def _line(board: Board, unit: Unit, result: UnitResult, entry: Item | Veto) -> Line:
    item = result.items.get(entry.id)
    if item is None:
        state = _veto_state(board, unit, result, entry.id)
        return Line(
            id=entry.id, title=entry.title, state=state, points=None, full=None,
            asks=bool(entry.asked), deducts=True,
        )  # fmt: skip
    return Line(
        id=item.item, title=entry.title, state=item.state, points=item.points, full=item.full,
        asks=bool(entry.asked), deducts=item.kind == "major_deduction",
    )  # fmt: skip


def _veto_state(board: Board, unit: Unit, result: UnitResult, id: str) -> State:
    veto = next(each for each in result.vetoes if each.id == id)
    if veto.acts:
        return "acts"
    facts = board.facts_of(unit.unit, id)
    if facts.state == "not_applicable":
        return "not_applicable"
    if veto.undecided and (facts.state == "open" or not board.scheme.vetoes[id].asked):
        return "open"
    if veto.warns:
        return "warns"
    return "stopped" if result.state == "stopped" and facts.state == "open" else "reviewed"


def needs_review(line: ChecklistLine) -> bool:
    """Whether the reviewer still has to answer something here."""
    return isinstance(line, Line) and line.state == "open" and line.asks
