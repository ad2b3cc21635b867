"""What else could have been established: for every fact, the answers worth trying.

Invariant: an answer is rows of the findings table, which are read like any others; what it is worth is
not known here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import singledispatch
from typing import TYPE_CHECKING, Final

from govscore.facts.cases import CLASSES, Cases
from govscore.facts.choice import Choice
from govscore.facts.count import Count
from govscore.facts.events import Events
from govscore.facts.level_pick import LevelPick
from govscore.facts.number import Number
from govscore.facts.points_typed import TypedPoints
from govscore.facts.ratio import Ratio
from govscore.facts.yes_no import YesNo
from govscore.points import plain
from govscore.rules.values import decimal_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from govscore.facts.base import FactType, Reader, Values
    from govscore.facts.rows import Row

Cells = dict[str, str]
"""A row of the findings table without its unit, item, reviewer and period."""
FAULTY: Final = ("late", "early", "missing")
MANY: Final = 100_000
"""More than enough of anything that is counted; the fewest that do as well are looked for."""
MANY_ROWS: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A fact as it stands."""

    id: str
    values: Values | None
    """None: not established."""
    rows: tuple[Row, ...]
    """The rows that state it, of one period."""
    thresholds: Mapping[str, frozenset[Fraction]]
    """What it is held against, by the name of what is compared."""
    reader: Reader
    fault: bool = False
    """Whether a minus line asks it, so that only less of it can gain."""

    def whole(self, name: str = "x") -> int:
        """One of its whole numbers; 0 while it is not established."""
        return 0 if self.values is None else int(self.values[name])

    def near(self, name: str, field: str = "") -> Iterator[Fraction]:
        """The numbers that the fact, or a field of it, is held against."""
        yield from sorted(self.thresholds.get(f"{name}.{field}" if field else name, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer: its rows, and how far it is from the present one."""

    cells: tuple[Cells, ...]
    distance: Fraction = Fraction(0)
    number: int | None = None
    """Of an answer that has more than enough of something: how many."""
    fewer: Callable[[int], tuple[Cells, ...]] | None = field(default=None, compare=False)
    """The answer with so many instead."""


@singledispatch
def answers(fact: FactType, about: About) -> Iterator[Answer]:
    """The answers worth trying for a fact, other than the present one.

    A fact type of third parties has the one that "nothing found" gives.
    """
    if fact.clean_values() is not None:
        yield Answer(cells=({"fact": about.id, "state": "none"},))


@answers.register(Count)
def _of_count(_fact: Count, about: About) -> Iterator[Answer]:
    now = about.whole()
    tried = {0, now + 1, *_whole_near(about.near(about.id))}
    least = now if about.fault else MANY
    yield from (_counted(about, number, now) for number in sorted(tried) if 0 <= number < least)
    if not about.fault:
        yield _many(lambda number: ({"fact": about.id, "value": str(number)},), MANY)


@answers.register(Number)
def _of_number(_fact: Number, about: About) -> Iterator[Answer]:
    now = Fraction(0) if about.values is None else Fraction(about.values["x"])
    tried = {Fraction(0), *_around(about.near(about.id), now)}
    for number in sorted(tried):
        yield Answer(cells=({"fact": about.id, "value": decimal_text(number)},), distance=abs(number - now))
    yield _many(lambda number: ({"fact": about.id, "value": str(number)},), MANY)


@answers.register(Ratio)
def _of_ratio(fact: Ratio, about: About) -> Iterator[Answer]:
    values = about.values or {"part": 0, "whole": 100}
    part, whole = Fraction(values["part"]), Fraction(values["whole"])
    if not whole:
        return
    tried = {Fraction(0), whole}
    for share in about.near(about.id):
        tried |= set(_around([share * whole], whole if whole.denominator > 1 else part))
    for number in sorted(tried):
        if number >= 0 and (number <= whole or fact.over):
            cells = {"fact": about.id, "value": decimal_text(number), "of": decimal_text(whole)}
            yield Answer(cells=(cells,), distance=abs(number - part))


@answers.register(YesNo)
def _of_yes_no(_fact: YesNo, about: About) -> Iterator[Answer]:
    yield from (Answer(cells=({"fact": about.id, "value": word},)) for word in ("no", "yes"))


@answers.register(Choice)
def _of_choice(fact: Choice, about: About) -> Iterator[Answer]:
    yield from _options(about, tuple(fact.of))


@answers.register(LevelPick)
def _of_level(fact: LevelPick, about: About) -> Iterator[Answer]:
    yield from _options(about, tuple(id for id, _label in fact.options))


@answers.register(TypedPoints)
def _of_points(fact: TypedPoints, about: About) -> Iterator[Answer]:
    yield Answer(cells=({"fact": about.id, "state": "none"},))
    if about.fault:
        return

    def rows(number: int) -> tuple[Cells, ...]:
        cells = {"fact": about.id, "value": plain(fact.high), "reason": "—"}
        return tuple(cells | {"case": str(place)} for place in range(1, number + 1))

    yield Answer(cells=rows(1), distance=Fraction(1))
    yield _many(rows, MANY_ROWS)


@answers.register(Events)
def _of_events(fact: Events, about: About) -> Iterator[Answer]:
    kept = tuple(_cells(row) for row in about.rows if not row.state)
    for gone in range(len(kept)):
        yield Answer(cells=_or_none(about, (*kept[:gone], *kept[gone + 1 :])), distance=Fraction(1))
    if len(kept) != 1:
        yield Answer(cells=_or_none(about, ()), distance=Fraction(len(kept)))
    taken = {row.case for row in about.rows}
    fresh = [str(number) for number in range(1, MANY_ROWS + len(taken) + 1) if str(number) not in taken]
    for level, _label, _points in fact.levels:

        def more(number: int, level: str = level) -> tuple[Cells, ...]:
            day = about.reader.period.last
            made = {"fact": about.id, "value": level, "start": day}
            return (*kept, *(made | {"case": case} for case in fresh[:number]))

        yield Answer(cells=more(1), distance=Fraction(1))
        yield _many(more, MANY_ROWS)


@answers.register(Cases)
def _of_cases(fact: Cases, about: About) -> Iterator[Answer]:
    if any("." not in row.fact and not row.state for row in about.rows):
        yield from _of_single_cases(fact, about)
        return
    now = {name: about.whole(name) for name in CLASSES}
    for name in CLASSES:
        tried = {0, now[name] + 1, *_whole_near(about.near(about.id, name))}
        yield from (
            _classes(about, _moved(now, name, number), now) for number in sorted(tried) if number >= 0
        )

        def more(number: int, name: str = name) -> tuple[Cells, ...]:
            return _class_cells(about, now | {name: number})

        yield _many(more, MANY)
    right = dict.fromkeys(FAULTY, 0) | {"on_time": sum(now.values()) or 1}
    yield _classes(about, right, now)
    yield _classes(about, dict.fromkeys(CLASSES, 0), now)


def _of_single_cases(fact: Cases, about: About) -> Iterator[Answer]:
    """Each case that was not on time, and all of a kind, finished in time."""
    rows = [row for row in about.rows if not row.state]
    due: dict[int, str] = {}
    kinds: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        judged = fact.judged(row, about.reader)
        if judged is not None and judged.outcome in FAULTY:
            due[place] = judged.due.time.isoformat() if judged.due.time else judged.due.day.isoformat()
            kinds.setdefault(judged.outcome, []).append(place)
    groups = {(place,) for place in due} | {tuple(places) for places in kinds.values()} | {tuple(due)}
    for group in sorted(groups - {()}, key=lambda group: (len(group), group)):
        made = tuple(
            _cells(row) | ({"finish": due[place]} if place in group else {}) for place, row in enumerate(rows)
        )
        yield Answer(cells=made, distance=Fraction(len(group)))


# --- what they are made of ----------------------------------------------------


def _counted(about: About, number: int, now: int) -> Answer:
    return Answer(cells=({"fact": about.id, "value": str(number)},), distance=Fraction(abs(number - now)))


def _many(rows: Callable[[int], tuple[Cells, ...]], number: int) -> Answer:
    return Answer(cells=rows(number), distance=Fraction(10**9), number=number, fewer=rows)


def _options(about: About, ids: tuple[str, ...]) -> Iterator[Answer]:
    now = about.whole() if about.values is not None else 0
    for place, id in enumerate(ids):
        cells = {"fact": about.id, "value": id}
        yield Answer(cells=(cells,), distance=Fraction(abs(place - now)))


def _moved(now: Mapping[str, int], name: str, number: int) -> dict[str, int]:
    """So many cases of one class; what is fewer of a faulty one was on time instead."""
    fewer = now[name] - number
    on_time = now["on_time"] + fewer if name in FAULTY and fewer > 0 else now["on_time"]
    return {**now, "on_time": on_time, name: number}


def _classes(about: About, counts: Mapping[str, int], now: Mapping[str, int]) -> Answer:
    # Cases that were in time instead are nearer than cases that never were.
    distance = sum(abs(counts[name] - now[name]) for name in FAULTY)
    distance += abs(sum(counts.values()) - sum(now.values()))
    return Answer(cells=_class_cells(about, counts), distance=Fraction(distance))


def _class_cells(about: About, counts: Mapping[str, int]) -> tuple[Cells, ...]:
    return tuple({"fact": f"{about.id}.{name}", "value": str(counts[name])} for name in CLASSES)


def _or_none(about: About, rows: tuple[Cells, ...]) -> tuple[Cells, ...]:
    return rows or ({"fact": about.id, "state": "none"},)


def _cells(row: Row) -> Cells:
    """A row as it is, without whose it is."""
    kept = row._asdict()
    return {name: kept[name] for name in list(kept)[4:-1] if kept[name]}


def _whole_near(numbers: Iterable[Fraction]) -> Iterator[int]:
    """Whole numbers at, just below and just above."""
    for number in numbers:
        floor = number.numerator // number.denominator
        yield from (floor - 1, floor, floor + 1)


def _around(numbers: Iterable[Fraction], like: Fraction) -> Iterator[Fraction]:
    """The numbers, and those just below and above: whole ones if the present number is whole."""
    for number in numbers:
        if like.denominator == 1:
            yield from map(Fraction, _whole_near([number]))
        else:
            step = Fraction(1, like.denominator)
            yield from (number - step, number, number + step)
