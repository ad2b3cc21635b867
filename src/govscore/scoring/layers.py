"""Facts of an item that is asked more than once: by several reviewers, or in every period.

Invariant: a layer is read as an item that is asked once is; a row belongs to exactly one layer, but for
`na` of the whole item, which stands for every period.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.errors import problem
from govscore.scoring import messages as m
from govscore.scoring.established import NOBODY, NOTHING, EntryFacts, Layer
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

_NA: Final = EntryFacts(state="not_applicable")


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
        reviewer = row.reviewer if item.several else NOBODY
        if item.several and not row.reviewer:
            problems.append(_at(m.REVIEWER_NEEDED, row, None, column="reviewer"))
        elif row.period in spans:
            grouped.setdefault(Layer(reviewer, row.period), []).append(row)
        elif not row.period and row.state == "na" and not row.fact:
            if reviewer in whole:
                problems.append(_at(m.ROW_TWICE, row, None, fact="na", case="—"))
            whole[reviewer] = row
        else:
            problems.append(_period_problem(row, tuple(spans)))
    layers: dict[Layer, EntryFacts] = {}
    for reviewer, row in whole.items():
        if any(layer.reviewer == reviewer for layer in grouped):
            problems.append(_at(m.NA_AND_VALUES, row))
        layers |= {Layer(reviewer, id): _NA for id in spans}
    for layer, mine in grouped.items():
        facts, found = read_layer(
            item, mine, period, unit, layer, spans[layer.period] if layer.period else None
        )
        layers[layer] = facts
        problems += found
    if item.reviewers is not None and item.reviewers.take == "same":
        layers = {Layer(NOBODY, id): agreed(layers, id, item) for id in spans} if layers else {}
    layers = {layer: facts._replace(rows=()) for layer, facts in layers.items()}
    if not item.layered:  # found the same, and so as if a single one had found it
        return layers.get(Layer(), NOTHING)._replace(rows=tuple(rows)), tuple(problems)
    return EntryFacts(_state(layers, spans), rows=tuple(rows), layers=layers), tuple(problems)


def as_one(entry: Item | Veto, facts: EntryFacts) -> EntryFacts:
    """The facts as if one reviewer had found them, where several must find the same; else as they are.

    While they do not agree there are no rows: nothing is established.
    """
    if not entry.several or entry.combines or not facts.rows:
        return facts
    said = facts.state != "open" or facts.values or any(each.values for each in facts.layers.values())
    first = min(row.reviewer for row in facts.rows)
    rows = (row._replace(reviewer=NOBODY) for row in facts.rows if row.reviewer == first)
    return facts._replace(rows=tuple(rows) if said else ())


def agreed(layers: Mapping[Layer, EntryFacts], period: str, entry: Item | Veto) -> EntryFacts:
    """What several reviewers found alike in a period; open while too few have, or they differ."""
    mine = [facts for layer, facts in sorted(layers.items()) if layer.period == period]
    said = [(facts.state, facts.values, _beside(facts, entry)) for facts in mine]
    enough = entry.reviewers is not None and len(mine) >= entry.reviewers.least
    return mine[0] if enough and all(each == said[0] for each in said) else NOTHING


def _beside(facts: EntryFacts, entry: Item | Veto) -> dict[str, tuple[object, ...]]:
    """What rows say that identical facts share, besides values; reasons and notes are aside."""
    rows: dict[str, list[Row]] = {}
    for row in facts.rows:
        rows.setdefault(entry.fact_names.get(row.fact, ""), []).append(row)
    found = {id: entry.asked[id].beside(mine) for id, mine in rows.items() if id in entry.asked}
    return {id: each for id, each in found.items() if each}


def _state(layers: Mapping[Layer, EntryFacts], spans: Mapping[str, Period]) -> FactsState:
    """What the layers come to: open while a reviewer has not said everything of every period."""
    states = {each.state for each in layers.values()}
    reviewers = {layer.reviewer for layer in layers}
    if not layers or "open" in states or len(layers) < len(reviewers) * len(spans):
        return "open"
    return "not_applicable" if states == {"not_applicable"} else "reviewed"


def _period_problem(row: Row, known: Sequence[str]) -> Problem:
    """A row that names no period, or none that is asked."""
    data = {"first": known[0], "last": known[-1]}
    if row.period:
        return _at(m.UNKNOWN_PERIOD, row, nearest(row.period, known), found=row.period, **data)
    return _at(m.PERIOD_NEEDED, row, None, **data)


def _at(kind: object, row: Row, near: str | None = None, /, **data: object) -> Problem:
    return problem(kind, row.place, near, unit=row.unit, item=row.item, **data)  # type: ignore[arg-type]
