"""What can be wrong with a rule inside its item, as data: a stable code, where, and what was found.

Invariant: reports, never repairs; the words belong to `scheme.rule_messages`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from govscore.points import plain
from govscore.rules.conditions import mismatch
from govscore.rules.steps import MEASURED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from govscore.errors import MessageKind
    from govscore.facts.base import FactType, Subject
    from govscore.rules.conditions import Condition
    from govscore.rules.lines import Line
    from govscore.rules.modifiers import RuleBounds

_MOST_LISTED: Final = 20


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
            data={"found": name, "known": listed_names(fields)},
            known=fields,
            about=name,
        )
    if not known:
        return Fault(code="no_facts", path=path, data={"found": name or "…"}, about=name)
    data = {"found": name or "?", "known": listed_names(known)}
    return Fault(code="unknown_fact" if name else "no_name", path=path, data=data, known=known, about=name)


def listed_names(names: Sequence[str]) -> str:
    """Names as one text, the first so many."""
    return ", ".join(names[:_MOST_LISTED]) + ("…" if len(names) > _MOST_LISTED else "") or "—"


def count_fault(found: str, counts: tuple[str, ...]) -> Fault:
    """A line reads a count that is not declared."""
    if not counts:
        return Fault(code="no_counts", path=("count",), data={"found": found}, about=found)
    data = {"found": found, "known": listed_names(counts)}
    return Fault(code="unknown_count", path=("count",), data=data, known=counts, about=found)


def measured_faults(of: str, facts: Mapping[str, FactType]) -> Iterator[Fault]:
    """A start's `of` that names nothing of a size.

    Args:
        of: what the start measures.
        facts: the declared facts.
    """
    subjects = subjects_of(facts)
    known = tuple(name for name, each in subjects.items() if each.kind in MEASURED)
    if of not in known:
        code = "not_measured" if of in subjects or of in facts else "unknown_fact"
        yield Fault(
            code=code if known else "nothing_measured",
            path=("of",),
            data={"found": of, "known": ", ".join(known) or "—"},
            known=known,
            about=of,
        )


def step_faults(
    line: Line, subjects: Mapping[str, Subject], facts: Mapping[str, FactType]
) -> Iterator[Fault]:
    """A line with `of` that measures nothing, or in another measure than its fact's."""
    if line.of is None:
        return
    known = tuple(name for name, each in subjects.items() if each.kind in MEASURED)
    if line.of not in known:
        if not known:
            yield Fault(code="nothing_measured", path=("of",), data={"found": line.of}, about=line.of)
            return
        there = line.of in subjects or line.of in facts
        yield Fault(
            code="not_measured" if there else "unknown_fact",
            path=("of",),
            data={"found": line.of, "known": listed_names(known)},
            known=known,
            about=line.of,
        )
        return
    ratio = subjects[line.of].kind == "ratio"
    for key in ("short_of", "beyond", "every"):
        target = getattr(line, key)
        if target is not None and not isinstance(target, str) and ratio != (target.share is not None):
            data = {"key": key, "found": str(target), "fact": line.of}
            yield Fault(code="step_kind", path=(key,), data=data, about=line.of)


def bounds_faults(bounds: RuleBounds, limits: tuple[int | None, int | None], kind: str) -> Iterator[Fault]:
    """Bounds of a rule that leave nothing between them, or turn a deduction into a bonus.

    Args:
        bounds: what the rule states.
        limits: the item's limits under these bounds, without `floor_at`.
        kind: of the item.
    """
    if kind == "major_deduction":
        for key, amount in bounds.amounts():
            if amount.points is not None and amount.points < 0:
                yield Fault(code="negative", path=("bounds", key), data={"found": str(amount)})
                return
    low, high = limits
    if low is not None and high is not None and high < low:
        key = "from" if bounds.to is None else "to"
        data = {"low": plain(low), "high": plain(high)}
        yield Fault(code="rule_bounds_order", path=("bounds", key), data=data)
