"""Which column of the matrix holds what, from the scheme alone.

Invariant: the items directly in one section stand side by side, so that one range names them; a
section's own column comes after everything in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from xlsxwriter.utility import xl_col_to_name

from govscore.rules.line_words import TOTAL
from govscore.scheme.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govscore.points import Points
    from govscore.scheme.model import Item, ItemKind, Scheme, Section
    from govscore.scheme.standing import Effect
    from govscore.scoring.levels import Level, PartLevel
    from govscore.scoring.plan import Plan
    from govscore.scoring.result import UnitResult
    from govscore.scoring.trees import Branch

Role = Literal[
    "group",
    "rank",
    "unit",
    "name",
    "item",
    "section",
    "charge",
    "effect",
    "amount",
    "grade",
    "state",
    "helper",
]
LEADS: Final = ("group", "rank", "unit", "name")
AMOUNTS: Final = ("possible", "full", "base", "bonus", "major_deduction", "score")
PART_AMOUNTS: Final = ("possible", "full", "base", "bonus", "major_deduction", "score")
OUTSIDE: Final = "/"
"""Begins what stands for the items of a part that are in no section; ids have no slash."""


def key_of(level: Level | str) -> str:
    """What stands in keys for a part, and for its items outside of every section; "": the total."""
    id = level if isinstance(level, str) else level.id
    return f"{OUTSIDE}{id}" if id else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column."""

    role: Role
    id: str = ""
    """Of an item, section or effect; the name of an amount; of a helper the section or item; of a charge
    where it takes."""
    what: str = ""
    """Of a helper: possible, own, counted, scaled, owed, or worth (of an item); of a charge the item that
    takes; of an amount the part, as `key_of` says it."""
    path: tuple[str, ...] = ()
    """Ids of the sections above, from the top."""
    kind: ItemKind | None = None
    part: str = ""
    """The part that it belongs to; "": the total."""


@dataclass(slots=True)
class Layout:
    """All columns, and where to find each."""

    plan: Plan
    columns: list[Column] = field(default_factory=list)
    places: dict[tuple[str, str, str], int] = field(default_factory=dict)
    ranges: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    """First and last column of the items directly in a section (or loose), by kind and section."""
    depth: int = 0
    """How deep sections nest."""
    worths: dict[str, tuple[Points, ...]] = field(default_factory=dict)
    """What the points or cap of each item are, for whichever unit; none: it has no cap."""
    weights: dict[str, tuple[int, int]] = field(default_factory=dict)
    """First and last column of each unit's points of base items, where they differ, by section."""

    @property
    def scheme(self) -> Scheme:
        """What is laid out."""
        return self.plan.scheme

    def place(self, role: Role, id: str = "", what: str = "") -> int:
        """The column that holds something."""
        return self.places[role, id, what]

    def letter(self, role: Role, id: str = "", what: str = "") -> str:
        """The same, as a spreadsheet names columns."""
        return str(xl_col_to_name(self.place(role, id, what)))

    def put(self, column: Column) -> None:
        """Adds a column at the right."""
        self.places[column.role, column.id, column.what] = len(self.columns)
        self.columns.append(column)

    def charges_at(self, target: str) -> list[tuple[Role, str, str]]:
        """The columns of what items take from a section, or from the total."""
        plan = self.plan
        return [("charge", target, plan.items[row].id) for row, where in plan.charges if where == target]

    def range_of(self, kind: ItemKind, section: str) -> tuple[str, str] | None:
        """Letters of the first and last item directly in a section, if there are any."""
        found = self.ranges.get((kind, section))
        return None if found is None else (str(xl_col_to_name(found[0])), str(xl_col_to_name(found[1])))

    def weights_of(self, section: str) -> tuple[str, str] | None:
        """Letters of the columns with each unit's points of the items of a section, if they differ."""
        found = self.weights.get(section)
        return None if found is None else (str(xl_col_to_name(found[0])), str(xl_col_to_name(found[1])))


def has_own(level: PartLevel) -> bool:
    """Whether a formula of a part needs the points of everything assigned."""
    return level.settings.not_applicable.target == "own" or by_section(level)


def by_section(level: PartLevel) -> bool:
    """Whether each top section of a part is rescaled by itself."""
    return level.settings.not_applicable.place == "section"


def lay_out_matrix(plan: Plan, units: Iterable[UnitResult]) -> Layout:
    """The columns: who, items by kind and section, vetoes and effects, totals, helpers."""
    layout = Layout(plan, worths=_worths(plan, units))
    for lead in LEADS:
        layout.put(Column(role=lead))
    for level in plan.parts:
        for kind in KINDS:
            _put_tree(layout, kind, level)
        if level.id:
            _put_part(layout, level)
    for kind in KINDS:
        _put_tree(layout, kind, plan.whole)
    for name in AMOUNTS[2:] if plan.scheme.has_parts else AMOUNTS:
        if name == "score":
            _put_charges(layout, TOTAL, (), None)
        layout.put(Column(role="amount", id=name))
    for id, _effect in effects(plan.scheme):
        layout.put(Column(role="effect", id=id))
    layout.put(Column(role="amount", id="total"))
    layout.put(Column(role="grade"))
    layout.put(Column(role="state"))
    _put_helpers(layout)
    return layout


def _worths(plan: Plan, units: Iterable[UnitResult]) -> dict[str, tuple[Points, ...]]:
    """What each item is worth to those who have it, whatever periods take out of that."""
    found: dict[str, set[Points]] = {item.id: set() for item in plan.items}
    places = {unit.unit: place for place, unit in enumerate(plan.units)}
    for unit in units:
        for id, mine in unit.items.items():
            full = plan.of_units.of(plan.rows[id], places[unit.unit]).full
            if full is not None and mine.state != "not_assigned":
                found[id].add(full)
    for row, item in enumerate(plan.items):  # an item that nobody has shows what it would be worth
        if not found[item.id] and plan.of_units.variants[row][0].full is not None:
            found[item.id] = {full for each in plan.of_units.variants[row] if (full := each.full) is not None}
    return {id: tuple(sorted(worth)) for id, worth in found.items()}


def _put_part(layout: Layout, level: PartLevel) -> None:
    """What a part comes to: amounts, what acts on it, its score, its weight."""
    what, scheme = key_of(level), layout.scheme
    for name in PART_AMOUNTS:
        layout.put(Column(role="amount", id=name, what=what, part=level.id))
    for id, _effect in effects(scheme, level.id):
        layout.put(Column(role="effect", id=id, part=level.id))
    for name in ("part_score", "weight"):
        layout.put(Column(role="amount", id=name, what=what, part=level.id))


def effects(scheme: Scheme, part: str = "") -> list[tuple[str, Effect]]:
    """Vetoes and item effects: those with `at_most` first, then `fixed`, `zero`, and the others.

    Args:
        scheme: what holds them.
        part: the part that they act on; "": the total.
    """
    every = [
        (id, entry.effect)
        for id, entry in scheme.entries.items()
        if entry.effect is not None and scheme.owner_of(entry) == part
    ]
    order = {"at_most": 0, "fixed": 1, "zero": 2, "": 3}
    return sorted(every, key=lambda each: order[effect_form(each[1])])


def effect_form(effect: Effect) -> Literal["at_most", "fixed", "zero", ""]:
    """What an effect does to the total."""
    if effect.at_most is not None:
        return "at_most"
    if effect.fixed is not None:
        return "fixed"
    return "zero" if effect.zero is not None else ""


def _put_tree(layout: Layout, kind: ItemKind, level: Level) -> None:
    tree = level.trees[kind]
    for branch in tree.branches:
        _put_branch(layout, kind, branch, (), level.id)
    _put_items(layout, kind, tree.loose, key_of(level), (), level.id)


def _put_branch(layout: Layout, kind: ItemKind, branch: Branch, above: tuple[str, ...], part: str) -> None:
    section: Section = branch.section
    path = (*above, section.id)
    layout.depth = max(layout.depth, len(path))
    _put_items(layout, kind, branch.items, section.id, path, part)
    for inner in branch.branches:
        _put_branch(layout, kind, inner, path, part)
    if kind == "base":
        _put_charges(layout, section.id, path, kind, part)
    layout.put(Column(role="section", id=section.id, path=path, kind=kind, part=part))


def _put_charges(
    layout: Layout, target: str, path: tuple[str, ...], kind: ItemKind | None, part: str = ""
) -> None:
    """What items take from a section or the total, beside the formula that subtracts it."""
    for role, id, what in layout.charges_at(target):
        layout.put(Column(role=role, id=id, what=what, path=path, kind=kind, part=part))


def _put_items(
    layout: Layout, kind: ItemKind, rows: tuple[int, ...], section: str, path: tuple[str, ...], part: str
) -> None:
    first = len(layout.columns)
    for row in rows:
        item: Item = layout.plan.items[row]
        layout.put(Column(role="item", id=item.id, path=path, kind=kind, part=part))
    if rows:
        layout.ranges[kind, section] = (first, len(layout.columns) - 1)


def _put_helpers(layout: Layout) -> None:
    """What rescaling needs of each base section; these columns are folded away."""
    for level in layout.plan.parts:
        tree = level.trees["base"]
        every = [id for branch in tree.branches for id in _inside_out(branch)]
        tops = [branch.section.id for branch in tree.branches]
        if tree.loose:
            every.append(key_of(level))
        wanted = [("possible", every)]
        if has_own(level):
            wanted.append(("own", every))
        if by_section(level):
            wanted += [("counted", tops), ("owed", tops), ("scaled", tops)]
        for what, ids in wanted:
            for id in ids:
                layout.put(Column(role="helper", id=id, what=what, part=level.id))
        _put_weights(layout, every, level.id)


def _put_weights(layout: Layout, sections: Iterable[str], part: str) -> None:
    """Each unit's points of base items, section by section, where they are not the same for all units."""
    for section in sections:
        first, last = layout.ranges.get(("base", section), (0, -1))
        items = [column.id for column in layout.columns[first : last + 1]]
        if all(len(layout.worths[id]) == 1 for id in items):
            continue
        layout.weights[section] = (len(layout.columns), len(layout.columns) + len(items) - 1)
        for id in items:
            layout.put(Column(role="helper", id=id, what="worth", part=part))


def _inside_out(branch: Branch) -> list[str]:
    found = [id for inner in branch.branches for id in _inside_out(inner)]
    return [*found, branch.section.id]
