"""Parts: which items and sections each has, its own steps 6 to 11, and how scores become the total's base."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.oracle.arithmetic import ZERO, fine, mark, percent
from tests.oracle.grades import lowest_grade, marked_grade
from tests.oracle.language import Reading, comparisons, holds
from tests.oracle.model import ItemScore, Part, Scheme
from tests.oracle.totals import rescaled_base, summed, top_sections
from tests.oracle.vetoes import acting_effects, total_after, veto_holds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.oracle.model import Item, Seen, Table
    from tests.oracle.vetoes import Known


def owner(scheme: Scheme, entry: Table) -> str:
    """The part that an item or section belongs to, through its top section; "": none."""
    while "section" in entry:
        entry = scheme.sections[entry["section"]]
    return str(entry.get("part", ""))


def piece(scheme: Scheme, table: Table, id: str) -> Scheme:
    """What belongs to one part, or to the total beside parts (""), as if it were a scheme of its own."""
    items = tuple(item for item in scheme.items if owner(scheme, item.table) == id)
    sections = {name: section for name, section in scheme.sections.items() if owner(scheme, section) == id}
    vetoes = [veto for veto in scheme.vetoes if veto.get("part", "") == id]
    return Scheme({**scheme.table, "total": table, "veto": vetoes}, items, sections)


def pieces(scheme: Scheme) -> list[tuple[Table, Scheme]]:
    return [(part, piece(scheme, part, part["id"])) for part in scheme.parts]


def settings_of(scheme: Scheme, item: Item) -> Table:
    """Where `floor_at` and `times` of an item stand: in its part, else in [total]."""
    if not scheme.parts:
        return scheme.total
    mine = owner(scheme, item.table)
    of_the_total: Table = {"floor_at": "item"}
    return next((part for part in scheme.parts if part["id"] == mine), of_the_total)


def targets(item: Item) -> set[str]:
    """Where lines of an item take points elsewhere."""
    lines = [*item.rule.get("minus", []), *item.rule.get("plus", [])]
    return {str(line["from"]) for line in lines if "from" in line}


@dataclass
class Standing:
    """One part of one unit on its way."""

    table: Table
    own: Scheme
    result: Part
    base: Fraction | None = None
    stops: list[str] = field(default_factory=list)
    undecided: bool = False
    assessed: bool = False
    locked: bool = False

    @property
    def counts(self) -> bool:
        return self.assessed or bool(self.stops)

    @property
    def share(self) -> Fraction:
        return self.weight * (self.result.score or ZERO) / Fraction(self.table["full_marks"])

    @property
    def weight(self) -> Fraction:
        return percent(self.table["weight"])


@dataclass
class Parted:
    """All parts of one unit."""

    standings: list[Standing]
    scores: dict[str, ItemScore]
    """With the bonus items of locked parts."""
    unsure: frozenset[str]
    """Bonus items whose gate is still undecided."""

    @property
    def known(self) -> bool:
        settled = (each.result.state in ("scored", "unassessed", "stopped") for each in self.standings)
        return all(settled) and not any(each.undecided for each in self.standings)

    def base(self, scheme: Scheme, seen: Seen) -> Fraction:
        """Total full marks × Σ weight × score ÷ the part's full marks, exact, rounded once.

        Nothing applicable in a part: the other weights grow in proportion.
        """
        counting = [each for each in self.standings if each.counts]
        shares = [each.share for each in counting]
        weights = sum((each.weight for each in counting), ZERO)
        exact = scheme.full_marks * sum(shares, ZERO) / weights
        if weights != 1:
            seen["part:the other weights grow"] += 1
        if exact != fine(exact):
            seen["rounding:weighted parts"] += 1
        return fine(exact)


def part_stops(known: Known, id: str, seen: Seen) -> tuple[list[str], bool]:
    """Grades of the stops that act on a part, and whether one is still undecided."""
    stops = [veto for veto in known.scheme.vetoes if veto.get("part") == id and "stop" in veto["effect"]]
    answers = [(veto_holds(known, veto, seen), str(veto["effect"]["stop"])) for veto in stops]
    return [grade for answer, grade in answers if answer], any(answer is None for answer, _grade in answers)


def go_through(known: Known, assigned: list[Item], seen: Seen) -> Parted:
    """Steps 6 to 11 of every part, as far as they are known."""
    scores = dict(known.scores)
    standings = [based(known, table, own, assigned, seen) for table, own in pieces(known.scheme)]
    unsure: set[str] = set()
    for each in standings:
        bonus = [item.id for item in each.own.items if item.kind == "bonus" and item.id in scores]
        if each.stops:  # its gate matters no more
            continue
        if each.locked:
            seen["part:bonus locked"] += 1
            scores |= {id: replace(scores[id], state="locked", points=None) for id in bonus}
        elif "bonus_when" in each.table and each.result.state == "base open":
            unsure |= set(bonus)
    reading = replace(known, scores=scores, unsure=frozenset(unsure))
    for each in standings:
        finish(reading, each, scores, seen)
    return Parted(standings, scores, frozenset(unsure))


def based(known: Known, table: Table, own: Scheme, assigned: list[Item], seen: Seen) -> Standing:
    """Steps 6 and 7: the base, once no base item of the part is open, nor one that takes from it."""
    mine = [item for item in assigned if item in own.items]
    standing = Standing(table, own, Part("scored"))
    standing.stops, standing.undecided = part_stops(known, table["id"], seen)
    base_items = [item for item in mine if item.kind == "base"]
    standing.assessed = any(known.scores[item.id].applicable for item in base_items)
    takers = [item for item in assigned if item.kind == "base" and targets(item) & set(own.sections)]
    if any(item not in mine for item in takers):
        seen["part:a charge from another part"] += 1
    is_open = any(known.scores[item.id].open for item in (*base_items, *takers))
    if not standing.assessed:
        standing.result.state = "unassessed"
        seen["part:nothing applicable"] += 1
    elif is_open:
        standing.result.state = "base open"
    else:
        base = rescaled_base(own, top_sections(own, mine, known.scores, seen), seen)
        standing.base = base
        if "bonus_when" in table:
            at_mark = Reading(mark(base), basis=Fraction(table["full_marks"]))
            standing.locked = not holds(table["bonus_when"], lambda _: at_mark, seen)
    return standing


def finish(known: Known, each: Standing, scores: Mapping[str, ItemScore], seen: Seen) -> None:
    """9 + bonus. 10 − major deductions. 11 bounds, part vetoes: the score."""
    scheme, result = known.scheme, each.result
    if each.stops:
        seen[f"part:stopped, {scheme.total['stopped_part']}"] += 1
        result.state, result.grade = "stopped", lowest_grade(scheme, each.stops)
        each.undecided = False
        return
    answers = {veto["id"]: veto_holds(known, veto, seen) for veto in each.own.vetoes}
    idle = unneeded(each, scores)
    if idle:
        seen["part:nothing applicable, whatever the group's share will be"] += 1
    opened = any(scores[item.id].open for item in each.own.items if item.id in scores and item.id not in idle)
    each.undecided = opened or None in answers.values()
    result.base = each.base
    if result.state == "unassessed":
        return
    if each.undecided or each.base is None:
        result.state = "open"
        return
    result.bonus = bonus_of(each.own, scores, seen)
    result.major_deduction = summed(each.own, "major_deduction", scores, seen)
    if result.bonus or result.major_deduction:
        seen["part:has its own bonus or deduction"] += 1
    before = bounded(each.own, each.base + result.bonus - result.major_deduction, seen, "part bounds")
    effects = acting_effects(replace(known, scheme=each.own, scores=scores), answers, seen)
    result.score = total_after(before, effects, seen)
    if result.score != before:
        seen["part:a veto changes the score"] += 1
    result.grade = marked_grade(scheme, each.own, each.base, effects, seen)


def unneeded(each: Standing, scores: Mapping[str, ItemScore]) -> set[str]:
    """Items that wait for the group's mean share in a part that is left out, whatever they are given."""
    if each.result.state != "unassessed":
        return set()
    own = {item.id: scores[item.id] for item in each.own.items if item.id in scores}
    return {id for id, score in own.items() if score.excused and score.state == "provisional"}


def bonus_of(own: Scheme, scores: Mapping[str, ItemScore], seen: Seen) -> Fraction:
    """The bonus of a part or of the total under its cap."""
    bonus = summed(own, "bonus", scores, seen)
    cap = own.total.get("bonus_cap", "none")
    if cap == "none":
        seen["bonus cap none"] += 1
        return bonus
    if bonus >= cap:
        seen["bonus cap reached" + (" exactly" if bonus == cap else "")] += 1
    return min(bonus, Fraction(cap))


def bounded(scheme: Scheme, total: Fraction, seen: Seen, name: str = "bounds") -> Fraction:
    """Upper limit first, then lower. A total may fall below 0 unless `bounds` says otherwise."""
    bounds = scheme.total.get("bounds", {})
    if "to" in bounds and total > bounds["to"]:
        seen[f"{name}:to acted"] += 1
        total = Fraction(bounds["to"])
    if "from" in bounds and total < bounds["from"]:
        seen[f"{name}:from acted"] += 1
        total = Fraction(bounds["from"])
    return total


def ended(scheme: Scheme, parted: Parted) -> set[str]:
    """Items that nobody needs any more: those of stopped parts on which nothing outside of it depends."""
    return {
        item.id
        for each in parted.standings
        if each.stops
        for item in each.own.items
        if not targets(item) - set(base_sections(scheme, each.table["id"]))
        and item.id not in looked_at(scheme, each.table["id"])
    }


def looked_at(scheme: Scheme, part: str) -> set[str]:
    """Items that a veto outside of a part reads, or to which a line outside of it yields."""
    vetoes = [veto for veto in scheme.vetoes if veto.get("part") != part]
    found = {each.name.rpartition("/")[0] for veto in vetoes for each in comparisons(str(veto["when"]))[1]}
    for item in scheme.items:
        if owner(scheme, item.table) != part:
            lines = [*item.rule.get("minus", []), *item.rule.get("plus", [])]
            found |= {str(name) for line in lines for name in line.get("yields_to", [])}
    return found


def base_sections(scheme: Scheme, part: str) -> set[str]:
    return {name for name, section in scheme.sections.items() if owner(scheme, section) == part}
