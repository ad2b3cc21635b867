"""From items to the base, the bonus and the deductions: sections, caps, rescaling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tests.oracle.arithmetic import ZERO, fine, mark
from tests.oracle.model import Item, ItemScore, Scheme, Seen

Amounts = Mapping[str, Fraction]
NOBODY: Seen = Seen()
NONE: Amounts = {}


def inside(scheme: Scheme, section: str) -> list[str]:
    """The ids of all items in a section, inner sections included."""
    found = [item.id for item in scheme.items if item.section == section]
    for child in children(scheme, section):
        found += inside(scheme, child)
    return found


def children(scheme: Scheme, section: str) -> list[str]:
    return [name for name, table in scheme.sections.items() if table.get("section") == section]


def section_sum(
    scheme: Scheme, section: str, amounts: Amounts, seen: Seen, kind: str = "", charges: Amounts = NONE
) -> Fraction:
    """From the inside: sum, cap, less charges aimed at it."""
    own = [amounts[item.id] for item in scheme.items if item.section == section and item.id in amounts]
    inner = [section_sum(scheme, child, amounts, seen, kind, charges) for child in children(scheme, section)]
    total = sum(own + inner, ZERO)
    table = scheme.sections[section]
    depth = "nested section" if "section" in table else "section"
    capped = "cap" in table and total >= Fraction(table["cap"])
    if capped:
        seen[f"{depth} cap reached {kind}" + (" exactly" if total == table["cap"] else "")] += 1
        total = Fraction(table["cap"])
    if charges.get(section):
        seen[f"charge:bites a {depth}" + (" at its cap" if capped else "")] += 1
    return total - charges.get(section, ZERO)


def tops(scheme: Scheme, kind: str) -> list[str]:
    """The top sections and the loose items of one kind; a loose item is its own top section."""
    of_kind = {item.id for item in scheme.items if item.kind == kind}
    sections = [
        name
        for name, table in scheme.sections.items()
        if "section" not in table and of_kind.intersection(inside(scheme, name))
    ]
    return sections + [item.id for item in scheme.items if item.kind == kind and item.section is None]


def top_amount(
    scheme: Scheme, top: str, amounts: Amounts, seen: Seen, kind: str = "", charges: Amounts = NONE
) -> Fraction | None:
    """What a top section comes to; nothing if none of its items has an amount and nothing is taken there."""
    if top not in scheme.sections:
        return amounts.get(top)
    aimed_at = [name for name in [top, *below(scheme, top)] if charges.get(name)]
    if not aimed_at and not any(name in amounts for name in inside(scheme, top)):
        return None
    return section_sum(scheme, top, amounts, seen, kind, charges)


def below(scheme: Scheme, section: str) -> list[str]:
    """All sections inside a section."""
    found = []
    for child in children(scheme, section):
        found += [child, *below(scheme, child)]
    return found


def charged(scores: Mapping[str, ItemScore], target: str) -> Fraction:
    """What all items together take from a section, or from the total."""
    return sum((score.charges.get(target, ZERO) for score in scores.values()), ZERO)


@dataclass(frozen=True)
class Top:
    """One top section: its score, its possible points, the points assigned, its full."""

    score: Fraction | None
    possible: Fraction | None
    own: Fraction
    full: Fraction


def base_points(items: list[Item]) -> dict[str, Fraction]:
    return {item.id: Fraction(item.table["points"]) for item in items if item.kind == "base"}


def left_of(score: ItemScore, points: Fraction) -> Fraction:
    """Possible points of an item, less what periods that are not applicable take out of them."""
    return max(points - score.out, ZERO)


def top_sections(
    scheme: Scheme, assigned: list[Item], scores: Mapping[str, ItemScore], seen: Seen
) -> list[Top]:
    """Sections from the inside; the top one ≥ 0 unless `floor_at = "none"`.

    A capped section's possible points are min(cap, sum).
    """
    own_points = base_points(assigned)
    points = {name: scores[name].points or ZERO for name in own_points if scores[name].points is not None}
    charges = {section: charged(scores, section) for section in scheme.sections}
    possible = {name: left_of(scores[name], own_points[name]) for name in own_points if scores[name].possible}
    found = []
    for top in tops(scheme, "base"):
        own = top_amount(scheme, top, own_points, NOBODY)
        score = top_amount(scheme, top, points, seen, "base", charges)
        if own is None and score is None:
            continue
        own = own or ZERO
        if score is not None and score < 0:
            score = floored(scheme, top, score, seen)
        stated = scheme.sections.get(top, {}).get("points")
        full = own if stated is None else Fraction(stated)
        found.append(Top(score, top_amount(scheme, top, possible, NOBODY), own, full))
    return found


def floored(scheme: Scheme, top: str, score: Fraction, seen: Seen) -> Fraction:
    """The top one ≥ 0 unless `floor_at = "none"`; a loose item is one only under "section"."""
    floor_at = scheme.total["floor_at"]
    loose = top not in scheme.sections
    if floor_at == "none" or (loose and floor_at == "item"):
        seen[f"floor:{floor_at} {'loose item' if loose else 'section'} below 0"] += 1
        return score
    seen[f"floor:{floor_at} acted {'loose item' if loose else 'section'}"] += 1
    return ZERO


def rescaled_base(scheme: Scheme, found: list[Top], seen: Seen) -> Fraction:
    """Not applicable: out of score and possible points; score × F ÷ possible."""
    policy = scheme.total["not_applicable"]
    in_section = policy.get("within", "part") == "section"  # under other policies: own, within the part
    # An empty section drops out; in the part, what is taken from it still counts.
    present = [top for top in found if top.possible is not None or not in_section]
    scores, denominators = [], []
    for top in present:
        score, possible = top.score or ZERO, top.possible or ZERO
        if in_section:  # in its top section first; an empty section in the part
            if top.full != possible:
                seen[f"rescale:section {'with' if top.full == top.own else 'by stated'} points"] += 1
            scores.append(fine(score * top.full / possible))
            denominators.append(top.full)
        else:
            scores.append(score)
            denominators.append(possible)
    if policy.get("to", "own") == "full":
        target = scheme.full_marks
    else:
        mine = [top for top in found if top.own]
        target = sum((top.full if in_section else top.own for top in mine), ZERO)
    exact = sum(scores, ZERO) * target / sum(denominators, ZERO)
    if target != sum(denominators, ZERO):
        seen[f"rescale:{policy.get('to', 'own')}/{policy.get('within', 'part')}"] += 1
        if policy["policy"] != "rescale":
            seen["rescale:under another policy"] += 1
    if exact != fine(exact):
        seen["rounding:base"] += 1
    return fine(exact)


def summed(scheme: Scheme, kind: str, scores: Mapping[str, ItemScore], seen: Seen) -> Fraction:
    """Bonus or deductions: caps of the items (already), of the sections outwards."""
    amounts = {
        item.id: scores[item.id].points or ZERO
        for item in scheme.items
        if item.kind == kind and item.id in scores and scores[item.id].state == "reviewed"
    }
    tops_of_kind = [top_amount(scheme, top, amounts, seen, kind) for top in tops(scheme, kind)]
    return sum((amount for amount in tops_of_kind if amount is not None), ZERO)


def coverage(assigned: list[Item], scores: Mapping[str, ItemScore]) -> Fraction | None:
    """Applicable ÷ assigned points of base items, uncapped; an open item counts as applicable."""
    points = base_points(assigned)
    if not points:
        return None
    applicable = [left_of(scores[name], points[name]) for name in points if scores[name].applicable]
    return sum(applicable, ZERO) / sum(points.values(), ZERO)


def tie_amount(scheme: Scheme, name: str, scores: Mapping[str, ItemScore], floor_at: str) -> Fraction:
    """What `tie_break` compares: points rounded to 1/10 000; of a deduction the smaller is the better.

    What the unit does not have (not assigned, not applicable, locked) counts as 0.
    """
    points = {item.id: scores[item.id].points or ZERO for item in scheme.items if item.id in scores}
    if name in scheme.sections:
        ids, floored_here = (
            inside(scheme, name),
            "section" not in scheme.sections[name] and floor_at != "none",
        )
        charges = {section: charged(scores, section) for section in scheme.sections}
        amount = section_sum(scheme, name, points, NOBODY, charges=charges)
    else:
        ids, floored_here = [name], scheme.item(name).section is None and floor_at == "section"
        amount = points.get(name, ZERO)
    kind = next((scheme.item(id).kind for id in ids), "base")
    if kind == "base" and floored_here:
        amount = max(amount, ZERO)
    return -mark(amount) if kind == "major_deduction" else mark(amount)
