"""The steps of an item that is asked more than once: what each layer came to, then all of them together.

Invariant: a layer is told by the code that tells an item that is asked once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.calendar.names import period_name
from govscore.i18n import gettext as _
from govscore.points import Points, plain
from govscore.scoring.steps import Step
from govscore.scoring.trace_reviewers import Told, reviewer_steps
from govscore.scoring.trace_words import item_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govscore.facts.rows import Row
    from govscore.scheme.model import Item
    from govscore.scoring.trace_words import Heard


def layered_steps(item: Item, heard: Heard, rows: tuple[Row, ...], titles: Mapping[str, str]) -> Told:
    """The steps of an item that is asked more than once, and its arithmetic in one line.

    Args:
        item: what was scored.
        heard: what the recorder kept while it was scored.
        rows: the findings on it.
        titles: of sections, items and vetoes, by id.
    """
    together = dict(heard).get("periods")
    if together is None:
        return _told(item, heard, rows, titles)
    steps: list[Step] = []
    terms: list[str] = []
    running = 0
    by_period = zip(_apart(heard), together["each"], together["applies"], strict=True)
    for (period, mine), points, applies in by_period:
        name = period_name(period)
        if not applies[0]:
            text = _("{period}: not applicable").format(period=name)
            steps.append(Step(name="no_period", text=text, points=Points(running), amount=Points(0)))
            continue
        own = int(points[0])
        running += own
        terms.append(plain(own) if own >= 0 else f"({plain(own)})")
        told, _arithmetic = _told(item, mine, tuple(row for row in rows if row.period == period), titles)
        steps += _of_period(name, told, own, running)
    return _combined(item, steps, terms, running, int(together["points"][0]))


def _told(item: Item, heard: Heard, rows: tuple[Row, ...], titles: Mapping[str, str]) -> Told:
    """What one period, or all of them on one start, came to: by its reviewer, or by all of them."""
    tell = reviewer_steps if item.combines else item_steps
    return tell(item, heard, rows, titles)


def _apart(heard: Heard) -> Iterator[tuple[str, Heard]]:
    """What was heard about each period."""
    current: Heard = []
    period = None
    for name, data in heard:
        if name == "layer" and data["layer"].period != period:
            if period is not None:
                yield period, current
            current, period = [], data["layer"].period
        if name != "periods":
            current.append((name, data))
    if period is not None:
        yield period, current


def _of_period(name: str, told: tuple[Step, ...], own: int, running: int) -> Iterator[Step]:
    """A step for what a period came to, and one for each charge elsewhere."""
    here = _("; ").join(step.text for step in told if step.name != "charge")
    text = _("{period}: {steps}").format(period=name, steps=here)
    yield Step(name="period", text=text, points=Points(running), amount=Points(own))
    for charge in (step for step in told if step.name == "charge"):
        text = _("{period}: {steps}").format(period=name, steps=charge.text)
        yield Step(name="charge", text=text, points=Points(running), amount=Points(0))


def _combined(item: Item, steps: list[Step], terms: list[str], running: int, final: int) -> Told:
    """`sum` and `mean`: what the periods come to together."""
    total = " + ".join(terms)
    if item.rule.combine == "mean":
        return _mean(steps, terms, running, final)
    if final == running:
        return tuple(steps), total if len(terms) == 1 else f"{total} = {plain(final)}"
    limit = _("not above {points}").format(points=plain(final))
    step = Step(name="limit", text=limit, points=Points(final), amount=Points(final - running))
    return (*steps, step), f"min({plain(final)}, {total}) = {plain(final)}"


def _mean(steps: list[Step], terms: list[str], running: int, final: int) -> Told:
    if len(terms) == 1:
        return tuple(steps), terms[0]
    arithmetic = f"({' + '.join(terms)}) ÷ {len(terms)} = {plain(final)}"
    text = _("mean of the periods: {arithmetic}").format(arithmetic=arithmetic)
    step = Step(name="mean", text=text, points=Points(final), amount=Points(final - running))
    return (*steps, step), arithmetic
