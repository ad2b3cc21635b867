"""The oracle: scores units by a scheme in the plainest possible way, one unit at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.oracle.arithmetic import ZERO, mark, percent
from tests.oracle.case_dates import Around
from tests.oracle.facts import cell, read_finding
from tests.oracle.grades import fill_quotas, lowest_grade, set_grade
from tests.oracle.groups import Groups
from tests.oracle.items import score_item
from tests.oracle.language import Reading, applies, holds, read_scheme
from tests.oracle.model import Finding, Item, ItemScore, Row, Scheme, Seen, Table, Unit
from tests.oracle.parts import bonus_of, bounded, ended, go_through, piece, settings_of, unneeded
from tests.oracle.peers import measured
from tests.oracle.periods import added, read_periods, score_periods
from tests.oracle.ranks import rank_group, tie_break, tie_breaks
from tests.oracle.reviewers import agreed, by_reviewer, combined, way_of
from tests.oracle.switches import for_unit, scheme_for_unit
from tests.oracle.totals import charged, coverage, rescaled_base, summed, top_sections
from tests.oracle.vetoes import Known, acting_effects, total_after, veto_holds, warning_vetoes
from tests.oracle.yields import Elsewhere, scored_after_those_named

if TYPE_CHECKING:
    from collections.abc import Collection
    from fractions import Fraction

    from tests.oracle.peers import Rivals

__all__ = ["Unit", "score"]


def score(
    scheme_text: str, units: list[Row], findings: list[Row], seen: Seen | None = None
) -> dict[str, Unit]:
    """Score every unit; `seen` counts what was exercised on the way."""
    seen = Seen() if seen is None else seen
    scheme = read_scheme(scheme_text)
    rows_of = sorted_by("unit", findings)
    by_unit = {unit["unit"]: rows_of.get(unit["unit"], []) for unit in units}
    schemes = {unit["unit"]: of_unit(scheme, unit, seen) for unit in units}
    read, periods = {}, {}
    for unit in units:
        name = unit["unit"]
        read[name], periods[name] = read_unit(schemes[name], unit, by_unit[name], seen)
    alone = not any(measured(item) for item in scheme.items)
    groups = grouped(schemes, units, by_unit, read, periods, seen if alone else Seen())
    scores = (
        groups.looks
        if alone
        else {
            name: own_scores(schemes[name], unit, by_unit[name], read[name], periods[name], groups, seen)
            for name, unit in groups.units.items()
        }
    )
    results = {}
    for name, unit in groups.units.items():
        final = groups.step_five(name, scores, by_unit[name], seen)
        results[name] = score_unit(schemes[name], unit, read[name], final, seen)
    first_day = scheme.table["scheme"]["period"]["from"]
    for group in {unit["group"] for unit in units}:
        members = [results[unit["unit"]] for unit in units if unit["group"] == group]
        rank_group(members, scheme, seen)
        fill_quotas(members, scheme_for_unit(scheme, {"group": group}, first_day, Seen()), seen)
    for result in results.values():
        seen[f"state:{result.state}"] += 1
    return results


def sorted_by(column: str, rows: list[Row]) -> dict[str, list[Row]]:
    """The rows of each unit, or of each item."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(cell(row, column), []).append(row)
    return found


def of_unit(scheme: Scheme, unit: Row, seen: Seen) -> Scheme:
    """The scheme with every item as it stands for a unit."""
    first_day = scheme.table["scheme"]["period"]["from"]
    scheme = scheme_for_unit(scheme, unit, first_day, seen)
    return replace(scheme, items=tuple(for_unit(item, unit, first_day, seen) for item in scheme.items))


Periods = dict[str, dict[str, Finding]]
"""Of items that are asked in every period: what is established in each."""


def read_unit(scheme: Scheme, unit: Row, rows: list[Row], seen: Seen) -> tuple[dict[str, Finding], Periods]:
    """A unit's findings on its items and vetoes, and those of every period."""
    readable: list[Table] = [item.table for item in scheme.items if applies(item.table, unit)]
    readable += [veto for veto in scheme.vetoes if applies(veto, unit)]
    period = scheme.table["scheme"]["period"]
    around = Around(unit, period["from"], period["to"])
    by_item = sorted_by("item", rows)
    mine = {table["id"]: by_item.get(table["id"], []) for table in readable}
    periods = {
        item.id: read_periods(item.table, mine[item.id], seen, around)
        for item in scheme.items
        if item.id in mine and "per" in item.rule
    }
    findings = {name: added(by_period) for name, by_period in periods.items()}
    once = [table for table in readable if table["id"] not in periods]
    findings |= {table["id"]: found_on(scheme, table, mine[table["id"]], seen, around) for table in once}
    return findings, periods


def grouped(
    schemes: dict[str, Scheme],
    units: list[Row],
    rows: dict[str, list[Row]],
    read: dict[str, dict[str, Finding]],
    periods: dict[str, Periods],
    seen: Seen,
) -> Groups:
    """Every unit by itself, as far as others look at it: which items are reviewed, and who is stopped."""
    groups = Groups(schemes, {unit["unit"]: unit for unit in units}, read, periods, {}, {})
    for name, unit in groups.units.items():
        scores = own_scores(schemes[name], unit, rows[name], read[name], periods[name], None, seen)
        groups.looks[name] = scores
        known = Known(schemes[name], unit, read[name], scores, valueless(scores))
        # Units stopped in one part stay in the group's comparisons.
        vetoes = schemes[name].vetoes
        stopping = [veto for veto in vetoes if "stop" in veto["effect"] and "part" not in veto]
        stops = [veto_holds(known, veto, Seen()) for veto in stopping]
        groups.stops[name] = True if True in stops else None if None in stops else False
    return groups


def own_scores(
    scheme: Scheme,
    unit: Row,
    rows: list[Row],
    read: dict[str, Finding],
    periods: Periods,
    groups: Groups | None,
    seen: Seen,
) -> dict[str, ItemScore]:
    """A unit's items; without groups nothing is measured against them."""
    items = {item.id: item for item in scheme.items if applies(item.table, unit)}
    period = scheme.table["scheme"]["period"]
    around = Around(unit, period["from"], period["to"])
    by_item = sorted_by("item", rows)
    mine = {name: by_item.get(name, []) for name in read}
    once: list[Table] = [item.table for item in items.values() if item.id not in periods]
    once += [veto for veto in scheme.vetoes if veto["id"] in read]
    told = [row for table in once for row in as_one(scheme, table, mine[table["id"]], read)]
    elsewhere = Elsewhere(items, told, read, {}, around, scheme.sections)
    scores = score_items(scheme, elsewhere, mine, periods, seen, groups)
    if groups is None:
        return scores
    return {name: groups.held(items[name], unit["unit"], score, seen) for name, score in scores.items()}


def score_unit(
    scheme: Scheme, unit: Row, findings: dict[str, Finding], scores: dict[str, ItemScore], seen: Seen
) -> Unit:
    assigned = [item for item in scheme.items if applies(item.table, unit)]
    result = Unit("open", shown(scheme, scores, Seen()), coverage=coverage(assigned, scores))
    result.covered = covered(scheme, result.coverage, seen)
    if result.coverage is not None and 0 < result.coverage < 1:
        seen["coverage:between 0 and 1"] += 1
    known = Known(scheme, unit, findings, scores, valueless(scores))
    stop_grades = acting_stops(known, seen)
    base = [scores[item.id] for item in assigned if item.kind == "base"]
    if stop_grades:  # 2 `stop` vetoes: no score (not 0), no rank
        result.warnings = ()
        result.items = shown(scheme, not_needed(scores, set(scores)), Seen())
        result.state, result.grade = "stopped", lowest_grade(scheme, stop_grades)
    elif not any(own.applicable for own in base):
        result.state = "unassessed"
    elif scheme.parts:
        with_parts(result, known, assigned, seen)
    elif any(own.open for own in base):
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
    needless = ended(scheme, parted)
    result.items = shown(scheme, not_needed(parted.scores, needless), Seen())
    if not parted.known:
        seen["part:not decided yet"] += 1
        return
    result.base = parted.base(scheme, seen)
    result.base_mark = mark(result.base)
    scores = not_needed(parted.scores, needless)
    whole = piece(scheme, scheme.total, "")
    if bonus_locked(scheme, result.base_mark, seen):
        for item in whole.items:
            if item.kind == "bonus" and item.id in scores:
                scores[item.id] = replace(scores[item.id], state="locked", points=None)
    result.items = shown(scheme, scores, seen)
    stopped = {each.table["id"] for each in parted.standings if each.stops}
    after = replace(known, scores=scores)
    answers = {veto["id"]: veto_holds(after, veto, seen) for veto in scheme.vetoes}
    result.warnings = warning_vetoes(after, answers, seen)
    idle = {id for each in parted.standings for id in unneeded(each, scores)}
    waiting = [id for id, own in scores.items() if own.open and id not in needless | idle]
    if waiting or any(answers[veto["id"]] is None for veto in whole.vetoes):
        seen["state:open with a base"] += 1
        return
    result.state = "scored"
    effects = acting_effects(replace(after, scheme=whole), answers, seen)
    with_total(result, after, effects, seen, whole=whole, stopped=stopped)


def not_needed(scores: dict[str, ItemScore], needless: set[str]) -> dict[str, ItemScore]:
    """What nobody needs any more does not wait for others either."""
    return {
        id: replace(own, state="open") if id in needless and own.state == "provisional" else own
        for id, own in scores.items()
    }


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


def score_items(
    scheme: Scheme,
    elsewhere: Elsewhere,
    rows: dict[str, list[Row]],
    periods: Periods,
    seen: Seen,
    groups: Groups | None,
) -> dict[str, ItemScore]:
    """Every item that is assigned; a `needs_claim` bonus without a row is unclaimed: reviewed, 0."""
    scores, unit = elsewhere.scores, elsewhere.around.unit["unit"]
    for item in scored_after_those_named(list(elsewhere.items.values())):
        if item.table.get("needs_claim") and not rows[item.id]:
            scores[item.id] = ItemScore("none", ZERO)
        elif item.id in periods:
            by_period = groups.in_periods(item, unit) if groups else None
            settings = settings_of(scheme, item)
            scores[item.id] = score_periods(item, periods[item.id], settings, seen, by_period)
        else:
            rivals = groups.rivals(item, unit) if groups else None
            scores[item.id] = scored_on(scheme, item, rows[item.id], elsewhere, seen, rivals)
    return {name: scores[name] for name in elsewhere.items}


def scored_on(
    scheme: Scheme, item: Item, rows: list[Row], elsewhere: Elsewhere, seen: Seen, rivals: Rivals | None
) -> ItemScore:
    """Each reviewer's facts are scored to the item's points, then combined."""
    way, settings = way_of(scheme, item.table), settings_of(scheme, item)
    if way["take"] in ("single", "same"):
        return score_item(item, elsewhere.findings[item.id], settings, seen, elsewhere, rivals)
    scores = {
        name: score_item(
            item, read_finding(item.table, own, seen, elsewhere.around), settings, seen, elsewhere
        )
        for name, own in by_reviewer(rows).items()
    }
    return combined(item, way, scores, seen)


def valueless(scores: dict[str, ItemScore]) -> frozenset[str]:
    """Items whose facts have no value."""
    return frozenset(id for id, own in scores.items() if own.state == "none" or not own.applicable)


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
    if None in answers.values() or any(own.open for own in scores.values()):
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
