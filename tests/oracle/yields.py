"""`yields_to`: what is left for a line to charge once rows recorded elsewhere are taken out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tests.oracle.case_dates import Around, outcome
from tests.oracle.facts import CASES, WORDS, asked, cell, level_picked, nothing_found, read_fact
from tests.oracle.language import comparisons, fact_reading
from tests.oracle.model import Finding, Item, ItemScore, Row, Seen, Table

NOBODY = Seen()


def scored_after_those_named(items: list[Item]) -> list[Item]:
    """Each item after those to which its lines yield (loops are an error)."""
    waiting, done = list(items), list[Item]()
    while waiting:
        ready = [item for item in waiting if not {other.id for other in waiting} & names(item)]
        done += ready
        waiting = [item for item in waiting if item not in ready]
    return done


def names(item: Item) -> set[str]:
    return {name for line in lines(item) for name in line.get("yields_to", [])}


def lines(item: Item) -> list[Table]:
    return [*item.rule.get("minus", []), *item.rule.get("plus", [])]


@dataclass(frozen=True)
class Elsewhere:
    """What is known of one unit when an item is scored: its rows, findings, and what was scored before."""

    items: dict[str, Item]
    rows: list[Row]
    findings: dict[str, Finding]
    scores: dict[str, ItemScore]
    around: Around
    sections: dict[str, Table] = field(default_factory=dict)

    def rows_of(self, item: Item) -> list[Row]:
        return [row for row in self.rows if cell(row, "item") == item.id]

    def level(self, item: Item) -> Around:
        picked = level_picked(item.table, asked(item.table), self.rows_of(item), NOBODY)
        return replace(self.around, level=picked)

    def matters(self, item: Item) -> set[str]:
        """A count above 0, a yes, typed points, a late, early or missing case, an event, with a matter."""
        kinds = asked(item.table)
        found = set()
        for row in self.rows_of(item):
            if cell(row, "matter") and not cell(row, "state") and self.fault(item, kinds, row):
                found.add(cell(row, "matter"))
        return found

    def fault(self, item: Item, kinds: dict[str, str], row: Row) -> bool:
        name, _, part = cell(row, "fact").partition(".")
        kind, value = kinds[name], cell(row, "value")
        if kind == "cases" and not part:
            case = outcome(item.table["facts"][name], row, self.level(item), NOBODY)
            return case in ("late", "early", "missing")
        if kind == "cases":
            return part in ("late", "early", "missing") and int(value) > 0
        if kind == "count":
            return int(value) > 0
        if kind in ("once", "yes_no"):
            return WORDS[value] == "yes"
        return kind in ("points", "event")

    def left(self, item: Item, line: Table, seen: Seen) -> Finding:
        """The finding as the line sees it: without the rows that are charged elsewhere."""
        name = str(line.get("id") or line["count"]).partition(".")[0]
        own = self.findings[item.id]
        rows = [row for row in self.of_fact(item, name) if not self.spared(line, cell(row, "matter"))]
        if len(rows) == len(self.of_fact(item, name)):
            return own
        seen[f"yields:spared {own.facts[name].kind}"] += 1
        kind = asked(item.table)[name]
        fact = None
        if rows:
            fact = read_fact(item.table, name, kind, rows, False, NOBODY, self.level(item))
        fact = fact or nothing_found(item.table, name, kind)
        return own if fact is None else replace(own, facts=own.facts | {name: fact})

    def of_fact(self, item: Item, name: str) -> list[Row]:
        rows = [row for row in self.rows_of(item) if not cell(row, "state")]
        return [row for row in rows if cell(row, "fact").partition(".")[0] == name]

    def spared(self, line: Table, matter: str) -> bool:
        """Rows without matter never yield; not assigned or not applicable items record nothing."""
        return bool(matter) and any(
            matter in self.matters(self.items[name])
            for name in self.applicable(line)
            if not self.doubtful(self.items[name])
        )

    def applicable(self, line: Table) -> list[str]:
        return [
            name
            for name in line["yields_to"]
            if name in self.scores and self.scores[name].state != "not_applicable"
        ]

    def doubtful(self, item: Item) -> bool:
        """Whether an open item may still turn out not to be applicable: its start reads an open ratio."""
        if self.scores[item.id].state != "open":
            return False
        finding, facts = self.findings[item.id], item.table.get("facts", {})
        if item.rule["kind"] in ("share", "rank"):
            name = item.rule["of"]
            return facts[name]["ask"] == "ratio" and fact_reading(finding, name).value is None
        conditions = (
            [level["when"] for level in item.rule.get("levels", []) if "when" in level]
            if item.rule["kind"] == "level"
            else []
        )
        read = [[part.name for part in comparisons(text)[1]] for text in conditions]
        if not any(
            facts[name.partition(".")[0]]["ask"] == "ratio"
            for each in read
            for name in each
            if name.partition(".")[0] in facts
        ):
            return False
        return undecided(finding, conditions)

    def waits(self, item: Item, line: Table) -> bool:
        """While a named item is open and has no such row, this one is open."""
        if not any(self.scores[name].state == "open" for name in self.applicable(line)):
            return False
        name, _, part = str(line.get("id") or line["count"]).partition(".")
        kind = asked(item.table)[name]
        for row in self.of_fact(item, name):
            if not cell(row, "matter") or self.spared(line, cell(row, "matter")):
                continue
            fact = read_fact(item.table, name, kind, [row], False, NOBODY, self.level(item))
            if fact is None:
                raise ValueError("a fact of a reviewed item")
            if fact.word == "yes" or fact.number or (part and fact.cases[part]):
                return True
        return False


def undecided(finding: Finding, conditions: list[str]) -> bool:
    from tests.oracle.language import holds

    for text in conditions:
        if any(fact_reading(finding, part.name).value is None for part in comparisons(text)[1]):
            return True
        if holds(text, lambda name: fact_reading(finding, name), NOBODY):
            return False
    return False


__all__ = ["CASES", "Elsewhere", "lines", "scored_after_those_named"]
