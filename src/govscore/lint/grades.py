"""W007 to W010: lines of grades that nobody meets, that leave a gap, or that overlap."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from govscore.facts.switches import known
from govscore.lint.base import Doubt
from govscore.lint.lines import holds, tried
from govscore.points import UNITS_PER_POINT
from govscore.rules.values import decimal_text
from govscore.scheme.parts import owned_bonus
from govscore.scheme.warning_kinds import GRADE_GAP, GRADE_NEVER, GRADE_TOO_HIGH, GRADES_OVERLAP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govscore.lint.base import Look
    from govscore.scheme.standing import Grade


def lines(look: Look) -> Iterator[Doubt]:
    """All doubts about the lines of grades."""
    grades, full = look.model.grade, Fraction(int(known(look.model.total.full_marks)), UNITS_PER_POINT)
    totals = tried((grade.when for grade in grades if grade.when is not None), full)
    given = [_grade(grades, total, full) for total in totals]
    highest = _highest(look, full)
    for place, grade in enumerate(grades):
        if grade.when is None:
            continue
        reached = [total for total in totals if _may_get(grades, place, total, full)]
        path, data = ("grade", place, "when"), {"name": grade.name, "line": str(grade.when)}
        if not reached:
            yield Doubt(kind=GRADE_NEVER, path=path, data=data)
        elif highest is not None and min(reached) > highest:
            data |= {"highest": decimal_text(highest)}
            yield Doubt(kind=GRADE_TOO_HIGH, path=path, data=data)
        yield from _overlap(grades, place, totals, full)
    yield from _gap(grades, totals, given)


def _grade(grades: Sequence[Grade], total: Fraction, full: Fraction) -> int:
    for place, grade in enumerate(grades):
        if grade.when is None or holds(grade.when, total, full):
            return place
    return len(grades)


def _may_get(grades: Sequence[Grade], place: int, total: Fraction, full: Fraction) -> bool:
    """Whether a total may get a grade: by its line, or since a quota above has no place left."""
    lines = [grade.when is None or holds(grade.when, total, full) for grade in grades[: place + 1]]
    above = zip(grades[:place], lines, strict=False)
    return lines[place] and all(grade.quota is not None for grade, met in above if met)


def _highest(look: Look, full: Fraction) -> Fraction | None:
    """The highest total that there can be; None: it is not limited."""
    total = look.model.total
    highest = None if total.bounds is None else known(total.bounds.to)
    if highest is not None:
        return Fraction(int(highest), UNITS_PER_POINT)
    if look.base_may_pass or any(owned_bonus(look.model)):  # a part's bonus may lift the base of the total
        return None
    if not look.model.bonus:
        return full
    cap = known(total.bonus_cap)
    return None if cap is None else full + Fraction(int(cap), UNITS_PER_POINT)


def _overlap(
    grades: Sequence[Grade], place: int, totals: Sequence[Fraction], full: Fraction
) -> Iterator[Doubt]:
    when = grades[place].when
    if when is None or not any(each.operator in ("<", "<=") for each in when.comparisons):
        return
    for upper in (each for each in grades[:place] if each.quota is None):
        both = [
            each
            for each in totals
            if holds(when, each, full) and upper.when is not None and holds(upper.when, each, full)
        ]
        if both:
            data = {"total": decimal_text(both[0]), "upper": upper.name, "name": grades[place].name}
            yield Doubt(kind=GRADES_OVERLAP, path=("grade", place, "when"), data=data)


def _gap(grades: Sequence[Grade], totals: Sequence[Fraction], given: Sequence[int]) -> Iterator[Doubt]:
    """Where a higher total gets a worse grade."""
    for (low, better), (high, worse) in zip(
        zip(totals, given, strict=True), zip(totals[1:], given[1:], strict=True), strict=False
    ):
        if worse > better:
            data = {
                "low": decimal_text(low),
                "high": decimal_text(high),
                "better": grades[better].name,
                "worse": grades[worse].name,
            }
            yield Doubt(kind=GRADE_GAP, path=("grade", better, "when"), data=data)
