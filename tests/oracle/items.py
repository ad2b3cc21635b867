"""One item of one unit: start, lines, `zero_if`, upper limit, lower limit."""

from __future__ import annotations

from fractions import Fraction

from tests.oracle.arithmetic import ZERO, amount, fine, is_percent
from tests.oracle.language import comparisons, fact_reading, holds
from tests.oracle.model import Finding, Item, ItemScore, Seen, Table
from tests.oracle.starts import start


def score_item(item: Item, finding: Finding, floor_at: str, seen: Seen) -> ItemScore:
    """4 each item: start, minus lines and plus lines, `zero_if`, upper limit, lower limit."""
    if finding.na:
        return ItemScore("not_applicable")
    if finding.open:
        return ItemScore("open")
    begin = start(item, finding, seen)
    if begin is None:
        seen["nothing:start without value"] += 1
        return ItemScore("not_applicable")
    minus = sum_of_lines(item, "minus", finding, seen)
    plus = sum_of_lines(item, "plus", finding, seen)
    if item.kind == "major_deduction":
        return deduction(item, begin, minus, plus, finding, seen)
    result = zeroed(item, begin + plus - minus, finding, seen)
    points = limited(item, result, floor_at, seen)
    # An item's `effect` acts when its lines take more than 0, before limits.
    return ItemScore("reviewed", points, minus)


def deduction(
    item: Item, begin: Fraction, minus: Fraction, plus: Fraction, finding: Finding, seen: Seen
) -> ItemScore:
    """A major deduction's amount is what its lines, levels or events add up to, positive, 0 … cap.

    Its `plus` lines add to the amount under `earn` and lessen it otherwise.
    """
    earn = item.rule["kind"] == "earn"
    adding = begin + minus + (plus if earn else ZERO)
    if plus:
        seen[f"major:plus {'adds' if earn else 'lessens'}"] += 1
    result = zeroed(item, adding if earn else adding - plus, finding, seen)
    points = limited(item, result, "item", seen)
    return ItemScore("reviewed", points, adding)


def zeroed(item: Item, result: Fraction, finding: Finding, seen: Seen) -> Fraction:
    """zero_if: min(0, result)."""
    condition = item.rule.get("zero_if")
    if condition is None or not holds(condition, lambda name: fact_reading(finding, name), seen):
        return result
    if result > 0:
        seen[f"zero_if:acted {item.kind}"] += 1
    return min(ZERO, result)


def limited(item: Item, result: Fraction, floor_at: str, seen: Seen) -> Fraction:
    """Base: 0 … points; bonus and major: 0 … cap. Upper limit first, then lower."""
    upper = item.full
    if upper is not None and result >= upper:
        seen[f"limit:upper {item.kind}" + (" exact" if result == upper else "")] += 1
        result = upper
    if result < 0:
        return below_zero(item, result, floor_at, seen)
    return result


def below_zero(item: Item, result: Fraction, floor_at: str, seen: Seen) -> Fraction:
    """`floor_at` concerns base items; under "section" a base item without section is its own top section."""
    if item.kind != "base":
        seen[f"limit:lower {item.kind}"] += 1
        return ZERO
    if floor_at == "item":
        seen["floor:item acted"] += 1
        return ZERO
    seen[f"floor:{floor_at} item below 0"] += 1
    return result


def sum_of_lines(item: Item, side: str, finding: Finding, seen: Seen) -> Fraction:
    lines: list[Table] = item.rule.get(side, [])
    total = ZERO
    for line in lines:
        worth = line_amount(item, line, finding, seen)
        if worth:
            seen[f"line:{side}"] += 1
        total += worth
    return total


def line_amount(item: Item, line: Table, finding: Finding, seen: Seen) -> Fraction:
    """Inside one line (all its rows together) products stay exact and are rounded once, at its end.

    With `id` a line asks its fact, and `when` beside it is a further condition.
    """
    shape = "count" if "count" in line else next(key for key in ("each", "once", "range") if key in line)
    if "when" in line:
        held = holds(line["when"], lambda name: fact_reading(finding, name), seen)
        asks = shape if shape == "count" or "id" in line else "nothing"
        seen[f"line:when beside {asks} {'held' if held else 'failed'}"] += 1
        if not held:
            return ZERO
        if any(fact_reading(finding, part.name).value is None for part in comparisons(line["when"])[1]):
            seen["line:when held in spite of a fact without value"] += 1
    worth = charge(item, line, shape, finding)
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


def charge(item: Item, line: Table, shape: str, finding: Finding) -> Fraction:
    """`each` charges row by row, `once` the dearest row once, `range` what was typed."""
    if shape == "once":
        if "id" in line and finding.facts[line["id"]].word != "yes":
            return ZERO
        return amount(line["once"], item.full)
    if shape == "range":
        return finding.facts[line["id"]].number or ZERO
    number = fact_reading(finding, line["count"] if shape == "count" else line["id"]).value
    if not isinstance(number, Fraction):
        raise TypeError("a count was expected")
    return number * amount(line["each"], item.full)
