"""The totals of one unit as formulas of its row in the matrix.

Invariant: every formula's value is checked against the result before it is written; a workbook
whose arithmetic differs from the result is never made. Order of application: `docs/scheme.md`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.errors import GovscoreError, problem
from govscore.export import messages as m
from govscore.export.layout import LOOSE, effect_form, effects
from govscore.export.live import Live, add, at_least, at_most, if_any, if_gate, literal, rescale, subtract
from govscore.export.words import NOT_ASSIGNED
from govscore.points import plain
from govscore.rules.line_words import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govscore.export.layout import Layout, Role
    from govscore.scheme.model import ItemKind
    from govscore.scheme.standing import Effect
    from govscore.scoring.plan import Branch
    from govscore.scoring.result import UnitResult

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
        self._total = layout.scheme.model.total
        self._floored = self._total.floor_at == "section"
        """Whether base items may be below 0 and top sections may not."""
        for kind in ("base", "bonus", "major_deduction"):
            self._sections(kind)
        if unit.base is not None:
            self._base()
        if unit.state in ("scored", "open"):
            self._after_base()
        if unit.state == "scored":
            self._total_cells()
        self._check()

    # --- sections -------------------------------------------------------------

    def _sections(self, kind: ItemKind) -> None:
        for branch in self._layout.plan.trees[kind].branches:
            self._section(kind, branch, top=True)

    def _section(self, kind: ItemKind, branch: Branch, *, top: bool) -> bool:
        """A section's points, if any item in it has points."""
        below = [self._section(kind, inner, top=False) for inner in branch.branches]
        charges = self._charges(branch.section.id) if kind == "base" else []
        taken = any(charge.units for charge in charges)
        if not (taken or any(below) or any(self._has_points(row) for row in branch.items)):
            return False
        total = at_most(add(self._parts(kind, branch)), branch.cap)
        for charge in charges:
            total = subtract(total, charge)
        if top and kind == "base" and self._may_fall(branch):
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

    def _may_fall(self, branch: Branch) -> bool:
        """Whether a top section could come below 0, where the scheme does not let it."""
        if self._total.floor_at == "none":
            return False
        plan = self._layout.plan
        bounded = [plan.items[row].rule.bounds for row in branch.items]
        low = any(each is not None and each.from_ is not None for each in bounded)
        return self._floored or low or self._aimed_at(branch) or any(map(self._may_fall, branch.branches))

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

    def _base(self) -> None:
        """Steps 6 and 7: top sections, then rescaling of what is not applicable."""
        tree = self._layout.plan.trees["base"]
        for branch in tree.branches:
            self._possible(branch)
        if tree.loose:
            self._measure(LOOSE, tree.loose, [], None)
        tops = [branch.section.id for branch in tree.branches]
        loose = [("helper", LOOSE, "possible")] if tree.loose else []
        if self._layout.by_section:
            for branch in tree.branches:
                self._scale(branch)
            sections = [("helper", id, "scaled") for id in tops]
            counted = [("helper", id, "counted") for id in tops]
        else:
            sections = [("section", id, "") for id in tops]
            counted = [("helper", id, "possible") for id in tops]
        score = add([*self._cells(sections), *self._loose_points(tree.loose)])  # type: ignore[arg-type]
        self.cells["amount", "possible", ""] = add(list(self._cells([*counted, *loose])))  # type: ignore[list-item]
        self.cells["amount", "full", ""] = self._full(tops, tree.loose)
        full, possible = self._cells([("amount", "full", ""), ("amount", "possible", "")])
        self.cells["amount", "base", ""] = rescale(score, full, possible)

    def _possible(self, branch: Branch) -> None:
        for inner in branch.branches:
            self._possible(inner)
        self._measure(
            branch.section.id, branch.items, [inner.section.id for inner in branch.branches], branch.cap
        )

    def _measure(self, section: str, rows: tuple[int, ...], inner: list[str], cap: int | None) -> None:
        """Possible points (of what is applicable) and own points (of what is assigned) of a section."""
        wanted = ["possible", "own"] if self._layout.has_own else ["possible"]
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
        units = sum(
            int(item.full or 0)
            for item in found
            if (item.points is not None if what == "possible" else item.state != "not_assigned")
        )
        return [Live(f"SUMPRODUCT({test}*{weights})", units)]

    def _scale(self, branch: Branch) -> None:
        """A top section rescaled by itself; one with nothing possible drops out."""
        section = branch.section
        possible, own = self._cells([("helper", section.id, "possible"), ("helper", section.id, "own")])
        full = own if section.points is None else literal(section.points)
        score = add(list(self._cells([("section", section.id, "")])))
        self.cells["helper", section.id, "counted"] = if_any(possible, full)
        self.cells["helper", section.id, "owed"] = if_any(own, full)
        self.cells["helper", section.id, "scaled"] = if_any(possible, rescale(score, full, possible))

    def _full(self, tops: list[str], loose: tuple[int, ...]) -> Live:
        """F: what the base is rescaled to."""
        total = self._total
        if total.not_applicable.target == "full":
            return literal(total.full_marks)
        what = "owed" if self._layout.by_section else "own"
        keys: list[Key] = [("helper", id, what) for id in tops]
        if loose:
            keys.append(("helper", LOOSE, "own"))
        return add(list(self._cells(keys)))

    def _loose_points(self, rows: tuple[int, ...]) -> list[Live]:
        parts = self._range("base", LOOSE, rows)
        if not parts or not self._floored:
            return parts
        units = sum(max(0, self._points(row)) for row in rows)  # each is its own top section
        return [Live(f'SUMIF({parts[0].text},">0")', units)]

    # --- after the base -------------------------------------------------------

    def _after_base(self) -> None:
        """Steps 8 to 10: the gate, bonus and major deductions; what is not decided yet has no number."""
        total = self._total
        if self._unit.bonus is not None:
            bonus = at_most(self._tree("bonus"), total.bonus_cap)
            if total.bonus_when is not None:
                base = next(self._cells([("amount", "base", "")]))
                bonus = if_gate(total.bonus_when, base, int(total.full_marks), bonus)
            self.cells["amount", "bonus", ""] = bonus
        if self._unit.major_deduction is not None:
            self.cells["amount", "major_deduction", ""] = self._tree("major_deduction")

    def _tree(self, kind: ItemKind) -> Live:
        tree = self._layout.plan.trees[kind]
        tops: list[Key] = [("section", branch.section.id, "") for branch in tree.branches]
        return add([*self._cells(tops), *self._range(kind, LOOSE, tree.loose)])

    def _total_cells(self) -> None:
        """Steps 11 and 14: bounds, then the vetoes and effects that act."""
        bounds = self._total.bounds
        base, bonus, major = self._cells(
            [("amount", "base", ""), ("amount", "bonus", ""), ("amount", "major_deduction", "")]
        )
        score = Live(f"{base.text}+{bonus.text}-{major.text}", base.units + bonus.units - major.units)
        for charge in self._charges(TOTAL):
            score = subtract(score, charge)
        if bounds is not None:
            score = at_least(at_most(score, bounds.to), bounds.from_)
        self.cells["amount", "score", ""] = score
        self.cells["amount", "total", ""] = self._after_effects(next(self._cells([("amount", "score", "")])))

    def _after_effects(self, score: Live) -> Live:
        acting = {veto.id for veto in self._unit.vetoes if veto.acts}
        forms: dict[str, Effects] = {"at_most": [], "fixed": [], "zero": [], "": []}
        for id, effect in effects(self._layout.scheme):
            forms[effect_form(effect)].append((id, effect))
        limits, fixed = forms["at_most"], forms["fixed"]
        zeros = [id for id, _effect in forms["zero"]]
        lowered = [int(effect.at_most or 0) for id, effect in limits if id in acting]
        ends = [int(effect.fixed or 0) for id, effect in fixed if id in acting]
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
        expected = {"base": unit.base, "bonus": unit.bonus, "major_deduction": unit.major_deduction}
        for name, points in {**expected, "total": unit.total}.items():
            live = self.cells.get(("amount", name, ""))
            if live is not None and live.units != points:
                raise self._mismatch(name, live.units, points)
        for (role, id, _what), live in self.cells.items():
            if role == "section" and id in unit.sections:
                points = unit.sections[id]
                floored = self._total.floor_at != "none"
                if live.units != points and not (floored and live.units == max(0, points)):
                    raise self._mismatch(id, live.units, points)

    def _mismatch(self, what: str, found: int, expected: int | None) -> GovscoreError:
        shown = "—" if expected is None else plain(expected)
        return GovscoreError(
            problem(
                m.DISAGREES, None, None, unit=self._unit.unit, what=what, found=plain(found), expected=shown
            )
        )
