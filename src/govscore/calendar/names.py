"""What periods are called in sentences. Reads nothing else: the desk needs it before anything that scores."""

from __future__ import annotations

from govscore.i18n import pgettext


def period_name(id: str) -> str:
    """What a period is called: 2024年3月, 2024年第9周, 2024年第1季度."""
    year, _dash, rest = id.partition("-")
    if rest.startswith("W"):
        return pgettext("period", "week {number} of {year}").format(number=int(rest[1:]), year=year)
    if rest.startswith("Q"):
        return pgettext("period", "quarter {number} of {year}").format(number=rest[1:], year=year)
    return pgettext("period", "{year}-{month}").format(year=year, month=rest)
