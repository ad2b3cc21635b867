"""The start (起评) of an item: deduct, earn, level, share, events."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from tests.oracle.arithmetic import ZERO, amount, fine, is_percent, percent
from tests.oracle.facts import cell
from tests.oracle.language import comparisons, fact_reading, holds
from tests.oracle.model import Event, Finding, Item, Row, Seen, Table
from tests.oracle.peers import GROUP_WORDS, Rivals, rank_points
from tests.oracle.switches import of_row


def start(item: Item, finding: Finding, seen: Seen, rivals: Rivals | None = None) -> Fraction | None:
    """A start that reads a fact without value makes the item not applicable."""
    kind = item.rule["kind"]
    if kind == "deduct":  # starts at its points; bonus and major start at 0
        seen["start:deduct"] += 1
        return item.full or ZERO if item.kind == "base" else ZERO
    if kind == "earn":  # starts at 0
        seen["start:earn"] += 1
        return ZERO
    if kind == "level":
        return level_start(item, finding, seen)
    if kind == "share":
        return share_start(item, finding, seen, rivals)
    if kind == "rank":
        return rank_start(item, finding, seen, rivals)
    return events_start(item, finding, seen)


def level_start(item: Item, finding: Finding, seen: Seen) -> Fraction | None:
    """The reviewer picks, or facts: from the top to the first that holds; the last has no `when`."""
    levels: list[Table] = item.rule["levels"]
    if "level" in finding.asked:
        seen["start:level.picked"] += 1
        picked = next(level for level in levels if level["id"] == finding.facts["level"].word)
        return fine(amount(picked["points"], item.full))
    for level in levels:
        if "when" in level:
            names = [part.name for part in comparisons(level["when"])[1]]
            if any(fact_reading(finding, name).value is None for name in names):
                return None
            if not holds(level["when"], lambda name: fact_reading(finding, name), seen):
                continue
        seen["start:level.facts" + ("" if "when" in level else " last")] += 1
        return fine(amount(level["points"], item.full))
    raise ValueError("the last level must not have a condition")


def rank_start(item: Item, finding: Finding, seen: Seen, rivals: Rivals | None) -> Fraction | None:
    """The points of the place among those of the group who have a value."""
    own = fact_reading(finding, item.rule["of"]).value
    if not isinstance(own, Fraction):
        return None
    if rivals is None or not rivals.values(item.rule["of"]):
        return ZERO
    seen[f"start:rank {item.kind}"] += 1
    place = rivals.place(item.rule["of"], own, item.rule, seen)
    return rank_points(item, place, seen)


def share_start(item: Item, finding: Finding, seen: Seen, rivals: Rivals | None) -> Fraction | None:
    """points × min(1, x ÷ target); a ratio: points × part ÷ whole; never more than the points."""
    fact = finding.facts[item.rule["of"]]
    full = amount("100 %", item.full)
    if fact.number is None:  # whole 0: no value
        return None
    target = item.rule.get("target")
    name = fact.kind if target is None or fact.kind != "ratio" else "ratio with target"
    seen[f"start:share.{name}"] += 1
    wanted = Fraction(1)
    if target in GROUP_WORDS:
        reached = rivals.reach(str(target), item.rule["of"], item.rule, seen) if rivals else None
        if reached is None or reached <= 0:
            seen["start:share of a best or mean not above 0"] += reached is not None
            return ZERO
        seen[f"start:share of the group's {target}"] += 1
        wanted = reached
    elif target is not None:
        wanted = percent(target) if is_percent(target) else Fraction(target)
    if fact.number >= wanted:
        seen["start:share reaches the target" + (" exactly" if fact.number == wanted else "")] += 1
    if fact.number < 0:
        seen["start:share below 0"] += 1
    share = fine(full * min(Fraction(1), fact.number / wanted))
    if share != full * min(Fraction(1), fact.number / wanted):
        seen["rounding:a start"] += 1
    return share


def events_start(item: Item, finding: Finding, seen: Seen) -> Fraction:
    """Points by level, shared, then within each matter: highest, sum, or shares by order of value."""
    rows = finding.facts["event"].events
    seen["start:events" + ("" if rows else " none")] += 1
    by_matter: dict[str, list[Event]] = {}
    for row in rows:
        event = one_event(item, row, seen)
        by_matter.setdefault(event.matter, []).append(event)
    total = sum(
        (one_matter(item.rule.get("same_matter", "sum"), each, seen) for each in by_matter.values()), ZERO
    )
    if fine(total) != total:
        seen["rounding:events"] += 1
    return fine(total)


def one_event(item: Item, row: Row, seen: Seen) -> Event:
    """`shared`: "divide" or "full"; sharers ≥ 1 (empty: 1). An event without matter is its own matter."""
    level = item.rule["levels"][cell(row, "value")]
    stated = level["points"] if isinstance(level, dict) and "by" not in level else level
    points = of_row(stated, row, item.full, seen, "an event")
    sharers = int(cell(row, "sharers") or "1")
    if sharers > 1:
        seen[f"events:shared {item.rule['shared']}"] += 1
        if item.rule["shared"] == "divide":
            points = points / sharers
    matter, case = cell(row, "matter"), cell(row, "case")
    if not matter:
        seen["events:without matter"] += 1
    return Event(points, cell(row, "start"), case, f"matter {matter}" if matter else f"event {case}")


def one_matter(same_matter: object, events: list[Event], seen: Seen) -> Fraction:
    """Order: points after sharing, item order, date, case id."""
    ordered = sorted(events, key=lambda event: (-event.points, event.date, event.case))
    several = len(events) > 1
    if several and max(Counter(event.points for event in events).values()) > 1:
        seen["events:equal points in one matter"] += 1
    if same_matter == "sum":
        seen["events:sum" if several else "events:alone"] += 1
        return sum((event.points for event in ordered), ZERO)
    if same_matter == "highest":
        seen["events:highest" if several else "events:alone"] += 1
        return ordered[0].points
    if not isinstance(same_matter, list):
        raise TypeError("same_matter")
    seen["events:shares" if several else "events:alone"] += 1
    if len(ordered) > len(same_matter):
        seen["events:nothing after the last share"] += 1
    pairs = zip(ordered, same_matter, strict=False)
    return sum((event.points * percent(share) for event, share in pairs), ZERO)
