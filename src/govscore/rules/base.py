"""What every rule shares: its lines, `zero_if`, what it asks, and the order in which they act.

Invariant: a start is arithmetic on columns (`start`); everything around it is written once, here.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np

from govscore.i18n import gettext as _
from govscore.rules.arithmetic import add
from govscore.rules.conditions import ConditionValue, evaluate, mismatch
from govscore.rules.lines import Line
from govscore.rules.values import Part
from govscore.rules.words import Labels, in_words, points_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from govscore.errors import MessageKind
    from govscore.facts.base import FactType, Subject
    from govscore.rules.arithmetic import Array, Mask
    from govscore.rules.conditions import Condition
    from govscore.rules.values import Amount
    from govscore.rules.view import Note, View


_MOST_LISTED: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The item around a rule: what its percentages refer to and which facts it declares."""

    kind: str
    """"base", "bonus" or "major_deduction"."""
    full: int | None
    """A base item's points, else the cap, in the finest units; None: no cap."""
    facts: Mapping[str, FactType]
    """The declared facts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something in a rule that does not fit its item: a stable code, where, and data."""

    code: str
    path: tuple[str | int, ...]
    data: Mapping[str, str] = field(default_factory=dict)
    known: tuple[str, ...] = ()
    """Valid spellings, of which the message names the nearest."""
    word: str = ""
    """What is compared with the valid spellings; "" if it is what was found."""
    about: str = ""
    """The fact that it is about."""
    kind: MessageKind | None = None
    """The message, for a start of another package, whose codes nobody here knows."""


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
    valued: Mask
    """False: a fact without value makes the item not applicable."""
    taken: Array
    """What minus lines take; in a major deduction what start and adding lines come to."""


class Rule(Part):
    """A rule: a start, then lines, then `zero_if`; the item's limits come after."""

    later: ClassVar[frozenset[str]] = frozenset(
        {"ceiling", "minus_cap", "plus_cap", "bounds", "per", "combine", "each_period", "times", "window"}
    )

    plus_deducts: ClassVar[bool] = False
    """Whether plus lines of a major deduction add to its amount (under `earn`) or lessen it."""

    start_acts: ClassVar[bool] = False
    """Whether an item's `effect` acts when the start alone is above 0 (events), whatever its lines take."""

    kind: str
    minus: tuple[Line, ...] = ()
    plus: tuple[Line, ...] = ()
    zero_if: ConditionValue | None = None

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
        return asked

    def conditions(self) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
        """All conditions with their paths inside the rule."""
        if self.zero_if is not None:
            yield ("zero_if",), self.zero_if
        for side, place, line in self.lines():
            if line.when is not None:
                yield (side, place, "when"), line.when
        yield from self.start_conditions()

    def amounts(self) -> Iterator[tuple[tuple[str | int, ...], Amount]]:
        """All amounts that may be percentages, with their paths inside the rule."""
        for side, place, line in self.lines():
            for key, amount in line.amounts():
                yield (side, place, key), amount
        yield from self.start_amounts()

    def faults(self, frame: Frame) -> Iterator[Fault]:
        """Everything in the rule that does not fit the item."""
        yield from self._line_faults(frame)
        yield from condition_faults(self.conditions(), subjects_of(self.asks(frame)))
        if frame.full is None:
            for path, amount in self.amounts():
                if amount.share is not None:
                    yield Fault(code="percent_without_cap", path=path, data={"found": str(amount)})
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
                yield Fault(
                    code="unknown_count",
                    path=(side, place, "count"),
                    data={"found": line.count, "known": _listed(counts)},
                    known=counts,
                    about=line.count,
                )

    def evaluate(self, view: View, frame: Frame, note: Note) -> Outcome:
        """The item's points before its limits: start → minus lines → plus lines → `zero_if`."""
        start = self.start(view, frame, note)
        nothing = np.zeros(view.size, dtype=np.int64)
        minus, plus = nothing, nothing
        for line in self.minus:
            minus = add(minus, line.take(view, "minus", note))
        for line in self.plus:
            plus = add(plus, line.take(view, "plus", note))
        if frame.kind == "major_deduction":
            taken = start.points + minus + (plus if self.plus_deducts else nothing)
            points = taken if self.plus_deducts else taken - plus
        else:
            points = start.points - minus + plus
            taken = minus + start.points if self.start_acts else minus
        if self.zero_if is not None:
            zeroed = evaluate(self.zero_if, view.operand).true
            before, points = points, np.where(zeroed, np.minimum(points, 0), points)
            note("zero_if", condition=self.zero_if, acts=zeroed, before=before, points=points)
        valued = np.ones(view.size, dtype=bool) if start.valued is None else start.valued
        return Outcome(points, valued, taken)

    def words(self, frame: Frame) -> str:
        """The rule in sentences, as a reviewer reads it."""
        label = labels(self.asks(frame))
        parts = [self.start_words(frame)]
        major = frame.kind == "major_deduction"
        for side, _place, line in self.lines():
            takes = side == "minus" or (major and self.plus_deducts)
            parts.append(line.words(label, takes, frame.full))
        if self.zero_if is not None:
            template = _("nothing is deducted if {condition}") if major else _("no points if {condition}")
            parts.append(template.format(condition=in_words(self.zero_if, label)))
        parts.append(_limit_words(frame))
        return _("; ").join(part for part in parts if part)


def _limit_words(frame: Frame) -> str:
    """Where a bonus or a deduction ends; a base item's start says it."""
    if frame.kind == "base" or frame.full is None:
        return ""
    template = (
        _("at most {amount} off in all") if frame.kind == "major_deduction" else _("at most {amount} in all")
    )
    return template.format(amount=points_words(frame.full))


def labels(facts: Mapping[str, FactType]) -> Labels:
    """A function from a condition's name to the words for it."""
    return Labels(facts)


def subjects_of(facts: Mapping[str, FactType]) -> dict[str, Subject]:
    """Everything that conditions may name, over these facts."""
    return {
        f"{id}.{part}" if part else id: subject
        for id, fact in facts.items()
        for part, subject in fact.subjects().items()
    }


def condition_faults(
    conditions: Iterator[tuple[tuple[str | int, ...], Condition]],
    subjects: Mapping[str, Subject],
    names: Iterable[str] | None = None,
) -> Iterator[Fault]:
    """Names that do not exist and comparisons that make no sense.

    Args:
        conditions: with their paths.
        subjects: everything that they may name.
        names: those of which the message names the nearest; default: all.
    """
    known = tuple(subjects if names is None else names)
    for path, condition in conditions:
        for comparison in condition.comparisons:
            subject = subjects.get(comparison.name)
            if subject is None:
                yield _unknown(path, comparison.name, known)
            elif why := mismatch(comparison, subject):
                data = {"found": str(comparison), "why": why}
                yield Fault(code="bad_comparison", path=path, data=data, about=comparison.name)
            elif comparison.word is not None and comparison.word not in subject.options:
                data = {"found": str(comparison), "known": ", ".join(subject.options)}
                yield Fault(
                    code="not_an_answer",
                    path=path,
                    data=data,
                    known=subject.options,
                    word=comparison.word,
                    about=comparison.name,
                )


def _unknown(path: tuple[str | int, ...], name: str, known: tuple[str, ...]) -> Fault:
    fields = tuple(each for each in known if each.startswith(f"{name}."))
    if name and fields:  # a fact that is compared by its fields only
        return Fault(
            code="not_comparable",
            path=path,
            data={"found": name, "known": _listed(fields)},
            known=fields,
            about=name,
        )
    data = {"found": name or "?", "known": _listed(known)}
    return Fault(code="unknown_fact" if name else "no_name", path=path, data=data, known=known, about=name)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST_LISTED]) + ("…" if len(names) > _MOST_LISTED else "") or "—"
