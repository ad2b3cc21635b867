"""Who has rated an item that several reviewers review, and who is still needed.

Invariant: told from the findings that the board holds; nothing here says what anybody found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govscore.i18n import gettext as _
from govscore.i18n import ngettext
from govscore.rules.words import listed
from govscore.scoring.columns import OPEN
from govscore.scoring.layered import score_entry

if TYPE_CHECKING:
    from govscore.scoring.board import Board


@dataclass(frozen=True, slots=True, kw_only=True)
class Raters:
    """How far the reviewers of one item of one unit have come."""

    rated: tuple[str, ...]
    """Who has found anything, in order of their names; the leader of a pair is not among them."""
    missing: int
    """How many more must rate."""
    third: bool
    """Whether the one more is wanted because two are too far apart."""
    leader: str
    """Who must decide, since the raters stay apart; "" if nobody must."""
    differ: bool
    """Whether those who should have found the same did not."""

    def wants(self, reviewer: str) -> bool:
        """Whether this reviewer, who has not rated, could bring it further."""
        return reviewer == self.leader or (self.missing > 0 and reviewer not in self.rated)

    def words(self) -> str:
        """What it waits for, in a sentence; "" if for nothing."""
        if self.leader:
            return _("the reviewers stay apart: {leader} decides").format(leader=self.leader)
        who = listed(self.rated)
        if self.third:
            template = _("{names} are too far apart: a third reviewer is needed")
            return template.format(names=who)
        if self.missing:
            template = ngettext(
                "reviewed by {names}; {count} more reviewer is needed",
                "reviewed by {names}; {count} more reviewers are needed",
                self.missing,
            )
            return template.format(names=who or _("nobody"), count=self.missing)
        return _("{names} did not find the same").format(names=who) if self.differ else ""


def raters_of(board: Board, unit: str, entry: str) -> Raters | None:
    """Who has rated an item or veto of a unit, and who is needed; None where a single one reviews."""
    each = board.scheme.entries[entry]
    if not each.several or each.reviewers is None:
        return None
    facts, leader = board.facts_of(unit, entry), each.reviewers.leader
    named = sorted({row.reviewer for row in facts.rows})
    rated = tuple(name for name in named if name != leader)
    missing = max(0, each.reviewers.least - len(rated))
    third = leads = False
    if not missing and each.combines:
        heard = _heard(board, unit, entry)
        third = any(bool(found.wanted[0]) for found in heard)
        leads = any(bool(found.leads[0]) for found in heard) and leader not in named
    differ = not missing and not each.combines and facts.state == "open"
    return Raters(
        rated=rated,
        missing=1 if third else missing,
        third=third,
        leader=str(leader) if leads else "",
        differ=differ,
    )


def _heard(board: Board, unit: str, item: str) -> list[Any]:
    """What the points came to in each period, of the item and of each section that it takes from."""
    place, row = board.places[unit], board.plan.rows[item]
    found: list[Any] = []

    def note(step: str, /, **data: Any) -> None:
        if step == "reviewers" and int(data["state"][0]) == OPEN:
            found.extend(data["found"].values())

    floored, times = board.plan.frame_of(row)
    mine = board.plan.of_units.of(row, place)
    score_entry(mine, board.columns, slice(place, place + 1), floored, note, times=times)
    return found


def waits(board: Board, unit: str, entry: str, reviewer: str) -> bool:
    """Whether an open item waits for others, and not for this reviewer ("": nobody in particular)."""
    raters = raters_of(board, unit, entry) if reviewer else None
    return raters is not None and not raters.wants(reviewer)
