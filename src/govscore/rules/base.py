"""What every rule shares: its lines and modifiers, what it asks, and the order in which they act.

Invariant: a start is arithmetic on columns (`start`); everything around it is written once, here.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from govscore.facts.relations import relation
from govscore.i18n import gettext as _
from govscore.rules.arithmetic import add, total
from govscore.rules.conditions import ConditionValue, evaluate
from govscore.rules.faults import (
    Fault,
    bounds_faults,
    condition_faults,
    count_fault,
    step_faults,
    subjects_of,
)
from govscore.rules.line_facts import by_rows
from govscore.rules.lines import Line
from govscore.rules.modifiers import Ceiling, RuleBounds, all_times_words, side_cap_words, times_words
from govscore.rules.periods import Combine, Per, check_periods, combine_words
from govscore.rules.times import TimesOfAll, multiplier
from govscore.rules.values import ONCE, AmountValue, Part
from govscore.rules.words import Labels, full_words, in_words, points_words, worth_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from govscore.facts.base import FactType
    from govscore.facts.switches import Switch
    from govscore.i18n import Sentence
    from govscore.rules.arithmetic import Array, Mask
    from govscore.rules.conditions import Condition
    from govscore.rules.same_matter import Pool
    from govscore.rules.values import Amount
    from govscore.rules.view import Note, View


__all__ = [
    "Fault", "Frame", "Outcome", "Rule", "Start", "condition_faults", "labels", "subjects_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The item around a rule: what its percentages refer to and which facts it declares."""

    kind: str
    """"base", "bonus" or "major_deduction"."""
    full: int | None
    """A base item's points, else the cap, in the finest units; None: no cap."""
    facts: Mapping[str, FactType]
    """The declared facts."""
    stated: Switch | None = None
    """Where `full` depends on the unit and it is not said which one: what it is in each case."""
    pool: Pool | None = None
    """The section whose items' events of one matter count together."""
    times: Fraction | None = None
    """For words: what all minus lines count in the scheme, or in the part."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where the points start, and for which units the facts give a value at all."""

    points: Array
    valued: Mask | None = None
    """None: for all."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An item's points for a block of units, before its limits."""

    points: Array
    valued: Mask | None
    """False: a fact without value makes the item not applicable; None: nowhere."""
    taken: Array
    """What minus lines take; in a major deduction what start and adding lines come to. Before limits."""
    charges: Mapping[str, Array] = field(default_factory=dict)
    """What lines with `from` take elsewhere, by section or "total"; positive."""


@dataclass(frozen=True, slots=True)
class _Side:
    """What the lines of one side come to."""

    taken: Array
    """Of all lines, charges elsewhere included, before the cap of the side."""
    points: Array
    """What acts on the item's points: after the cap of the side."""
    charges: Mapping[str, Array]


class Rule(Part):
    """A rule: a start, its ceiling, then lines, then `zero_if`; the item's limits come after."""

    later: ClassVar[frozenset[str]] = frozenset()
    """Keys that the specification has and this version refuses by name."""

    plus_deducts: ClassVar[bool] = False
    """Whether plus lines of a major deduction add to its amount (under `earn`) or lessen it."""

    start_reads: ClassVar[bool] = True
    """Whether the start reads facts: then every period has a start of its own."""

    start_acts: ClassVar[bool] = False
    """Whether an item's `effect` acts when the start alone is above 0 (events), whatever its lines take."""

    kind: str
    minus: tuple[Line, ...] = ()
    plus: tuple[Line, ...] = ()
    zero_if: ConditionValue | None = None
    ceiling: Ceiling | None = None
    minus_cap: AmountValue | None = None
    plus_cap: AmountValue | None = None
    bounds: RuleBounds | None = None
    times: TimesOfAll | None = None
    best: Literal["high", "low"] = "high"
    """Which end of what the group has is its best."""
    per: Per | None = None
    combine: Combine | None = None
    each_period: AmountValue | None = None

    @relation
    def _periods_fit(self) -> None:
        check_periods(self.per, self.combine, stated=self.each_period is not None)

    @abstractmethod
    def start(self, view: View, frame: Frame, note: Note) -> Start:
        """Where the points start, in the finest units, for a block of units."""

    @abstractmethod
    def start_words(self, frame: Frame) -> str:
        """The start in words; "" if there is nothing to say."""

    def start_asks(self, frame: Frame) -> Mapping[str, FactType]:
        """Facts that the start asks by itself, besides those declared."""
        return {}

    def start_faults(self, frame: Frame) -> Iterator[Fault]:
        """What does not fit in the start's own parameters."""
        yield from ()

    def start_compares(self) -> bool:
        """Whether the start measures the unit against its group (`view.of_group`, `view.place`)."""
        return False

    def start_compared(self) -> tuple[tuple[str | int, ...], str]:
        """Of a start that compares: what says so, with its path inside the rule."""
        return ("kind",), f'kind = "{self.kind}"'

    def start_amounts(self) -> tuple[tuple[tuple[str | int, ...], Amount], ...]:
        """Amounts of the start with their paths."""
        return ()

    def start_conditions(self) -> tuple[tuple[tuple[str | int, ...], Condition], ...]:
        """Conditions of the start with their paths."""
        return ()

    @classmethod
    def key_words(cls) -> Mapping[str, str]:
        """What its own keys mean, and under "" the start itself, in the language set: editors show it."""
        return {}

    # --- what all kinds share -------------------------------------------------

    def alone(self) -> Iterator[tuple[tuple[str | int, ...], Sentence | str]]:
        """What needs one reviewer, or several who found the same: its path inside the rule, and its name."""
        if self.start_compares():
            yield self.start_compared()
        for side, place, line in self.lines():
            if line.yields_to is not None:
                yield (side, place, "yields_to"), "yields_to"
            if line.against is not None:
                key = "beyond" if line.short_of is None else "short_of"
                yield (side, place, key), f'{key} = "{line.against}"'

    def targets(self) -> tuple[str, ...]:
        """Where lines take points elsewhere: sections, "total"."""
        return tuple(dict.fromkeys(line.from_ for _s, _p, line in self.lines() if line.from_ is not None))

    def compares(self) -> bool:
        """Whether the start or a line measures the unit against its group."""
        return self.start_compares() or any(line.against is not None for _s, _p, line in self.lines())

    def lines(self) -> Iterator[tuple[str, int, Line]]:
        """All lines with side and place."""
        for side, lines in (("minus", self.minus), ("plus", self.plus)):
            for place, line in enumerate(lines):
                yield side, place, line

    def asks(self, frame: Frame) -> dict[str, FactType]:
        """Every fact that a reviewer establishes for the item: the declared, the start's, the lines'."""
        asked = {**frame.facts, **self.start_asks(frame)}
        for _side, _place, line in self.lines():
            fact = line.asks()
            if fact is not None and line.id is not None:
                asked[line.id] = fact
        return by_rows(asked, self.lines(), frame.full or 0)

    def conditions(self) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
        """All conditions with their paths inside the rule."""
        if self.zero_if is not None:
            yield ("zero_if",), self.zero_if
        if self.ceiling is not None:
            yield ("ceiling", "when"), self.ceiling.when
        for side, place, line in self.lines():
            if line.when is not None:
                yield (side, place, "when"), line.when
            if line.unless is not None:
                yield (side, place, "unless"), line.unless
        yield from self.start_conditions()

    def amounts(self) -> Iterator[tuple[tuple[str | int, ...], Amount]]:
        """All amounts that may be percentages, with their paths inside the rule."""
        for side, place, line in self.lines():
            for key, amount in line.amounts():
                yield (side, place, key), amount
        for key, cap in (("minus_cap", self.minus_cap), ("plus_cap", self.plus_cap)):
            if cap is not None:
                yield (key,), cap
        if self.ceiling is not None:
            yield ("ceiling", "at"), self.ceiling.at
        for key, bound in self.bounds.amounts() if self.bounds is not None else ():
            yield ("bounds", key), bound
        if self.each_period is not None:
            yield ("each_period",), self.each_period
        yield from self.start_amounts()

    def takes(self, side: str, kind: str) -> bool:
        """Whether the lines of a side take points from the unit in an item of this kind."""
        return side == "minus" or (kind == "major_deduction" and self.plus_deducts)

    def limits(self, frame: Frame, *, floored: bool = True) -> tuple[int | None, int | None]:
        """Where the item's points end, below and above; None: nowhere.

        Args:
            frame: the item.
            floored: whether a base item ends at 0 (`floor_at = "item"`).
        """
        low = 0 if frame.kind != "base" or floored else None
        high = frame.full
        if self.bounds is not None and self.bounds.from_ is not None:
            low = self.bounds.from_.units(frame.full)
        if self.bounds is not None and self.bounds.to is not None:
            high = self.bounds.to.units(frame.full)
        return low, high

    def start_reach(self, frame: Frame) -> tuple[int | None, int | None]:
        """The least and the most that the start comes to, if that is certain beforehand."""
        return None, None

    def faults(self, frame: Frame) -> Iterator[Fault]:
        """Everything in the rule that does not fit the item."""
        yield from self._line_faults(frame)
        yield from condition_faults(self.conditions(), subjects_of(self.asks(frame)))
        shares = [(path, amount) for path, amount in self.amounts() if amount.share is not None]
        for path, amount in shares if frame.full is None else ():
            yield Fault(code="percent_without_cap", path=path, data={"found": str(amount)})
        if self.bounds is not None and not (shares and frame.full is None):
            yield from bounds_faults(self.bounds, self.limits(frame, floored=False), frame.kind)
        if "best" in self.model_fields_set and not self.compares():
            yield Fault(code="best_unused", path=("best",))
        if self.combine == "lines" and self.start_reads:
            yield Fault(code="lines_start", path=("combine",), data={"kind": self.kind})
        yield from self.start_faults(frame)

    def _line_faults(self, frame: Frame) -> Iterator[Fault]:
        taken = dict.fromkeys((*frame.facts, *self.start_asks(frame)))
        subjects = subjects_of(frame.facts)
        counts = tuple(name for name, kind in subjects.items() if kind.kind == "count")
        for side, place, line in self.lines():
            if line.id is not None:
                if line.id in taken:
                    yield Fault(code="id_twice", path=(side, place, "id"), data={"found": line.id})
                taken[line.id] = None
            if line.count is not None and line.count not in counts:
                yield replace(count_fault(line.count, counts), path=(side, place, "count"))
            for fault in step_faults(line, subjects, frame.facts):
                yield replace(fault, path=(side, place, *fault.path))

    def evaluate(self, view: View, frame: Frame, note: Note) -> Outcome:
        """The item's points before its limits: start → ceiling → minus lines → plus lines → `zero_if`."""
        start = self.start(view, frame, note)
        begin = self._under_ceiling(view, start.points, note)
        factor = view.times if self.times is None else view.times * multiplier(self.times)
        minus = self._side(view, "minus", note, factor)
        plus = self._side(view, "plus", note, ONCE)
        if frame.kind == "major_deduction":
            taken = begin + minus.taken + (plus.taken if self.plus_deducts else 0)
            points = begin + minus.points + (plus.points if self.plus_deducts else -plus.points)
        else:
            points = begin - minus.points + plus.points
            taken = minus.taken + begin if self.start_acts else minus.taken
        if self.zero_if is not None:
            zeroed = view.anywhere(evaluate(self.zero_if, view.operand).true)
            before, points = points, np.where(zeroed, np.minimum(points, 0), points)
            note("zero_if", condition=self.zero_if, acts=zeroed, before=before, points=points)
        charges = dict(minus.charges)
        for where, amount in plus.charges.items():
            charges[where] = add(charges[where], amount) if where in charges else amount
        return Outcome(points, start.valued, taken, charges)

    def _under_ceiling(self, view: View, begin: Array, note: Note) -> Array:
        """The start, not above its ceiling where that holds."""
        if self.ceiling is None:
            return begin
        holds = view.anywhere(evaluate(self.ceiling.when, view.operand).true)
        points = np.where(holds, np.minimum(begin, self.ceiling.at.units(view.full)), begin)
        note("ceiling", ceiling=self.ceiling, before=begin, points=points, full=view.full)
        return points

    def _side(self, view: View, side: str, note: Note, factor: Fraction) -> _Side:
        """What the lines of a side come to; lines with `from` stand outside of its cap."""
        lines, cap = (self.minus, self.minus_cap) if side == "minus" else (self.plus, self.plus_cap)
        mine: list[Array] = []
        charges: dict[str, Array] = {}
        peak: int | None = 0
        for place, line in enumerate(lines):
            taken, most = line.take(view, side, note, factor, place)
            if line.from_ is None:
                mine.append(taken)
                peak = None if peak is None or most is None else peak + most
            else:
                charges[line.from_] = add(charges[line.from_], taken) if line.from_ in charges else taken
        own = points = total(mine, view.size, peak=peak)
        if cap is not None:
            points = np.minimum(own, cap.units(view.full))
            note("side_cap", side=side, cap=cap, before=own, points=points, full=view.full)
        return _Side(own + sum(charges.values()) if charges else own, points, charges)

    def words(self, frame: Frame, titles: Mapping[str, str] | None = None) -> str:
        """The rule in sentences, as a reviewer reads it.

        Args:
            frame: the item.
            titles: of the scheme's items and sections, by id.
        """
        label = labels(self.asks(frame), titles)
        parts = [self.start_words(frame)]
        if self.ceiling is not None:
            parts.append(self.ceiling.words(label, frame.full))
        for side, lines, cap in (
            ("minus", self.minus, self.minus_cap),
            ("plus", self.plus, self.plus_cap),
        ):
            takes = self.takes(side, frame.kind)
            low = self.best == "low"
            parts += [line.words(label, takes, frame.full, low=low) for line in lines]
            if side == "minus" and self.times is not None and lines:
                parts.append(times_words(self.times))
            if side == "minus" and frame.times is not None and lines:
                parts.append(all_times_words(frame.times))
            if cap is not None:
                parts.append(side_cap_words(cap, takes, frame.full))
        if self.zero_if is not None:
            major = frame.kind == "major_deduction"
            template = _("nothing is deducted if {condition}") if major else _("no points if {condition}")
            parts.append(template.format(condition=in_words(self.zero_if, label)))
        parts.append(self._bounds_words(frame))
        if self.per is not None and self.combine is not None:
            parts.append(combine_words(self.per, self.combine))
        return _("; ").join(part for part in parts if part)

    def _bounds_words(self, frame: Frame) -> str:
        """Where the points end, unless the start says it already."""
        parts = [self.bounds.words(frame.full)] if self.bounds is not None else []
        stated = self.bounds.to if self.bounds is not None else None
        capped = frame.kind != "base" and (frame.full is not None or frame.stated is not None)
        if stated is not None or capped:
            major = frame.kind == "major_deduction"
            template = _("at most {amount} off in all") if major else _("at most {amount} in all")
            unknown = stated is not None and (frame.stated is not None or stated.switch is not None)
            if stated is None or unknown:
                amount = full_words(frame) if stated is None else worth_words(stated, frame.full)
            else:
                amount = points_words(stated.units(frame.full))
            parts.append(template.format(amount=amount))
        return _("; ").join(part for part in parts if part)


def labels(facts: Mapping[str, FactType], titles: Mapping[str, str] | None = None) -> Labels:
    """A function from a condition's name to the words for it."""
    return Labels(facts, titles=titles or {})
