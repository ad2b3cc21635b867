"""Units of a group together: who is compared, who waits, and what is given to whom an item does not apply."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.oracle.arithmetic import ZERO, fine, percent
from tests.oracle.facts import cell
from tests.oracle.language import applies
from tests.oracle.model import ItemScore
from tests.oracle.parts import settings_of
from tests.oracle.peers import Rivals, measured
from tests.oracle.periods import counts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.oracle.model import Finding, Item, Row, Scheme, Seen, Table

Scores = dict[str, ItemScore]


@dataclass
class Groups:
    """All units of an assessment, as far as one's item may depend on another's facts.

    `looks`: each unit's items scored by themselves; `stops`: whether a stop acts (None: undecided).
    """

    schemes: Mapping[str, Scheme]
    """As it stands for each unit."""
    units: dict[str, Row]
    findings: Mapping[str, Mapping[str, Finding]]
    periods: Mapping[str, Mapping[str, Mapping[str, Finding]]]
    """Of items that are asked in every period."""
    looks: dict[str, Scores]
    stops: dict[str, bool | None]

    def members(self, item: Item, group: str) -> list[str]:
        """Units of a group that have the item; stopped units leave every comparison."""
        return [
            name
            for name, unit in self.units.items()
            if unit["group"] == group and applies(item.table, unit) and not self.stops[name]
        ]

    def rivals(self, item: Item, unit: str) -> Rivals | None:
        if not measured(item):
            return None
        return Rivals(tuple(self.findings[name][item.id] for name in self.reviewed(item, unit)))

    def reviewed(self, item: Item, unit: str) -> list[str]:
        """Units of the unit's group that are compared on an item."""
        names = self.members(item, self.units[unit]["group"])
        return [name for name in names if self.looks[name][item.id].state == "reviewed"]

    def in_periods(self, item: Item, unit: str) -> dict[str, Rivals] | None:
        """With whom a unit is compared in each period: those to whom it applies in that very period."""
        if not measured(item):
            return None
        found: dict[str, list[Finding]] = {}
        for name in self.reviewed(item, unit):
            own = self.schemes[name].item(item.id)
            for period, finding in self.periods[name][item.id].items():
                if counts(own, finding, settings_of(self.schemes[name], own)):
                    found.setdefault(period, []).append(finding)
        return {period: Rivals(tuple(findings)) for period, findings in found.items()}

    def pending(self, item: Item, unit: str) -> bool:
        """Whether a unit of the group is still open, or may still be stopped and leave."""
        names = self.members(item, self.units[unit]["group"])
        states = {name: self.looks[name][item.id].state for name in names}
        return any(
            state == "open" or (state == "reviewed" and self.stops[name] is None)
            for name, state in states.items()
        )

    def held(self, item: Item, unit: str, score: ItemScore, seen: Seen) -> ItemScore:
        """An item measured against the group stays provisional until the whole group is reviewed."""
        if not measured(item) or score.state != "reviewed":
            return score
        if self.stops[unit]:
            seen["group:a stopped unit leaves"] += 1
            return ItemScore("open")
        if self.pending(item, unit):
            seen["group:provisional"] += 1
            return ItemScore("provisional")
        return score

    def step_five(self, unit: str, scores: Mapping[str, Scores], rows: list[Row], seen: Seen) -> Scores:
        """`rate` and `peer_mean`, for the base items that are not applicable to a unit."""
        found = dict(scores[unit])
        for item in self.schemes[unit].items:
            own = found.get(item.id)
            if item.kind != "base" or own is None or own.state != "not_applicable":
                continue
            own_policy = settings_of(self.schemes[unit], item)["not_applicable"]
            policy: Table = item.table.get("not_applicable") or own_policy
            whose = "own" if "not_applicable" in item.table else "the whole's"
            if policy["policy"] == "rate":
                mine = [row for row in rows if cell(row, "item") == item.id]
                found[item.id] = replace(own, points=rated(item, policy, mine, seen))
            elif policy["policy"] == "peer_mean":
                found[item.id] = self.averaged(item, unit, scores, seen)
            elif whose == "own":
                seen["policy:own rescale"] += 1
            seen[f"policy:{policy['policy']} {whose}"] += 1
        return found

    def averaged(self, item: Item, unit: str, scores: Mapping[str, Scores], seen: Seen) -> ItemScore:
        """The group's mean share of this item's points; nobody has one: rescaled."""
        absent = ItemScore("not_applicable", excused=True)
        if self.stops[unit]:
            return absent
        if self.pending(item, unit):
            seen["policy:peer_mean provisional"] += 1
            return ItemScore("provisional", excused=True)
        names = self.members(item, self.units[unit]["group"])
        peers = [name for name in names if scores[name][item.id].state == "reviewed"]
        if not peers:
            seen["policy:peer_mean of nobody"] += 1
            return absent
        shares = [self.share(name, item.id, scores[name][item.id].points) for name in peers]
        share, full = sum(shares, ZERO) / len(shares), item.full or ZERO
        return replace(absent, points=fine(full * share))

    def share(self, unit: str, item: str, points: Fraction | None) -> Fraction:
        """What part of its own points a unit has."""
        return (points or ZERO) / Fraction(self.schemes[unit].item(item).table["points"])


def rated(item: Item, policy: Table, rows: list[Row], seen: Seen) -> Fraction:
    """Worth that share of its points; with no note published `without_note` (default: the same)."""
    noted = any(cell(row, "note") in ("yes", "是") for row in rows)
    less = "without_note" in policy and not noted
    seen["policy:rate " + ("without note" if less else "with note" if noted else "plain")] += 1
    return fine((item.full or ZERO) * percent(policy["without_note" if less else "rate"]))
