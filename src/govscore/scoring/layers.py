"""Facts of an item that is asked more than once: by several reviewers, or in every period.

Invariant: a layer is read as an item that is asked once is; a row belongs to exactly one layer, but for
`na` of the whole item, which stands for every period.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.errors import problem
from govscore.scoring import messages as m
from govscore.scoring.established import EntryFacts, Layer
from govscore.scoring.layer_reading import read_layer
from govscore.text import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govscore.errors import Problem
    from govscore.facts.base import Period
    from govscore.facts.rows import Row
    from govscore.scheme.model import Item, Veto
    from govscore.scheme.units import Unit
    from govscore.scoring.established import FactsState

_NA = EntryFacts(state="not_applicable")


def read_layers(
    item: Item | Veto, rows: Sequence[Row], period: Period, unit: Unit | None = None
) -> tuple[EntryFacts, tuple[Problem, ...]]:
    """Facts of one unit on an item that is asked more than once, and what is wrong with them.

    Args:
        item: what may be established.
        rows: what was established, of any reviewer and period.
        period: what is assessed, and its working days.
        unit: whom the rows are about.
    """
    spans = item.spans(period)
    problems: list[Problem] = []
    grouped: dict[Layer, list[Row]] = {}
    whole: dict[str, Row] = {}
    for row in rows:
        reviewer = ""  # the only one
        if row.period in spans:
            grouped.setdefault(Layer(reviewer, row.period), []).append(row)
        elif not row.period and row.state == "na" and not row.fact:
            if reviewer in whole:
                problems.append(_at(m.ROW_TWICE, row, None, fact="na", case="—"))
            whole[reviewer] = row
        else:
            near = nearest(row.period, tuple(spans))
            problems.append(_at(m.LATER, row, near, column="period", found=row.period))
    layers: dict[Layer, EntryFacts] = {}
    for reviewer, row in whole.items():
        if any(layer.reviewer == reviewer for layer in grouped):
            problems.append(_at(m.NA_AND_VALUES, row))
        layers |= {Layer(reviewer, id): _NA for id in spans}
    for layer, mine in grouped.items():
        facts, found = read_layer(item, mine, period, unit, layer, spans[layer.period])
        layers[layer] = facts._replace(rows=())
        problems += found
    return EntryFacts(_state(layers, spans), rows=tuple(rows), layers=layers), tuple(problems)


def _state(layers: Mapping[Layer, EntryFacts], spans: Mapping[str, Period]) -> FactsState:
    """What the layers come to: open while a reviewer has not said everything of every period."""
    states = {each.state for each in layers.values()}
    reviewers = {layer.reviewer for layer in layers}
    if not layers or "open" in states or len(layers) < len(reviewers) * len(spans):
        return "open"
    return "not_applicable" if states == {"not_applicable"} else "reviewed"


def _at(kind: object, row: Row, near: str | None = None, /, **data: object) -> Problem:
    return problem(kind, row.place, near, unit=row.unit, item=row.item, **data)  # type: ignore[arg-type]
