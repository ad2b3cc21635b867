"""The scheme as it stands for a unit: numbers of the whole, of parts, sections, grades and effects.

Invariant: what comes back for a unit has no switch left in `[total]`, `[[part]]`, `[[section]]`, quotas
and effects; a scheme without such switches is every unit's own, and no copy is made.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any, Final, cast

from govscore.rules.variants import Case, Placed, changed_copy, settled, switches_in
from govscore.scheme.values import UNCAPPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govscore.facts.base import Assessed
    from govscore.facts.switches import Switch
    from govscore.rules.variants import Choice
    from govscore.scheme.model import Item, Scheme, SchemeModel

_TABLES: Final = ("part", "section", "grade", "veto")
_KEPT: Final = "schemes of units"
_FEW: Final = 16
"""Of so many tags each two are looked at together."""
_ITEMS: Final = ("base", "bonus", "major_deduction")


def unit_switches(model: SchemeModel) -> Iterator[Placed]:
    """Every switch beside items, and in the effects of items, with its path in the file."""
    yield from switches_in(model.total, ("total",))
    for key in _TABLES:
        for place, each in enumerate(getattr(model, key)):
            yield from switches_in(each, (key, place))
    for key in _ITEMS:
        for place, item in enumerate(getattr(model, key)):
            if item.effect is not None:
                yield from switches_in(item.effect, (key, place, "effect"))


def cases_of(switches: Iterable[Switch], groups: Iterable[str], day: str) -> Iterator[Case]:
    """The cases that switches tell apart: each group without a tag, with each tag and with each two tags.

    Args:
        switches: some that units decide.
        groups: ids of all groups.
        day: the first day of what is assessed.
    """
    switches = tuple(switches)
    tags = sorted({tag for each in switches if each.by == "tag" for tag, _value in each.cases})
    by_group = any(each.by == "group" for each in switches)
    pairs = {frozenset(pair) for pair in product(tags, repeat=2 if len(tags) <= _FEW else 1)}
    for group in groups if by_group else ("",):
        for mine in (frozenset[str](), *sorted(pairs, key=lambda each: (len(each), sorted(each)))):
            yield Case(group=group, tags=mine, day=day)


@dataclass
class UnitSchemes:
    """A scheme in each of the cases that its switches beside items tell apart."""

    scheme: Scheme
    _made: dict[Case, Scheme] = field(default_factory=dict)

    @cached_property
    def switches(self) -> tuple[Switch, ...]:
        """Every switch beside items."""
        return tuple(each.switch for each in unit_switches(self.scheme.model))

    @cached_property
    def _by(self) -> frozenset[str]:
        return frozenset(each.by for each in self.switches)

    @cached_property
    def _tags(self) -> frozenset[str]:
        """The tags that make a difference."""
        return frozenset(tag for each in self.switches if each.by == "tag" for tag, _value in each.cases)

    def of(self, unit: Assessed) -> Scheme:
        """The scheme as it stands for a unit.

        Args:
            unit: its group and tags count; of dates the first day of what is assessed.
        """
        if not self.switches:
            return self.scheme
        group = unit.group if "group" in self._by else ""
        day = self.scheme.period.first
        return self._in(Case(group=group, tags=self._tags.intersection(unit.tags), day=day))

    def every(self) -> Iterator[Scheme]:
        """The scheme in each of the cases."""
        if not self.switches:
            yield self.scheme
        for case in cases_of(self.switches, self.scheme.groups, self.scheme.period.first):
            yield self._in(case)

    def _in(self, case: Case) -> Scheme:
        if case not in self._made:
            self._made[case] = replace(self.scheme, model=_settled(self.scheme.model, case.fitting))
        return self._made[case]


def schemes_of(scheme: Scheme) -> UnitSchemes:
    """The cases of a scheme, kept beside it."""
    kept = scheme.__dict__.get(_KEPT)
    if kept is None or kept.scheme is not scheme:
        kept = scheme.__dict__[_KEPT] = UnitSchemes(scheme)
    return cast("UnitSchemes", kept)


def for_unit(scheme: Scheme, unit: Assessed) -> Scheme:
    """The scheme as it stands for a unit: no switch is left beside items, and in their effects."""
    return schemes_of(scheme).of(unit)


def _settled(model: SchemeModel, choice: Choice) -> SchemeModel:
    changed: dict[str, Any] = {"total": _uncapped(settled(model.total, choice, None))}
    for key in _TABLES:
        changed[key] = tuple(_uncapped(settled(each, choice, None)) for each in getattr(model, key))
    for key in _ITEMS:
        changed[key] = tuple(_with_effect(item, choice) for item in getattr(model, key))
    return model.model_copy(update=changed)


def _uncapped(table: Any) -> Any:
    """A table whose bonus has no cap in this case."""
    uncapped = getattr(table, "bonus_cap", None) == UNCAPPED
    return changed_copy(table, {"bonus_cap": None}) if uncapped else table


def _with_effect(item: Item, choice: Choice) -> Item:
    if item.effect is None:
        return item
    effect = settled(item.effect, choice, None)
    return item if effect is item.effect else changed_copy(item, {"effect": effect})
