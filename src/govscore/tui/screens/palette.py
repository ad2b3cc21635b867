"""The command palette: every command of the present screen, found by name, pinyin or key.

Invariant: it offers what the registry holds for the place, and does what the key would do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.i18n import gettext as _
from govscore.tui import actions
from govscore.tui.screens.find import Choice, Find
from govscore.tui.widgets.keys import Keys

if TYPE_CHECKING:
    from govscore.tui.app import DeskApp


def open_palette(app: DeskApp) -> None:
    """Opens it on the present screen; not on top of a question."""
    screen = app.screen
    place = next((keys.place for keys in screen.query(Keys)), "question")
    if place == "question":
        return
    choices = [
        Choice(
            id=each.id,
            key=each.key,
            text=_(each.name),
            words=(_(each.name), _(each.tells), each.id),
            more=_(each.tells),
        )
        for each in actions.in_palette(place)
    ]

    def chosen(id: str | None) -> None:
        if id is not None:
            app.simulate_key(actions.by_id(id).keys[0])

    app.clerk.load_readings()
    app.push_screen(Find(_("Commands"), choices), chosen)
