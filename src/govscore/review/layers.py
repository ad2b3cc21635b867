"""A finding on an item that is asked in every period, period by period.

Invariant: what is put together again is what was taken apart; no row of another period is touched.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from govscore.events import FactRow, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

ONCE: Final = ("",)
"""The periods of an item that is asked once."""


def of_period(finding: Finding, period: str) -> Finding:
    """What a finding says of one period; of an item that is asked once ("") it is the finding itself."""
    if not period or finding.is_na:
        return finding
    state, reason, rows = "", "", []
    for row in finding.rows:
        if row.period != period:
            continue
        if row.state in ("na", "none") and not row.fact and not state and not row.note:
            state, reason = row.state, row.reason
        else:
            rows.append(replace(row, period=""))
    return Finding(state=state, rows=tuple(rows), reason=reason, evidence=finding.evidence)


def with_period(finding: Finding, period: str, part: Finding, periods: Sequence[str]) -> Finding:
    """The finding with something else said of one period.

    Args:
        finding: what is said of all of them; `na` of the whole item is given up.
        period: which one; "" if the item is asked once.
        part: what is said of it.
        periods: all of them, in order.
    """
    if not period:
        return part
    others = () if finding.is_na else finding.rows
    mine = [replace(row, period=period) for row in part.rows]
    if part.state:
        mine.append(FactRow(period=period, state=part.state, reason=part.reason))
    order = {id: place for place, id in enumerate(periods)}
    rows = sorted(
        [*(row for row in others if row.period != period), *mine],
        key=lambda row: order.get(row.period, -1),
    )
    return Finding(rows=tuple(rows), reason=finding.reason, evidence=finding.evidence)
