"""What lines make of the facts that they read: one whose rows do not count alike settles by their options.

Invariant: a fact that no line reads row by row stays the very same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.facts.by_rows import ByRows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govscore.facts.base import FactType
    from govscore.rules.lines import Line


def by_rows(
    asked: dict[str, FactType], lines: Iterable[tuple[str, int, Line]], full: int
) -> dict[str, FactType]:
    """The facts of an item, those that lines read row by row with the options of these lines.

    Args:
        asked: all facts of the item.
        lines: its lines, with side and place.
        full: what percentages refer to.
    """
    for side, place, line in lines:
        options = line.row_options(full)
        id, _dot, column = (line.fact or "").partition(".")
        if options is None or id not in asked:
            continue
        fact = asked[id]
        inner, before = (fact.inner, fact.options) if isinstance(fact, ByRows) else (fact, ())
        mine = (f"{side}.{place}", column or "x", options)
        asked[id] = ByRows(
            ask=inner.ask,
            title=inner.title,
            inner=inner,
            options=(*before, mine),
            dearest=line.form == "once",
        )
    return asked
