"""What is established for a unit on one item or veto, and how it reads with other answers.

Invariant: what is not changed stays row by row as it is; where several reviewers established a fact, a
change is one of all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govscore.analysis.answers import About, Answer
from govscore.analysis.saying import said
from govscore.facts.base import Reader
from govscore.facts.level_pick import LevelPick
from govscore.facts.rows import Row
from govscore.i18n import gettext as _
from govscore.rules.words import listed
from govscore.scoring.facts import read_entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from govscore.analysis.thresholds import Thresholds
    from govscore.facts.base import Period, Values
    from govscore.scheme.model import Item, Scheme, Veto
    from govscore.scheme.units import Unit
    from govscore.scoring.facts import EntryFacts

Key = tuple[str, str]
"""A period ("" where an item is asked once) and the id of a fact."""
Chosen = dict[Key, Answer]


@dataclass(slots=True)
class Established:
    """One item or veto of one unit."""

    scheme: Scheme
    unit: Unit
    entry: Item | Veto
    facts: EntryFacts
    thresholds: Thresholds
    opened: bool
    """Whether something on it is still to be established."""

    @property
    def spans(self) -> Mapping[str, Period]:
        """The periods in which it is asked."""
        return self.entry.spans(self.scheme.period)

    def each(self, period: str, facts: EntryFacts | None = None) -> list[Mapping[str, Values]]:
        """What each reviewer established in a period; empty where it was not applicable, or nobody did."""
        facts = self.facts if facts is None else facts
        if facts.layers:
            mine = [facts.layers[layer] for layer in sorted(facts.layers) if layer.period == period]
            return [layer.values for layer in mine if layer.state != "not_applicable"]
        return [] if facts.state == "not_applicable" else [facts.values]

    def reviewers(self, period: str) -> tuple[str, ...]:
        """Whose rows a change is made in: of all who reviewed, or of those who are missing yet."""
        there = sorted({row.reviewer for row in self.facts.rows if row.period == period})
        return self._missing(there) or tuple(there) or ("",)

    def _missing(self, there: Sequence[str]) -> tuple[str, ...]:
        """Names for the reviewers that an open item still needs."""
        if not self.opened or not self.entry.several or self.entry.reviewers is None:
            return ()
        names = (str(number) for number in range(1, self.entry.reviewers.least + len(there) + 1))
        fresh = [name for name in names if name not in there]
        return tuple(fresh[: max(0, self.entry.reviewers.least - len(there))])

    def keys(self, *, opened: bool) -> Iterator[Key]:
        """Facts that nobody established yet, or those that were."""
        for period in self.spans:
            values = self.each(period)
            absent = not values and any(layer.period == period for layer in self.facts.layers)
            for id in self.entry.asked if not absent else ():
                there = {row.reviewer for row in self.facts.rows if row.period == period}
                known = bool(values) and all(id in each for each in values)
                if (known and not self._missing(sorted(there))) != opened:
                    yield period, id

    def about(self, key: Key, *, fault: bool = False) -> About:
        """A fact as it stands."""
        period, id = key
        values = next(iter(self.each(period)), {})
        reader = Reader(id, self.spans[period], unit=self.unit)
        pick, picked = self.entry.asked.get("level"), values.get("level")
        if isinstance(pick, LevelPick) and picked is not None:
            reader.level = pick.picked(picked)
        names, first = self.entry.fact_names, self.reviewers(period)[0]
        mine = (row for row in self.facts.rows if (row.reviewer, row.period) == (first, period))
        return About(
            id=id,
            values=values.get(id),
            rows=tuple(row for row in mine if names.get(row.fact) == id),
            thresholds=self.thresholds.get(self.entry.id, {}),
            reader=reader,
            fault=fault,
        )

    def rows_with(self, chosen: Chosen) -> tuple[Row, ...]:
        """The rows with these answers in place of the present ones."""
        names = self.entry.fact_names
        whose = {(reviewer, period) for period, _id in chosen for reviewer in self.reviewers(period)}
        kept = [
            row
            for row in self.facts.rows
            if not row.fact
            or (row.reviewer, row.period) not in whose
            or (row.period, names.get(row.fact)) not in chosen
        ]
        made = [
            Row(unit=self.unit.unit, item=self.entry.id, reviewer=reviewer, period=period, **cells)  # type: ignore[arg-type]
            for (period, _id), answer in chosen.items()
            for reviewer in self.reviewers(period)
            for cells in answer.cells
        ]
        return (*kept, *made)

    def rows_without_fault(self) -> tuple[Row, ...]:
        """Nothing found, in every fact that this can answer; the others as they are."""
        kept = [row for row in self.facts.rows if row.state == "na" or self._stays(row)]
        layers = {(row.reviewer, row.period) for row in self.facts.rows if row.state != "na"}
        made = [
            Row(unit=self.unit.unit, item=self.entry.id, reviewer=reviewer, period=period, state="none")
            for reviewer, period in sorted(layers)
        ]
        return (*kept, *made)

    def _stays(self, row: Row) -> bool:
        """Whether a row states what "nothing found" never answers."""
        if row.state or not row.fact:
            return False
        return self.entry.asked[self.entry.fact_names[row.fact]].clean_values() is None

    def read(self, rows: tuple[Row, ...]) -> EntryFacts | None:
        """What these rows establish; None if they cannot be, or leave open what is reviewed now."""
        facts, problems = read_entry(self.entry, rows, self.scheme.period, self.unit)
        return None if problems or (facts.state == "open" and self.facts.state != "open") else facts

    def text(self, keys: tuple[Key, ...], rows: tuple[Row, ...]) -> str:
        """The facts before and after a change, in words; what all periods have alike is said once."""
        after = self.read(rows)
        parts = []
        for period, id in keys:
            if after is None:
                continue
            told, then = self._said(period, id, self.facts), self._said(period, id, after)
            told = f"{told} → {then}" if told else then
            title = self.entry.asked[id].question(id).title
            parts.append(_("{fact}: {answer}").format(fact=title, answer=told))
        text = listed(dict.fromkeys(parts))
        periods = {period for period, _id in keys}
        return f"{next(iter(periods))} {text}" if len(periods) == 1 and "" not in periods else text

    def _said(self, period: str, id: str, facts: EntryFacts) -> str:
        each = self.each(period, facts)
        return " / ".join(dict.fromkeys(said(self.entry.asked[id], one[id]) for one in each if id in one))
