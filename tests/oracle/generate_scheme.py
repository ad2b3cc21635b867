"""Random schemes in the supported language: sections, items, gates, vetoes, grades."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.oracle.generate_items import BASE_POINTS, Draft, chance, points, rule, small, title
from tests.oracle.generate_parts import divide
from tests.oracle.generate_periods import add_periods
from tests.oracle.generate_reviewers import add_reviewers
from tests.oracle.generate_switches import add_switches
from tests.oracle.generate_totals import full_sum, policy, total_table
from tests.oracle.generate_vetoes import ForeignFact, effect, veto
from tests.oracle.model import KINDS, Row, Table

if TYPE_CHECKING:
    from random import Random

GROUPS = {"departments": "区直部门", "streets": "街道", "bureaus-2": "垂管单位"}
TAGS = ("public", "window", "no-web")
GRADES = ("优秀", "良好", "合格", "不合格")
BASE_IDS = ("1", "2", "3", "4.1", "4.2", "5", "b-6", "29", "30.1.2", "7", "8", "10")
BONUS_IDS = ("44", "45", "46.1", "plus")
MAJOR_IDS = ("47", "48", "49.x", "m_1")


def make_units(rng: Random) -> tuple[dict[str, str], list[Row]]:
    groups = dict(list(GROUPS.items())[: rng.randint(1, 3)])
    units = []
    for number in range(rng.randint(2, 8)):
        tags = [tag for tag in TAGS if chance(rng, 0.3)]
        group = rng.choice(list(groups))
        units.append(
            {"unit": f"u{number}", "name": f"第{number}单位", "group": group, "tags": " ".join(tags)}
        )
    return groups, units


def known_names(groups: dict[str, str], units: list[Row]) -> list[str]:
    tags = {tag for unit in units for tag in unit["tags"].split()}
    return [*groups, *sorted(tags), *(unit["unit"] for unit in units[:2])]


def make_scheme(rng: Random, groups: dict[str, str], units: list[Row]) -> Table:
    names = known_names(groups, units)
    grades = [] if chance(rng, 0.15) else list(GRADES[-rng.randint(2, 4) :])
    scheme: Table = {
        "scheme": {
            "id": "random-2024",
            "title": "随机考核方案",
            "period": {"from": date(2024, 1, 1), "to": date(2024, 12, 31)},
            "points_source": rng.choice(("illustrative", "official")),
        },
        "groups": groups,
    }
    if chance(rng, 0.3):
        scheme["scheme"]["notice"] = "示例数据，非真实考核结果"
    add_items(rng, scheme, list(groups), names, grades)
    add_periods(rng, scheme)
    add_sections(rng, scheme, list(groups))
    scheme["grade"] = grade_lines(rng, grades)
    scheme["total"] = total_table(rng, scheme, grades)
    scheme["rank"] = rank_table(rng, scheme)
    scheme["veto"] = veto_tables(rng, scheme, names, grades)
    add_charges(rng, scheme)
    if chance(rng, 0.3):
        divide(rng, scheme, grades)
    add_yields(rng, scheme)
    add_pools(rng, scheme)
    add_switches(rng, scheme, list(groups))
    add_reviewers(rng, scheme)
    return scheme


def add_pools(rng: Random, scheme: Table) -> None:
    """Some section of bonus items with events, whose events of one matter count together."""
    above = {section["id"]: section.get("section") for section in scheme["section"]}
    inside: dict[str, list[Table]] = {}
    for item in scheme["bonus"]:
        name = item.get("section")
        while name is not None and item["rule"]["kind"] == "events":
            inside.setdefault(name, []).append(item)
            name = above[name]
    inside = {name: items for name, items in inside.items() if not any("per" in i["rule"] for i in items)}
    if not inside or not chance(rng, 0.95):
        return
    chosen = rng.choice([name for name in inside if len(inside[name]) > 1] or list(inside))
    section = next(section for section in scheme["section"] if section["id"] == chosen)
    section["same_matter"] = rng.choice(("highest", "sum", ["100 %", "50 %"], ["60 %", "100 %", "33.333 %"]))
    for item in inside[chosen]:
        if chance(rng, 0.5):
            del item["rule"]["same_matter"]


def add_yields(rng: Random, scheme: Table) -> None:
    """Some lines yield to items that stand before theirs in an order of chance, so that there is no loop."""
    if not chance(rng, 0.35):
        return
    items = [item for kind in KINDS for item in scheme[kind] if "per" not in item["rule"]]
    rng.shuffle(items)
    for place, item in enumerate(items):
        rule, before = item["rule"], [other["id"] for other in items[:place]]
        for entry in [*rule.get("minus", []), *rule.get("plus", [])]:
            if before and ("id" in entry or "count" in entry) and chance(rng, 0.6):
                entry["yields_to"] = rng.sample(before, rng.randint(1, min(3, len(before))))


def add_charges(rng: Random, scheme: Table) -> None:
    """Some lines that take points take them from the total, or from a section of base items."""
    if not chance(rng, 0.35):
        return
    inner = {section["id"]: section.get("section") for section in scheme["section"]}
    with_base = {item["section"] for item in scheme["base"] if "section" in item}
    for name in list(with_base):
        above = inner[name]
        while above is not None:
            with_base.add(above)
            above = inner[above]
    targets = ["total", *sorted(with_base)]
    for kind in ("base", "major_deduction"):
        for item in scheme[kind]:
            rule = item["rule"]
            sides = ["minus", "plus"] if kind == "major_deduction" and rule["kind"] == "earn" else ["minus"]
            for entry in (line for side in sides for line in rule.get(side, [])):
                if chance(rng, 0.35):
                    entry["from"] = rng.choice(targets)


def add_items(rng: Random, scheme: Table, groups: list[str], names: list[str], grades: list[str]) -> None:
    counts = (rng.randint(2, 6), rng.choice((0, 1, 2, 3, 3)), rng.choice((0, 0, 1, 2, 3)))
    for kind, count, ids in zip(KINDS, counts, (BASE_IDS, BONUS_IDS, MAJOR_IDS), strict=True):
        chosen = rng.sample(ids, count)
        start = "events" if kind == "bonus" and chance(rng, 0.45) else None  # such that some count together
        scheme[kind] = [one_item(rng, kind, name, grades, start) for name in chosen]
    items = [item for kind in KINDS for item in scheme[kind]]
    for item in items:
        if chance(rng, 0.2):
            item["applies_to"] = rng.sample(names, rng.randint(1, min(3, len(names))))
    if chance(rng, 0.25) and len(groups) <= len(scheme["base"]):  # each group has an item of its own
        for group, item in zip(groups, scheme["base"], strict=False):
            item["applies_to"] = [group]
            item["points"] = scheme["base"][0]["points"]
            own = {"id": "own", "title": "自有事项", "each": small(rng)}
            item["rule"] = {"kind": "deduct", "minus": [own]}
            item.pop("facts", None)


def one_item(rng: Random, kind: str, name: str, grades: list[str], start: str | None = None) -> Table:
    full: int | Decimal | None = points(rng.choice(BASE_POINTS))
    if kind != "base":
        full = points(rng.choice(("1", "2", "3", "5", "8", "2.5", "0.6667"))) if chance(rng, 0.7) else None
    draft = Draft(rng, kind, full, start=start)
    made: Table = {"id": name, "title": title(rng)}
    if full is not None:
        made["points" if kind == "base" else "cap"] = full
    rule_table = rule(draft)
    if draft.facts:
        made["facts"] = draft.facts
    made["rule"] = rule_table
    if kind == "base" and chance(rng, 0.12):
        made["not_applicable"] = policy(rng, own=True)
    if kind == "bonus" and chance(rng, 0.35):
        made["needs_claim"] = chance(rng, 0.9)
    takes = rule_table.get("minus") if rule_table["kind"] != "events" else None
    if chance(rng, 0.15) and (takes or kind == "major_deduction"):
        made["effect"] = effect(rng, grades, with_stop=False)
    if chance(rng, 0.2):
        made |= {"text": "按照要求公开\n并更新", "source": "第三条", "lead": "区政府办", "deadline": "12月底"}
    return made


def add_sections(rng: Random, scheme: Table, groups: list[str]) -> None:
    """Sections of one kind each, at most three deep; those that stay empty are left out."""
    scheme["section"] = []
    for kind, letter in zip(KINDS, ("s", "t", "r"), strict=True):
        parents: dict[str, str | None] = {}
        for number in range(rng.choice((0, 1, 2, 3, 4)) if scheme[kind] else 0):
            above = [name for name in parents if name.count(".") < 3]
            parent = rng.choice(above) if above and chance(rng, 0.5) else None
            parents[f"{parent}.{number}" if parent else f"{letter}.{number}"] = parent
        for item in scheme[kind]:
            if parents and chance(rng, 0.7):
                item["section"] = rng.choice(list(parents))
        for name, parent in parents.items():
            inside = items_inside(scheme[kind], name, parents)
            if inside:
                scheme["section"].append(section_table(rng, name, parent, inside, groups))
    if chance(rng, 0.2):
        rng.shuffle(scheme["section"])


def items_inside(items: list[Table], section: str, parents: dict[str, str | None]) -> list[Table]:
    def within(name: str | None) -> bool:
        return name is not None and (name == section or within(parents[name]))

    return [item for item in items if within(item.get("section"))]


def section_table(
    rng: Random, name: str, parent: str | None, inside: list[Table], groups: list[str]
) -> Table:
    made: Table = {"id": name, "title": title(rng)}
    if parent is not None:
        made["section"] = parent
    total = sum((Decimal(str(item.get("points") or item.get("cap") or 2)) for item in inside), Decimal(0))
    if "points" in inside[0] and chance(rng, 0.4):
        made["points"] = group_sum(inside, groups) or total
    if chance(rng, 0.4):
        cap = total * rng.choice((Decimal("0.5"), Decimal("0.75"), Decimal("0.9"), Decimal(1)))
        made["cap"] = cap.quantize(Decimal("0.0001"))
    return made


def group_sum(inside: list[Table], groups: list[str]) -> Decimal | None:
    """The points of every group's items, if all groups have the same sum and only groups are named."""
    if any(name not in groups for item in inside for name in item.get("applies_to", ())):
        return None
    sums = {
        full_sum([item for item in inside if group in item.get("applies_to", groups)]) for group in groups
    }
    return sums.pop() if len(sums) == 1 and Decimal(0) not in sums else None


def rank_table(rng: Random, scheme: Table) -> Table:
    """How ties are ranked, and perhaps what breaks them: sections and items of every kind."""
    made: Table = {"ties": rng.choice(("share", "dense"))}
    names = [item["id"] for kind in KINDS for item in scheme[kind]]
    names += [section["id"] for section in scheme["section"]]
    if chance(rng, 0.35):
        made["tie_break"] = rng.sample(names, rng.randint(1, min(3, len(names))))
    return made


def grade_lines(rng: Random, grades: list[str]) -> list[Table]:
    """From the top downwards, all but the last with a line."""
    chosen = rng.sample((30, 40, 50, 55, 60, 70, 75, 80, 90, 95), max(len(grades) - 1, 0))
    percents = sorted(chosen, reverse=True)
    lines: list[Table] = []
    for name, limit in zip(grades, percents, strict=False):
        lines.append({"name": name, "when": f"{rng.choice(('>=', '>=', '>'))} {limit} %"})
        if chance(rng, 0.1):
            lines[-1]["when"] += " and >= 0"
    if chance(rng, 0.5):
        with_quotas(rng, lines)
    return [*lines, {"name": grades[-1]}] if grades else []


def with_quotas(rng: Random, lines: list[Table]) -> None:
    """Places for some grades; a grade below one with a quota may have the same line."""
    for number, line in enumerate(lines):
        if chance(rng, 0.8):
            share = rng.choice(("30 %", "50 %", "20 %", "33.333 %", "70 %", "100 %", "0 %"))
            round, ties = rng.choice(("down", "up", "nearest")), rng.choice(("out", "in"))
            line["quota"] = {"share": share, "round": round, "ties": ties}
        if number and "quota" in lines[number - 1] and chance(rng, 0.4):
            line["when"] = lines[number - 1]["when"]


def veto_tables(rng: Random, scheme: Table, names: list[str], grades: list[str]) -> list[Table]:
    foreign = [
        fact
        for kind in KINDS
        if kind != "bonus" or "bonus_when" not in scheme["total"]
        for item in scheme[kind]
        for fact in foreign_facts(item)
    ]
    items = [item for kind in KINDS for item in scheme[kind]]
    return [
        veto(rng, f"v{number}", foreign, items, names, grades)
        for number in range(rng.choice((0, 0, 1, 1, 2, 3, 4)))
    ]


def foreign_facts(item: Table) -> list[ForeignFact]:
    """What a veto may read of an item: declared facts, fields of cases, counts and yes/no of its lines."""
    found: list[ForeignFact] = []
    for name, fact in item.get("facts", {}).items():
        if fact["ask"] == "cases":
            found += [(f"{item['id']}/{name}.{part}", "count", []) for part in ("late", "all", "missing")]
        else:
            found.append((f"{item['id']}/{name}", fact["ask"], list(fact.get("of", []))))
    for entry in [*item["rule"].get("minus", []), *item["rule"].get("plus", [])]:
        if "id" in entry and "range" not in entry:
            found.append((f"{item['id']}/{entry['id']}", "count" if "each" in entry else "once", []))
    if "per" in item["rule"]:  # over periods only counts are added up
        found = [fact for fact in found if fact[1] == "count"]
    return found
