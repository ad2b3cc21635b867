"""Vetoes and effects of items: who acts, what the total becomes, which grades are forced."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.oracle.arithmetic import ZERO, mark
from tests.oracle.language import NO_VALUE, OPEN, Reading, applies, fact_reading, holds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.oracle.model import Finding, ItemScore, Row, Scheme, Seen, Table


@dataclass(frozen=True)
class Known:
    """What a veto may read of one unit; `scores` already knows which bonus items are locked."""

    scheme: Scheme
    unit: Row
    findings: Mapping[str, Finding]
    scores: Mapping[str, ItemScore]
    valueless: frozenset[str]
    """Items whose facts have no value: not applicable, or not claimed; locked or not."""
    unsure: frozenset[str] = frozenset()
    """Bonus items whose gate is still undecided."""


def veto_holds(known: Known, veto: Table, seen: Seen, key: str = "when") -> bool | None:
    """Conditions on own facts, item/fact, item/points; open only if the open fact could still decide it."""
    if not applies(veto, known.unit):
        seen["veto:does not apply"] += 1
        return False
    finding = known.findings[veto["id"]]
    if finding.na:
        seen["veto:not applicable"] += 1
        return False

    def lookup(name: str) -> Reading:
        item, slash, what = name.rpartition("/")
        if not slash:
            return fact_reading(finding, name)
        seen[f"veto:reads item/{'points' if what == 'points' else 'fact'}"] += 1
        return points_reading(known, item) if what == "points" else other_fact(known, item, what)

    return holds(veto[key], lookup, seen)


def warning_vetoes(known: Known, answers: Mapping[str, bool | None], seen: Seen) -> tuple[str, ...]:
    """`warn_when` is shown and has no effect; of a veto that acts the effect says more."""
    found = []
    for veto in known.scheme.vetoes:
        if "warn_when" in veto and veto_holds(known, veto, Counter(), "warn_when"):
            acts = bool(answers[veto["id"]])
            seen["veto:warns" + (" and acts" if acts else "")] += 1
            found += [] if acts else [str(veto["id"])]
    return tuple(found)


def other_fact(known: Known, item: str, name: str) -> Reading:
    """Item not assigned, not applicable or not claimed: no value."""
    if item not in known.scores or item in known.valueless:
        return NO_VALUE
    return fact_reading(known.findings[item], name)


def points_reading(known: Known, item: str) -> Reading:
    """`item/points` is compared rounded to 1/10 000; undecided while the item is open."""
    if item not in known.scores:
        return NO_VALUE
    score = known.scores[item]
    if score.open or (item in known.unsure and score.state != "not_applicable"):
        return OPEN
    if score.points is None:  # not applicable, or a locked bonus
        return NO_VALUE
    return Reading(mark(score.points), basis=known.scheme.item(item).full or ZERO)


def acting_effects(known: Known, answers: Mapping[str, bool | None], seen: Seen) -> list[Table]:
    """The effects of acting vetoes, and of items whose lines take points."""
    effects = []
    for veto in known.scheme.vetoes:
        if answers[veto["id"]]:
            effects.append(veto["effect"])
            noted("veto", veto["effect"], seen)
    for item in known.scheme.items:
        if "effect" not in item.table or item.id not in known.scores:
            continue
        score = known.scores[item.id]
        if score.state == "reviewed" and score.takes > 0:
            effects.append(item.table["effect"])
            noted("effect", item.table["effect"], seen)
            seen[f"effect:of {item.kind}"] += 1
        elif score.state == "locked":
            seen["effect:of a locked bonus does not act"] += 1
    return effects


def noted(source: str, effect: Table, seen: Seen) -> None:
    for key in ("zero", "at_most", "fixed", "cap_grade"):
        if key in effect:
            seen[f"{source}:{key} acted"] += 1
            if "grade" in effect and key != "cap_grade":
                seen[f"{source}:{key} with grade acted"] += 1


def total_after(total: Fraction, effects: list[Table], seen: Seen) -> Fraction:
    """Each is applied to the score before any veto; `zero` wins, then the lowest result.

    `fixed` is literal, `at_most` lowers only.
    """
    limits = [Fraction(effect["at_most"]) for effect in effects if "at_most" in effect]
    fixed = [Fraction(effect["fixed"]) for effect in effects if "fixed" in effect]
    if any("zero" in effect for effect in effects):
        if limits or fixed:
            seen["veto:zero wins over at_most" if limits else "veto:zero wins over fixed"] += 1
        return ZERO
    results = [min(total, limit) for limit in limits] + fixed
    lowest = min(results, default=total)
    if limits:
        seen["veto:at_most " + ("lowers" if min(limits) < total else "does not lower")] += 1
    if len(limits) > 1:
        seen["veto:several at_most"] += 1
    if fixed and limits:
        seen["veto:fixed beside at_most"] += 1
    elif fixed:
        seen[
            "veto:fixed " + ("lifts" if lowest > total else "lowers" if lowest < total else "changes nothing")
        ] += 1
    return lowest


def forced_grades(effects: list[Table]) -> list[str]:
    """The grades that `zero` forces, and those added to `at_most` and `fixed`."""
    return [str(effect[key]) for effect in effects for key in ("zero", "grade") if key in effect]
