"""Several reviewers: each one's facts are scored by themselves, then the points become one."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any

from tests.oracle.arithmetic import ZERO, amount, fine
from tests.oracle.facts import asked, cell
from tests.oracle.model import Finding, Item, ItemScore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tests.oracle.model import Fact, Row, Scheme, Seen, Table

OPEN = ItemScore("open")


def way_of(scheme: Scheme, table: Table) -> Table:
    """What `reviewers` says of an item or veto; its own goes before that of the scheme.

    What asks nothing needs nobody.
    """
    if not asked(table):
        return {"take": "single"}
    stated: Any = table.get("reviewers", scheme.table["scheme"].get("reviewers", "single"))
    return {"take": stated} if isinstance(stated, str) else stated


def by_reviewer(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(cell(row, "reviewer"), []).append(row)
    return found


def agreed(
    way: Table,
    findings: Mapping[str, Finding],
    rows: Mapping[str, list[Row]],
    nobody: Finding,
    seen: Seen,
) -> Finding:
    """`same`: identical facts, else open; at least two raters; reasons and notes aside."""
    first, *others = findings.values() or [nobody]
    if len({tuple(about_matters(own)) for own in rows.values()}) > 1:
        seen["same:different matters"] += 1
        return nobody
    if len(findings) < way.get("raters", 2):
        seen["same:too few"] += 1
        return nobody
    if any((each.na, plain(each.facts)) != (first.na, plain(first.facts)) for each in others):
        seen["same:different"] += 1
        return nobody
    seen["same:identical" + (" na" if first.na else "")] += 1
    return first


def about_matters(rows: list[Row]) -> list[tuple[str, ...]]:
    """What rows with a matter say, which may be charged in another item."""
    told = ("fact", "value", "start", "matter", "sharers", "tags")
    return sorted(tuple(cell(row, key) for key in told) for row in rows if cell(row, "matter"))


def plain(facts: Mapping[str, Fact]) -> dict[str, object]:
    """Facts without what identical facts may differ in: reasons, notes, who says so, the names of cases."""
    told = ("value", "start", "matter", "sharers", "tags")
    return {
        name: (replace(fact, events=()), sorted([cell(row, key) for key in told] for row in fact.events))
        for name, fact in facts.items()
    }


def combined(item: Item, way: Table, scores: Mapping[str, ItemScore], seen: Seen) -> ItemScore:
    """Fewer raters, or na from some only: open."""
    leader = way.get("leader")
    raters = {name: score for name, score in scores.items() if name != leader}
    states = {score.state for score in raters.values()}
    if len(raters) < way.get("raters", 2) or "open" in states:
        seen["several:too few or unfinished"] += 1
        return OPEN
    if states == {"not_applicable"}:
        seen["several:na from all"] += 1
        return ItemScore("not_applicable", excused=True)
    if "not_applicable" in states:
        seen["several:na from some"] += 1
        return OPEN
    last = scores.get(leader) if leader is not None else None
    kinds = numbers_of((*raters.values(), *([last] if last else [])))
    answers = {
        name: one_number(item, way, [number(score) for score in raters.values()], seen)
        for name, number in kinds.items()
    }
    if None in answers.values():
        return OPEN
    if "leader" in answers.values():
        seen["pair:the leader is asked"] += 1
        if last is None or last.state == "open":
            return OPEN
        if last.state == "not_applicable":
            seen["pair:the leader says na"] += 1
            return ItemScore("not_applicable", excused=True)
        seen["pair:the leader decides"] += 1
        answers = {
            name: kinds[name](last) if answer == "leader" else answer for name, answer in answers.items()
        }
    found = {name: answer for name, answer in answers.items() if isinstance(answer, Fraction)}
    points = found.pop("points")
    charges = {target: worth for target, worth in found.items() if worth}
    if charges:
        seen["several:charges elsewhere"] += 1
    return ItemScore("reviewed", points, ZERO, charges)


def numbers_of(scores: Iterable[ItemScore]) -> dict[str, Callable[[ItemScore], Fraction]]:
    """What is combined, each by itself: the points, and what is taken from each section or the total."""

    def taken(target: str) -> Callable[[ItemScore], Fraction]:
        return lambda score: score.charges.get(target, ZERO)

    targets = sorted({name for score in scores for name in score.charges})
    return {"points": lambda score: score.points or ZERO} | {target: taken(target) for target in targets}


def one_number(item: Item, way: Table, numbers: list[Fraction], seen: Seen) -> Fraction | str | None:
    """What the raters' numbers come to; None: one more rater is needed; "leader": the leader decides."""
    numbers, take = sorted(numbers), way["take"]
    count = len(numbers)
    seen[f"several:{take}"] += 1
    if take == "median":
        numbers = numbers[(count - 1) // 2 : count // 2 + 1]
        seen[f"median:of an {'odd' if count % 2 else 'even'} number"] += 1
    elif take == "trimmed":
        seen["trimmed:" + ("more than above" if count > way["above"] else "not more than above")] += 1
        numbers = numbers[1:-1] if count > way["above"] else numbers
    elif take == "pair":
        return nearest(fine(amount(way["tolerance"], item.full)), numbers, seen)
    mean = fine(sum(numbers, ZERO) / len(numbers))
    if mean != sum(numbers, ZERO) / len(numbers):
        seen["rounding:several reviewers"] += 1
    return mean


def nearest(tolerance: Fraction, numbers: list[Fraction], seen: Seen) -> Fraction | str | None:
    """The nearest pair within the tolerance; two equally near with different means: the leader."""
    pairs = [(abs(one - two), (one + two) / 2) for one, two in combinations(numbers, 2)]
    near = min(gap for gap, _mean in pairs)
    if near > tolerance:
        seen["pair:" + ("a third is needed" if len(numbers) == 2 else "three and more apart")] += 1
        return None if len(numbers) == 2 else "leader"
    if near == tolerance:
        seen["pair:exactly the tolerance"] += 1
    means = {mean for gap, mean in pairs if gap == near}
    if len(means) > 1:
        seen["pair:two equally near"] += 1
        return "leader"
    seen["pair:settled by " + ("two" if len(numbers) == 2 else "a third")] += 1
    return fine(means.pop())
