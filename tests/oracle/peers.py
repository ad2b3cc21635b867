"""What is measured against the group, and what an item is worth that is not applicable (steps 4 and 5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.oracle.arithmetic import ZERO, amount, fine, percent
from tests.oracle.facts import cell
from tests.oracle.language import applies, fact_reading
from tests.oracle.model import ItemScore

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.oracle.model import Finding, Item, Row, Scheme, Seen, Table

GROUP_WORDS = ("best", "mean")


def measured(item: Item) -> bool:
    """Whether a start or a line of the item looks at the group."""
    rule = item.rule
    words = [rule.get("target")]
    for line in [*rule.get("minus", []), *rule.get("plus", [])]:
        words += [line.get("short_of"), line.get("beyond")]
    return rule["kind"] == "rank" or any(word in GROUP_WORDS for word in words)


@dataclass(frozen=True)
class Rivals:
    """The findings on one item of the reviewed, applicable, unstopped units of a group."""

    findings: tuple[Finding, ...] = ()

    def values(self, fact: str) -> list[Fraction]:
        found = [fact_reading(finding, fact).value for finding in self.findings]
        return [value for value in found if isinstance(value, Fraction)]

    def reach(self, word: str, fact: str, rule: Table, seen: Seen) -> Fraction | None:
        """The best value or the mean; nothing if nobody has a value."""
        values = self.values(fact)
        if not values:
            return None
        seen[f"group:{word}{' low' if rule.get('best') == 'low' else ''}"] += 1
        if word == "mean":
            return sum(values, ZERO) / len(values)
        return min(values) if rule.get("best") == "low" else max(values)

    def place(self, fact: str, own: Fraction, rule: Table, seen: Seen) -> int:
        """Equal values share the better place and the next is skipped."""
        values = self.values(fact)
        if values.count(own) > 1:
            seen["rank:tie"] += 1
        if rule.get("best") == "low":
            return 1 + sum(value < own for value in values)
        return 1 + sum(value > own for value in values)


def rank_points(item: Item, place: int, seen: Seen) -> Fraction:
    """Beyond the list `then_less` from the last entry, never below 0; without it 0."""
    listed = item.rule["points"]
    beyond = place - len(listed)
    if beyond <= 0:
        seen["rank:in the list"] += 1
        return fine(amount(listed[place - 1], item.full))
    if "then_less" not in item.rule:
        seen["rank:beyond the list, nothing"] += 1
        return ZERO
    left = amount(listed[-1], item.full) - beyond * amount(item.rule["then_less"], item.full)
    seen["rank:beyond the list" + (", below 0" if left < 0 else "")] += 1
    return fine(max(ZERO, left))


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
        names = self.members(item, self.units[unit]["group"])
        counted = [name for name in names if self.looks[name][item.id].state == "reviewed"]
        return Rivals(tuple(self.findings[name][item.id] for name in counted))

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
            policy: Table = item.table.get("not_applicable") or self.schemes[unit].total["not_applicable"]
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
