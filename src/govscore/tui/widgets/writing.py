"""A line to write on.

Invariant: what it holds is inert, wherever it came from: a file, another reviewer, or the clipboard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from govscore.text import inert

if TYPE_CHECKING:
    from textual.events import Paste


class Writing(Input):
    """An input whose text is only ever text."""

    def _on_paste(self, event: Paste) -> None:
        """Takes every line that is pasted, side by side: there is one line to write on."""
        event.prevent_default()
        event.stop()
        lines = (line.strip() for line in event.text.splitlines())
        self.replace(" ".join(line for line in lines if line), *self.selection)

    def validate_value(self, value: str) -> str:
        """Makes control characters and bidi overrides visible."""
        return inert(value)
