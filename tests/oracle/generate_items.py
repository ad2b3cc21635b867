"""Random items in the supported language: facts, conditions, rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from tests.oracle.model import Table

CASE_FIELDS = ("all", "on_time", "late", "early", "missing")
PERCENTS = ("0 %", "25 %", "30 %", "33.333 %", "40 %", "50 %", "60 %", "66.6667 %", "75 %", "85 %", "100 %")
SHARES = ("10 %", "20 %", "25 %", "33.333 %", "50 %", "60 %", "12.5 %", "100 %")
SMALL = ("0.1", "0.2", "0.25", "0.3333", "0.5", "1", "1", "2", "2.5", "3", "1.6667", "0.0625")
BASE_POINTS = ("1", "2", "3", "4", "5", "6", "8", "10", "20", "2.5", "3.3333", "6.6667", "0.75", "7.0001")
LIMITS = (
    *("1 hour", "5 hours", "48 hours", "1 day", "7 days", "15 days", "30 days", "1 working day"),
    *("5 working days", "7 working days", "20 working days", "1 week", "2 weeks", "1 month", "3 months"),
)
FACT_NAMES = {
    "count": ("posts", "errors", "visits-new"),
    "number": ("score", "hours_used", "growth"),
    "yes_no": ("published", "filed", "has-list"),
    "choice": ("way", "mode"),
    "ratio": ("rate", "ontime", "open_rate"),
    "cases": ("reply", "requests"),
}
LINE_NAMES = ("form", "refused", "other", "icon", "leak", "blank", "wrong", "late-post", "l1", "l2")
TITLES = ("主动公开", "依申请公开", "政策解读", "要件不全", "拒绝配合", "答复超期", "平台建设", "栏目更新")


def chance(rng: Random, probability: float) -> bool:
    return rng.random() < probability


def points(text: str) -> int | Decimal:
    return Decimal(text) if "." in text else int(text)


def small(rng: Random) -> int | Decimal:
    return points(rng.choice(SMALL))


def title(rng: Random) -> str:
    return rng.choice(TITLES) + rng.choice(("", "", "情况", "（一）", ' "两公开"'))


@dataclass
class Draft:
    """An item in the making: its facts, and what conditions in it may read."""

    rng: Random
    kind: str
    full: Decimal | int | None
    facts: Table = field(default_factory=dict)
    readable: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    start: str | None = None
    """Of its rule; None: by chance."""

    def fact(self, ask: str) -> str | None:
        """Declare one more fact of this type; none if the names are used up."""
        free = [name for name in FACT_NAMES[ask] if name not in self.facts]
        if not free:
            return None
        name = self.rng.choice(free)
        self.facts[name] = declaration(self.rng, ask)
        if ask == "cases":
            for case_field in CASE_FIELDS:
                self.readable[f"{name}.{case_field}"] = "count"
        else:
            self.readable[name] = ask
        return name

    def some_fact(self) -> str | None:
        return self.fact(self.rng.choice(tuple(FACT_NAMES)))

    def worth(self) -> int | Decimal | str:
        """A literal number of points or, where there is something to refer to, a percentage."""
        if self.full is not None and chance(self.rng, 0.25):
            return self.rng.choice(SHARES)
        return small(self.rng)


def declaration(rng: Random, ask: str) -> Table:
    fact: Table = {"ask": ask}
    if chance(rng, 0.3):
        fact["title"] = title(rng)
    if ask in ("count", "number", "cases") and chance(rng, 0.2):
        fact["unit"] = "件"
    if ask == "choice":
        options = ["web", "paper", "both"][: rng.randint(2, 3)]
        fact["of"] = dict.fromkeys(options, "方式") if chance(rng, 0.3) else options
        if chance(rng, 0.5):
            fact["clean"] = rng.choice(options)
    elif ask == "yes_no" and chance(rng, 0.5):
        fact["clean"] = rng.choice(("yes", "no"))
    elif ask == "ratio":
        if chance(rng, 0.4):
            fact |= {"part": "按期数", "whole": "总数"}
        if chance(rng, 0.2):
            fact["over"] = True
    elif ask == "cases":
        fact |= case_limit(rng)
    return fact


def case_limit(rng: Random) -> Table:
    """A limit in time, plain or by case."""
    key = rng.choice(("within", "within", "within", "at_least"))
    made: Table = {key: one_limit(rng, key)}
    if chance(rng, 0.4):
        by = rng.choice(("group", "date", "tag"))
        cases = {
            "group": ("departments", "other"),
            "date": ("first", "2024-03-01", "2024-07-01"),
            "tag": ("public", "grave", "other"),
        }[by]
        made[key] = {"by": by} | {case: one_limit(rng, key) for case in cases}
    if chance(rng, 0.3):
        made["roll"] = True
    return made


def one_limit(rng: Random, key: str) -> object:
    if key == "within" and chance(rng, 0.2):
        return date(2024, rng.randint(1, 12), rng.choice((1, 10, 28)))
    return rng.choice(LIMITS)


def comparison(rng: Random, name: str, ask: str, options: list[str]) -> str:
    operator = rng.choice(("<", "<=", ">", ">=", "=", "!="))
    if ask in ("yes_no", "once"):
        return f"{name} {rng.choice(('=', '!='))} {rng.choice(('yes', 'no'))}"
    if ask == "choice":
        return f"{name} {rng.choice(('=', '!='))} {rng.choice(options)}"
    if ask == "ratio":
        return f"{name} {operator} {rng.choice(PERCENTS)}"
    if ask == "number":
        return f"{name} {operator} {rng.choice(('-1.5', '0', '1', '2.5', '3.3333', '4'))}"
    return f"{name} {operator} {rng.randint(0, 4)}"


def condition(draft: Draft) -> str | None:
    """One to three comparisons joined by `and` or by `or`, never both."""
    rng = draft.rng
    if not draft.readable:
        return None
    joiner = rng.choice((" and ", " or "))
    parts = []
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3))):
        name = rng.choice(sorted(draft.readable))
        options = list(draft.facts.get(name, {}).get("of", []))
        parts.append(comparison(rng, name, draft.readable[name], options))
    return joiner.join(parts)


def line(draft: Draft) -> Table | None:
    rng = draft.rng
    shape = rng.choice(("each", "each", "once", "once", "range", "count", "when", "steps", "steps"))
    made: Table | None = {}
    if shape in ("each", "once", "range"):
        made = asking_line(draft, shape)
    elif shape == "count":
        counts = sorted(
            name for name, ask in draft.readable.items() if ask == "count" and name not in draft.lines
        )
        made = {"count": rng.choice(counts), "each": draft.worth()} if counts else None
    elif shape == "steps":
        made = step_line(draft)
    else:
        held = condition(draft)
        made = None if held is None else {"when": held, "once": draft.worth()}
    if made is None:
        return None
    if chance(rng, 0.3):
        made["cap"] = draft.worth()
    if shape != "when" and chance(rng, 0.25) and (held := condition(draft)):
        made["when"] = held
    if chance(rng, 0.15) and (held := condition(draft)):
        made["unless"] = held
    if chance(rng, 0.15):
        made["times"] = times(rng)
    if "id" in made:
        draft.lines.append(made["id"])
        if shape in ("each", "once"):
            draft.readable[made["id"]] = "count" if shape == "each" else "once"
    return made


def times(rng: Random) -> int | Decimal:
    return points(rng.choice(("2", "1.5", "0.5", "3", "0.3333")))


def step_line(draft: Draft) -> Table | None:
    """A line that measures a declared fact; often in steps that come out even."""
    rng = draft.rng
    asks = {name: ask for name, ask in draft.readable.items() if ask in ("ratio", "count", "number")}
    names = sorted(name for name in asks if name not in draft.lines)
    if not names:
        return None
    name = rng.choice(names)
    limit: int | Decimal | str
    every: int | Decimal | str
    if asks[name] == "ratio":
        limit, every = rng.choice(PERCENTS), rng.choice(("1 %", "5 %", "10 %", "33.333 %", "0.3 %"))
    else:
        limit = points(rng.choice(("0", "1", "2", "3", "2.5", "4")))
        if asks[name] == "number" and chance(rng, 0.2):
            limit = -1
        every = points(rng.choice(("1", "2", "0.5", "3", "0.7")))
    if chance(rng, 0.1):
        limit = rng.choice(("best", "mean"))
    side = rng.choice(("short_of", "beyond"))
    rounding = rng.choice(("whole", "started", "exact"))
    return {"of": name, side: limit, "every": every, "each": draft.worth(), "steps": rounding}


def asking_line(draft: Draft, shape: str) -> Table | None:
    rng = draft.rng
    free = [name for name in LINE_NAMES if name not in draft.lines]
    if not free:
        return None
    made: Table = {"id": rng.choice(free), "title": title(rng)}
    if shape == "range":
        low, high = sorted(Decimal(text) for text in rng.sample(sorted(set(SMALL)), 2))
        made["range"] = [points(str(low)), points(str(high))]
    else:
        made[shape] = draft.worth()
        if shape == "each" and chance(rng, 0.2):
            made["unit"] = "篇"
    return made


def rule(draft: Draft) -> Table:
    """A start, then lines, then perhaps `zero_if`."""
    rng = draft.rng
    for _ in range(rng.choice((0, 1, 1, 2))):
        draft.some_fact()
    kinds = ["deduct", "earn", "events"] if draft.kind != "base" else ["deduct", "deduct", "earn"]
    if draft.kind == "base" and chance(rng, 0.1):
        kinds.append("events")
    if draft.full is not None:
        kinds += ["level", "level", "share", "share"]
        if chance(rng, 0.3):
            kinds.append("rank")
    kind = draft.start or rng.choice(kinds)
    made = STARTS[kind](draft, kind)
    main = {"deduct": "minus", "earn": "plus"}.get(kind)
    for side in ("minus", "plus"):
        wanted = rng.randint(1, 3) if side == main else rng.choice((0, 0, 0, 1, 2))
        rows = [row for row in (line(draft) for _ in range(wanted)) if row is not None]
        if rows:
            made[side] = rows
    if main and main not in made:
        made[main] = [{"id": "only", "title": "要件不全", "each": 1}]
    if chance(rng, 0.3) and (held := condition(draft)):
        made["zero_if"] = held
    modify(draft, made)
    if looks_at_the_group(made) and chance(rng, 0.4):
        made["best"] = rng.choice(("high", "low", "low"))
    return made


def looks_at_the_group(rule: Table) -> bool:
    lines = [*rule.get("minus", []), *rule.get("plus", [])]
    words = [rule.get("target"), *(line.get(side) for line in lines for side in ("short_of", "beyond"))]
    return rule["kind"] == "rank" or "best" in words or "mean" in words


def modify(draft: Draft, made: Table) -> None:
    """Ceiling, caps of sides, bounds, multiplier."""
    rng = draft.rng
    if chance(rng, 0.15) and (held := condition(draft)):
        made["ceiling"] = {"when": held, "at": draft.worth()}
    for side in ("minus", "plus"):
        if side in made and chance(rng, 0.15):
            made[f"{side}_cap"] = draft.worth()
    if chance(rng, 0.3 if draft.kind == "base" else 0.2):
        made["bounds"] = rule_bounds(draft)
    if chance(rng, 0.1):
        made["times"] = times(rng)


def rule_bounds(draft: Draft) -> Table:
    rng, full = draft.rng, draft.full
    low = rng.choice((-1, points("-0.5"), -3, 0, points("0.1")))
    if draft.kind == "major_deduction":
        low = rng.choice((0, points("0.1")))
    high: int | Decimal | str = points(rng.choice(("0.5", "1", "2.5", "12")))
    if full is not None and chance(rng, 0.4):
        high = rng.choice(("50 %", "120 %", "150 %", "100 %"))
    sides: Table = {"from": low, "to": high}
    wanted = rng.choice((["from"], ["to"], ["from", "to"]))
    ends = Decimal(str(full)) if full is not None else Decimal(1)
    if wanted != ["to"] and low > ends:
        wanted = ["to"]
    if wanted == ["from", "to"] and isinstance(high, str) and ends * Decimal(str(high)[:-2]) / 100 < low:
        wanted = ["to"]
    return {side: sides[side] for side in wanted}


def plain(_: Draft, kind: str) -> Table:
    return {"kind": kind}


def level(draft: Draft, kind: str) -> Table:
    rng = draft.rng
    full = Decimal(str(draft.full))
    names = ["full", "note", "poor", "none"][: rng.randint(2, 4)]
    worths: list[int | Decimal | str] = [points(str(full))]
    worths += [rng.choice(("60 %", "33.333 %", "25 %")) for _ in names[1:-1]]
    worths.append(0 if chance(rng, 0.7) else "10 %")
    levels: list[Table] = [
        {"id": name, "title": "等次" + name, "points": worth}
        for name, worth in zip(names, worths, strict=True)
    ]
    if draft.readable and chance(rng, 0.5):
        for entry in levels[:-1]:
            entry["when"] = condition(draft)
    else:
        if chance(rng, 0.5):
            rng.choice(levels)["clean"] = True
        by_level(draft, names)
    return {"kind": kind, "levels": levels}


def by_level(draft: Draft, names: list[str]) -> None:
    """Let the level that is picked decide a limit of the item's cases."""
    rng = draft.rng
    declared = [fact for fact in draft.facts.values() if fact["ask"] == "cases"]
    if declared and chance(rng, 0.5):
        fact = rng.choice(declared)
        key = "within" if "within" in fact else "at_least"
        cases = [*names[:1], "other"] if chance(rng, 0.5) else names
        fact[key] = {"by": "level"} | {case: one_limit(rng, key) for case in cases}


def share(draft: Draft, kind: str) -> Table:
    rng = draft.rng
    ask = rng.choice(("ratio", "ratio", "count", "number"))
    name = draft.fact(ask)
    if name is None:
        return level(draft, "level")
    made: Table = {"kind": kind, "of": name}
    if ask != "ratio":
        made["target"] = points(rng.choice(("1", "2", "3", "7", "4.5", "2.5")))
    elif chance(rng, 0.5):
        made["target"] = rng.choice(("33.333 %", "50 %", "60 %", "75 %", "90 %"))
    if chance(rng, 0.2):
        made["target"] = rng.choice(("best", "mean"))
    return made


def rank(draft: Draft, kind: str) -> Table:
    """Places by a fact; short lists, so that units stand beyond them."""
    rng = draft.rng
    name = draft.fact(rng.choice(("ratio", "count", "number")))
    if name is None:
        return level(draft, "level")
    made: Table = {"kind": kind, "of": name, "points": [draft.worth() for _ in range(rng.randint(1, 3))]}
    if chance(rng, 0.6):
        made["then_less"] = draft.worth()
    return made


def events(draft: Draft, kind: str) -> Table:
    rng = draft.rng
    names = ["national", "provincial", "city"][: rng.randint(1, 3)]
    worths = sorted((Decimal(str(small(rng))) for _ in names), reverse=True)
    levels: Table = {}
    for name, worth in zip(names, worths, strict=True):
        amount: int | Decimal | str = points(str(worth))
        if draft.full is not None and chance(rng, 0.2):
            amount = rng.choice(SHARES)
        levels[name] = {"title": "级别", "points": amount} if chance(rng, 0.3) else amount
    same = rng.choice(("highest", "sum", ["100 %", "50 %"], ["100 %", "33.333 %", "10 %"]))
    made = {"kind": kind, "levels": levels, "same_matter": same, "shared": rng.choice(("divide", "full"))}
    if chance(rng, 0.2):
        made["window"] = {"from": date(2023, 7, 1), "to": date(2024, 6, 30)}
    return made


STARTS = {"deduct": plain, "earn": plain, "level": level, "share": share, "rank": rank, "events": events}
