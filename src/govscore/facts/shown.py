"""What was found, as a message shows it: a text in quotes, a number as it is, anything else by its sort.

Invariant: never fails and never grows, whatever the value.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from govscore.i18n import mark_for_translation as N_

_MOST: Final = 200


def shown(value: object) -> str:
    """A value from a scheme in a few words."""
    if isinstance(value, str):
        return f"“{value[:_MOST]}”"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, Decimal, Fraction)):
        return _number(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return str(value)
    if isinstance(value, Mapping):
        return N_("a table")
    if isinstance(value, (list, tuple)):
        return N_("a list")
    return N_("nothing") if value is None else type(value).__name__[:_MOST]


def _number(value: float | Decimal | Fraction) -> str:
    try:
        text = str(value)
    except ValueError:  # Python writes no whole number of more than some thousand digits
        return N_("a number with thousands of digits")
    return text if len(text) <= _MOST else text[:_MOST] + "…"
