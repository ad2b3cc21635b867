"""What is begun and not confirmed, or decided and not saved: by name, for whoever is about to leave it.

Invariant: every draft and every unsaved decision is in it, those that are not saved first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.i18n import gettext as _
from govscore.i18n import ngettext
from govscore.review.naming import item_names
from govscore.text import inert

if TYPE_CHECKING:
    from govscore.review.book import Key
    from govscore.review.desk import Desk

_UNITS: Final = 6


def of_unit(desk: Desk, unit: str) -> str:
    """What is unfinished on a unit, in one sentence; "" if nothing is."""
    parts = []
    for keys, template in (
        (desk.unsaved, _("not saved: {items}")),
        (desk.drafts, _("begun, not confirmed: {items}")),
    ):
        if items := desk.in_order(item for one, item in keys if one == unit):
            parts.append(template.format(items=item_names(desk.scheme, items)))
    return _("; ").join(parts)


def everywhere(desk: Desk) -> list[str]:
    """What is unfinished on each unit; a line each, the first few units by name."""
    keys: list[Key] = [*desk.unsaved, *desk.drafts]
    units = list(dict.fromkeys(unit for unit, _item in keys))
    found = [
        _("{unit}: {what}").format(unit=inert(desk.units[unit].name), what=of_unit(desk, unit))
        for unit in units[:_UNITS]
    ]
    if rest := len(units) - _UNITS if len(units) > _UNITS else 0:
        found.append(ngettext("and {count} more unit", "and {count} more units", rest).format(count=rest))
    return found
