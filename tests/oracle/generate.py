"""`case(seed)`: a random valid scheme, its units and findings, pushed onto its boundaries.

The generator scores its own draft with the oracle and then moves grade lines, gates and caps onto marks that
units really have, and copies one unit's findings to another, so that ties and exact hits are frequent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from tests.oracle.arithmetic import decimal_text
from tests.oracle.facts import asked
from tests.oracle.generate_findings import rows_for
from tests.oracle.generate_items import chance, points
from tests.oracle.generate_parts import gates_on_marks
from tests.oracle.generate_scheme import make_scheme, make_units
from tests.oracle.generate_unit_switches import add_unit_switches
from tests.oracle.language import applies
from tests.oracle.model import KINDS, Row, Seen, Table, Unit
from tests.oracle.scorer import score
from tests.oracle.toml_writer import scheme_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction


@dataclass(frozen=True)
class Case:
    seed: int
    scheme_text: str
    units: list[Row]
    findings: list[Row]
    expected: dict[str, Unit] = field(compare=False, repr=False)
    """What the oracle makes of exactly these three."""
    seen: Seen = field(compare=False, repr=False)
    """What was exercised on the way to it."""


def case(seed: int) -> Case:
    """A random scheme and one set of findings for it."""
    return next(cases(seed))


def cases(seed: int) -> Iterator[Case]:
    """A random scheme with one set of findings after the other, without end.

    Gates, lines and caps lie on marks of the first set; every later one leaves the scheme as it is.
    """
    rng = Random(seed)
    groups, units = make_units(rng)
    twins = rng.sample(units, 2) if chance(rng, 0.5) else None
    if twins:
        twins[1]["group"], twins[1]["tags"] = twins[0]["group"], twins[0]["tags"]
    scheme = make_scheme(rng, groups, units)
    findings = some_findings(rng, scheme, units, twins)
    text, expected, seen = adjusted(rng, scheme, units, findings)
    while True:
        yield Case(seed, text, units, findings, expected, seen)
        findings, seen = some_findings(rng, scheme, units, twins), Seen()
        expected = score(text, units, findings, seen)


def some_findings(rng: Random, scheme: Table, units: list[Row], twins: list[Row] | None) -> list[Row]:
    """Of every unit, in any order; of twins the second has what the first has, or nearly."""
    findings = [row for unit in units for row in unit_rows(rng, scheme, unit)]
    findings = with_matters(rng, scheme, findings)
    if twins:
        findings = with_twin(scheme, twins[0], twins[1], findings)
        if chance(rng, 0.8):
            findings = [nudged(scheme, row) if row["unit"] == twins[1]["unit"] else row for row in findings]
    rng.shuffle(findings)
    return findings


def adjusted(
    rng: Random, scheme: Table, units: list[Row], findings: list[Row]
) -> tuple[str, dict[str, Unit], Seen]:
    """The scheme once its caps, then its lines and gates, then its quotas lie on marks that units have."""
    text, seen = scheme_text(scheme), Seen()
    results = score(text, units, findings, seen)
    for adjusters in (
        (caps_on_sums, minimum_on_coverage, gates_on_marks),
        (lines_on_marks,),
        (quota_on_ties,),
        (switched_beside_items,),
    ):
        for adjust in adjusters:
            adjust(rng, scheme, units, results)
        moved = scheme_text(scheme)
        if moved != text:
            text, seen = moved, Seen()
            results = score(text, units, findings, seen)
    return text, results, seen


def switched_beside_items(rng: Random, scheme: Table, _units: list[Row], _results: dict[str, Unit]) -> None:
    """Last, since the others move plain numbers."""
    add_unit_switches(rng, scheme)


def unit_rows(rng: Random, scheme: Table, unit: Row) -> list[Row]:
    """Most units are complete; some are open somewhere; few have nothing that applies to them."""
    nature = rng.choices(("complete", "open", "only na", "bonus open"), (77, 15, 3, 5))[0]
    rows: list[Row] = []
    for kind in (*KINDS, "veto"):
        for table in scheme[kind]:
            if applies(table, unit):
                rows += rows_for(rng, unit, table, item_mood(rng, nature, kind, table))
    return rows


def with_matters(rng: Random, scheme: Table, findings: list[Row]) -> list[Row]:
    """Where lines yield, many rows are about one of a few matters."""
    tables = {table["id"]: table for kind in KINDS for table in scheme[kind]}
    sides = [table["rule"].get(side, []) for table in tables.values() for side in ("minus", "plus")]
    if not any("yields_to" in line for lines in sides for line in lines):
        return findings
    found: list[Row] = []
    by_others: dict[tuple[str | None, ...], Row] = {}
    for row in findings:
        alike = tuple(row.get(key) for key in ("unit", "item", "fact", "case"))
        if "reviewer" in row and alike in by_others and chance(rng, 0.95):
            found.append(row | by_others[alike])  # mostly reviewers name the same matter
            continue
        table = tables.get(row["item"], {})
        kind = asked(table).get(row.get("fact", "").partition(".")[0]) if table else None
        if kind in ("count", "once", "points", "cases", "yes_no") and "state" not in row and chance(rng, 0.7):
            by_others[alike] = {"matter": rng.choice(("m1", "m2", "m3"))}
        else:
            by_others[alike] = {}
        found.append(row | by_others[alike])
    return found


def item_mood(rng: Random, nature: str, kind: str, table: Table) -> str:
    if kind == "veto" and not table.get("facts"):
        return "nothing"
    if nature == "only na" and kind == "base":
        return "na"
    if table.get("needs_claim") and chance(rng, 0.4):
        return "nothing"
    if nature == "bonus open" and kind == "bonus" and chance(rng, 0.6):
        return "nothing"
    if chance(rng, 0.1):
        return "na"
    if nature == "open":
        return rng.choice(("complete", "complete", "open", "open", "nothing"))
    return "complete"


def with_twin(scheme: Table, first: Row, second: Row, findings: list[Row]) -> list[Row]:
    """Give one unit the findings of another of its group, as far as its items are the same: a likely tie."""
    assigned = {table["id"] for kind in (*KINDS, "veto") for table in scheme[kind] if applies(table, second)}
    kept = [row for row in findings if row["unit"] != second["unit"]]
    own = [row for row in findings if row["unit"] == second["unit"] and row["item"] in assigned]
    copied = [row | {"unit": second["unit"]} for row in findings if row["unit"] == first["unit"]]
    copied = [row for row in copied if row["item"] in assigned]
    covered = {row["item"] for row in copied}
    return kept + copied + [row for row in own if row["item"] not in covered]


def nudged(scheme: Table, row: Row) -> Row:
    """A measured number a millionth larger: often the same mark from a different number."""
    tables = (table for kind in (*KINDS, "veto") for table in scheme[kind] if table["id"] == row["item"])
    asks = {name: fact["ask"] for table in tables for name, fact in table.get("facts", {}).items()}
    ask = asks.get(row.get("fact", ""))
    if ask not in ("number", "ratio"):
        return row
    value = Decimal(row["value"])
    if ask == "ratio" and value >= Decimal(row["of"]):
        return row
    return row | {"value": f"{value + Decimal('0.000001'):f}"}


def caps_on_sums(rng: Random, scheme: Table, _units: list[Row], results: dict[str, Unit]) -> None:
    """The bonus cap, and a veto's limit, exactly at what some unit has."""
    bonuses = [unit.bonus for unit in results.values() if unit.bonus and exact(unit.bonus)]
    if bonuses and scheme["total"].get("bonus_cap") not in (None, "none") and chance(rng, 0.4):
        scheme["total"]["bonus_cap"] = points(plain(rng.choice(bonuses)))
    totals = [unit.total for unit in results.values() if unit.total and exact(unit.total)]
    if totals and "bounds" in scheme["total"] and chance(rng, 0.5):
        most = max(totals)
        scheme["total"]["bounds"] = {"to": points(plain(most - 1 if most > 2 else most))}
    sections = [table for table in scheme["section"] if "cap" in table]
    items = [points_of for unit in results.values() for _, points_of in unit.items.values() if points_of]
    items = [amount for amount in items if exact(amount)]
    if sections and items and chance(rng, 0.4):
        rng.choice(sections)["cap"] = points(plain(rng.choice(items)))


def lines_on_marks(rng: Random, scheme: Table, _units: list[Row], results: dict[str, Unit]) -> None:
    """Grade lines, the gate for failing and the gate for the bonus exactly at marks that occur."""
    totals = sorted(
        {unit.total_mark for unit in results.values() if unit.total_mark is not None and unit.total_mark >= 0}
    )
    bases = [
        unit.base_mark for unit in results.values() if unit.base_mark is not None and unit.base_mark >= 0
    ]
    lines = [grade for grade in scheme["grade"] if "when" in grade]
    if lines and len(totals) >= len(lines) and chance(rng, 0.6):
        limits = sorted(rng.sample(totals, len(lines)), reverse=True)
        for grade, limit in zip(lines, limits, strict=True):
            grade["when"] = f"{rng.choice(('>=', '>=', '>'))} {plain(limit)}"
    if bases and "fail" in scheme["total"] and chance(rng, 0.4):
        scheme["total"]["fail"]["when"] = f"base {rng.choice(('<', '<='))} {plain(rng.choice(bases))}"
        with_quota = [grade["name"] for grade in scheme["grade"] if "quota" in grade]
        if with_quota and chance(rng, 0.6):
            scheme["total"]["fail"]["grade"] = rng.choice(with_quota)
    if bases and "bonus_when" in scheme["total"] and chance(rng, 0.4):
        scheme["total"]["bonus_when"] = f"base {rng.choice(('>', '>='))} {plain(rng.choice(bases))}"


def quota_on_ties(rng: Random, scheme: Table, units: list[Row], results: dict[str, Unit]) -> None:
    """The last place of a group's first quota between two equals, if it has such."""
    grade = next((grade for grade in scheme["grade"] if "quota" in grade), None)
    if grade is None:
        return
    found = []
    for group in scheme["groups"]:
        roster = [results[unit["unit"]] for unit in units if unit["group"] == group]
        waiting = [
            unit for unit in roster if unit.eligible and unit.rank and unit.lines[:1] == [grade["name"]]
        ]
        ranks = sorted(unit.rank or 0 for unit in waiting)
        found += [
            Decimal(100 * place) / len(roster)
            for place in range(1, len(ranks))
            if ranks[place - 1] == ranks[place]
        ]
    if found and chance(rng, 0.95):
        grade["quota"] |= {"share": f"{rng.choice(found).quantize(Decimal('0.001'))} %", "round": "nearest"}


def minimum_on_coverage(rng: Random, scheme: Table, _units: list[Row], results: dict[str, Unit]) -> None:
    """The minimum coverage exactly at what some unit has."""
    shares = [unit.coverage * 100 for unit in results.values() if unit.coverage and unit.coverage < 1]
    shares = [share for share in shares if exact(share)]
    if shares and "minimum_coverage" in scheme["total"] and chance(rng, 0.6):
        scheme["total"]["minimum_coverage"] = f"{plain(rng.choice(shares))} %"


def exact(amount: Fraction) -> bool:
    """Points have at most four decimals."""
    return (amount * 10_000).denominator == 1 and amount > 0


def plain(amount: Fraction) -> str:
    text = decimal_text(amount, 4)
    return text.rstrip("0").rstrip(".")
