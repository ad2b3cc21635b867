"""Trying an item out: what it comes to for many combinations of facts.

Invariant: points come from the engine itself, by findings that a reviewer could make; nothing here
knows a start or a fact type.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from govscore.facts.rows import Row
from govscore.rules.values import decimal_text
from govscore.rules.variants import changed_copy
from govscore.scheme.model import Scheme
from govscore.scheme.units import Unit
from govscore.scoring.facts import read_entry, read_facts
from govscore.scoring.score import score

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from govscore.facts.base import Field, Period
    from govscore.scheme.model import Item

MOST: Final = 1000
"""So many combinations are tried; with more each fact is tried by itself."""
_MANY: Final = 1_000_000
_HUNDRED: Final = "100"
Way = tuple[int, ...]
"""Which candidate each fact of a combination takes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Axis:
    """One thing that a reviewer enters, with what he might enter, from the least to the most."""

    fact: str
    """As it stands in a row."""
    candidates: tuple[tuple[Row, ...], ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """What trying an item out showed."""

    axes: tuple[Axis, ...]
    points: Mapping[Way, int]
    """Points by combination, where the item was reviewed and applicable."""
    whole: bool
    """Whether every combination was tried."""
    clean: int | None
    """Points of the clean finding; None: it leaves the item open."""
    deducts: bool
    """Whether more points are worse: of a major deduction."""

    @property
    def best(self) -> int | None:
        """The best that was found; None: nothing could be tried."""
        if not self.points:
            return None
        return min(self.points.values()) if self.deducts else max(self.points.values())


def reach_of(item: Item, scheme: Scheme) -> Reach:
    """What the item comes to, apart from all other items."""
    if item.rule.compares():  # what one finding comes to depends on those of others
        deducts = item.kind == "major_deduction"
        return Reach(axes=(), points={}, whole=False, clean=None, deducts=deducts)
    alone = _alone(item, scheme)
    axes = tuple(_axes(alone.items[item.id], alone))
    count = 1
    for axis in axes:
        count *= len(axis.candidates)
    whole = 0 < count <= MOST
    ways = list(product(*(range(len(axis.candidates)) for axis in axes)) if whole else _single(axes))
    findings = [
        [row for axis, place in zip(axes, way, strict=True) for row in axis.candidates[place]] for way in ways
    ]
    points = _points(item.id, alone, [*findings, [Row(unit="", item=item.id, state="none")]])
    found = {way: each for way, each in zip(ways, points, strict=False) if each is not None}
    return Reach(
        axes=axes, points=found, whole=whole, clean=points[-1], deducts=item.kind == "major_deduction"
    )


def _alone(item: Item, scheme: Scheme) -> Scheme:
    """A scheme that has this item only, for everybody; rows that are tried name no matter: none yields."""
    kept = changed_copy(item, {"applies_to": None, "reviewers": None})
    arrays: dict[str, object] = {"base": (), "bonus": (), "major_deduction": (), "veto": ()}
    arrays[item.kind] = (kept,)
    total = scheme.model.total.model_copy(update={"bonus_when": None})
    arrays["part"] = tuple(part.model_copy(update={"bonus_when": None}) for part in scheme.model.part)
    return Scheme(
        model=scheme.model.model_copy(update={**arrays, "total": total}),
        text="",
        name=scheme.name,
        calendar=scheme.calendar,
    )


def _points(item: str, alone: Scheme, findings: Sequence[Sequence[Row]]) -> list[int | None]:
    """What each finding comes to; None: open or not applicable."""
    group = next(iter(alone.groups))
    units = [Unit(unit=f"try-{place}", name="?", group=group) for place in range(len(findings))]
    spans = alone.items[item].spans(alone.period)  # the same is found in every one
    rows = [
        _found_in(row, alone, period, span)._replace(unit=unit.unit)
        for unit, finding in zip(units, findings, strict=True)
        for row in finding
        for period, span in spans.items()
    ]
    result = score(alone, read_facts(rows, alone, units), units)
    found = (result[unit.unit].items[item].points for unit in units)
    return [None if each is None else int(each) for each in found]


def _found_in(row: Row, alone: Scheme, period: str, span: Period) -> Row:
    """A finding of one period, its dates moved there; where none is possible, nothing is found."""
    if not period or not (row.start or row.finish):
        return row._replace(period=period)
    first, last = _days(alone.items[row.item], alone)
    first, last = max(first, span.first), min(last, span.last)
    if first > last:
        return Row(unit="", item=row.item, fact=row.fact, period=period, state="none")
    start, finish = (first if stated else "" for stated in (row.start, row.finish))
    return row._replace(period=period, start=start, finish=finish)


def _days(item: Item, alone: Scheme) -> tuple[str, str]:
    """First and last day of what may be found."""
    window = getattr(item.rule, "window", None)
    return (alone.period.first, alone.period.last) if window is None else window.days


def _single(axes: Sequence[Axis]) -> Iterator[Way]:
    """Each fact by itself, the others at their least, and at their most."""
    for rest in (tuple(0 for _axis in axes), tuple(len(axis.candidates) - 1 for axis in axes)):
        yield rest
        for place, axis in enumerate(axes):
            for candidate in range(len(axis.candidates)):
                if candidate != rest[place]:
                    yield (*rest[:place], candidate, *rest[place + 1 :])


def _axes(item: Item, alone: Scheme) -> Iterator[Axis]:
    thresholds = _thresholds(item)
    for question in (fact.question(id) for id, fact in item.asked.items()):
        facts = dict.fromkeys(field.fact for field in question.fields)
        for fact in facts:
            fields = [field for field in question.fields if field.fact == fact and field.required]
            fields = fields or [field for field in question.fields if field.fact == fact]
            case = "1" if question.repeated else ""
            rows = [
                Row(unit="", item=item.id, fact=fact, case=case, **values)
                for values in _values(fields, thresholds.get(fact, []), _days(item, alone)[0])
            ]
            sound = [row for row in rows if _sound(row, item, alone)]
            nothing = [Row(unit="", item=item.id, fact=fact, state="none")]
            tried: list[tuple[Row, ...]] = [tuple(nothing)] * question.repeated + [(row,) for row in sound]
            labels = ["0"] * question.repeated + [row.value for row in sound]
            if tried:
                yield Axis(fact=fact, candidates=tuple(tried), labels=tuple(labels))


def _sound(row: Row, item: Item, alone: Scheme) -> bool:
    """Whether a reviewer could find this, in whichever period."""
    spans = item.spans(alone.period).items()
    rows = [_found_in(row, alone, period, span) for period, span in spans]
    return not read_entry(item, rows, alone.period)[1]


def _thresholds(item: Item) -> dict[str, list[Fraction]]:
    """The numbers that each fact is compared with; percentages as parts of 100."""
    found: dict[str, list[Fraction]] = {}
    for _path, condition in item.rule.conditions():
        for each in condition.comparisons:
            number = each.share * 100 if each.share is not None else each.number
            if number is not None:
                found.setdefault(each.name, []).append(number)
    for _side, _place, line in item.rule.lines():
        if line.of is not None:
            threshold = line.measure[0]
            if isinstance(threshold, str):
                continue
            number = threshold.value if threshold.share is None else threshold.share * 100
            found.setdefault(line.of, []).append(number)
    return found


def _values(fields: Sequence[Field], thresholds: Sequence[Fraction], day: str) -> Iterator[dict[str, Any]]:
    """Cells of rows that answer these boxes."""
    numbers = [field for field in fields if field.kind in ("whole", "number", "points")]
    ratio = len(numbers) == 2
    choices = []
    for field in fields:
        if ratio and field is numbers[1]:
            choices.append([_HUNDRED])
        else:
            choices.append(_entries(field, thresholds, day, ratio=ratio))
    for cells in product(*choices):
        yield {field.column: cell for field, cell in zip(fields, cells, strict=True)}


def _entries(field: Field, thresholds: Sequence[Fraction], day: str, *, ratio: bool) -> list[str]:
    if field.kind == "yes_no":
        return ["no", "yes"]
    if field.options:
        return [id for id, _label in field.options]
    if field.kind == "date":
        return [day]
    if field.kind not in ("whole", "number", "points"):
        return ["?"]
    marks = {Fraction(0), Fraction(100 if ratio else _MANY)}
    for each in thresholds:
        marks |= {each - 1, each, each + 1}
    if field.kind == "whole":
        marks |= {Fraction(1), Fraction(2), Fraction(3)}
    for end in (field.low, field.high):
        marks |= set() if end is None else {Fraction(end)}
    low = Fraction(field.low) if field.low is not None else None
    kept = sorted(
        each
        for each in marks
        if (low is None or each >= low)
        and (field.high is None or each <= Fraction(field.high))
        and (field.kind != "whole" or (each.denominator == 1 and each >= 0))
    )
    return [decimal_text(each) for each in kept]
