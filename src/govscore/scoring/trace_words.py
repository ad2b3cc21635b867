"""The steps of an item in words and in arithmetic that a calculator can follow.

Invariant: every result shown here was recorded while scoring; none is computed a second time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from govscore.i18n import gettext as _
from govscore.points import Points, plain, points
from govscore.rules.base import labels
from govscore.rules.words import in_words
from govscore.scoring.steps import Step

if TYPE_CHECKING:
    from govscore.facts.rows import Row
    from govscore.rules.lines import Line
    from govscore.scheme.model import Item

Heard = list[tuple[str, dict[str, Any]]]
_NUMBER: Final = re.compile(r"-?[0-9.]+\Z", re.ASCII)


@dataclass(slots=True)
class _Account:
    """The arithmetic so far: equations that stand by themselves, then a sum."""

    equations: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)

    def add(self, sign: str, text: str, value: int, *, exact: bool) -> None:
        """A term; one that had to be rounded gets its own equation, since it was rounded by itself."""
        from_nothing = self.terms == ["0"] and not self.equations and sign == "+"
        if not exact:
            self.equations.append(f"{text} = {plain(value)}")
            text = plain(value)
        if from_nothing:
            self.terms = [text]
        else:
            self.terms += [sign, text] if self.terms else [text]

    @property
    def sum(self) -> str:
        """The terms as one sum."""
        return " ".join(self.terms)

    def text(self, zeroed: int | None, raw: int, final: int, upper: int | None) -> str:
        """All of it in one line.

        Args:
            zeroed: the sum before `zero_if` made it 0; None if it did not.
            raw: the sum before the limits.
            final: the item's points.
            upper: the item's upper limit.
        """
        if zeroed is not None:
            total = self.sum if self.sum == plain(zeroed) else f"{self.sum} = {plain(zeroed)}"
            return "; ".join([*self.equations, f"{total} → {plain(raw)}"])
        if raw != final:
            over = upper is not None and raw > upper
            limited = f"min({plain(final)}, {self.sum})" if over else f"max({plain(final)}, {self.sum})"
            return "; ".join([*self.equations, f"{limited} = {plain(final)}"])
        if self.sum != plain(final):
            return "; ".join([*self.equations, f"{self.sum} = {plain(final)}"])
        return "; ".join(self.equations) or self.sum


def item_steps(item: Item, heard: Heard, rows: tuple[Row, ...]) -> tuple[tuple[Step, ...], str]:
    """The steps of one item, and its arithmetic in one line.

    Args:
        item: what was scored.
        heard: what the recorder kept while it was scored.
        rows: the findings on it.
    """
    label = labels(item.asked)
    account = _Account()
    steps: list[Step] = []
    running = 0
    zeroed: int | None = None
    arithmetic = ""
    for name, data in heard:
        if name == "start":
            running = int(data["points"][0])
            steps.append(_begin(data, account))
        elif name == "line" and int(data["uncapped"][0]):
            steps.append(_line(item, data, rows, account, running))
            running = int(steps[-1].points or 0)
        elif name == "zero_if" and bool(data["acts"][0]):
            before, running = int(data["before"][0]), int(data["points"][0])
            zeroed = before if running != before else None
            text = _("no points, because {condition}").format(condition=in_words(data["condition"], label))
            steps.append(
                Step(name="zero_if", text=text, points=Points(running), amount=Points(running - before))
            )
        elif name == "limits":
            raw, final = int(data["before"][0]), int(data["points"][0])
            upper = None if data["upper"] is None else int(data["upper"])
            if raw != final:
                template = _("not above {points}") if final == upper else _("not below {points}")
                text = template.format(points=plain(final))
                steps.append(Step(name="limit", text=text, points=Points(final), amount=Points(final - raw)))
            arithmetic = account.text(zeroed, raw, final, upper)
    return tuple(steps), arithmetic


def _begin(data: dict[str, Any], account: _Account) -> Step:
    """The start in its own words, if it has any, with its own arithmetic."""
    value = int(data["points"][0])
    expression = data["expression"]() if "expression" in data else plain(value)
    account.add("", expression, value, exact=bool(_NUMBER.match(expression)))
    what = data["sentence"]() if "sentence" in data else _("start")
    text = _("{what}: {arithmetic}").format(what=what, arithmetic=_equation(expression, value))
    points = Points(value)
    return Step(
        name="begin", text=text, points=points, amount=points, arithmetic=_equation(expression, value)
    )


def _line(item: Item, data: dict[str, Any], rows: tuple[Row, ...], account: _Account, before: int) -> Step:
    line: Line = data["line"]
    taken, adds = int(data["taken"][0]), _adds(item, data["side"])
    term, exact = _line_term(data, rows)
    label = labels(item.asked)
    account.add("+" if adds else "−", term, taken, exact=exact)
    what = line.title or (label(line.count) if line.count else "")
    if not what and line.when is not None:
        what = in_words(line.when, label)
    if item.kind == "major_deduction":
        template = _("{what}: deduct {arithmetic}") if adds else _("{what}: deduct less, by {arithmetic}")
    else:
        template = _("{what}: plus {arithmetic}") if adds else _("{what}: minus {arithmetic}")
    arithmetic = _equation(term, taken)
    return Step(
        name=data["side"],
        text=template.format(what=what, arithmetic=arithmetic),
        points=Points(before + taken if adds else before - taken),
        amount=Points(taken if adds else -taken),
        arithmetic=arithmetic,
    )


def _equation(term: str, value: int) -> str:
    return term if term == plain(value) else f"{term} = {plain(value)}"


def _adds(item: Item, side: str) -> bool:
    """Whether a line adds to the item's number: in a major deduction, what takes adds to the amount."""
    if item.kind != "major_deduction":
        return side == "plus"
    return side == "minus" or item.rule.plus_deducts


def _line_term(data: dict[str, Any], rows: tuple[Row, ...]) -> tuple[str, bool]:
    """`2 × 0.5`, or `min(2, 8 × 0.5)` where the line's own cap acts; and whether it came out exactly."""
    line: Line = data["line"]
    count, full = int(data["count"][0]), data["full"]
    taken, uncapped = int(data["taken"][0]), int(data["uncapped"][0])
    if line.form == "range":
        typed = [plain(points(row.value)) for row in rows if row.fact == line.id and not row.state]
        term = " + ".join(typed) if len(typed) > 1 else plain(uncapped)
        if taken == uncapped and len(typed) > 1:
            return f"({term})", True
        exact = True
    else:
        worth = line.worth.term(full)
        term = worth if line.form == "once" or count == 1 else f"{count} × {worth}"
        exact = line.worth.of(full) * count == uncapped
    if taken == uncapped or line.cap is None:
        return term, exact
    return f"min({line.cap.term(full)}, {term})", line.cap.of(full) == taken
