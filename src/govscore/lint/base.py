"""What a check gets to see, and what it says.

Invariant: a check reads; it names a place by its path in the scheme, or a row of the units' list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

from govscore.points import plain
from govscore.scheme.check import items_with_paths
from govscore.scheme.variants import levels_of

if TYPE_CHECKING:
    from govscore.errors import MessageKind, Place
    from govscore.lint.reach import Reach
    from govscore.scheme.model import Item, Scheme, SchemeModel
    from govscore.scheme.units import Unit

Path = tuple[str | int, ...]
_LISTED: Final = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubt:
    """One thing that is most likely not meant."""

    kind: MessageKind
    path: Path = ()
    data: Mapping[str, object] = field(default_factory=dict)
    place: Place | None = None
    """Instead of the path: a row of the units' list."""


@dataclass(frozen=True)
class Look:
    """A scheme, and the units that it is for, if they are known."""

    scheme: Scheme
    units: tuple[Unit, ...] | None = None

    @property
    def model(self) -> SchemeModel:
        """The scheme's parts."""
        return self.scheme.model

    @cached_property
    def items(self) -> tuple[tuple[Path, Item], ...]:
        """All items with their paths; one with switches in every variant that shows another value of one."""
        groups, day = tuple(self.model.groups), self.scheme.period.first
        return tuple(
            (path, variant)
            for path, item in items_with_paths(self.model)
            for variant in item.variants.every(groups, levels_of(item), day)
        )

    @cached_property
    def base_may_pass(self) -> bool:
        """Whether a base item may come to more than its points, so that full marks are no end."""
        for _path, item in self.items:
            high = item.rule.limits(item.frame)[1]
            if item.kind == "base" and item.full is not None and high is not None and high > int(item.full):
                return True
        return False

    @cached_property
    def reaches(self) -> tuple[tuple[Path, Item, Reach], ...]:
        """All items with what trying them out showed."""
        from govscore.lint.reach import reach_of

        return tuple((path, item, reach_of(item, self.scheme)) for path, item in self.items)


Check: TypeAlias = Callable[[Look], Iterator[Doubt]]


def listed(names: list[str]) -> str:
    """Some of the names, and whether there are more."""
    return ", ".join(names[:_LISTED]) + (f" … ({len(names)})" if len(names) > _LISTED else "")


def points(units: int) -> str:
    """Points as a decimal."""
    return plain(units)
