"""What a workbook says about itself: state, counts, digests, who approved, when it was printed.

Invariant: plain frozen data that was derived elsewhere; nothing here decides a state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from govscore.approval.standing import STATE_WORDS
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from datetime import datetime

    from govscore.approval.standing import State
    from govscore.scoring.result import Result

Assurance = Literal["unrecorded", "recorded", "anchored", "signed"]

_ASSURANCE: Final[dict[Assurance, str]] = {
    "unrecorded": N_("not recorded: computed from files; nothing shows who decided what"),
    "recorded": N_("recorded, not authenticated: changes to the record can be detected up to its anchor"),
    "anchored": N_("anchored: the anchor is also kept outside the record; changes up to it can be detected"),
    "signed": N_("signed: the approval carries a signature made with the approver's own key"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Stamp:
    """What stands on the cover and in every header and footer."""

    state: State
    provisional: bool
    """Whether a unit is still open, so that ranks may change."""
    printed_at: datetime
    """With its time zone; also the workbook's creation date."""
    scheme_digest: str = ""
    """Hexadecimal."""
    result_digest: str = ""
    anchor_number: int = 0
    """How many events the record has; 0: there is no record."""
    anchor_hash: str = ""
    assurance: Assurance = "unrecorded"
    units: int = 0
    items: int = 0
    open_units: int = 0
    open_items: int = 0
    decisions: int = 0
    submitted_by: str = ""
    submitted_at: str = ""
    approved_by: str = ""
    approved_at: str = ""
    returned_by: str = ""
    returned_reason: str = ""
    dropped: bool = False
    """Whether it was approved once and a decision changed since."""
    what_changed: tuple[str, ...] = ()

    @property
    def state_text(self) -> str:
        """The state in words, with “provisional” while ranks may change."""
        state = _(STATE_WORDS[self.state])
        return _("{state} · provisional").format(state=state) if self.provisional else state

    @property
    def assurance_text(self) -> str:
        """How far the approval and the record can be relied on, in a sentence."""
        return _(_ASSURANCE[self.assurance])

    @property
    def printed_text(self) -> str:
        """When it was printed, by the clock of whoever printed it."""
        return self.printed_at.strftime("%Y-%m-%d %H:%M")


def provisional_text() -> str:
    """The word that every line of a ranking carries while a unit is open."""
    return _("provisional")


def confidential_text() -> str:
    """What every page of an internal workbook says."""
    return _("not for publication")


def grouped(digest: str, groups: int | None = None) -> str:
    """A digest in groups of four, to be compared by eye; optionally only the first groups."""
    pieces = [digest[at : at + 4] for at in range(0, len(digest), 4)]
    return " ".join(pieces[:groups])


def counts(result: Result) -> dict[str, int]:
    """The counts that a stamp shows: units, items, open units, open items.

    Args:
        result: what is exported; an open veto counts as an open item.
    """
    opened = [unit for unit in result.units if unit.state == "open"]
    return {
        "units": len(result.units),
        "items": len(result.scheme.items),
        "open_units": len(opened),
        "open_items": sum(len(unit.open_items) + len(unit.open_vetoes) for unit in opened),
    }
