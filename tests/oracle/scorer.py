"""The oracle: scores units by a scheme in the plainest possible way, one unit at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.oracle.arithmetic import ZERO, mark, percent
from tests.oracle.case_dates import Around
from tests.oracle.facts import cell, read_finding
from tests.oracle.grades import fill_quotas, lowest_grade, set_grade
from tests.oracle.items import score_item
from tests.oracle.language import Reading, applies, holds, read_scheme
from tests.oracle.model import Finding, Item, ItemScore, Row, Scheme, Seen, Table, Unit
from tests.oracle.parts import bonus_of, bounded, ended, go_through, owner, piece, settings_of
from tests.oracle.periods import added, read_periods, score_periods
from tests.oracle.reviewers import agreed, by_reviewer, combined, way_of
from tests.oracle.switches import for_unit, scheme_for_unit
from tests.oracle.totals import charged, coverage, rescaled_base, summed, tie_amount, top_sections
from tests.oracle.vetoes import Known, acting_effects, total_after, veto_holds, warning_vetoes
from tests.oracle.yields import Elsewhere, scored_after_those_named

if TYPE_CHECKING:
    from collections.abc import Collection
    from fractions import Fraction

__all__ = ["Unit", "score"]


def score(
    scheme_text: str, units: list[Row], findings: list[Row], seen: Seen | None = None
) -> dict[str, Unit]:
    """Score every unit; `seen` counts what was exercised on the way."""
    seen = Seen() if seen is None else seen
    scheme = read_scheme(scheme_text)
    results = {}
    for unit in units:
        rows = [row for row in findings if cell(row, "unit") == unit["unit"]]
        results[unit["unit"]] = score_unit(scheme, unit, rows, seen)
    first_day = scheme.table["scheme"]["period"]["from"]
    for group in {unit["group"] for unit in units}:
        members = [results[unit["unit"]] for unit in units if unit["group"] == group]
        rank_group(members, scheme, seen)
        fill_quotas(members, scheme_for_unit(scheme, {"group": group}, first_day, Seen()), seen)
    for result in results.values():
        seen[f"state:{result.state}"] += 1
    return results


def score_unit(scheme: Scheme, unit: Row, rows: list[Row], seen: Seen) -> Unit:
    first_day = scheme.table["scheme"]["period"]["from"]
    scheme = scheme_for_unit(scheme, unit, first_day, seen)
    scheme = replace(scheme, items=tuple(for_unit(item, unit, first_day, seen) for item in scheme.items))
    assigned = [item for item in scheme.items if applies(item.table, unit)]
    readable: list[Table] = [item.table for item in assigned]
    readable += [veto for veto in scheme.vetoes if applies(veto, unit)]
    period = scheme.table["scheme"]["period"]
    around = Around(unit, period["from"], period["to"])
    mine = {table["id"]: [row for row in rows if cell(row, "item") == table["id"]] for table in readable}
    periods = {
        item.id: read_periods(item.table, mine[item.id], seen, around)
        for item in assigned
        if "per" in item.rule
    }
    findings = {name: added(by_period) for name, by_period in periods.items()}
    once = [table for table in readable if table["id"] not in periods]
    findings |= {table["id"]: found_on(scheme, table, mine[table["id"]], seen, around) for table in once}
    told = [row for table in once for row in as_one(scheme, table, mine[table["id"]], findings)]
    elsewhere = Elsewhere({item.id: item for item in assigned}, told, findings, {}, around, scheme.sections)
    scores = score_items(scheme, elsewhere, mine, periods, seen)
    result = Unit("open", shown(scheme, scores, Seen()), coverage=coverage(assigned, scores))
    result.covered = covered(scheme, result.coverage, seen)
    if result.coverage is not None and 0 < result.coverage < 1:
        seen["coverage:between 0 and 1"] += 1
    known = Known(scheme, unit, findings, scores, valueless(scores))
    stop_grades = acting_stops(known, seen)
    states = [scores[item.id].state for item in assigned if item.kind == "base"]
    if stop_grades:  # 2 `stop` vetoes: no score (not 0), no rank
        result.warnings = ()
        result.state, result.grade = "stopped", lowest_grade(scheme, stop_grades)
    elif all(state == "not_applicable" for state in states):
        result.state = "unassessed"
    elif scheme.parts:
        with_parts(result, known, assigned, seen)
    elif "open" in states:
        seen["gate:bonus_when undecided" if "bonus_when" in scheme.total else "state:base open"] += 1
    else:
        with_base(result, known, assigned, seen)
    shown(scheme, scores, seen)
    return result


def with_parts(result: Unit, known: Known, assigned: list[Item], seen: Seen) -> None:
    """Each part by itself, then the total of what they come to."""
    scheme = known.scheme
    parted = go_through(known, assigned, seen)
    result.parts = {each.table["id"]: each.result for each in parted.standings}
    result.items = shown(scheme, parted.scores, Seen())
    if not parted.known:
        seen["part:not decided yet"] += 1
        return
    result.base = parted.base(scheme, seen)
    result.base_mark = mark(result.base)
    scores = dict(parted.scores)
    whole = piece(scheme, scheme.total, "")
    if bonus_locked(scheme, result.base_mark, seen):
        for item in whole.items:
            if item.kind == "bonus" and item.id in scores:
                scores[item.id] = replace(scores[item.id], state="locked", points=None)
    result.items = shown(scheme, scores, seen)
    stopped = {each.table["id"] for each in parted.standings if each.stops}
    needless = ended(scheme, parted)
    after = replace(known, scores=scores)
    answers = {veto["id"]: veto_holds(after, veto, seen) for veto in scheme.vetoes}
    result.warnings = warning_vetoes(after, answers, seen)
    waiting = [id for id, own in scores.items() if own.state == "open" and id not in needless]
    if waiting or any(answers[veto["id"]] is None for veto in whole.vetoes):
        seen["state:open with a base"] += 1
        return
    result.state = "scored"
    effects = acting_effects(replace(after, scheme=whole), answers, seen)
    with_total(result, after, effects, seen, whole=whole, stopped=stopped)


def found_on(scheme: Scheme, table: Table, rows: list[Row], seen: Seen, around: Around) -> Finding:
    """One finding of one reviewer, or of several who agree; where points are combined there is none."""
    way = way_of(scheme, table)
    if way["take"] == "single":
        return read_finding(table, rows, seen, around)
    by = by_reviewer(rows)
    each = {name: read_finding(table, own, seen, around) for name, own in by.items()}
    nobody = read_finding(table, [], Seen(), around)
    return agreed(way, each, by, nobody, seen) if way["take"] == "same" else nobody


def as_one(scheme: Scheme, table: Table, rows: list[Row], findings: dict[str, Finding]) -> list[Row]:
    """The rows of one reviewer where several found the same; none while they did not."""
    if way_of(scheme, table)["take"] != "same":
        return rows
    finding = findings[table["id"]]
    return next(iter(by_reviewer(rows).values()), []) if finding.na or finding.facts else []


Periods = dict[str, dict[str, Finding]]
"""Of items that are asked in every period: what is established in each."""


def score_items(
    scheme: Scheme, elsewhere: Elsewhere, rows: dict[str, list[Row]], periods: Periods, seen: Seen
) -> dict[str, ItemScore]:
    """Every item that is assigned; a `needs_claim` bonus without a row is unclaimed: reviewed, 0."""
    scores = elsewhere.scores
    for item in scored_after_those_named(list(elsewhere.items.values())):
        if item.table.get("needs_claim") and not rows[item.id]:
            scores[item.id] = ItemScore("none", ZERO)
        elif item.id in periods:
            scores[item.id] = score_periods(item, periods[item.id], settings_of(scheme, item), seen)
        else:
            scores[item.id] = scored_on(scheme, item, rows[item.id], elsewhere, seen)
    return {name: scores[name] for name in elsewhere.items}


def scored_on(scheme: Scheme, item: Item, rows: list[Row], elsewhere: Elsewhere, seen: Seen) -> ItemScore:
    """Each reviewer's facts are scored to the item's points, then combined."""
    way, settings = way_of(scheme, item.table), settings_of(scheme, item)
    if way["take"] in ("single", "same"):
        return score_item(item, elsewhere.findings[item.id], settings, seen, elsewhere)
    scores = {
        name: score_item(
            item, read_finding(item.table, own, seen, elsewhere.around), settings, seen, elsewhere
        )
        for name, own in by_reviewer(rows).items()
    }
    return combined(item, way, scores, seen)


def valueless(scores: dict[str, ItemScore]) -> frozenset[str]:
    """Items whose facts have no value."""
    return frozenset(id for id, own in scores.items() if own.state in ("none", "not_applicable"))


def shown(scheme: Scheme, scores: dict[str, ItemScore], seen: Seen) -> dict[str, tuple[str, Fraction | None]]:
    """Five "nothings": open, not assigned, not applicable, reviewed and worth 0, (stopped); and locked."""
    result: dict[str, tuple[str, Fraction | None]] = {}
    for item in scheme.items:
        own = scores.get(item.id, ItemScore("not_assigned"))
        result[item.id] = (own.state, own.points)
        name = "worth_0" if own.state == "reviewed" and own.points == 0 else own.state
        seen[f"nothing:{name}"] += 1
    return result


def acting_stops(known: Known, seen: Seen) -> list[str]:
    """`stop` reads facts only, so it is known before any score."""
    of_parts = known.scheme.total.get("stopped_part") == "stop"
    stops = [
        veto for veto in known.scheme.vetoes if "stop" in veto["effect"] and (of_parts or "part" not in veto)
    ]
    found = [veto for veto in stops if veto_holds(known, veto, seen)]
    acting = [veto["effect"]["stop"] for veto in found]
    if any("part" in veto for veto in found):
        seen["part:stopped, stop"] += 1
    if acting:
        seen["veto:stop acted"] += 1
        if any(known.findings[item].open for item in known.findings):
            seen["veto:stop ends the need to review"] += 1
    if len(set(acting)) > 1:
        seen["veto:stops with different grades"] += 1
    return acting


def with_base(result: Unit, known: Known, assigned: list[Item], seen: Seen) -> None:
    """A base is shown as soon as no base item is open; gates read its mark."""
    scheme = known.scheme
    result.base = rescaled_base(scheme, top_sections(scheme, assigned, known.scores, seen), seen)
    result.base_mark = mark(result.base)
    scores = dict(known.scores)
    if bonus_locked(scheme, result.base_mark, seen):
        for item in assigned:
            if item.kind == "bonus":  # a locked bonus item has no points (it is locked, not 0)
                scores[item.id] = replace(scores[item.id], state="locked", points=None)
    result.items = shown(scheme, scores, seen)
    known = replace(known, scores=scores)
    answers = {veto["id"]: veto_holds(known, veto, seen) for veto in scheme.vetoes}
    result.warnings = warning_vetoes(known, answers, seen)
    if None in answers.values():
        seen["veto:undecided"] += 1
    if None in answers.values() or any(own.state == "open" for own in scores.values()):
        seen["state:open with a base"] += 1
        return
    result.state = "scored"
    with_total(result, known, acting_effects(known, answers, seen), seen)


def bonus_locked(scheme: Scheme, base_mark: Fraction, seen: Seen) -> bool:
    """bonus_when: default always."""
    if "bonus_when" not in scheme.total:
        return False
    gate = holds(scheme.total["bonus_when"], lambda _: Reading(base_mark, basis=scheme.full_marks), seen)
    seen["gate:bonus_when " + ("unlocked" if gate else "locked")] += 1
    return not gate


def with_total(
    result: Unit,
    known: Known,
    effects: list[Table],
    seen: Seen,
    *,
    whole: Scheme | None = None,
    stopped: Collection[str] = (),
) -> None:
    """9 + bonus. 10 − major deductions and charges. 11 bounds, 14 vetoes: the total, and its grade.

    `whole`: what belongs to the total beside parts.
    """
    scheme = known.scheme
    bonus = result.bonus = bonus_of(whole or scheme, known.scores, seen)
    result.major_deduction = summed(whole or scheme, "major_deduction", known.scores, seen)
    result.charged = charged(known.scores, "total")
    before = bounded(scheme, (result.base or ZERO) + bonus - result.major_deduction - result.charged, seen)
    result.total = total_after(before, effects, seen)
    result.total_mark = mark(result.total)
    result.breaks = tuple(tie_break(known, name, stopped) for name in tie_breaks(scheme))
    if result.total < 0:
        seen["total:below 0"] += 1
    if result.total != result.total_mark:
        seen["rounding:total to its mark"] += 1
    if result.covered:
        set_grade(scheme, result, effects, seen)
    else:
        seen["coverage:a total without rank and grade"] += 1


def covered(scheme: Scheme, share: Fraction | None, seen: Seen) -> bool:
    """Below the minimum a unit has a total but no rank or grade."""
    if share is None or "minimum_coverage" not in scheme.total:
        return True
    minimum = percent(scheme.total["minimum_coverage"])
    if share == minimum:
        seen["coverage:exactly the minimum"] += 1
    return share >= minimum


def tie_break(known: Known, name: str, stopped: Collection[str]) -> Fraction:
    """What breaks a tie; of a stopped part nothing counts."""
    scheme = known.scheme
    mine = owner(scheme, scheme.sections[name] if name in scheme.sections else scheme.item(name).table)
    floors = {part["id"]: str(part["floor_at"]) for part in scheme.parts}
    floor_at = floors.get(mine, str(scheme.total.get("floor_at", "none")))
    return ZERO if mine in stopped else tie_amount(scheme, name, known.scores, floor_at)


def tie_breaks(scheme: Scheme) -> list[str]:
    names: list[str] = scheme.table["rank"].get("tie_break", [])
    return names


def rank_group(group: list[Unit], scheme: Scheme, seen: Seen) -> None:
    """Ties share: 1, 1, 3; dense: 1, 1, 2. Only scored units, by the mark of the total, then `tie_break`."""
    ties = scheme.table["rank"]["ties"]
    scored = [unit for unit in group if unit.total_mark is not None and unit.covered]
    keys = [(unit.total_mark, *unit.breaks) for unit in scored]
    for unit, own in zip(scored, keys, strict=True):
        better = [other for other in keys if other > own]
        unit.rank = 1 + len(better if ties == "share" else set(better))
        if keys.count(own) > 1:
            seen[f"ties:{ties} tie"] += 1
            if unit.breaks:
                seen["ties:not broken"] += 1
        if len(better) > len(set(better)):
            seen[f"ties:{ties} after a tie"] += 1
        level = [other for other in keys if other[0] == own[0]]
        for place in range(len(unit.breaks)):
            if len({other[: place + 1] for other in level}) < len({other[: place + 2] for other in level}):
                seen[f"ties:broken by {('the first', 'the second', 'a later')[min(place, 2)]}"] += 1
    if len({unit.total for unit in group}) > len({unit.total_mark for unit in group}):
        seen["ties:equal marks of different numbers"] += 1
