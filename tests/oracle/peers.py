"""What is measured against the group: values of others, places, and what a place is worth."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.oracle.arithmetic import ZERO, amount, fine
from tests.oracle.language import fact_reading

if TYPE_CHECKING:
    from tests.oracle.model import Finding, Item, Seen, Table

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
