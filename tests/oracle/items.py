"""One item of one unit: start, lines, `zero_if`, upper limit, lower limit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from tests.oracle.arithmetic import ZERO, amount, fine, is_percent, percent
from tests.oracle.language import comparisons, fact_reading, holds
from tests.oracle.model import Finding, Item, ItemScore, Seen, Table
from tests.oracle.peers import GROUP_WORDS, Rivals
from tests.oracle.pools import pooled_events
from tests.oracle.starts import start
from tests.oracle.switches import ROW_KEYS, for_level, of_row, row_decides
from tests.oracle.yields import Elsewhere, lines

Charges = dict[str, Fraction]
"""What is taken elsewhere: by section, or "total"."""


@dataclass(frozen=True)
class Beside:
    """What an item looks at besides its own finding: other items of the unit, other units of the group."""

    elsewhere: Elsewhere | None = None
    rivals: tuple[Rivals | None, ...] = ()
    """One for each finding that is scored together."""


def score_item(
    item: Item,
    finding: Finding,
    total: Table,
    seen: Seen,
    elsewhere: Elsewhere | None = None,
    rivals: Rivals | None = None,
) -> ItemScore:
    """4 each item: start, ceiling, minus lines and plus lines, `zero_if`, upper limit, lower limit.

    `total` is the scheme's `[total]`, of which `floor_at` and `times` matter here.
    """
    if finding.na:
        return ItemScore("not_applicable", excused=True)
    if finding.open:
        return ItemScore("open")
    return scored(for_level(item, finding, seen), [finding], total, seen, Beside(elsewhere, (rivals,)))


def scored(
    item: Item, findings: list[Finding], total: Table, seen: Seen, beside: Beside | None = None
) -> ItemScore:
    """One start, and the lines of all these findings: of one, or of every period (`combine = "lines"`)."""
    beside = beside or Beside()
    elsewhere = beside.elsewhere
    begin = start(item, findings[0], seen, beside.rivals[0] if beside.rivals else None)
    if begin is None:
        seen["nothing:start without value"] += 1
        return ItemScore("not_applicable", excused=True)
    pooled = None if elsewhere is None else pooled_events(item, elsewhere, seen)
    begin = begin if pooled is None else pooled
    if elsewhere and any(elsewhere.waits(item, line) for line in lines(item) if "yields_to" in line):
        seen["yields:waits for an open item"] += 1
        return ItemScore("open")
    begin = under_ceiling(item, begin, findings, seen)
    factor = Fraction(total.get("times", 1)) * Fraction(item.rule.get("times", 1))
    for where, table in (("total", total), ("rule", item.rule)):
        if "times" in table and item.rule.get("minus"):
            seen[f"times:of the {where}"] += 1
    minus = sum_of_lines(item, "minus", findings, factor, seen, beside)
    plus = sum_of_lines(item, "plus", findings, Fraction(1), seen, beside)
    charges = merged(minus.charges, plus.charges)
    if item.kind == "major_deduction":
        score = deduction(item, begin, minus, plus, findings, seen)
    else:
        result = zeroed(item, begin + plus.points - minus.points, findings, seen)
        # An item's `effect` acts when its lines take more than 0, before limits.
        score = ItemScore("reviewed", limited(item, result, total["floor_at"], seen), minus.taken)
    for target in charges:
        seen[f"charge:{'total' if target == 'total' else 'section'} from {item.kind}"] += 1
    return replace(score, charges=charges)


def under_ceiling(item: Item, begin: Fraction, findings: list[Finding], seen: Seen) -> Fraction:
    """ceiling: start = min(start, …), then the lines."""
    ceiling = item.rule.get("ceiling")
    if ceiling is None or not anywhere(ceiling["when"], findings, seen):
        return begin
    at = fine(amount(ceiling["at"], item.full))
    seen["ceiling:" + ("lowers the start" if at < begin else "above the start")] += 1
    return min(begin, at)


def anywhere(condition: str, findings: list[Finding], seen: Seen) -> bool:
    """Whether it holds for any of the findings."""
    answers = [holds(condition, partial(fact_reading, finding), seen) for finding in findings]
    return any(answers)


def merged(one: Charges, other: Charges) -> Charges:
    return {
        target: one.get(target, ZERO) + other.get(target, ZERO)
        for target in (one | other)
        if one.get(target, ZERO) + other.get(target, ZERO)
    }


def deduction(
    item: Item, begin: Fraction, minus: Side, plus: Side, findings: list[Finding], seen: Seen
) -> ItemScore:
    """A major deduction's amount is what its lines, levels or events add up to, positive, 0 … cap.

    Its `plus` lines add to the amount under `earn` and lessen it otherwise.
    """
    earn = item.rule["kind"] == "earn"
    if plus.points:
        seen[f"major:plus {'adds' if earn else 'lessens'}"] += 1
    amount_of = begin + minus.points + (plus.points if earn else -plus.points)
    result = zeroed(item, amount_of, findings, seen)
    points = limited(item, result, "item", seen)
    return ItemScore("reviewed", points, begin + minus.taken + (plus.taken if earn else ZERO))


def zeroed(item: Item, result: Fraction, findings: list[Finding], seen: Seen) -> Fraction:
    """zero_if: min(0, result)."""
    condition = item.rule.get("zero_if")
    if condition is None or not anywhere(condition, findings, seen):
        return result
    if result > 0:
        seen[f"zero_if:acted {item.kind}"] += 1
    return min(ZERO, result)


def limited(item: Item, result: Fraction, floor_at: str, seen: Seen) -> Fraction:
    """Base: 0 … points; bonus and major: 0 … cap; `bounds` replaces the side that it names.

    Upper limit first, then lower. `floor_at` concerns base items; under "section" a base item without
    section is its own top section.
    """
    bounds = item.rule.get("bounds", {})
    upper = item.full
    if "to" in bounds:
        upper = fine(amount(bounds["to"], item.full))
        if item.full is not None and item.full < upper and result > item.full:
            seen[f"bounds:above the points or cap {item.kind}"] += 1
    if upper is not None and result >= upper:
        seen[f"limit:upper {item.kind}" + (" exact" if result == upper else "")] += 1
        if "to" in bounds:
            seen["bounds:to of a rule acted"] += 1
        result = upper
    if "from" in bounds:
        lower = fine(amount(bounds["from"], item.full))
        if result <= lower:
            seen["bounds:from of a rule acted" + (" below 0" if lower < 0 else "")] += 1
        return max(result, lower)
    if result < 0:
        return below_zero(item, result, floor_at, seen)
    return result


def below_zero(item: Item, result: Fraction, floor_at: str, seen: Seen) -> Fraction:
    if item.kind != "base":
        seen[f"limit:lower {item.kind}"] += 1
        return ZERO
    if floor_at == "item":
        seen["floor:item acted"] += 1
        return ZERO
    seen[f"floor:{floor_at} item below 0"] += 1
    return result


@dataclass(frozen=True)
class Side:
    """All minus lines, or all plus lines: what acts on the item, what was taken before limits, and the
    charges elsewhere."""

    points: Fraction
    taken: Fraction
    charges: Charges


def sum_of_lines(
    item: Item, side: str, findings: list[Finding], factor: Fraction, seen: Seen, beside: Beside
) -> Side:
    """`minus_cap`: all minus lines, likewise `plus_cap`; a line with `from` stands outside of it."""
    lines: list[Table] = item.rule.get(side, [])
    own = taken = ZERO
    charges: Charges = {}
    for line in lines:
        worth = line_amount(item, line, findings, factor, seen, beside)
        if worth:
            seen[f"line:{side}"] += 1
        taken += worth
        if "from" in line:
            charges[line["from"]] = charges.get(line["from"], ZERO) + worth
        else:
            own += worth
    points = own
    if f"{side}_cap" in item.rule:
        cap = fine(amount(item.rule[f"{side}_cap"], item.full))
        if own >= cap:
            seen[f"{side}_cap reached" + (" exactly" if own == cap else "")] += 1
        points = min(own, cap)
    return Side(points, taken, charges)


def line_amount(
    item: Item, line: Table, findings: list[Finding], factor: Fraction, seen: Seen, beside: Beside
) -> Fraction:
    """Inside one line (all its rows together) products stay exact and are rounded once, at its end.

    With `id` a line asks its fact, and `when` beside it is a further condition. Exempted, then multiplied,
    then capped; `times` of the line, the rule and the whole multiply.
    """
    shape = shape_of(line)
    each = zip(findings, beside.rivals or [None] * len(findings), strict=True)
    worth = sum(
        (line_worth(item, line, shape, finding, seen, beside.elsewhere, rivals) for finding, rivals in each),
        ZERO,
    )
    if "times" in line:
        factor *= 1 if goes_by_rows(line, shape) else Fraction(line["times"])
        if worth:
            seen[f"times:of a line in {shape}"] += 1
    worth *= factor
    if worth:
        seen[f"line:{shape}"] += 1
        if any(is_percent(line.get(key)) for key in ("each", "once")):
            seen["line:percentage"] += 1
    if "cap" in line:
        cap = amount(line["cap"], item.full)
        if worth >= cap:
            seen["line cap reached" + (" exactly" if worth == cap else "")] += 1
        worth = min(worth, cap)
    return fine(worth)


def line_worth(
    item: Item,
    line: Table,
    shape: str,
    finding: Finding,
    seen: Seen,
    elsewhere: Elsewhere | None,
    rivals: Rivals | None,
) -> Fraction:
    """What the line charges for one finding, where its conditions let it act."""
    if "when" in line:
        held = holds(line["when"], lambda name: fact_reading(finding, name), seen)
        asks = shape if shape in ("count", "of") or "id" in line else "nothing"
        seen[f"line:when beside {asks} {'held' if held else 'failed'}"] += 1
        if not held:
            return ZERO
        if any(fact_reading(finding, part.name).value is None for part in comparisons(line["when"])[1]):
            seen["line:when held in spite of a fact without value"] += 1
    left = elsewhere.left(item, line, seen) if elsewhere and "yields_to" in line else finding
    worth = charge(item, line, shape, left, seen, rivals)
    if worth and "unless" in line:
        exempt = holds(line["unless"], lambda name: fact_reading(finding, name), seen)
        seen["line:exempted" if exempt else "line:not exempted"] += 1
        if exempt:
            return ZERO
    return worth


def shape_of(line: Table) -> str:
    if "count" in line:
        return "count"
    return "of" if "of" in line else next(key for key in ("each", "once", "range") if key in line)


def goes_by_rows(line: Table, shape: str) -> bool:
    """Whether an amount of the line depends on the row."""
    return ("id" in line or shape == "count") and any(row_decides(line.get(key)) for key in ROW_KEYS)


def charge(
    item: Item, line: Table, shape: str, finding: Finding, seen: Seen, rivals: Rivals | None
) -> Fraction:
    """`each` charges row by row, `once` the dearest row once, `range` what was typed."""
    if goes_by_rows(line, shape):
        return charge_rows(item, line, shape, finding, seen)
    if shape == "once":
        if "id" in line and finding.facts[line["id"]].word != "yes":
            return ZERO
        return amount(line["once"], item.full)
    if shape == "range":
        return finding.facts[line["id"]].number or ZERO
    if shape == "of":
        return steps_of(item, line, finding, seen, rivals) * amount(line["each"], item.full)
    number = fact_reading(finding, line["count"] if shape == "count" else line["id"]).value
    if not isinstance(number, Fraction):
        raise TypeError("a count was expected")
    return number * amount(line["each"], item.full)


def charge_rows(item: Item, line: Table, shape: str, finding: Finding, seen: Seen) -> Fraction:
    """Every row by its own date and tags, `times` included; `once` charges the dearest row once."""
    stem, _, case_field = (line["count"] if shape == "count" else line["id"]).partition(".")
    if stem not in finding.facts:
        raise ValueError("an open fact")
    charged = []
    for number, name, row in finding.facts[stem].rows:
        if case_field and case_field not in (name, "all"):
            continue
        worth = of_row(line.get("times", 1), row, None, seen, "times") * number
        key = "each" if shape == "count" else shape
        if shape != "range":
            worth *= of_row(line[key], row, item.full, seen, key)
        charged.append(worth)
    if shape == "once":
        return max(charged, default=ZERO)
    return sum(charged, ZERO)


def steps_of(item: Item, line: Table, finding: Finding, seen: Seen, rivals: Rivals | None) -> Fraction:
    """Percent steps of a ratio are percentage points; on a fact without value a step line takes nothing."""
    value = fact_reading(finding, line["of"]).value
    if not isinstance(value, Fraction):
        seen["steps:without value"] += 1
        return ZERO
    side = "short_of" if "short_of" in line else "beyond"
    limit, every = threshold(item, line, side, seen, rivals), measure(line["every"])
    if limit is None:
        return ZERO
    gap = limit - value if side == "short_of" else value - limit
    if gap <= 0:
        seen["steps:at the limit" if gap == 0 else "steps:within the limit"] += 1
        return ZERO
    kind = finding.facts[line["of"].partition(".")[0]].kind
    steps = gap / every
    broken = steps.denominator != 1
    seen[f"steps:{side} {line['steps']} {kind} {'broken' if broken else 'even'}"] += 1
    if not broken or line["steps"] == "exact":
        return steps
    down = Fraction(steps.numerator // steps.denominator)
    return down if line["steps"] == "whole" else down + 1


def threshold(item: Item, line: Table, side: str, seen: Seen, rivals: Rivals | None) -> Fraction | None:
    """A number, or what the group has; nobody has anything: nothing to be short of."""
    if line[side] not in GROUP_WORDS:
        return measure(line[side])
    seen[f"steps:{side} the group's {line[side]}"] += 1
    return rivals.reach(line[side], line["of"], item.rule, seen) if rivals else None


def measure(literal: object) -> Fraction:
    """A number, or a percentage of a ratio."""
    if isinstance(literal, str):
        return percent(literal)
    if isinstance(literal, bool) or not isinstance(literal, (int, Fraction)):
        raise TypeError(f"not a number: {literal!r}")
    return Fraction(literal)
