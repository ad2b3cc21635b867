"""What the desk's screens have in common: head, status line, keys.

Invariant: a screen draws the app's state when it is asked to (`renew`), and keeps none of its own beyond
where its cursor stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from govscore.i18n import gettext as _
from govscore.i18n import ngettext
from govscore.review.roster import is_provisional
from govscore.tui.draw.head import Head, head_lines
from govscore.tui.draw.spans import Span, beside
from govscore.tui.widgets.painted import Bar

if TYPE_CHECKING:
    from govscore.review.desk import Desk
    from govscore.tui.app import DeskApp


class DeskScreen(Screen[None]):
    """A screen with head, status line and keys."""

    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-narrow"), (100, "-middle"), (120, "-wide")]  # noqa: RUF012

    @property
    def desk_app(self) -> DeskApp:
        """The app, as what it is."""
        return self.app  # type: ignore[return-value]

    @property
    def desk(self) -> Desk:
        """The state that is drawn."""
        return self.desk_app.desk

    def renew(self) -> None:
        """Draws everything again from the state."""
        self.draw_head()
        self.draw_status()

    def on_resize(self) -> None:
        """Lines are laid out for the width."""
        self.call_after_refresh(self.renew)

    def on_screen_resume(self) -> None:
        """The state may have changed while another screen was on top."""
        self.renew()

    def draw_head(self) -> None:
        """Title, notice, state, progress."""
        desk, tally = self.desk, self.desk.tally
        period = desk.scheme.period
        head = Head(
            title=desk.scheme.title,
            period=f"{period.first} – {period.last}",
            notice=desk.scheme.notice,
            state=self.desk_app.state,
            provisional=any(is_provisional(desk.board, group) for group in desk.scheme.groups),
            done=tally.total_done,
            assigned=tally.total_assigned,
            percent=tally.percent(),
            author=desk.book.author,
        )
        self.query_one("#head", Bar).draw(*head_lines(head, self.size.width))

    def draw_status(self) -> None:
        """What was said last, and what is saved."""
        app = self.desk_app
        bar = self.query_one("#status", Bar)
        bar.draw(
            beside(
                [(f" {app.said[0]}", app.said[1])], [saving_span(self.desk, app.saved_at)], self.size.width
            )
        )


def saving_span(desk: Desk, saved_at: str) -> Span:
    """Whether everything is on disk."""
    if desk.unsaved:
        count = len(desk.unsaved)
        text = ngettext("{count} not saved", "{count} not saved", count).format(count=count)
        return f"▲ {text} ", "bad"
    if desk.jobs:
        return _("saving …") + " ", "warn"
    return (_("saved {time}").format(time=saved_at) + " ", "good") if saved_at else ("", "")
