"""What was established, as data: the facts of one unit on one item, in one layer or several.

Invariant: facts that exist were read without a problem; rows are kept as they came, beside what they
were read as. Source: `docs/scheme.md`, "Findings table".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govscore.facts.base import Values
    from govscore.facts.rows import Row

FactsState = Literal["open", "not_applicable", "reviewed"]


class Layer(NamedTuple):
    """Whose facts they are, and of which period; "" where an item is asked once."""

    reviewer: str = ""
    period: str = ""


NOBODY: Final = ""
"""The reviewer where a single one decides, or where several found the same."""
_NO_VALUES: Final[Mapping[str, Values]] = {}
_NO_LAYERS: Final[Mapping[Layer, EntryFacts]] = {}


class EntryFacts(NamedTuple):
    """What was established for one unit on one item or veto."""

    state: FactsState
    values: Mapping[str, Values] = _NO_VALUES
    """What each answered fact was read as; empty where there are layers."""
    rows: tuple[Row, ...] = ()
    layers: Mapping[Layer, EntryFacts] = _NO_LAYERS
    """Of an item that is asked more than once: what each layer establishes, without its rows."""


NOTHING: Final = EntryFacts(state="open")


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of an assessment, by unit and item."""

    entries: Mapping[tuple[str, str], EntryFacts]

    def of(self, unit: str, item: str) -> EntryFacts:
        """What was established; an item without a row is open."""
        return self.entries.get((unit, item), NOTHING)

    def rows(self) -> Iterator[Row]:
        """Every row, by unit and item."""
        for entry in self.entries.values():
            yield from entry.rows
