"""From rows of the findings table to the facts of one unit on one item."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.oracle.case_dates import Around, outcome
from tests.oracle.model import Fact, Finding, Row, Seen, Table

CASES = ("on_time", "late", "early", "missing")
WORDS = {"yes": "yes", "no": "no", "是": "yes", "否": "no"}
LINE_KINDS = {"each": "count", "once": "once", "range": "points"}


def cell(row: Row, column: str) -> str:
    text = row.get(column)
    return text.strip() if text else ""


def asked(table: Table) -> dict[str, str]:
    """A line with `each` asks a count, with `once` a yes/no, with `range` points; the rest is declared."""
    kinds = {name: str(fact["ask"]) for name, fact in table.get("facts", {}).items()}
    rule = table.get("rule", {})
    for line in [*rule.get("minus", []), *rule.get("plus", [])]:
        if "id" in line:
            kinds[line["id"]] = next(kind for key, kind in LINE_KINDS.items() if key in line)
    if rule.get("kind") == "level" and not any("when" in level for level in rule["levels"]):
        kinds["level"] = "level"
    if rule.get("kind") == "events":
        kinds["event"] = "event"
    return kinds


def read_finding(table: Table, rows: list[Row], seen: Seen, around: Around) -> Finding:
    """A row is a fact, case or event; a fact without a row is open."""
    kinds = asked(table)
    around = replace(around, level=level_picked(table, kinds, rows, seen))
    if any(cell(row, "state") == "na" for row in rows):
        seen["finding:na"] += 1
        return Finding(True, kinds, {})
    clean = any(cell(row, "state") == "none" and not cell(row, "fact") for row in rows)
    facts = {}
    for name, kind in kinds.items():
        fact = read_fact(table, name, kind, rows, clean, seen, around)
        if fact is not None:
            facts[name] = fact
    return Finding(False, kinds, facts)


def level_picked(table: Table, kinds: dict[str, str], rows: list[Row], seen: Seen) -> str | None:
    """The level that the reviewer picked, by its row or by the clean finding."""
    if kinds.get("level") != "level":
        return None
    given = [row for row in rows if cell(row, "fact") == "level" and cell(row, "state") == ""]
    if given:
        return cell(given[0], "value")
    if any(cell(row, "state") == "none" and cell(row, "fact") in ("", "level") for row in rows):
        marked = nothing_found(table, "level", "level")
        return None if marked is None else marked.word
    return None


def read_fact(
    table: Table, name: str, kind: str, rows: list[Row], clean: bool, seen: Seen, around: Around
) -> Fact | None:
    own = [row for row in rows if cell(row, "fact").partition(".")[0] == name]
    values = [row for row in own if cell(row, "state") == ""]
    if values:
        if len(values) > 1 and kind in ("count", "once", "points"):
            seen[f"finding:several rows of {kind}"] += 1
        if kind == "cases" and any(cell(row, "fact") == name for row in values):
            return one_by_one(table["facts"][name], values, seen, around)
        return established(name, kind, values)
    if own:
        seen[f"none:single {kind}"] += 1
        return nothing_found(table, name, kind)
    if clean:
        fact = nothing_found(table, name, kind)
        seen[f"clean:{kind}" + (" never answered" if fact is None else "")] += 1
        return fact
    return None


def established(name: str, kind: str, rows: list[Row]) -> Fact:
    """Rows of a count, of cases and of points add up; of several yes/no rows one yes is enough."""
    first = cell(rows[0], "value")
    if kind in ("count", "points"):
        each = tuple((Fraction(cell(row, "value")), "", row) for row in rows)
        return Fact(kind, number=sum((number for number, _, _ in each), Fraction(0)), rows=each)
    if kind == "number":
        return Fact(kind, number=Fraction(first))
    if kind == "once":
        answers = [WORDS[cell(row, "value")] for row in rows]
        each = tuple((Fraction(answer == "yes"), "", row) for answer, row in zip(answers, rows, strict=True))
        return Fact(kind, word="yes" if "yes" in answers else "no", rows=each)
    if kind == "yes_no":
        return Fact(kind, word=WORDS[first])
    if kind == "ratio":
        whole = Fraction(cell(rows[0], "of"))
        part = Fraction(first)
        return Fact(kind, number=part / whole if whole else None, part_and_whole=(part, whole))
    if kind == "cases":
        each = tuple(
            (Fraction(cell(row, "value")), cell(row, "fact").removeprefix(name + "."), row) for row in rows
        )
        return Fact(kind, cases=counted(name, rows), rows=each)
    if kind == "event":
        return Fact(kind, events=tuple(rows))
    return Fact(kind, word=first)  # choice, level


def counted(name: str, rows: list[Row]) -> dict[str, int]:
    """As soon as one count of cases is given, those not given are 0; `all` is their sum."""
    counts = dict.fromkeys(CASES, 0)
    for row in rows:
        counts[cell(row, "fact").removeprefix(name + ".")] += int(cell(row, "value"))
    counts["all"] = sum(counts.values())
    return counts


def one_by_one(fact: Table, rows: list[Row], seen: Seen, around: Around) -> Fact | None:
    """On time, late, early, missing without overlap; `all` is their sum; a running case is in none."""
    names = [outcome(fact, row, around, seen) for row in rows]
    if None in names:
        seen["case:the level that decides is open"] += 1
        return None
    counts = {name: names.count(name) for name in CASES}
    each = tuple((Fraction(name != "running"), str(name), row) for name, row in zip(names, rows, strict=True))
    return Fact("cases", cases=counts | {"all": sum(counts.values())}, rows=each)


def nothing_found(table: Table, name: str, kind: str) -> Fact | None:
    """Numbers, ratios and unmarked choices and levels are never answered by the clean finding."""
    if kind in ("count", "points"):
        return Fact(kind, number=Fraction(0))
    if kind == "once":
        return Fact(kind, word="no")
    if kind == "cases":
        return Fact(kind, cases=dict.fromkeys((*CASES, "all"), 0))
    if kind == "event":
        return Fact(kind)
    if kind == "yes_no":
        return Fact(kind, word=str(table["facts"][name].get("clean", "no")))
    if kind == "choice" and "clean" in table["facts"][name]:
        return Fact(kind, word=str(table["facts"][name]["clean"]))
    if kind == "level":
        marked = [level for level in table["rule"]["levels"] if level.get("clean")]
        return Fact(kind, word=marked[0]["id"]) if marked else None
    return None
