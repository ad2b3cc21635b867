"""Items asked in every period: which periods, what is established in each, and how they come together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from tests.oracle.arithmetic import ZERO, amount, fine
from tests.oracle.facts import cell, read_finding
from tests.oracle.items import Beside, merged, score_item, scored
from tests.oracle.model import Fact, Finding, Item, ItemScore, Row, Seen, Table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from tests.oracle.case_dates import Around
    from tests.oracle.peers import Rivals

ADDED = ("count", "cases")
"""What `item/fact` adds over periods."""


@lru_cache(maxsize=4096)
def period_of(per: str, day: date) -> str:
    if per == "month":
        return f"{day:%Y-%m}"
    if per == "quarter":
        return f"{day.year}-Q{(day.month + 2) // 3}"
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def first_day(per: str, day: date) -> date:
    """Of the period that a day lies in, whether the assessment covers it or not."""
    while period_of(per, day - timedelta(days=1)) == period_of(per, day):
        day -= timedelta(days=1)
    return day


@lru_cache(maxsize=64)
def periods_touched(per: str, first: date, last: date) -> dict[str, date]:
    """Every period that the assessment touches, with its first day."""
    found: dict[str, date] = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if period_of(per, day) not in found:
            found[period_of(per, day)] = first_day(per, day)
    return found


def read_periods(table: Table, rows: list[Row], seen: Seen, around: Around) -> dict[str, Finding]:
    """A whole item may be `na` in one row without period."""
    per = table["rule"]["per"]
    touched = periods_touched(per, around.first, around.last)
    if any(cell(row, "state") == "na" and not cell(row, "period") for row in rows):
        seen["periods:na in one row"] += 1
        return {period: Finding(True, {}, {}) for period in touched}
    return {
        period: read_finding(
            table,
            [row for row in rows if cell(row, "period") == period],
            seen,
            replace(around, begins=day),
        )
        for period, day in touched.items()
    }


def score_periods(
    item: Item,
    findings: Mapping[str, Finding],
    total: Table,
    seen: Seen,
    rivals: Mapping[str, Rivals] | None = None,
) -> ItemScore:
    """`lines`: one start, all periods' lines; else each period by itself, then their sum or mean.

    What is measured against the group is measured in each period.
    """
    rivals = rivals or {}
    combine = item.rule["combine"]
    seen[f"periods:{item.rule['per']} {combine} {item.kind}"] += 1
    there = {period: finding for period, finding in findings.items() if not finding.na}
    if not there:
        return ItemScore("not_applicable", excused=True)
    if any(finding.open for finding in there.values()):
        seen["periods:open"] += 1
        return ItemScore("open")
    if combine == "lines":
        if len(there) < len(findings):
            seen["periods:one not applicable under lines"] += 1
        around = Beside(rivals=tuple(rivals.get(period) for period in there))
        return scored(item, list(there.values()), total, seen, around)
    return together(item, there, len(findings), total, seen, rivals)


def together(
    item: Item,
    there: Mapping[str, Finding],
    number: int,
    total: Table,
    seen: Seen,
    rivals: Mapping[str, Rivals],
) -> ItemScore:
    """`sum` and `mean`: each of so many periods by itself, those that apply together."""
    combine, one = item.rule["combine"], of_one_period(item)
    scores = [
        score_item(one, finding, total, seen, rivals=rivals.get(period)) for period, finding in there.items()
    ]
    scores = [score for score in scores if score.state == "reviewed"]
    if not scores:
        return ItemScore("not_applicable", excused=True)
    points = sum((score.points or ZERO for score in scores), ZERO)
    gone = number - len(scores)
    if gone:
        seen[f"periods:one not applicable under {combine}"] += 1
    out = ZERO
    if combine == "mean":
        points = fine(points / len(scores))
    else:
        out = (one.full or ZERO) * gone if item.kind == "base" else ZERO
        if item.full is not None:
            limit = max(item.full - out, ZERO)
            if points > limit:
                seen[f"periods:sum above the {'points' if item.kind == 'base' else 'cap'}"] += 1
            points = min(points, limit)
    charges: dict[str, Fraction] = {}
    for score in scores:
        charges = merged(charges, score.charges)
    takes = max(score.takes for score in scores)  # an effect acts if what one period takes is above 0
    return ItemScore("reviewed", points, takes, charges, out)


def counts(item: Item, finding: Finding, total: Table) -> bool:
    """Whether what was found in one period is something that others are compared with."""
    if finding.na or item.rule["combine"] == "lines":
        return not finding.na
    return score_item(of_one_period(item), finding, total, Seen()).state == "reviewed"


def of_one_period(item: Item) -> Item:
    """Under `sum` start, limits and percentages of a period refer to what one period is worth."""
    if item.rule["combine"] != "sum":
        return item
    key = "points" if item.kind == "base" else "cap"
    return Item(item.kind, item.table | {key: amount(item.rule["each_period"], item.full)})


def added(findings: Mapping[str, Finding]) -> Finding:
    """What `item/fact` reads: counts and cases of all applicable periods together."""
    there = [finding for finding in findings.values() if not finding.na]
    asked = there[0].asked if there else {}
    facts = {}
    for name, kind in asked.items():
        mine = [finding.facts[name] for finding in there if name in finding.facts]
        if kind not in ADDED:
            continue
        numbers = [fact.number or ZERO for fact in mine]
        names = {field for fact in mine for field in fact.cases}
        facts[name] = Fact(
            kind,
            number=sum(numbers, ZERO) if kind == "count" else None,
            cases={field: sum(fact.cases.get(field, 0) for fact in mine) for field in names},
            growing=len(mine) < len(there),
        )
    return Finding(not there, asked, facts)
