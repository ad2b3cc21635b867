"""Checks of switches beside items: their groups exist, limits stay in order, weights add up, in every case.

Invariant: a scheme that passed has a number for every unit, whatever its group and tags.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from govscore.facts.switches import Switch
from govscore.points import plain
from govscore.rules.values import percent_text
from govscore.rules.variants import largest
from govscore.scheme import messages as m
from govscore.scheme import part_messages
from govscore.scheme.model import KINDS
from govscore.scheme.rule_messages import BY_CODE
from govscore.scheme.unit_schemes import cases_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.rules.variants import Case
    from govscore.scheme.model import SchemeModel
    from govscore.scheme.report import Path, Report
    from govscore.scheme.settings import SchemePart, Total


def unit_faults(model: SchemeModel, report: Report) -> None:
    """Reports what does not fit together in some case of a switch beside items."""
    _bounds(model, report)
    _weights(model, report)
    for place, grade in enumerate(model.grade):
        share = None if grade.quota is None else grade.quota.share
        if isinstance(share, Switch) and share.by == "tag":
            report.add(m.SWITCH_QUOTA, ("grade", place, "quota", "share", "by"), at_key=True)


def _bounds(model: SchemeModel, report: Report) -> None:
    """Bounds and ranges upside down in some case; those without a switch were seen on reading."""
    levels: list[tuple[Path, SchemePart | Total]] = [(("total",), model.total)]
    levels += [(("part", place), part) for place, part in enumerate(model.part)]
    for path, level in levels:
        low, high = (None, None) if level.bounds is None else (level.bounds.from_, level.bounds.to)
        case = _upside_down(model, low, high)
        if case is not None:
            at, found = (*path, "bounds", "to"), f"{plain(value_in(high, case))}{_named(case)}"
            report.add(BY_CODE["bounds_order"], at, None, found=found)
    for array in KINDS:
        for place, item in enumerate(getattr(model, array)):
            for side, number, line in item.rule.lines():
                if line.range is not None and _upside_down(model, *line.range) is not None:
                    report.add(BY_CODE["range_order"], (array, place, "rule", side, number, "range"), None)


def _upside_down(model: SchemeModel, low: Any, high: Any) -> Case | None:
    """A case in which a switched lower end is above the upper one."""
    if low is None or high is None or not (isinstance(low, Switch) or isinstance(high, Switch)):
        return None
    cases = _cases(model, low, high)
    return next((case for case in cases if value_in(low, case) > value_in(high, case)), None)


def _weights(model: SchemeModel, report: Report) -> None:
    """Weights that do not add up to 100 % in some case."""
    weights = [part.weight for part in model.part]
    for case in _cases(model, *weights) if weights and not report.has_guess(("part",)) else ():
        total = sum((value_in(weight, case) for weight in weights), Fraction(0))
        if total != 1:
            path, found = ("part", len(weights) - 1, "weight"), f"{percent_text(total)}{_named(case)}"
            report.add(part_messages.PART_WEIGHTS, path, None, found=found)
            break


def _cases(model: SchemeModel, *values: Any) -> Iterator[Case]:
    switches = [each for each in values if isinstance(each, Switch)]
    if any(each.by == "level" for each in switches):  # told elsewhere, and decided by nobody
        return iter(())
    return cases_of(switches, model.groups, model.scheme.period.from_.isoformat())


def value_in(value: Any, case: Case) -> Any:
    """What a number is in a case."""
    return largest(case.fitting(value), None) if isinstance(value, Switch) else value


def _named(case: Case) -> str:
    """Which case it is, by ids: ` (streets, remote)`; "" where nothing is switched."""
    names = [*filter(None, [case.group]), *sorted(case.tags or ())]
    return f" ({', '.join(names)})" if names else ""
