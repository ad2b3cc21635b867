"""Words that several sheets use: kinds of items, states, units in a ranking.

Invariant: the five “nothings” have a word each; none of them looks like the number 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.export.stamp import provisional_text
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_
from govscore.points import show

if TYPE_CHECKING:
    from govscore.scheme.model import Scheme
    from govscore.scoring.result import ItemState, UnitResult, UnitState

NOT_ASSIGNED: Final = "—"
"""Stands in cells of items that the scheme does not give to a unit; formulas look for it."""

_KINDS: Final = {
    "base": N_("base item"),
    "bonus": N_("bonus item"),
    "major_deduction": N_("major deduction"),
    "charge": N_("taken elsewhere"),
    "veto": N_("veto"),
}
_ITEM_STATES: Final[dict[ItemState, str]] = {
    "open": N_("not reviewed"),
    "provisional": N_("waits for the group"),
    "not_assigned": NOT_ASSIGNED,
    "not_applicable": N_("not applicable"),
    "locked": N_("locked"),
    "none": N_("not claimed"),
    "stopped": N_("review ended"),
}
_UNIT_STATES: Final[dict[UnitState, str]] = {
    "open": N_("review not complete"),
    "scored": N_("scored"),
    "stopped": N_("stopped by a veto"),
    "unassessed": N_("not assessed"),
}


def kind_text(kind: str) -> str:
    """What a kind of item is called."""
    return _(_KINDS[kind])


def item_state_text(state: ItemState) -> str:
    """What stands in the cell of an item that has no points."""
    return _(_ITEM_STATES[state])


def unit_state_text(unit: UnitResult) -> str:
    """What stands in the place of a total, or why a total has no rank."""
    if unit.state == "scored" and not unit.covered:
        return _("scored, too little coverage for a rank")
    return _(_UNIT_STATES[unit.state])


def part_state_text(unit: UnitResult, part: str) -> str:
    """What stands in the place of a part's numbers that there are none of."""
    if unit.state in ("stopped", "unassessed"):
        return unit_state_text(unit)
    state = unit.parts[part].state
    return _("nothing applicable") if state == "unassessed" else _(_UNIT_STATES[state])


def line_state_text(unit: UnitResult, provisional: bool) -> str:
    """A unit's state in a line of a ranking; while another may still change it, it says so."""
    if not provisional:
        return unit_state_text(unit)
    words = provisional_text()
    return words if unit.state == "scored" and unit.covered else f"{words} · {unit_state_text(unit)}"


def span_text(unit: UnitResult, places: int) -> str:
    """What an open unit has so far and can still come to."""
    if unit.so_far is None:
        return ""
    low = _("no limit") if unit.low is None else show(unit.low, places)
    high = _("no limit") if unit.high is None else show(unit.high, places)
    so_far = show(unit.so_far, places)
    return _("so far {so_far}, still possible {low} to {high}").format(so_far=so_far, low=low, high=high)


def acting_text(scheme: Scheme, unit: UnitResult) -> str:
    """Titles of the vetoes and effects that act."""
    return _(", ").join(scheme.entries[veto.id].title for veto in unit.vetoes if veto.acts)
