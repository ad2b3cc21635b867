"""Step 16: the line met, forced grades, and the places of quotas, filled in rank order."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from tests.oracle.arithmetic import mark, nearest, percent
from tests.oracle.language import Reading, holds
from tests.oracle.model import Scheme, Seen, Table, Unit
from tests.oracle.vetoes import forced_grades

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction


def set_grade(scheme: Scheme, result: Unit, effects: list[Table], seen: Seen) -> None:
    """Failed: that grade; else the first line met, lowered by `cap_grade`; a forced grade never lifts."""
    forced = forced_grades(effects)
    fail = scheme.total.get("fail")
    if fail is not None and result.base_mark is not None:
        mark_of_base = Reading(result.base_mark, basis=scheme.full_marks)
        if holds(fail["when"], lambda _: mark_of_base, seen):
            seen["gate:fail acted"] += 1
            forced.append(fail["grade"])
    caps = [str(effect["cap_grade"]) for effect in effects if "cap_grade" in effect]
    result.lines = lines_met(scheme, result, seen)
    line = result.lines[0] if result.lines else None
    names = [*forced, *caps, *([] if line is None else [line])]
    result.grade, result.eligible = lowest_grade(scheme, names), not forced
    if line is None:
        seen["grade:no table" + ("" if result.grade is None else ", forced")] += 1
    elif result.grade != line:
        seen["grade:lowered below its line"] += 1
        if result.grade not in forced:
            seen["grade:lowered by cap_grade"] += 1
    elif len(names) > 1:
        seen["grade:a forced grade does not lift"] += 1


def marked_grade(scheme: Scheme, own: Scheme, base: Fraction, effects: list[Table], seen: Seen) -> str | None:
    """The grade of a part: that of its gate and its vetoes, the lowest; it has no lines."""
    caps = [str(effect["cap_grade"]) for effect in effects if "cap_grade" in effect]
    names = [*forced_grades(effects), *caps]
    fail = own.total.get("fail")
    if fail is not None:
        at_mark = Reading(mark(base), basis=own.full_marks)
        if holds(fail["when"], lambda _: at_mark, seen):
            seen["part:failed"] += 1
            names.append(fail["grade"])
    if names:
        seen["part:has a grade"] += 1
    return lowest_grade(scheme, names)


def lines_met(scheme: Scheme, result: Unit, seen: Seen) -> list[str]:
    """Every grade whose line is met, from the top; the last has no line. Lines compare marks."""
    if result.total_mark is None or result.total is None:
        return []
    at_mark = Reading(result.total_mark, basis=scheme.full_marks)
    at_number = Reading(result.total, basis=scheme.full_marks)
    found = []
    for grade in scheme.grades:
        if "when" not in grade or holds(grade["when"], lambda _: at_mark, seen):
            found.append(str(grade["name"]))
            seen["grade:line met" if "when" in grade else "grade:last"] += 1
            if "when" in grade and not holds(grade["when"], lambda _: at_number, Seen()):
                seen["grade:the mark meets a line that the number misses"] += 1
    return found


def lowest_grade(scheme: Scheme, names: list[str]) -> str | None:
    """Of several forced grades the lowest, in the order of `[[grade]]`."""
    order = [grade["name"] for grade in scheme.grades]
    if not order:
        return names[0] if names else None
    return max(names, key=order.index, default=None)


def places(quota: Table, roster: int, seen: Seen) -> int:
    """Share × all units on the group's roster, rounded as the quota says."""
    exact = percent(quota["share"]) * roster
    rounded = {"down": floor(exact), "up": ceil(exact), "nearest": int(nearest(exact, 1))}
    seen[f"quota:rounded {quota['round']}"] += exact.denominator > 1
    return rounded[quota["round"]]


def fill_quotas(group: Sequence[Unit], scheme: Scheme, seen: Seen) -> None:
    """From the top: eligible units in rank order; who gets no place takes the next grade's line and quota."""
    for grade in scheme.grades:
        if "quota" not in grade:
            continue
        name, quota = str(grade["name"]), grade["quota"]
        number = places(quota, len(group), seen)
        waiting = [unit for unit in group if unit.eligible and unit.rank and unit.grade == name]
        waiting.sort(key=lambda unit: unit.rank or 0)
        seated, left = divided(waiting, number, quota["ties"], seen)
        if any(unit.grade == name and not unit.eligible and unit.rank for unit in group) and seated:
            seen["quota:a forced grade takes no place"] += 1
        if any(unit.state in ("open", "stopped") for unit in group) and seated:
            seen["quota:the roster counts units without a rank"] += 1
        for unit in left:
            if unit.missed:
                seen["quota:out of two quotas"] += 1
            unit.missed = (*unit.missed, name)
            unit.grade = next(met for met in lower(scheme, name) if met in unit.lines)


def divided(waiting: list[Unit], number: int, ties: str, seen: Seen) -> tuple[list[Unit], list[Unit]]:
    """Who gets a place and who does not; equals across the last place all stay out or come in."""
    seated, left = waiting[:number], waiting[number:]
    if seated and left:
        seen["quota:filled"] += 1
        level = seated[-1].rank
        if left[0].rank == level:
            seen[f"quota:equals across the last place {ties}"] += 1
            if ties == "in":
                seated = [unit for unit in waiting if (unit.rank or 0) <= (level or 0)]
            else:
                seated = [unit for unit in waiting if (unit.rank or 0) < (level or 0)]
            left = [unit for unit in waiting if unit not in seated]
    return seated, left


def lower(scheme: Scheme, name: str) -> list[str]:
    names = [str(grade["name"]) for grade in scheme.grades]
    return names[names.index(name) + 1 :]
