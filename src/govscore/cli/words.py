"""Words that several commands use: states, spans, heading and foot of every output.

Invariant: the notice of the scheme stands at the head and at the foot of everything that is printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_
from govscore.scheme.unit_schemes import for_unit
from govscore.scoring.part_words import part_words
from govscore.scoring.standing_words import standing_words
from govscore.text import inert

if TYPE_CHECKING:
    from govscore.office.assessment import Assessment
    from govscore.scheme.model import Scheme
    from govscore.scoring.display import Display
    from govscore.scoring.result import ItemState, Result, UnitResult, UnitState

_UNIT_STATES: Final[dict[UnitState, str]] = {
    "open": N_("review not complete"),
    "scored": N_("scored"),
    "stopped": N_("stopped by a veto"),
    "unassessed": N_("not assessed"),
}
_ITEM_STATES: Final[dict[ItemState, str]] = {
    "open": N_("not reviewed"),
    "provisional": N_("waits for the group"),
    "not_assigned": N_("not assigned"),
    "not_applicable": N_("not applicable"),
    "reviewed": N_("reviewed"),
    "locked": N_("locked"),
    "none": N_("not claimed"),
    "stopped": N_("review ended"),
}
KINDS: Final = {
    "base": N_("base items"),
    "bonus": N_("bonus items"),
    "major_deduction": N_("major deductions"),
    "veto": N_("vetoes"),
}


def item_state(state: ItemState) -> str:
    """The state of an item in words."""
    return _(_ITEM_STATES[state])


def unit_remark(scheme: Scheme, unit: UnitResult, display: Display, *, provisional: bool) -> str:
    """What a reader must know about a line: its state, its span, whether its rank may still change."""
    parts = [_("provisional")] if provisional else []
    if unit.state != "scored":
        parts.append(_(_UNIT_STATES[unit.state]))
    if unit.so_far is not None:
        parts.append(span(unit, display))
    mine = for_unit(scheme, unit)
    parts += (inert(part_words(mine.part(each.part), each, display, unit)) for each in unit.parts.values())
    if unit.charged:
        parts.append(_("{points} taken from the total").format(points=display.text(unit.charged)))
    if unit.failed:
        parts.append(_("base below the passing line"))
    if unit.bonus_locked and unit.state == "scored":
        parts.append(_("bonus locked"))
    parts += map(inert, standing_words(scheme, unit))
    return " · ".join(parts)


def span(unit: UnitResult, display: Display) -> str:
    """What an open unit has so far and can still come to."""
    return _("so far {so_far}, still possible {low} to {high}").format(
        so_far=display.text(unit.so_far),
        low=display.text(unit.low) or _("no limit"),
        high=display.text(unit.high) or _("no limit"),
    )


def heading(assessment: Assessment) -> list[str]:
    """The first lines of everything printed about an assessment."""
    scheme = assessment.scheme
    lines = [inert(scheme.title)]
    if scheme.notice:
        lines.append(inert(scheme.notice))
    if assessment.has_record:
        lines.append(_("State: {state}").format(state=assessment.standing().words()))
    return lines


def foot(result: Result, group: str | None = None) -> list[str]:
    """The last lines of every table, or of what is said of a unit of `group`."""
    lines = []
    if result.provisional if group is None else result.is_provisional(group):
        lines.append(_("Provisional: units are still open, so every rank may change."))
    if result.notice:
        lines.append(inert(result.notice))
    return lines
