"""From items to the base, the bonus and the deductions: sections, caps, rescaling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tests.oracle.arithmetic import ZERO, fine, mark
from tests.oracle.model import Item, ItemScore, Scheme, Seen

Amounts = Mapping[str, Fraction]
NOBODY: Seen = Seen()


def inside(scheme: Scheme, section: str) -> list[str]:
    """The ids of all items in a section, inner sections included."""
    found = [item.id for item in scheme.items if item.section == section]
    for child in children(scheme, section):
        found += inside(scheme, child)
    return found


def children(scheme: Scheme, section: str) -> list[str]:
    return [name for name, table in scheme.sections.items() if table.get("section") == section]


def section_sum(scheme: Scheme, section: str, amounts: Amounts, seen: Seen, kind: str = "") -> Fraction:
    """From the inside: sum, cap."""
    own = [amounts[item.id] for item in scheme.items if item.section == section and item.id in amounts]
    inner = [section_sum(scheme, child, amounts, seen, kind) for child in children(scheme, section)]
    total = sum(own + inner, ZERO)
    table = scheme.sections[section]
    if "cap" not in table:
        return total
    if total >= Fraction(table["cap"]):
        depth = "nested section" if "section" in table else "section"
        seen[f"{depth} cap reached {kind}" + (" exactly" if total == table["cap"] else "")] += 1
    return min(total, Fraction(table["cap"]))


def tops(scheme: Scheme, kind: str) -> list[str]:
    """The top sections and the loose items of one kind; a loose item is its own top section."""
    of_kind = {item.id for item in scheme.items if item.kind == kind}
    sections = [
        name
        for name, table in scheme.sections.items()
        if "section" not in table and of_kind.intersection(inside(scheme, name))
    ]
    return sections + [item.id for item in scheme.items if item.kind == kind and item.section is None]


def top_amount(scheme: Scheme, top: str, amounts: Amounts, seen: Seen, kind: str = "") -> Fraction | None:
    """What a top section comes to; nothing if none of its items has an amount."""
    if top not in scheme.sections:
        return amounts.get(top)
    if not any(name in amounts for name in inside(scheme, top)):
        return None
    return section_sum(scheme, top, amounts, seen, kind)


@dataclass(frozen=True)
class Top:
    """One top section: its score, its possible points, the points assigned, its full."""

    score: Fraction | None
    possible: Fraction | None
    own: Fraction
    full: Fraction


def base_points(items: list[Item]) -> dict[str, Fraction]:
    return {item.id: Fraction(item.table["points"]) for item in items if item.kind == "base"}


def top_sections(
    scheme: Scheme, assigned: list[Item], scores: Mapping[str, ItemScore], seen: Seen
) -> list[Top]:
    """Sections from the inside; the top one ≥ 0 unless `floor_at = "none"`.

    A capped section's possible points are min(cap, sum).
    """
    own_points = base_points(assigned)
    points = {name: scores[name].points or ZERO for name in own_points if scores[name].state == "reviewed"}
    possible = {name: own_points[name] for name in own_points if scores[name].state != "not_applicable"}
    found = []
    for top in tops(scheme, "base"):
        own = top_amount(scheme, top, own_points, NOBODY)
        if own is None:
            continue
        score = top_amount(scheme, top, points, seen, "base")
        if score is not None and score < 0:
            if scheme.total["floor_at"] == "none":
                seen["floor:none section below 0"] += 1
            else:
                where = "section" if top in scheme.sections else "loose item"
                seen[f"floor:section acted {where}"] += 1
                score = ZERO
        stated = scheme.sections.get(top, {}).get("points")
        full = own if stated is None else Fraction(stated)
        found.append(Top(score, top_amount(scheme, top, possible, NOBODY), own, full))
    return found


def rescaled_base(scheme: Scheme, found: list[Top], seen: Seen) -> Fraction:
    """Not applicable: out of score and possible points; score × F ÷ possible."""
    policy = scheme.total["not_applicable"]
    present = [top for top in found if top.possible is not None]
    in_section = policy["within"] == "section"
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
    if policy["to"] == "full":
        target = scheme.full_marks
    else:
        target = sum((top.full if in_section else top.own for top in found), ZERO)
    exact = sum(scores, ZERO) * target / sum(denominators, ZERO)
    if target != sum(denominators, ZERO):
        seen[f"rescale:{policy['to']}/{policy['within']}"] += 1
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
    applicable = [points[name] for name in points if scores[name].state != "not_applicable"]
    return sum(applicable, ZERO) / sum(points.values(), ZERO)


def tie_amount(scheme: Scheme, name: str, scores: Mapping[str, ItemScore]) -> Fraction:
    """What `tie_break` compares: points rounded to 1/10 000; of a deduction the smaller is the better.

    What the unit does not have (not assigned, not applicable, locked) counts as 0.
    """
    points = {item.id: scores[item.id].points or ZERO for item in scheme.items if item.id in scores}
    if name in scheme.sections:
        ids, top = inside(scheme, name), "section" not in scheme.sections[name]
        amount = section_sum(scheme, name, points, NOBODY)
    else:
        ids, top = [name], scheme.item(name).section is None
        amount = points.get(name, ZERO)
    kind = next((scheme.item(id).kind for id in ids), "base")
    if kind == "base" and top and scheme.total["floor_at"] != "none":
        amount = max(amount, ZERO)
    return -mark(amount) if kind == "major_deduction" else mark(amount)
