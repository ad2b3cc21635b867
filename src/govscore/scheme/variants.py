"""An item in each of the cases that its switches tell apart.

Invariant: every unit has exactly one variant of an item, in which no switch is left that the unit decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, cast

from govscore.facts.switches import FIRST, Switch
from govscore.rules.base import Frame
from govscore.rules.variants import Case, Placed, changed_copy, first_values, largest, settled, switches_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.facts.base import Assessed
    from govscore.rules.variants import Choice
    from govscore.scheme.model import Item


_KEPT: Final = "variants kept"


def frame_of(item: Item) -> Frame:
    """The item as its rule sees it; where its periods are summed, one of them.

    Where its points depend on the unit, the frame says so in words only.
    """
    stated = item.worth
    full = None if stated is None or isinstance(stated, Switch) else int(stated)
    if item.rule.combine == "sum" and item.rule.each_period is not None:
        stated = item.rule.each_period.switch or stated
        of_nothing = full is None and item.rule.each_period.share is not None
        full = None if isinstance(stated, Switch) or of_nothing else item.rule.each_period.units(full)
    switch = stated if isinstance(stated, Switch) else None
    return Frame(kind=item.kind, full=full, facts=item.facts, stated=switch)


def variants_of(item: Item) -> Variants:
    """The variants of an item, kept beside it; a copy of the item does not keep those of the old one."""
    kept = item.__dict__.get(_KEPT)
    if kept is None or kept.item is not item:
        kept = item.__dict__[_KEPT] = Variants(item)
    return cast("Variants", kept)


def levels_of(item: Item) -> tuple[str, ...]:
    """The levels of which a reviewer picks one, if there are any."""
    levels = getattr(item.rule, "levels", ())
    picked = isinstance(levels, tuple) and getattr(item.rule, "picked", False)
    return tuple(level.id for level in levels) if picked else ()


@dataclass
class Variants:
    """What an item is for whom."""

    item: Item
    _made: dict[Case, Item] = field(default_factory=dict)

    @cached_property
    def switches(self) -> tuple[Placed, ...]:
        """Every switch that stands in it, facts aside."""
        return tuple(switches_in(self.item))

    @cached_property
    def by(self) -> frozenset[str]:
        """What its switches go by (rows of a finding aside): group, date, level, tag."""
        return frozenset(
            each.switch.by for each in self.switches if not each.by_row or each.switch.by == "tag"
        )

    @cached_property
    def of_units(self) -> bool:
        """Whether it may differ between units."""
        return bool(self.by - {"level"})

    @cached_property
    def plain(self) -> Item:
        """The item in some case: what does not depend on the case can be read from it."""
        return self._settled(first_values) if self.switches else self.item

    def of(self, unit: Assessed, day: str) -> Item:
        """The item as it stands for a unit; only the level that a reviewer picks may still matter.

        Args:
            unit: its group and tags count.
            day: the first day of what is assessed, which counts where nothing has a date.
        """
        if not self.of_units:
            return self.item
        case = Case(
            group=unit.group if "group" in self.by else "",
            tags=self._tags.intersection(unit.tags),
            day=day if "date" in self.by else "",
        )
        if case not in self._made:
            self._made[case] = self._settled(case.fitting, tags=case.tags or frozenset())
        return self._made[case]

    def at_levels(self) -> tuple[Item, ...]:
        """The item once a reviewer has picked a level, for each in their order; once, if none matters."""
        if "level" not in self.by:
            return (self.item,)
        return tuple(self._at(level) for level in levels_of(self.item))

    def _at(self, level: str) -> Item:
        case = Case(level=level)
        if case not in self._made:
            self._made[case] = self._settled(case.fitting)
        return self._made[case]

    def points_in(self, group: str) -> int | None:
        """A base item's points for the units of a group; None: they depend on more than the group."""
        worth = self.item.points
        if not isinstance(worth, Switch):
            return int(worth or 0)
        return int(worth.of(group) or 0) if worth.by == "group" else None

    def every(self, groups: tuple[str, ...], levels: tuple[str, ...], day: str) -> Iterator[Item]:
        """Variants without any switch, in which each value of each stands at least once."""
        if not self.switches:
            yield self.item
            return
        switches = [each.switch for each in self.switches]
        named = sorted({key for switch in switches if switch.by == "tag" for key, _value in switch.cases})
        days = sorted({key for switch in switches if switch.by == "date" for key, _value in switch.cases})
        tags = [frozenset[str](), *(frozenset({tag}) for tag in named)]
        cases = [Case(group=groups[0], tags=tags[0], day=day, level=levels[0] if levels else "")]
        first = cases[0]
        cases += [Case(group=group, tags=first.tags, day=day, level=first.level) for group in groups[1:]]
        cases += [Case(group=first.group, tags=tag, day=day, level=first.level) for tag in tags[1:]]
        cases += [Case(group=first.group, tags=first.tags, day=day, level=level) for level in levels[1:]]
        cases += [
            Case(group=first.group, tags=first.tags, day=since, level=first.level)
            for since in days
            if since != FIRST
        ]
        seen: list[Item] = []
        for case in cases:
            made = self._settled(case.fitting, rows=True)
            if made not in seen:
                seen.append(made)
                yield made

    @cached_property
    def _tags(self) -> frozenset[str]:
        """The tags that make a difference."""
        tagged = (each.switch for each in self.switches if each.switch.by == "tag")
        return frozenset(tag for switch in tagged for tag, _value in switch.cases)

    def _settled(self, choice: Choice, *, rows: bool = False, tags: frozenset[str] = frozenset()) -> Item:
        """The points first: percentages refer to them, and so decide which amount is the larger."""
        item = self.item
        if isinstance(item.worth, Switch):
            fitting = choice(item.worth)
            worth = largest(fitting, None) if fitting else item.worth
            item = changed_copy(item, {"points" if item.kind == "base" else "cap": worth})
        full = None if item.worth is None or isinstance(item.worth, Switch) else int(item.worth)
        return settled(item, choice, full, rows=rows, tags=tags)
