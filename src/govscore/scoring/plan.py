"""A scheme and a roster laid out for the engine: what is assigned to whom, which sections hold what.

Invariant: everything here depends on scheme and roster only, never on facts.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from govscore.facts.switches import known
from govscore.rules.reach import biting
from govscore.rules.values import ONCE
from govscore.scheme.model import KINDS
from govscore.scheme.policies import policy_of
from govscore.scheme.unit_schemes import for_unit, schemes_of
from govscore.scoring.alike import Run, runs
from govscore.scoring.bonds import Bonds, bonds_of
from govscore.scoring.levels import levels_of
from govscore.scoring.matters import followers, named_by, scored_in_order
from govscore.scoring.pooling import pooled_items
from govscore.scoring.trees import Branch, Charge, Tree, rows_at, tree_of
from govscore.scoring.unit_items import UnitItems, unit_items
from govscore.scoring.weights import weights_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from govscore.rules.arithmetic import Array, Mask
    from govscore.scheme.model import Item, ItemKind, Scheme, Veto
    from govscore.scheme.settings import SchemePart
    from govscore.scheme.units import Unit
    from govscore.scoring.levels import Level, PartLevel
    from govscore.scoring.weights import Weights


@dataclass(frozen=True, slots=True)
class TieBreak:
    """A section or item whose points break ties."""

    id: str
    kind: ItemKind | None
    """None: a section that holds nothing."""
    row: int | None
    """Of an item; None: a section."""
    owner: str
    """The part that it belongs to; "": the total."""
    floored: bool
    """Whether it is a top section of base items that never goes below 0; under "section" a loose item is."""

    @property
    def deducts(self) -> bool:
        """Whether its points count against a unit, so that fewer come first."""
        return self.kind == "major_deduction"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the engine needs to know besides the facts."""

    scheme: Scheme
    units: tuple[Unit, ...]
    items: tuple[Item, ...]
    vetoes: tuple[Veto, ...]
    assigned: Mask
    """(items, units): whether the scheme gives the item to the unit."""
    veto_assigned: Mask
    """(vetoes, units)."""
    of_units: UnitItems
    """Items as they stand for units."""
    full: Array
    """(items, units): points of base items in the finest units; 0 for others."""
    worths: tuple[int | None, ...]
    """Of each item: the same where all units agree; None: they do not."""
    alike: bool
    """Whether everything is assigned to everybody, and worth the same."""
    parts: tuple[PartLevel, ...]
    """In the order of the scheme; without `[[part]]` one, with all base items."""
    whole: Level
    """The total."""
    item_settings: tuple[SchemePart | None, ...]
    """Of each item: what holds for it (`floor_at`, `times`); None: it acts on the total beside parts."""
    weights: Weights
    """Of the parts."""
    owners: tuple[str, ...]
    """Of each item: the part whose gates and vetoes concern it; "": the total."""
    rows: dict[str, int]
    """Row of each item in the matrices."""
    acting: dict[str, int]
    """Where vetoes and items stand among all that may have effects, in the order of the scheme."""
    groups: dict[str, Array]
    """Places of each group's units."""
    with_effects: tuple[tuple[int, Item], ...] = ()
    """Items with an effect, and their rows."""
    charges: tuple[Charge, ...] = ()
    """Where items take points elsewhere, in item order."""
    charged_by: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Places in `charges` by the row of the item that takes."""
    of_kind: dict[ItemKind, Array] = field(default_factory=dict)
    """Rows of the items of each kind."""
    order: tuple[int, ...] = ()
    """The rows of the items in the order in which they are scored."""
    followers: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """By item: the rows to score again after its facts changed."""
    tie_breaks: tuple[TieBreak, ...] = ()
    """What parts units with equal totals, in this order."""
    bonds: Bonds = field(default_factory=Bonds)
    """Items that bind the units of a group together."""
    runs: tuple[tuple[int, ...], ...] = ()
    """The rows of all items in the order in which they are scored, those together that are alike."""
    together: Mapping[tuple[int, ...], Run] = field(default_factory=dict)
    """By rows: what is needed to score items that are alike."""

    cases: tuple[Plan, ...] = ()
    """Where numbers beside items depend on the unit: the plan in each case that units are in."""
    case: Array = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Of each unit the place of its case among these."""

    def at(self, part: slice | Array) -> Plan:
        """The plan as it stands for a block of units that are in one case, or for its first unit."""
        mine = self.case[part] if self.cases else self.case
        return self.cases[int(mine[0]) if mine.size else 0] if self.cases else self

    @property
    def periods(self) -> tuple[int, ...]:
        """Of each item: in how many periods it is asked."""
        return tuple(len(item.spans(self.scheme.period)) for item in self.items)

    @property
    def adds_periods(self) -> bool:
        """Whether the periods of any base item are added up, so that one may be out of its points."""
        return any(item.rule.combine == "sum" and item.kind == "base" for item in self.items)

    def frame_of(self, row: int) -> tuple[bool, Fraction]:
        """Whether an item ends at 0 if it is a base item, and what all its minus lines count."""
        return _frame(self.item_settings[row])


__all__ = ["Branch", "Charge", "Plan", "TieBreak", "Tree", "lay_out"]


def lay_out(scheme: Scheme, units: Sequence[Unit]) -> Plan:
    """The plan for a scheme and a roster."""
    if not schemes_of(scheme).switches:
        return _laid_out(scheme, units)
    mine = [for_unit(scheme, unit) for unit in units]
    schemes = list({id(each): each for each in mine or schemes_of(scheme).every()}.values())
    places = {id(each): place for place, each in enumerate(schemes)}
    plan = _laid_out(scheme, units, schemes[0])
    cases = tuple(_in_case(plan, each) for each in schemes)
    return replace(plan, cases=cases, case=np.array([places[id(each)] for each in mine], dtype=np.int64))


def _in_case(plan: Plan, scheme: Scheme) -> Plan:
    """The plan in one case: numbers of levels, effects and quotas are those of the scheme given."""
    trees = {kind: tree_of(scheme, kind, plan.rows) for kind in KINDS}
    parts, whole = levels_of(scheme, plan.items, plan.owners, trees, plan.charges)
    items = tuple(scheme.items.values())
    return replace(
        plan,
        scheme=scheme,
        items=items,
        with_effects=_with_effects(items),
        vetoes=tuple(scheme.vetoes.values()),
        parts=parts,
        whole=whole,
        weights=_weights(scheme),
    )


def _with_effects(items: Sequence[Item]) -> tuple[tuple[int, Item], ...]:
    return tuple((row, item) for row, item in enumerate(items) if item.effect is not None)


def _weights(scheme: Scheme) -> Weights:
    return weights_of(scheme.parts, int(known(scheme.model.total.full_marks)))


def _laid_out(scheme: Scheme, units: Sequence[Unit], case: Scheme | None = None) -> Plan:
    """The plan of a scheme; the case gives the numbers that depend on units."""
    items, vetoes = tuple(scheme.items.values()), tuple(scheme.vetoes.values())
    rows = {item.id: row for row, item in enumerate(items)}
    of_units = unit_items(items, units, scheme.period.first)
    charges = tuple(Charge(rows[item.id], target) for item in items for target in item.rule.targets())
    order, trees = scored_in_order(items), {kind: tree_of(scheme, kind, rows) for kind in KINDS}
    owners, settings = tuple(map(scheme.owner_of, items)), tuple(map(scheme.settings_of, items))
    parts, whole = levels_of(scheme, items, owners, trees, charges)
    together, assigned, worths = _runs(items, settings, order), _assigned(items, units), of_units.worths()
    return Plan(
        scheme=scheme,
        units=tuple(units),
        items=items,
        vetoes=vetoes,
        assigned=assigned,
        veto_assigned=_assigned(vetoes, units),
        of_units=of_units,
        full=of_units.points(),
        worths=worths,
        alike=bool(assigned.all()) and None not in worths,
        parts=parts,
        whole=whole,
        item_settings=settings,
        weights=_weights(case or scheme),
        owners=owners,
        rows=rows,
        acting={id: place for place, id in enumerate((*scheme.vetoes, *rows))},
        with_effects=_with_effects(items),
        charges=charges,
        charged_by=_charged_by(charges),
        order=order,
        followers=followers(items, order, pooled_items(scheme)),
        groups={id: _places(units, id) for id in scheme.groups},
        of_kind=_of_kind(items),
        bonds=bonds_of(scheme),
        tie_breaks=tuple(_tie_break(scheme, id, rows, trees) for id in scheme.model.rank.tie_break or ()),
        runs=together,
        together={rows: _run(scheme, items, settings, assigned, rows) for rows in together if len(rows) > 1},
    )


def _charged_by(charges: Sequence[Charge]) -> dict[int, tuple[int, ...]]:
    """Places among the charges by the row of the item that takes."""
    rows = {each.row for each in charges}
    return {row: tuple(place for place, each in enumerate(charges) if each.row == row) for row in rows}


def _runs(
    items: Sequence[Item], settings: Sequence[SchemePart | None], order: Sequence[int]
) -> tuple[tuple[int, ...], ...]:
    alone = {row for row, item in enumerate(items) if _is_scored_alone(item)}
    return runs(items, [each and (each.floor_at, each.times) for each in settings], order, alone)


def _frame(settings: SchemePart | None) -> tuple[bool, Fraction]:
    return settings is not None and settings.floor_at == "item", (settings and settings.times) or ONCE


def _of_kind(items: Sequence[Item]) -> dict[ItemKind, Array]:
    """Rows of the items of each kind."""
    rows = {kind: [row for row, item in enumerate(items) if item.kind == kind] for kind in KINDS}
    return {kind: np.array(mine, dtype=np.int64) for kind, mine in rows.items()}


def _run(
    scheme: Scheme,
    items: Sequence[Item],
    settings: Sequence[SchemePart | None],
    assigned: Mask,
    rows: tuple[int, ...],
) -> Run:
    """What is needed to score these items, which are alike."""
    mine, at = [items[row] for row in rows], rows_at(rows)
    floored, times = _frame(settings[rows[0]])
    return Run(
        rows=rows,
        at=at,
        ids=tuple(item.id for item in mine),
        item=mine[0],
        floored=floored,
        limits=biting(mine[0].rule, mine[0].frame, floored=floored),
        times=times,
        everybody=bool(assigned[at].all()),
        given=any(item.kind == "base" and policy_of(scheme, item).rate is not None for item in mine),
    )


def _is_scored_alone(item: Item) -> bool:
    """Whether an item's points need more than its own columns and numbers, the same for every unit."""
    by_level = len(item.variants.at_levels()) > 1
    beside = bool(named_by(item)) or item.rule.compares()
    return item.layered or item.variants.of_units or by_level or beside


def _places(units: Sequence[Unit], group: str) -> Array:
    """Places of a group's units in the roster."""
    return np.array([place for place, unit in enumerate(units) if unit.group == group], dtype=np.int64)


def _tie_break(scheme: Scheme, id: str, rows: dict[str, int], trees: dict[ItemKind, Tree]) -> TieBreak:
    entry = scheme.items.get(id) or scheme.sections.get(id)
    if entry is None:  # left out where a scheme is tried out item by item
        return TieBreak(id, None, None, "", floored=False)
    owner, top = scheme.owner_of(entry), entry.section is None
    floor_at = next((part.floor_at for part in scheme.parts if part.id == owner), None)
    if id in rows:
        kind, row = scheme.items[id].kind, rows[id]
        return TieBreak(id, kind, row, owner, top and kind == "base" and floor_at == "section")
    holding = next((kind for kind, tree in trees.items() if id in tree.ids()), None)
    return TieBreak(id, holding, None, owner, top and holding == "base" and floor_at != "none")


def _assigned(entries: Sequence[Item | Veto], units: Sequence[Unit]) -> Mask:
    table = np.ones((len(entries), len(units)), dtype=bool)
    for row, entry in enumerate(entries):
        if entry.applies_to is not None:
            table[row] = [entry.applies(unit.group, unit.unit, unit.tags) for unit in units]
    return table
