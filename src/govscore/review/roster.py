"""The overview's lines: groups and their units, filtered, searched and sorted.

Invariant: a line holds ids and plain numbers only; which units are shown never changes how they score.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from govscore.i18n import mark_for_translation as N_
from govscore.review.search import matches
from govscore.scoring.engine import UNIT_OPEN, UNIT_SCORED, UNIT_STOPPED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from govscore.points import Points
    from govscore.review.tally import Tally
    from govscore.scheme.units import Unit
    from govscore.scoring.board import Board
    from govscore.scoring.result import UnitState

Sorting = Literal["roster", "open", "rank"]
Showing = Literal["all", "open", "done"]
SORTINGS: Final[dict[Sorting, str]] = {
    "roster": N_("as listed"),
    "open": N_("most open first"),
    "rank": N_("by rank"),
}
SHOWINGS: Final[dict[Showing, str]] = {
    "all": N_("all units"),
    "open": N_("with open items"),
    "done": N_("reviewed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """A group's heading."""

    id: str
    title: str
    done: int
    """Units without an open item."""
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """A unit, by its place in the roster."""

    place: int


RosterLine = GroupLine | UnitLine


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFigures:
    """What the overview shows of a unit."""

    unit: Unit
    state: UnitState
    done: int
    assigned: int
    points: Points
    """The total, or the points so far while the unit is open."""
    rank: int | None
    grade: str | None
    provisional: bool
    """Whether the rank may still change."""


def roster_lines(
    board: Board, tally: Tally, *, query: str = "", showing: Showing = "all", sorting: Sorting = "roster"
) -> list[RosterLine]:
    """The lines of the overview; a group without a unit to show is left out."""
    found: list[RosterLine] = []
    for group, title in board.scheme.groups.items():
        places = [int(place) for place in board.plan.groups[group]]
        mine = [place for place in places if _is_shown(board, tally, place, query, showing)]
        if not mine:
            continue
        done = sum(tally.done[place] == tally.assigned[place] for place in places)
        found.append(GroupLine(id=group, title=title, done=int(done), units=len(places)))
        found += [UnitLine(place=place) for place in sorted(mine, key=_order(board, tally, sorting))]
    return found


def figures(board: Board, tally: Tally, place: int) -> UnitFigures:
    """The figures of one unit."""
    unit = board.plan.units[place]
    return UnitFigures(
        unit=unit,
        state=board.state_of(unit.unit),
        done=int(tally.done[place]),
        assigned=int(tally.assigned[place]),
        points=board.total_of(unit.unit),
        rank=board.rank_of(unit.unit),
        grade=board.grade_of(unit.unit),
        provisional=is_provisional(board, unit.group),
    )


def is_provisional(board: Board, group: str) -> bool:
    """Whether a unit of the group is open, so that its ranks may change."""
    return bool((board.totals.state[board.plan.groups[group]] == UNIT_OPEN).any())


def ranked(board: Board, group: str) -> list[int]:
    """Places of a group's units as the ranking lists them."""
    return sorted((int(place) for place in board.plan.groups[group]), key=_by_rank(board))


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Where a step from one unit to the next leads."""

    place: int
    went_round: bool = False
    """Whether it went from one end of the list to the other."""


def neighbour(places: Sequence[int], place: int, step: int) -> Neighbour | None:
    """The next or previous of these places, going round at the ends; None: there is no other."""
    if not set(places) - {place}:
        return None
    if place not in places:
        return Neighbour(places[0])
    at = places.index(place) + step
    return Neighbour(places[at % len(places)], went_round=not 0 <= at < len(places))


def _is_shown(board: Board, tally: Tally, place: int, query: str, showing: Showing) -> bool:
    is_done = tally.done[place] == tally.assigned[place]
    if showing != "all" and is_done != (showing == "done"):
        return False
    unit = board.plan.units[place]
    return not query or matches(query, unit.name, unit.unit)


def _order(board: Board, tally: Tally, sorting: Sorting) -> Callable[[int], tuple[int, ...]]:
    if sorting == "open":
        return lambda place: (int(tally.done[place] - tally.assigned[place]), place)
    return _by_rank(board) if sorting == "rank" else lambda place: (place,)


def _by_rank(board: Board) -> Callable[[int], tuple[int, ...]]:
    """Units by rank, then totals without one, then open ones by points so far, then the others."""
    totals, order = board.totals, {UNIT_SCORED: 0, UNIT_OPEN: 2, UNIT_STOPPED: 3}

    def key(place: int) -> tuple[int, ...]:
        state = int(totals.state[place])
        rank = int(board.ranks[place])
        unranked = state == UNIT_SCORED and not rank
        points = -int(totals.total[place]) if state == UNIT_OPEN or unranked else 0
        return (order.get(state, 4) + unranked, rank, points, place)

    return key
