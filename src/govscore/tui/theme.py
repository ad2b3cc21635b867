"""Light and dark colours, and where the style sheets are.

Invariant: colour only repeats what a shape or a word says already.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from textual.theme import Theme

STYLES: Final = Path(__file__).with_name("styles")
DARK: Final = Theme(
    name="govscore-dark",
    primary="#7aa2d6",
    secondary="#5c7fae",
    accent="#d9b45b",
    success="#7fb685",
    warning="#e0a458",
    error="#e06c75",
    foreground="#dde3ea",
    background="#14181d",
    surface="#1a2027",
    panel="#242c36",
    dark=True,
)
LIGHT: Final = Theme(
    name="govscore-light",
    primary="#1f4e8c",
    secondary="#4a6fa5",
    accent="#8a5a00",
    success="#2d6a36",
    warning="#9a4a00",
    error="#b3261e",
    foreground="#1b1f24",
    background="#fbfbf9",
    surface="#f3f4f2",
    panel="#e4e8ec",
    dark=False,
)
