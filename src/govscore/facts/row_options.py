"""What one row of a finding counts where that depends on its date or tags: the options that a row may meet.

Invariant: every row meets exactly one option; what the unit's own tags decide is part of the options already.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING, Any, Final

from govscore.facts.switches import FIRST

if TYPE_CHECKING:
    from collections.abc import Callable

    from govscore.facts.base import Reader
    from govscore.facts.rows import Row
    from govscore.facts.switches import Switch


BY_ROWS: Final = ("date", "tag")
"""What each row of a finding has of its own."""


@dataclass(frozen=True, slots=True)
class RowSwitch:
    """A switch that each row decides by its date or tags."""

    by: str
    keys: tuple[str, ...]
    """Its cases in order; a row that meets none has the place behind them."""
    values: tuple[Fraction, ...]
    """What each place comes to."""
    texts: tuple[str, ...]
    """The same as a calculator takes it: `2`, or `50 % × 8`."""

    def place(self, row: Row, reader: Reader) -> int:
        """Which value a row meets; of several tags the one with the largest."""
        if self.by == "tag":
            tags = frozenset(row.tags.split())
            fitting = [place for place, key in enumerate(self.keys) if key in tags]
            return max(fitting, key=self.values.__getitem__, default=len(self.keys))
        from govscore.calendar.moments import moment

        start = moment(row.start) if row.start else None
        return self.since(start.day.isoformat() if start else (reader.span or reader.period).first)

    def since(self, day: str) -> int:
        """Of a switch by date: the place of what holds on a day."""
        found = 0
        for place, key in enumerate(self.keys):
            if key == FIRST or key <= day:
                found = place
        return found


@dataclass(frozen=True, slots=True)
class RowOptions:
    """Several switches that rows decide together; a row meets one value of each."""

    switches: tuple[RowSwitch, ...]

    @property
    def size(self) -> int:
        """How many options there are."""
        return prod(len(switch.values) for switch in self.switches)

    def place(self, row: Row, reader: Reader) -> int:
        """Which option a row meets."""
        place = 0
        for switch in self.switches:
            place = place * len(switch.values) + switch.place(row, reader)
        return place

    def worth(self, place: int) -> Fraction:
        """What an option comes to: the product of the values."""
        return prod((switch.values[at] for switch, at in self._each(place)), start=Fraction(1))

    def text(self, place: int) -> str:
        """The same as a calculator takes it."""
        return " × ".join(switch.texts[at] for switch, at in self._each(place))

    def _each(self, place: int) -> list[tuple[RowSwitch, int]]:
        found = []
        for switch in reversed(self.switches):
            place, at = divmod(place, len(switch.values))
            found.append((switch, at))
        return found[::-1]


def row_switch(switch: Switch, worth: Callable[[Any], Fraction], text: Callable[[Any], str]) -> RowSwitch:
    """A switch by date or tag as rows decide it.

    Args:
        switch: as it stands for a unit: its `other` is what a row gets that has no date or tag of its own.
        worth: what one of its values comes to.
        text: the same as a calculator takes it.
    """
    pairs = [*switch.cases, ("", switch.other if switch.other is not None else switch.cases[0][1])]
    return RowSwitch(
        by=switch.by,
        keys=tuple(key for key, _value in switch.cases),
        values=tuple(worth(value) for _key, value in pairs),
        texts=tuple(text(value) for _key, value in pairs),
    )
