"""A section's `same_matter`: it replaces that of its items and acts across them."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.oracle.arithmetic import ZERO, fine, percent
from tests.oracle.model import Event, Item, Seen, Table
from tests.oracle.starts import one_event

if TYPE_CHECKING:
    from tests.oracle.yields import Elsewhere


def pooled_events(item: Item, elsewhere: Elsewhere, seen: Seen) -> Fraction | None:
    """What an item's events come to among those of its section; None if they stand alone.

    Order: points after sharing, item order, date, case id.
    """
    section = pool_of(item, elsewhere.sections)
    if section is None or item.rule["kind"] != "events":
        return None
    matters: dict[str, list[tuple[Fraction, int, str, str, Item]]] = defaultdict(list)
    for place, other in enumerate(elsewhere.items.values()):
        if other.rule["kind"] != "events" or pool_of(other, elsewhere.sections) is not section:
            continue
        for event in events_of(other, elsewhere):
            alone = event.matter.startswith("event ")
            name = f"{event.matter} of {other.id}" if alone else event.matter
            matters[name].append((-event.points, place, event.date, event.case, other))
    total = ZERO
    for events in matters.values():
        events.sort(key=lambda event: event[:4])
        shares = shares_of(section["same_matter"], len(events))
        if len({event[1] for event in events}) > 1:
            seen[f"pool:across items {kind_of(section['same_matter'])}"] += 1
        total += sum((-event[0] * share for event, share in zip(events, shares, strict=True)
                      if event[4] is item), ZERO)  # fmt: skip
    return fine(total)


def pool_of(item: Item, sections: dict[str, Table]) -> Table | None:
    name = item.section
    while name is not None:
        if "same_matter" in sections[name]:
            return sections[name]
        name = sections[name].get("section")
    return None


def events_of(item: Item, elsewhere: Elsewhere) -> list[Event]:
    finding = elsewhere.findings[item.id]
    fact = None if finding.na else finding.facts.get("event")
    return [one_event(item, row, Seen()) for row in fact.events] if fact else []


def shares_of(same_matter: object, count: int) -> list[Fraction]:
    if same_matter == "sum":
        return [Fraction(1)] * count
    if same_matter == "highest":
        return [Fraction(1), *[ZERO] * (count - 1)]
    if not isinstance(same_matter, list):
        raise TypeError("same_matter")
    return ([percent(share) for share in same_matter] + [ZERO] * count)[:count]


def kind_of(same_matter: object) -> str:
    return same_matter if isinstance(same_matter, str) else "shares"
