"""Reading a scheme, who an item applies to, and conditions with three values."""

from __future__ import annotations

import operator
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from tests.oracle.arithmetic import is_percent, percent
from tests.oracle.model import KINDS, Finding, Item, Row, Scheme, Seen, Table

COMPARISON = re.compile(r"^\s*([^\s<>=!]*)\s*(<=|>=|!=|<|>|=)\s*(.+?)\s*$")


@lru_cache(maxsize=4)
def read_scheme(text: str) -> Scheme:
    """Item order is base, bonus, major, each as in the file."""
    table = tomllib.loads(text, parse_float=Fraction)
    items = tuple(Item(kind, entry) for kind in KINDS for entry in table.get(kind, []))
    sections = {section["id"]: section for section in table.get("section", [])}
    return Scheme(table, items, sections)


def applies(table: Table, unit: Row) -> bool:
    """`applies_to` takes groups, units and tags; left out: all."""
    names = table.get("applies_to")
    if names is None:
        return True
    own = {unit["unit"], unit["group"], *unit.get("tags", "").split()}
    return any(name in own for name in names)


@dataclass(frozen=True)
class Reading:
    """What a name in a condition stands for; `basis` is what a percentage is a share of."""

    value: Fraction | str | None
    open: bool = False
    growing: bool = False
    basis: Fraction = Fraction(1)


OPEN = Reading(None, open=True)
NO_VALUE = Reading(None)
Lookup = Callable[[str], Reading]
ORDERS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


@dataclass(frozen=True)
class Comparison:
    name: str
    operator: str
    literal: str


@lru_cache(maxsize=4096)
def comparisons(text: str) -> tuple[str, list[Comparison]]:
    """A condition is comparisons joined by `and` or by `or`, never both."""
    joiner = "or" if re.search(r"\sor\s", text) else "and"
    found = []
    for piece in re.split(rf"\s{joiner}\s", text):
        match = COMPARISON.match(piece)
        if match is None:
            raise ValueError(f"not a comparison: {piece!r}")
        found.append(Comparison(*match.groups()))
    return joiner, found


def compare(comparison: Comparison, lookup: Lookup, seen: Seen) -> bool | None:
    """Without value every comparison is false, `!=` too; on an open fact it is undecided."""
    reading = lookup(comparison.name)
    if reading.open:
        seen["condition:undecided"] += 1
        return None
    if reading.value is None:
        seen[f"condition:without value{' !=' if comparison.operator == '!=' else ''}"] += 1
        return False
    seen[f"condition:{comparison.operator}"] += 1
    if isinstance(reading.value, str):
        seen["condition:word"] += 1
        same = reading.value == comparison.literal
        return same if comparison.operator == "=" else not same
    limit = literal_value(comparison.literal, reading.basis)
    if reading.growing:  # open only if what may still be found could decide it
        small, large = (
            order(reading.value, comparison.operator, limit),
            order(max(reading.value, limit) + 1, comparison.operator, limit),
        )
        between = order(limit, comparison.operator, limit) if reading.value < limit else large
        seen["condition:on a count that may grow"] += 1
        return small if small == large == between else None
    if reading.value == limit:
        seen[f"condition:exactly at the limit {comparison.operator}"] += 1
    return order(reading.value, comparison.operator, limit)


def literal_value(literal: str, basis: Fraction) -> Fraction:
    """A percentage is a share of the item's points, of the full marks, or of a ratio."""
    return percent(literal) * basis if is_percent(literal) else number(literal)


number = lru_cache(maxsize=4096)(Fraction)
"""The number that a text in a condition means."""


def order(left: Fraction, sign: str, right: Fraction) -> bool:
    return ORDERS[sign](left, right)


def holds(text: str, lookup: Lookup, seen: Seen) -> bool | None:
    """`and`: one false makes it false; `or`: one true makes it true; else undecided if any is."""
    joiner, parts = comparisons(text)
    answers = [compare(part, lookup, seen) for part in parts]
    if len(parts) > 1:
        seen[f"condition:{joiner}"] += 1
    decisive = joiner == "or"
    if decisive in answers:
        if None in answers:
            seen[f"condition:{joiner} decided in spite of an open fact"] += 1
        return decisive
    return None if None in answers else not decisive


def fact_reading(finding: Finding, name: str) -> Reading:
    """A fact, or a field of a cases fact (`reply.late`), of one finding."""
    stem, _, case_field = name.partition(".")
    if stem not in finding.facts:
        return OPEN
    fact = finding.facts[stem]
    if fact.kind == "cases":
        return Reading(Fraction(fact.cases.get(case_field, 0)), growing=fact.growing)
    if fact.growing:
        return Reading(fact.number, growing=True)
    return Reading(fact.word if fact.word is not None else fact.number)
