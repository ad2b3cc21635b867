"""The steps of an item that is asked more than once: what each layer came to, then all of them together.

Invariant: a layer is told by the code that tells an item that is asked once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govscore.i18n import gettext as _
from govscore.points import Points, plain
from govscore.rules.periods import period_name
from govscore.scoring.steps import Step
from govscore.scoring.trace_words import item_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govscore.facts.rows import Row
    from govscore.scheme.model import Item
    from govscore.scoring.established import Layer
    from govscore.scoring.trace_words import Heard


def layered_steps(
    item: Item, heard: Heard, rows: tuple[Row, ...], titles: Mapping[str, str]
) -> tuple[tuple[Step, ...], str]:
    """The steps of an item that is asked more than once, and its arithmetic in one line.

    Args:
        item: what was scored.
        heard: what the recorder kept while it was scored.
        rows: the findings on it.
        titles: of sections, items and vetoes, by id.
    """
    layers = list(_apart(heard))
    together = dict(heard).get("periods")
    if together is None:
        _layer, mine = layers[0]
        return item_steps(item, mine, rows, titles)
    told = []
    for layer, mine in layers:
        own = tuple(row for row in rows if (row.reviewer, row.period) == layer)
        told.append((layer, *item_steps(item, mine, own, titles)))
    return _periods(item, told, together)


def _apart(heard: Heard) -> Iterator[tuple[Layer, Heard]]:
    """What was heard about each layer."""
    starts = [place for place, (name, _data) in enumerate(heard) if name == "layer"]
    for here, after in zip(starts, [*starts[1:], len(heard)], strict=True):
        yield heard[here][1]["layer"], heard[here + 1 : after]


def _periods(
    item: Item, told: list[tuple[Layer, tuple[Step, ...], str]], together: dict[str, Any]
) -> tuple[tuple[Step, ...], str]:
    """`sum` and `mean`: a step for each period, then what they come to."""
    steps: list[Step] = []
    terms: list[str] = []
    running = 0
    for (layer, mine, _arithmetic), points, applies in zip(
        told, together["each"], together["applies"], strict=True
    ):
        name = period_name(layer.period)
        if not applies[0]:
            text = _("{period}: not applicable").format(period=name)
            steps.append(Step(name="no_period", text=text, points=Points(running), amount=Points(0)))
            continue
        own = int(points[0])
        running += own
        terms.append(plain(own) if own >= 0 else f"({plain(own)})")
        here = _("; ").join(step.text for step in mine if step.name != "charge")
        text = _("{period}: {steps}").format(period=name, steps=here)
        steps.append(Step(name="period", text=text, points=Points(running), amount=Points(own)))
        for charge in (step for step in mine if step.name == "charge"):
            text = _("{period}: {steps}").format(period=name, steps=charge.text)
            steps.append(Step(name="charge", text=text, points=Points(running), amount=Points(0)))
    final = int(together["points"][0])
    total = " + ".join(terms)
    if item.rule.combine == "mean":
        return _mean(steps, terms, running, final)
    if final == running:
        return tuple(steps), total if len(terms) == 1 else f"{total} = {plain(final)}"
    limit = _("not above {points}").format(points=plain(final))
    step = Step(name="limit", text=limit, points=Points(final), amount=Points(final - running))
    return (*steps, step), f"min({plain(final)}, {total}) = {plain(final)}"


def _mean(steps: list[Step], terms: list[str], running: int, final: int) -> tuple[tuple[Step, ...], str]:
    if len(terms) == 1:
        return tuple(steps), terms[0]
    arithmetic = f"({' + '.join(terms)}) ÷ {len(terms)} = {plain(final)}"
    text = _("mean of the periods: {arithmetic}").format(arithmetic=arithmetic)
    step = Step(name="mean", text=text, points=Points(final), amount=Points(final - running))
    return (*steps, step), arithmetic
