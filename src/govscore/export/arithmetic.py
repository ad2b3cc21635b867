"""The totals of one unit as formulas of its row in the matrix.

Invariant: every formula's value is checked against the result before it is written; a workbook
whose arithmetic differs from the result is never made. Order of application: `docs/scheme.md`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from govscore.errors import GovscoreError, problem
from govscore.export import messages as m
from govscore.export.layout import by_section, effect_form, effects, has_own, key_of
from govscore.export.live import (
    Live,
    add,
    at_least,
    at_most,
    if_any,
    if_gate,
    literal,
    rescale,
    subtract,
)
from govscore.export.words import NOT_ASSIGNED
from govscore.facts.switches import known
from govscore.points import divide_round, plain
from govscore.rules.line_words import TOTAL
from govscore.scheme.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govscore.export.layout import Layout, Role
    from govscore.points import Points
    from govscore.scheme.model import ItemKind
    from govscore.scheme.settings import FloorAt
    from govscore.scheme.standing import Effect
    from govscore.scoring.levels import Level, PartLevel
    from govscore.scoring.result import PartResult, UnitResult
    from govscore.scoring.trees import Branch

Key = tuple["Role", str, str]
Effects = list[tuple[str, "Effect"]]


class RowArithmetic:
    """The formulas of one unit, by column; columns that are not here hold text."""

    def __init__(self, layout: Layout, unit: UnitResult, row: int, points_row: int) -> None:
        """Builds and checks every formula.

        Args:
            layout: the columns.
            unit: the unit's result.
            row: the unit's row, as spreadsheets count.
            points_row: the row that holds the points of the items, likewise.
        """
        self.cells: dict[Key, Live] = {}
        self._layout, self._unit, self._row, self._points_row = layout, unit, row, points_row
        place = next(place for place, each in enumerate(layout.plan.units) if each.unit == unit.unit)
        plan = self._plan = layout.plan.at(slice(place, place + 1))
        for level in plan.parts:
            self._sections(level)
            if level.id:
                self._part(level)
            elif unit.base is not None:
                self._base(level)
        self._sections(plan.whole)
        if plan.scheme.has_parts and unit.base is not None:
            self.cells["amount", "base", ""] = self._weighed()
        if unit.state in ("scored", "open"):
            self._after_base(plan.whole, unit)
        if unit.state == "scored":
            self.cells["amount", "score", ""] = self._score(plan.whole)
            self._after_effects(plan.whole, "total")
        self._check()

    # --- sections -------------------------------------------------------------

    def _sections(self, level: Level) -> None:
        for kind in KINDS:
            for branch in level.trees[kind].branches:
                self._section(kind, branch, level, top=True)

    def _section(self, kind: ItemKind, branch: Branch, level: Level, *, top: bool) -> bool:
        """A section's points, if any item in it has points."""
        below = [self._section(kind, inner, level, top=False) for inner in branch.branches]
        charges = self._charges(branch.section.id) if kind == "base" else []
        taken = any(charge.units for charge in charges)
        if not (taken or any(below) or any(self._has_points(row) for row in branch.items)):
            return False
        total = at_most(add(self._parts(kind, branch)), branch.cap)
        for charge in charges:
            total = subtract(total, charge)
        if top and kind == "base" and self._may_fall(branch, level.settings.floor_at):
            total = at_least(total, 0)
        self.cells["section", branch.section.id, ""] = total
        return True

    def _charges(self, target: str) -> list[Live]:
        """References to what items take from a section or the total; each is a value like those of items."""
        found = []
        for role, id, what in self._layout.charges_at(target):
            units = int(self._unit.items[what].charges.get(target, 0))
            found.append(Live(f"N({self._layout.letter(role, id, what)}{self._row})", units))
        return found

    def _may_fall(self, branch: Branch, floor_at: FloorAt | None) -> bool:
        """Whether a top section could come below 0, where the scheme does not let it."""
        if floor_at == "none":
            return False
        plan = self._layout.plan
        bounded = [plan.items[row].rule.bounds for row in branch.items]
        low = any(each is not None and each.from_ is not None for each in bounded)
        below = (self._may_fall(inner, floor_at) for inner in branch.branches)
        return floor_at == "section" or low or self._aimed_at(branch) or any(below)

    def _aimed_at(self, branch: Branch) -> bool:
        return bool(self._layout.charges_at(branch.section.id))

    def _parts(self, kind: ItemKind, branch: Branch) -> list[Live]:
        return [
            *self._range(kind, branch.section.id, branch.items),
            *self._cells(("section", inner.section.id, "") for inner in branch.branches),
        ]

    def _range(self, kind: ItemKind, section: str, rows: tuple[int, ...]) -> list[Live]:
        letters = self._layout.range_of(kind, section)
        if letters is None:
            return []
        first, last = letters
        units = sum(self._points(row) for row in rows)
        return [Live(f"{first}{self._row}:{last}{self._row}", units)]

    # --- base -----------------------------------------------------------------

    def _base(self, level: PartLevel) -> None:
        """Steps 6 and 7: top sections, then rescaling of what is not applicable."""
        tree, what = level.trees["base"], key_of(level)
        for branch in tree.branches:
            self._possible(branch, level)
        if tree.loose:
            self._measure(level, what, tree.loose, [], None)
        tops = [branch.section.id for branch in tree.branches]
        loose = [("helper", what, "possible")] if tree.loose else []
        if by_section(level):
            for branch in tree.branches:
                self._scale(branch)
            sections = [("helper", id, "scaled") for id in tops]
            counted = [("helper", id, "counted") for id in tops]
        else:
            sections = [("section", id, "") for id in tops]
            counted = [("helper", id, "possible") for id in tops]
        score = add([*self._cells(sections), *self._loose_points(level)])  # type: ignore[arg-type]
        self.cells["amount", "possible", what] = add(list(self._cells([*counted, *loose])))  # type: ignore[list-item]
        self.cells["amount", "full", what] = self._full(level, tops)
        full, possible = self._cells([("amount", "full", what), ("amount", "possible", what)])
        self.cells["amount", "base", what] = rescale(score, full, possible)

    def _possible(self, branch: Branch, level: PartLevel) -> None:
        for inner in branch.branches:
            self._possible(inner, level)
        inside = [inner.section.id for inner in branch.branches]
        self._measure(level, branch.section.id, branch.items, inside, branch.cap)

    def _measure(
        self, level: PartLevel, section: str, rows: tuple[int, ...], inner: list[str], cap: int | None
    ) -> None:
        """Possible points (of what is applicable) and own points (of what is assigned) of a section."""
        wanted = ["possible", "own"] if has_own(level) else ["possible"]
        for what in wanted:
            parts = [*self._weights(what, section, rows)]
            parts += self._cells(("helper", id, what) for id in inner)
            self.cells["helper", section, what] = at_most(add(parts), cap)

    def _weights(self, what: str, section: str, rows: tuple[int, ...]) -> list[Live]:
        letters = self._layout.range_of("base", section)
        if letters is None:
            return []
        cells = f"{letters[0]}{self._row}:{letters[1]}{self._row}"
        weights = f"{letters[0]}${self._points_row}:{letters[1]}${self._points_row}"
        if (own := self._layout.weights_of(section)) is not None:
            weights = f"{own[0]}{self._row}:{own[1]}{self._row}"
        test = f"ISNUMBER({cells})" if what == "possible" else f'({cells}<>"{NOT_ASSIGNED}")'
        plan, items = self._layout.plan, self._unit.items
        found = [items[plan.items[row].id] for row in rows]
        worth = (
            int(item.full or 0)
            for item in found
            if (item.points is not None if what == "possible" else item.state != "not_assigned")
        )
        out = self._out(rows)
        units = sum(worth) + out
        sum_of = Live(f"SUMPRODUCT({test}*{weights})", units)
        return [subtract(sum_of, literal(out))] if out and what == "possible" else [sum_of]

    def _out(self, rows: tuple[int, ...]) -> int:
        """What periods that are not applicable take out of the unit's possible points."""
        plan, items = self._layout.plan, self._unit.items
        if not plan.adds_periods:
            return 0
        place = next(place for place, unit in enumerate(plan.units) if unit.unit == self._unit.unit)
        mine = [(row, items[plan.items[row].id]) for row in rows]
        reviewed = [(row, item.full) for row, item in mine if item.state == "reviewed"]
        return sum(int(plan.full[row, place]) - int(full or 0) for row, full in reviewed)

    def _scale(self, branch: Branch) -> None:
        """A top section rescaled by itself; one with nothing possible drops out."""
        section = branch.section
        possible, own = self._cells([("helper", section.id, "possible"), ("helper", section.id, "own")])
        stated = known(section.points)
        full = own if stated is None else literal(stated)
        score = add(list(self._cells([("section", section.id, "")])))
        self.cells["helper", section.id, "counted"] = if_any(possible, full)
        self.cells["helper", section.id, "owed"] = if_any(own, full)
        self.cells["helper", section.id, "scaled"] = if_any(possible, rescale(score, full, possible))

    def _full(self, level: PartLevel, tops: list[str]) -> Live:
        """F: what the base is rescaled to."""
        if level.settings.not_applicable.target == "full":
            return literal(known(level.settings.full_marks))
        what = "owed" if by_section(level) else "own"
        keys: list[Key] = [("helper", id, what) for id in tops]
        if level.trees["base"].loose:
            keys.append(("helper", key_of(level), "own"))
        return add(list(self._cells(keys)))

    def _loose_points(self, level: PartLevel) -> list[Live]:
        rows = level.trees["base"].loose
        parts = self._range("base", key_of(level), rows)
        if not parts or level.settings.floor_at != "section":
            return parts
        units = sum(max(0, self._points(row)) for row in rows)  # each is its own top section
        return [Live(f'SUMIF({parts[0].text},">0")', units)]

    # --- after the base -------------------------------------------------------

    def _part(self, level: PartLevel) -> None:
        """A part: its base, what comes after it, its score and its weight."""
        result, what = self._unit.parts[level.id], key_of(level)
        if result.base is not None:
            self._base(level)
        if result.state in ("scored", "open") and self._unit.state in ("scored", "open"):
            self._after_base(level, result)
        if result.score is not None:
            self.cells["amount", "score", what] = self._score(level)
            self._after_effects(level, "part_score")
        elif result.state == "stopped" and self._unit.state in ("scored", "open"):
            self.cells["amount", "part_score", what] = Live("0", 0)

    def _weighed(self) -> Live:
        """Step 12: total full marks × Σ weight × score ÷ the part's full marks ÷ Σ weight, rounded once."""
        full = int(known(self._plan.scheme.model.total.full_marks))
        terms, weights = [], []
        top = bottom = Fraction(0)
        for level in self._plan.parts:
            what, settings = key_of(level), level.settings
            if self._unit.parts[level.id].weight is None:
                continue
            cell, score = self._cells([("amount", "weight", what), ("amount", "part_score", what)])
            terms.append(f"{cell.text}*{score.text}/{plain(known(settings.full_marks))}")
            weights.append(cell.text)
            top += known(settings.weight) * Fraction(score.units, int(known(settings.full_marks)))
            bottom += known(settings.weight)
        exact = full * top / bottom
        text = f"ROUND({plain(full)}*({'+'.join(terms)})/({'+'.join(weights)}),8)"
        return Live(text, divide_round(exact.numerator, exact.denominator))

    def _after_base(self, level: Level, result: UnitResult | PartResult) -> None:
        """Steps 8 to 10: the gate, bonus and major deductions; what is not decided yet has no number."""
        settings, what = level.settings, key_of(level)
        if result.bonus is not None:
            bonus = at_most(self._tree("bonus", level), known(settings.bonus_cap))
            if settings.bonus_when is not None:
                base = next(self._cells([("amount", "base", what)]))
                bonus = if_gate(settings.bonus_when, base, int(known(settings.full_marks)), bonus)
            self.cells["amount", "bonus", what] = bonus
        if result.major_deduction is not None:
            self.cells["amount", "major_deduction", what] = self._tree("major_deduction", level)

    def _tree(self, kind: ItemKind, level: Level) -> Live:
        tree = level.trees[kind]
        tops: list[Key] = [("section", branch.section.id, "") for branch in tree.branches]
        return add([*self._cells(tops), *self._range(kind, key_of(level), tree.loose)])

    def _score(self, level: Level) -> Live:
        """Steps 9 to 11: the score before vetoes."""
        what, bounds = key_of(level), level.settings.bounds
        base, bonus, major = self._cells(
            [("amount", "base", what), ("amount", "bonus", what), ("amount", "major_deduction", what)]
        )
        score = Live(f"{base.text}+{bonus.text}-{major.text}", base.units + bonus.units - major.units)
        for charge in () if level.id else self._charges(TOTAL):
            score = subtract(score, charge)
        return score if bounds is None else at_least(at_most(score, known(bounds.to)), known(bounds.from_))

    def _after_effects(self, level: Level, name: str) -> None:
        """Step 11 of a part, 14 of the total: what vetoes and effects make of the score."""
        what = key_of(level)
        score = next(self._cells([("amount", "score", what)]))
        self.cells["amount", name, what] = self._lowered(score, effects(self._plan.scheme, level.id))

    def _lowered(self, score: Live, every: Effects) -> Live:
        acting = {veto.id for veto in self._unit.vetoes if veto.acts}
        forms: dict[str, Effects] = {"at_most": [], "fixed": [], "zero": [], "": []}
        for id, effect in every:
            forms[effect_form(effect)].append((id, effect))
        limits, fixed = forms["at_most"], forms["fixed"]
        zeros = [id for id, _effect in forms["zero"]]
        lowered = [int(known(effect.at_most) or 0) for id, effect in limits if id in acting]
        ends = [int(known(effect.fixed) or 0) for id, effect in fixed if id in acting]
        text = score.text
        if limits:
            text = f"MIN({score.text},{self._effect_range(limits)})"
        if fixed:  # it counts alone, or the lowest of it and of what the limits make of the score
            text = f"IF(COUNT({self._effect_range(fixed)})>0,{self._with_fixed(score, limits, fixed)},{text})"
        start = [] if ends and not lowered else [score.units]
        score = Live(text, min([*start, *lowered, *ends]))
        if zeros:
            units = 0 if acting & set(zeros) else score.units
            score = Live(f"IF(COUNT({self._effect_range(forms['zero'])})>0,0,{score.text})", units)
        return score

    def _with_fixed(self, score: Live, limits: Effects, fixed: Effects) -> str:
        alone = f"MIN({self._effect_range(fixed)})"
        if not limits:
            return alone
        every = f"MIN({score.text},{self._effect_range([*limits, *fixed])})"
        return f"IF(COUNT({self._effect_range(limits)})>0,{every},{alone})"

    def _effect_range(self, every: Effects) -> str:
        """The cells of effects that stand side by side."""
        (first, _effect), (last, _last) = every[0], every[-1]
        first, last = self._layout.letter("effect", first), self._layout.letter("effect", last)
        return f"{first}{self._row}:{last}{self._row}"

    # --- cells and the check --------------------------------------------------

    def _cells(self, keys: Iterable[Key]) -> Iterator[Live]:
        """References to cells of this row; a cell that holds text counts as 0."""
        for key in keys:
            units = self.cells[key].units if key in self.cells else 0
            yield Live(f"{self._layout.letter(*key)}{self._row}", units)

    def _has_points(self, row: int) -> bool:
        return self._unit.items[self._layout.plan.items[row].id].points is not None

    def _points(self, row: int) -> int:
        return int(self._unit.items[self._layout.plan.items[row].id].points or 0)

    def _check(self) -> None:
        unit = self._unit
        for what, name, points in self._expected():
            live = self.cells.get(("amount", name, what))
            if live is not None and live.units != points:
                raise self._mismatch(f"{name} {what}".strip(), live.units, points)
        for (role, id, _what), live in self.cells.items():
            if role == "section" and id in unit.sections:
                points = unit.sections[id]
                if live.units not in (points, max(0, points)):
                    raise self._mismatch(id, live.units, points)

    def _expected(self) -> Iterator[tuple[str, str, Points | None]]:
        """What the result says: part, amount, points."""
        unit = self._unit
        for part in unit.parts.values():
            what = key_of(part.part)
            yield from ((what, name, getattr(part, name)) for name in ("base", "bonus", "major_deduction"))
            if part.state != "stopped":
                yield what, "part_score", part.score
        yield from (("", name, getattr(unit, name)) for name in ("base", "bonus", "major_deduction", "total"))

    def _mismatch(self, what: str, found: int, expected: int | None) -> GovscoreError:
        shown = "—" if expected is None else plain(expected)
        return GovscoreError(
            problem(
                m.DISAGREES, None, None, unit=self._unit.unit, what=what, found=plain(found), expected=shown
            )
        )
