"""An item with several reviewers in words: what each one's facts come to, then how that becomes one number.

Invariant: every number shown here was recorded while scoring.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govscore.i18n import gettext as _
from govscore.points import Points, plain
from govscore.rules.line_words import TOTAL
from govscore.rules.words import listed, points_words
from govscore.scoring.steps import Step
from govscore.scoring.trace_words import item_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govscore.facts.rows import Row
    from govscore.scheme.model import Item
    from govscore.scoring.reviewers import Combined
    from govscore.scoring.trace_words import Heard

Told = tuple[tuple[Step, ...], str]
"""Steps, and the arithmetic in one line."""


def reviewer_steps(item: Item, heard: Heard, rows: tuple[Row, ...], sections: Mapping[str, str]) -> Told:
    """The steps of one item that several reviewers reviewed; the arguments are those of `item_steps`."""
    inside, together = _by_reviewer(heard)
    panel = _Panel(item, together, sections)
    steps: list[Step] = []
    equations: list[str] = []
    for name in panel.heard_names():
        mine = tuple(row for row in rows if row.reviewer == name)
        told, arithmetic = item_steps(item, inside[name], mine, sections)
        steps.append(panel.rated(name, told))
        equations.append(arithmetic)
    steps += [*panel.charges(), panel.taken()]
    return tuple(steps), "; ".join([*equations, panel.arithmetic()])


def _by_reviewer(heard: Heard) -> tuple[dict[str, Heard], dict[str, Any]]:
    """What was heard of each reviewer, and of all together."""
    inside: dict[str, Heard] = {}
    current: Heard = []
    together: dict[str, Any] = {}
    for name, data in heard:
        if name == "layer":
            current = inside.setdefault(data["layer"].reviewer, [])
        elif name == "reviewers":
            together = data
        else:
            current.append((name, data))
    return inside, together


@dataclass(slots=True)
class _Panel:
    """What was recorded of all reviewers of one unit."""

    item: Item
    data: dict[str, Any]
    sections: Mapping[str, str]

    @property
    def _found(self) -> Combined:
        found: Combined = self.data["found"][""]
        return found

    def heard_names(self) -> Iterator[str]:
        """Those whose points are told: who rated, and the leader where the leader decides."""
        for place, name in enumerate(self.data["raters"]):
            if bool(self.data["rated"][place][0]):
                yield name
        if any(bool(each.leads[0]) for each in self.data["found"].values()):
            yield self.data["leader"]

    def _points(self, name: str) -> int:
        return int(self.data["points"][name][0])

    def rated(self, name: str, told: tuple[Step, ...]) -> Step:
        """One reviewer: the steps of that reviewer's facts, and what they come to."""
        points = points_words(self._points(name))
        inner = _("; ").join([*(step.text for step in told), _("comes to {points}").format(points=points)])
        text = _("{name}: {steps}").format(name=name, steps=inner)
        return Step(name="rated", text=text, points=Points(0), amount=Points(0))

    def taken(self) -> Step:
        """What their points come to."""
        points = int(self._found.points[0])
        arithmetic = self.arithmetic()
        each = listed(
            _("{name} {points}").format(name=name, points=points_words(self._points(name)))
            for name in self.heard_names()
        )
        text = _("{each}; {how}: {arithmetic}").format(each=each, how=self._how(""), arithmetic=arithmetic)
        return Step(
            name="reviewers", text=text, points=Points(points), amount=Points(points),
            arithmetic=arithmetic if points >= 0 else "",
        )  # fmt: skip

    def arithmetic(self) -> str:
        """How the points become one number."""
        points = int(self._found.points[0])
        counts = self._counted("")
        return _mean([self._points(name) for name in counts], points) if counts else plain(points)

    def charges(self) -> Iterator[Step]:
        """What is taken elsewhere, after all reviewers."""
        for target, found in self.data["found"].items():
            amount = int(found.points[0])
            if target and amount:
                where = _("the total") if target == TOTAL else self.sections[target]
                template = _("{how}: {points} taken from {where} and not here")
                text = template.format(how=self._how(target), points=points_words(amount), where=where)
                yield Step(name="charge", text=text, points=Points(0), amount=Points(0))

    def _counted(self, target: str) -> list[str]:
        counts = self.data["found"][target].counts
        return [name for place, name in enumerate(self.data["raters"]) if bool(counts[place][0])]

    def _how(self, target: str) -> str:
        counted, rated = self._counted(target), int(self.data["rated"].sum())
        if not counted:
            return _("{leader} decides").format(leader=self.data["leader"])
        take = self.item.reviewers.take if self.item.reviewers else ""
        if take == "median":
            return _("the median")
        if take == "pair" and len(counted) < rated:
            return _("the mean of the nearest two, {names}").format(names=listed(counted))
        if take == "trimmed" and len(counted) < rated:
            return _("the mean without the highest and the lowest")
        return _("the mean")


def _mean(numbers: list[int], result: int) -> str:
    if len(numbers) == 1:
        return plain(result)
    terms = " + ".join(plain(each) if each >= 0 else f"({plain(each)})" for each in numbers)
    return f"({terms}) ÷ {len(numbers)} = {plain(result)}"
