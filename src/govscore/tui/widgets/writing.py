"""A line to write on.

Invariant: what it holds is inert, wherever it came from: a file, another reviewer, or the clipboard.
"""

from __future__ import annotations

from textual.widgets import Input

from govscore.text import inert


class Writing(Input):
    """An input whose text is only ever text."""

    def validate_value(self, value: str) -> str:
        """Makes control characters and bidi overrides visible."""
        return inert(value)
