"""Items that bind the units of a group together, and what touches them.

Invariant: depends on the scheme only, never on facts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govscore.scheme.policies import policy_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govscore.scheme.model import Scheme


@dataclass(frozen=True, slots=True)
class Bonds:
    """Which items bind the units of a group together, and what touches them."""

    measured: frozenset[int] = frozenset()
    """Rows of items that are measured against the group."""
    averaged: frozenset[int] = frozenset()
    """Rows of items that are worth the group's mean share where they are not applicable."""
    touched: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """The rows that must be compared again when something changes on an item or veto."""

    def of(self, entries: Iterable[str]) -> tuple[int, ...]:
        """The rows that must be compared again when something changes on any of these."""
        return tuple(sorted({row for each in entries for row in self.touched.get(each, ())}))

    @property
    def rows(self) -> tuple[int, ...]:
        """All of them."""
        return tuple(sorted(self.measured | self.averaged))


def bonds_of(scheme: Scheme) -> Bonds:
    """What binds units together in a scheme."""
    items = enumerate(scheme.items.values())
    measured, averaged = set(), set()
    touched: dict[str, tuple[int, ...]] = {}
    for row, item in items:
        if item.rule.compares():
            measured.add(row)
        if item.kind == "base" and policy_of(scheme, item).policy == "peer_mean":
            averaged.add(row)
        if row in measured | averaged:
            touched[item.id] = (row,)
    every = tuple(sorted(measured | averaged))
    if every:
        for veto in scheme.vetoes.values():
            if veto.effect.stop is not None and veto.part is None:  # who is stopped leaves every comparison
                read = [name.partition("/")[0] for name in veto.when.names() if "/" in name]
                touched |= dict.fromkeys((veto.id, *read), every)
    return Bonds(frozenset(measured), frozenset(averaged), touched)
