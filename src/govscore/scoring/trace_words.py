"""The steps of an item in words and in arithmetic that a calculator can follow.

Invariant: every result shown here was recorded while scoring; none is computed a second time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from govscore.i18n import gettext as _
from govscore.points import Points, plain
from govscore.rules.base import labels
from govscore.rules.line_words import TOTAL
from govscore.rules.modifiers import side_cap_words
from govscore.rules.words import in_words
from govscore.scoring.account import Account
from govscore.scoring.steps import Step
from govscore.scoring.trace_lines import exempted, line_name, line_term, spared, yielded_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from govscore.facts.rows import Row
    from govscore.rules.lines import Line
    from govscore.rules.words import Labels
    from govscore.scheme.model import Item

Heard = list[tuple[str, dict[str, Any]]]
_NUMBER: Final = re.compile(r"-?[0-9.]+\Z", re.ASCII)


def item_steps(
    item: Item, heard: Heard, rows: tuple[Row, ...], titles: Mapping[str, str]
) -> tuple[tuple[Step, ...], str]:
    """The steps of one item, and its arithmetic in one line.

    Args:
        item: what was scored.
        heard: what the recorder kept while it was scored.
        rows: the findings on it.
        titles: of the scheme's items and sections, by id.
    """
    account = _Told(item, rows, labels(item.asked, titles))
    steps = [step for name, data in heard for step in account.steps(name, data)]
    return tuple(steps), account.arithmetic


@dataclass(slots=True)
class _Told:
    """What was heard about one item, put into words; `running` is how far its points have come."""

    item: Item
    rows: tuple[Row, ...]
    label: Labels
    account: Account = field(default_factory=Account)
    running: int = 0
    zeroed: int | None = None
    """The points before `zero_if` made them 0; None if it did not."""
    arithmetic: str = ""

    def steps(self, name: str, data: dict[str, Any]) -> Iterator[Step]:
        """The steps that something heard is told in."""
        tell: Mapping[str, Callable[[dict[str, Any]], Iterator[Step]]] = {
            "start": self._start,
            "ceiling": self._ceiling,
            "line": self._line,
            "side_cap": self._side_cap,
            "zero_if": self._zero_if,
            "limits": self._limits,
        }
        yield from tell[name](data) if name in tell else ()

    def _step(self, name: str, text: str, amount: int, arithmetic: str = "") -> Step:
        self.running += amount
        return Step(
            name=name, text=text, points=Points(self.running), amount=Points(amount), arithmetic=arithmetic
        )

    def _start(self, data: dict[str, Any]) -> Iterator[Step]:
        """The start in its own words, if it has any, with its own arithmetic."""
        value = int(data["points"][0])
        expression = data["expression"]() if "expression" in data else plain(value)
        self.account.start(expression, value, exact=bool(_NUMBER.match(expression)))
        what = data["sentence"]() if "sentence" in data else _("start")
        arithmetic = _equation(expression, value)
        text = _("{what}: {arithmetic}").format(what=what, arithmetic=arithmetic)
        yield self._step("begin", text, value, arithmetic)

    def _ceiling(self, data: dict[str, Any]) -> Iterator[Step]:
        before, after = int(data["before"][0]), int(data["points"][0])
        if before == after:
            return
        at, full = data["ceiling"].at, data["full"]
        self.account.ceiling(at.term(full), after, exact=at.of(full) == after)
        template = _("starts at most at {points}, because {condition}")
        condition = in_words(data["ceiling"].when, self.label)
        yield self._step("ceiling", template.format(points=plain(after), condition=condition), after - before)

    def _line(self, data: dict[str, Any]) -> Iterator[Step]:
        line: Line = data["line"]
        taken, side = int(data["taken"][0]), data["side"]
        if exemption := exempted(data, self.label):
            yield self._step("exempt", exemption, 0)
        gone = spared(data)
        for text in yielded_words(gone, data, self.label):
            yield self._step("yield", text, 0)
        if not int(data["uncapped"][0]):
            return
        term, exact = line_term(
            data, [row for row in self.rows if not any(row is each for each, _id in gone)]
        )
        what, arithmetic = line_name(data, self.label), _equation(term, taken)
        if line.from_ is not None:
            yield self._step("charge", self._elsewhere(line, what, arithmetic), 0)
            return
        adds = self._adds(side)
        self.account.add(side, "+" if adds else "−", term, taken, exact=exact)
        if self.item.kind == "major_deduction":
            template = _("{what}: deduct {arithmetic}") if adds else _("{what}: deduct less, by {arithmetic}")
        else:
            template = _("{what}: plus {arithmetic}") if adds else _("{what}: minus {arithmetic}")
        text = template.format(what=what, arithmetic=arithmetic)
        yield self._step(side, text, taken if adds else -taken, arithmetic)

    def _elsewhere(self, line: Line, what: str, arithmetic: str) -> str:
        if line.from_ == TOTAL:
            template = _("{what}: {arithmetic}, taken from the total and not here")
            return template.format(what=what, arithmetic=arithmetic)
        title = self.label.titled(str(line.from_))
        template = _("{what}: {arithmetic}, taken from section {title} and not here")
        return template.format(what=what, arithmetic=arithmetic, title=title)

    def _adds(self, side: str) -> bool:
        """Whether a line adds to the item's number: in a major deduction, what takes adds to the amount."""
        if self.item.kind != "major_deduction":
            return side == "plus"
        return self.item.rule.takes(side, self.item.kind)

    def _side_cap(self, data: dict[str, Any]) -> Iterator[Step]:
        before, after, side = int(data["before"][0]), int(data["points"][0]), data["side"]
        if before == after:
            return
        cap, full = data["cap"], data["full"]
        self.account.cap(side, cap.term(full), after, exact=cap.of(full) == after)
        text = side_cap_words(cap, self.item.rule.takes(side, self.item.kind), full)
        yield self._step(f"{side}_cap", text, after - before if self._adds(side) else before - after)

    def _zero_if(self, data: dict[str, Any]) -> Iterator[Step]:
        if not bool(data["acts"][0]):
            return
        before, after = int(data["before"][0]), int(data["points"][0])
        self.zeroed = before if after != before else None
        template = (
            _("no points, because {condition}") if after >= 0 else _("no more than 0, because {condition}")
        )
        text = template.format(condition=in_words(data["condition"], self.label))
        yield self._step("zero_if", text, after - before)

    def _limits(self, data: dict[str, Any]) -> Iterator[Step]:
        raw, final = int(data["before"][0]), int(data["points"][0])
        self.arithmetic = self.account.text(self.zeroed, raw, final)
        if raw != final:
            template = _("not above {points}") if raw > final else _("not below {points}")
            yield self._step("limit", template.format(points=plain(final)), final - raw)


def _equation(term: str, value: int) -> str:
    return term if term == plain(value) else f"{term} = {plain(value)}"
