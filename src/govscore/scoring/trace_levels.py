"""From items to the score of a part or of the total, in words and arithmetic that a calculator can follow.

Invariant: every result shown here was recorded while scoring; none is computed a second time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govscore.facts.switches import known
from govscore.i18n import gettext as _
from govscore.points import Points, plain
from govscore.rules.line_words import TOTAL
from govscore.rules.words import in_words
from govscore.scoring.standing_words import (
    acting_words,
    title_of,
    warning_words,
)
from govscore.scoring.steps import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govscore.scheme.model import ItemKind
    from govscore.scheme.standing import Effect
    from govscore.scoring.board import Board
    from govscore.scoring.levels import Level
    from govscore.scoring.result import PartResult, UnitResult, VetoResult
    from govscore.scoring.trace_words import Heard
    from govscore.scoring.trees import Branch


def added(values: Iterable[int]) -> str:
    """Values as one sum: `3 + 2 − 0.5`; of nothing but zeros one."""
    text, values = "", tuple(values)
    for value in values if any(values) else ():
        if not text:
            text = plain(value)
        else:
            text += f" + {plain(value)}" if value >= 0 else f" − {plain(-value)}"
    return text or "0"


@dataclass(slots=True)
class LevelPath:
    """The way of one unit through a part, or through the total; `running` is how far it has come."""

    board: Board
    unit: UnitResult
    heard: Heard
    mine: frozenset[str]
    """Its sections and loose items."""
    level: Level
    """A part; of the total the gates, bonus and deductions that no part has."""
    result: UnitResult | PartResult
    """What it came to there."""
    score: int
    """The same after vetoes, which may be so far only."""
    running: int = 0

    def _data(self, name: str) -> Iterator[dict[str, Any]]:
        return (data for step, data in self.heard if step == name and data["part"] == self.level.id)

    # --- sections and base ----------------------------------------------------

    def base(self) -> Iterator[Step]:
        """Sections from the inside, rescaling, base."""
        yield from self._sections(self._sections_of("base"))
        terms = []
        for data in self._data("top"):
            counts = int(data["possible"][0]) or int(data["scaled"][0])
            yield from self._dropped(data)
            if data["id"] not in self.mine or not counts or self._is_open(data["id"]):
                continue
            yield from self._rescaled_top(data)
            terms.append(_top_term(data, self._raw(data["id"])))
        yield from self._base(terms)

    def _sections(self, mine: frozenset[str]) -> Iterator[Step]:
        for data in self._data("section"):
            branch: Branch = data["branch"]
            if branch.section.id not in mine:
                continue
            points = self.unit.sections[branch.section.id]
            text = added(self._parts(branch))
            if branch.cap is not None and int(data["uncapped"][0]) > branch.cap:
                text = f"min({plain(branch.cap)}, {text})"
            charges = self._charges(branch.section.id)
            text += "".join(f" − {plain(amount)}" for _title, amount in charges)
            arithmetic = text if text == plain(points) else f"{text} = {plain(points)}"
            shown = _("section {title}: {arithmetic}").format(
                title=branch.section.title, arithmetic=arithmetic
            )
            for title, amount in charges:
                words = _("; {points} of it taken by “{title}”")
                shown += words.format(points=plain(amount), title=title)
            yield Step(name="section", text=shown, points=points, arithmetic=arithmetic)

    def _charges(self, target: str) -> list[tuple[str, int]]:
        """The items that take from a section or from the total, by title, and what they take."""
        items = self.board.scheme.items
        return [
            (items[each.item].title, int(each.charges[target]))
            for each in self.unit.items.values()
            if target in each.charges
        ]

    def _parts(self, branch: Branch) -> Iterator[int]:
        for row in branch.items:
            points = self.unit.items[self.board.plan.items[row].id].points
            if points is not None:
                yield int(points)
        for inner in branch.branches:
            if inner.section.id in self.mine:
                yield int(self.unit.sections[inner.section.id])

    def _is_open(self, id: str) -> bool:
        """Whether it is a loose item that has no points yet."""
        return id in self.unit.items and self.unit.items[id].points is None

    def _raw(self, id: str) -> int:
        """Points of a top section or loose item before its lower limit."""
        if id in self.unit.sections:
            return int(self.unit.sections[id])
        return int(self.unit.items[id].points or 0)

    def _dropped(self, data: dict[str, Any]) -> Iterator[Step]:
        """A section with nothing applicable, below 0 since something is taken there: it counts nothing."""
        id = data["id"]
        empty = not int(data["possible"][0]) and not int(data["scaled"][0])
        if id in self.mine and id in self.unit.sections and empty and self._raw(id):
            text = _(
                "{title} is left out, since nothing in it is applicable: what is taken there costs nothing"
            )
            yield Step(name="rescale", text=text.format(title=title_of(self.board.scheme, id)))

    def _rescaled_top(self, data: dict[str, Any]) -> Iterator[Step]:
        """Under `within = "section"`: a top section brought to its full points."""
        possible, full, scaled = (int(data[name][0]) for name in ("possible", "full", "scaled"))
        policy = self.level.settings.not_applicable
        if policy is None or policy.within != "section" or possible == full:
            return
        start = _floored(int(data["points"][0]), self._raw(data["id"]))
        arithmetic = f"{start} × {plain(full)} ÷ {plain(possible)} = {plain(scaled)}"
        text = _("{title}, rescaled from {possible} possible points to {full}: {arithmetic}").format(
            title=title_of(self.board.scheme, data["id"]),
            possible=plain(possible),
            full=plain(full),
            arithmetic=arithmetic,
        )
        yield Step(name="rescale", text=text, points=Points(scaled), arithmetic=arithmetic)

    def _base(self, terms: list[str]) -> Iterator[Step]:
        data = next(self._data("base"))
        points, possible, full = (int(data[name][0]) for name in ("points", "possible", "full"))
        text = _joined(terms)
        if possible != full:
            words = _("rescaled from {possible} possible points to {full}")
            yield Step(name="rescale", text=words.format(possible=plain(possible), full=plain(full)))
            text = f"({text})" if len(terms) > 1 else text
            text = f"{text} × {plain(full)} ÷ {plain(possible)}"
        self.running = points
        yield self.base_step(text)

    def base_step(self, text: str) -> Step:
        """The base with its arithmetic."""
        template = _("base so far: {arithmetic}") if self.result.base is None else _("base: {arithmetic}")
        return self._step("base", template, text, amount=self.running)

    def gates(self) -> Iterator[Step]:
        """What the base decides."""
        total = self.level.settings
        condition = "" if total.bonus_when is None else in_words(total.bonus_when, lambda _name: _("base"))
        if self.result.bonus_locked:
            text = _("the bonus stays locked: it needs {condition}")
            yield Step(name="gate", text=text.format(condition=condition))
        elif self.result.base is None and int(next(self._data("score"))["locked"][0]):
            text = _("the bonus does not count yet: it needs {condition}")
            yield Step(name="gate", text=text.format(condition=condition))
        if total.fail is not None and self.result.failed:
            text = _("failed, because {condition}: grade {grade}")
            condition = in_words(total.fail.when, lambda _name: _("base"))
            yield Step(name="gate", text=text.format(condition=condition, grade=total.fail.grade))

    # --- bonus, deductions, bounds --------------------------------------------

    def after_base(self) -> Iterator[Step]:
        """Bonus, major deductions and bounds."""
        score = next(self._data("score"))
        bonus, cap = int(score["bonus"][0]), known(self.level.settings.bonus_cap)
        if self._has("bonus"):
            locked = bool(score["locked"][0])
            text = "0" if locked else self._kind_sum("bonus")
            if not locked and cap is not None and int(score["earned"][0]) > cap:
                text = f"min({plain(cap)}, {text})"
            if not self.result.bonus_locked:
                yield from self._sections(self._sections_of("bonus"))
            self.running += bonus
            yield self._step("bonus", _("bonus: {arithmetic}"), text, amount=bonus, value=bonus)
        if self._has("major_deduction"):
            major = int(score["major"][0])
            yield from self._sections(self._sections_of("major_deduction"))
            self.running -= major
            template = _("major deductions: {arithmetic}")
            text = self._kind_sum("major_deduction")
            yield self._step("major_deduction", template, text, amount=-major, value=major)
        yield from () if self.level.id else self._from_total()
        before, after = int(score["unbounded"][0]), int(score["points"][0])
        if before != after:
            text = (
                f"min({plain(after)}, {plain(before)})"
                if before > after
                else f"max({plain(after)}, {plain(before)})"
            )
            self.running = after
            template = (
                _("bounds of the part: {arithmetic}")
                if self.level.id
                else _("bounds of the total: {arithmetic}")
            )
            yield self._step("bounds", template, text, amount=after - before)

    def _from_total(self) -> Iterator[Step]:
        """What items take from the total itself."""
        for each in self.unit.items.values():
            amount = int(each.charges.get(TOTAL, 0))
            if amount:
                self.running -= amount
                text = _("taken from the total by “{title}”: {points}").format(
                    title=self.board.scheme.items[each.item].title, points=plain(amount)
                )
                points = Points(self.running)
                yield Step(name=f"charge:{each.item}", text=text, points=points, amount=Points(-amount))

    def _kind_sum(self, kind: ItemKind) -> str:
        """The sum of the top sections and loose items of a kind."""
        tree = self.level.trees[kind]
        values = [int(self.unit.sections[b.section.id]) for b in tree.branches if b.section.id in self.mine]
        for row in tree.loose:
            points = self.unit.items[self.board.plan.items[row].id].points
            values += [] if points is None else [int(points)]
        return added(values)

    def _has(self, kind: ItemKind) -> bool:
        items = (self.board.plan.items[row].id for row in self.level.rows[kind])
        return any(self.unit.items[id].state != "not_assigned" for id in items)

    def _sections_of(self, kind: ItemKind) -> frozenset[str]:
        return self.mine & self.level.trees[kind].ids()

    # --- vetoes ---------------------------------------------------------------

    def vetoes(self) -> Iterator[Step]:
        """Every veto and effect that acts; the one that decides carries what it took."""
        stopped = "stopped" in (self.result.state, self.unit.state)
        acting = [
            each
            for each in self.unit.vetoes
            if each.acts and each.part == self.level.id and not (stopped and each.effect.stop is None)
        ]
        total = self.score
        decisive = None if stopped else _decisive(acting, self.running)
        for veto in acting:
            text = acting_words(self.board.scheme, veto)
            if veto is not decisive:
                yield Step(name=f"veto:{veto.id}", text=text)
                continue
            before, self.running = self.running, total
            yield Step(
                name=f"veto:{veto.id}",
                text=text,
                points=Points(total),
                amount=Points(total - before),
                arithmetic=_limit(veto.effect, before, total),
            )

    def warnings(self) -> Iterator[Step]:
        """Vetoes that came close, without any effect."""
        for veto in self.unit.vetoes:
            if veto.warns and veto.part == self.level.id:
                yield Step(name=f"warning:{veto.id}", text=warning_words(self.board.scheme, veto.id))

    def _step(self, name: str, template: str, text: str, *, amount: int, value: int | None = None) -> Step:
        result = plain(self.running if value is None else value)
        arithmetic = text if text == result else f"{text} = {result}"
        return Step(
            name=name,
            text=template.format(arithmetic=arithmetic),
            points=Points(self.running),
            amount=Points(amount),
            arithmetic=arithmetic,
            part=self.level.id,
        )


def _floored(points: int, raw: int) -> str:
    return plain(points) if points == raw else f"max(0, {plain(raw)})"


def _top_term(data: dict[str, Any], raw: int) -> str:
    """What a top section or loose item brings into the base."""
    scaled, points = int(data["scaled"][0]), int(data["points"][0])
    return plain(scaled) if scaled != points else _floored(points, raw)


def _joined(terms: list[str]) -> str:
    text = ""
    for term in terms:
        negative = term.startswith("-")
        sign = " − " if negative else " + "
        text = f"{text}{sign}{term[1:] if negative else term}" if text else term
    return text or "0"


def _decisive(acting: list[VetoResult], score: int) -> VetoResult | None:
    """The veto that makes the total: a zero, else the one with the lowest result, if it changes the score."""
    for veto in acting:
        if veto.effect.zero is not None:
            return veto
    results = [(result, veto) for veto in acting if (result := _result(veto.effect, score)) is not None]
    if not any(veto.effect.fixed is not None or result < score for result, veto in results):
        return None
    return min(results, key=lambda each: each[0])[1]


def _result(effect: Effect, score: int) -> int | None:
    """What a limit of the total makes of a score."""
    fixed, most = known(effect.fixed), known(effect.at_most)
    if fixed is not None:
        return int(fixed)
    return None if most is None else min(int(most), score)


def _limit(effect: Effect, before: int, total: int) -> str:
    """The arithmetic of the veto that decides."""
    most = known(effect.at_most)
    if most is None:
        return plain(total)
    return f"min({plain(most)}, {plain(before)}) = {plain(total)}"
