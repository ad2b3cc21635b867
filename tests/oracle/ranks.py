"""Step 15: ranks inside a group, and what breaks a tie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.arithmetic import ZERO
from tests.oracle.parts import owner
from tests.oracle.totals import tie_amount

if TYPE_CHECKING:
    from collections.abc import Collection
    from fractions import Fraction

    from tests.oracle.model import Scheme, Seen, Unit
    from tests.oracle.vetoes import Known


def tie_break(known: Known, name: str, stopped: Collection[str]) -> Fraction:
    """What breaks a tie; of a stopped part nothing counts."""
    scheme = known.scheme
    mine = owner(scheme, scheme.sections[name] if name in scheme.sections else scheme.item(name).table)
    floors = {part["id"]: str(part["floor_at"]) for part in scheme.parts}
    floor_at = floors.get(mine, str(scheme.total.get("floor_at", "none")))
    return ZERO if mine in stopped else tie_amount(scheme, name, known.scores, floor_at)


def tie_breaks(scheme: Scheme) -> list[str]:
    names: list[str] = scheme.table["rank"].get("tie_break", [])
    return names


def rank_group(group: list[Unit], scheme: Scheme, seen: Seen) -> None:
    """Ties share: 1, 1, 3; dense: 1, 1, 2. Only scored units, by the mark of the total, then `tie_break`."""
    ties = scheme.table["rank"]["ties"]
    scored = [unit for unit in group if unit.total_mark is not None and unit.covered]
    keys = [(unit.total_mark, *unit.breaks) for unit in scored]
    for unit, own in zip(scored, keys, strict=True):
        better = [other for other in keys if other > own]
        unit.rank = 1 + len(better if ties == "share" else set(better))
        if keys.count(own) > 1:
            seen[f"ties:{ties} tie"] += 1
            if unit.breaks:
                seen["ties:not broken"] += 1
        if len(better) > len(set(better)):
            seen[f"ties:{ties} after a tie"] += 1
        level = [other for other in keys if other[0] == own[0]]
        for place in range(len(unit.breaks)):
            if len({other[: place + 1] for other in level}) < len({other[: place + 2] for other in level}):
                seen[f"ties:broken by {('the first', 'the second', 'a later')[min(place, 2)]}"] += 1
    if len({unit.total for unit in group}) > len({unit.total_mark for unit in group}):
        seen["ties:equal marks of different numbers"] += 1
