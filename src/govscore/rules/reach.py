"""How far an item's points can reach, and which of its limits can act at all.

Invariant: a limit is left out only where start and lines are certain never to pass it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govscore.rules.base import Frame, Rule

Limits = tuple[int | None, int | None]
"""Where points end, below and above; None: nowhere."""


def biting(rule: Rule, frame: Frame, *, floored: bool) -> Limits:
    """Those limits of an item that its start and lines can pass.

    Args:
        rule: with every switch decided.
        frame: the item.
        floored: whether a base item ends at 0.
    """
    low, high = rule.limits(frame, floored=floored)
    least, most = rule.start_reach(frame)
    if rule.ceiling is not None and least is not None:
        least = min(least, rule.ceiling.at.units(frame.full))
    for side, _place, line in rule.lines():
        if line.from_ is not None:
            continue
        # Of a major deduction the amount is positive: what is taken from the unit makes it larger.
        if rule.takes(side, frame.kind) == (frame.kind == "major_deduction"):
            most = None
        else:
            least = None
    if rule.zero_if is not None and least is not None:
        least = min(least, 0)
    never_below = low is not None and least is not None and least >= low
    never_above = high is not None and most is not None and most <= high
    return None if never_below else low, None if never_above else high
