"""The right pane: the live score of the unit, and why this item has its points.

Invariant: an open unit shows points so far and the span still possible, never a total or a rank.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from govscore.facts.switches import known
from govscore.i18n import gettext as _
from govscore.points import show
from govscore.review.checklist import STATE_NAMES
from govscore.rules.words import percent_words
from govscore.scheme.unit_schemes import for_unit
from govscore.scoring.standing_words import standing_words, warning_words
from govscore.tui.draw.spans import Drawn, Span, beside, line, spans_width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.points import Points
    from govscore.review.live import Live
    from govscore.scheme.model import Scheme
    from govscore.scoring.result import UnitResult


_TWO_COLUMNS: Final = 56
"""From this width on, the item stands beside the unit."""


def score_lines(scheme: Scheme, live: Live, cells: int, *, assumed: bool = False) -> list[Drawn]:
    """The item, the unit's figures, then the trace of the item.

    Args:
        scheme: what is assessed.
        live: the figures.
        cells: width.
        assumed: the form is not complete yet, and its rest was taken as without fault.
    """
    if cells < _TWO_COLUMNS:
        item = _item(scheme, live, cells, assumed=assumed)
        return [*item, line(""), *_unit(scheme, live, cells), *_why(live, cells)]
    right = cells // 2
    left = cells - right - 1
    item = [*_item(scheme, live, left, assumed=assumed), *_why(live, left)]
    return list(_side_by_side(item, _unit(scheme, live, right), left))


def _side_by_side(one: list[Drawn], other: list[Drawn], cells: int) -> Iterator[Drawn]:
    """Two columns, the first so many cells wide."""
    for left, right in zip_longest(one, other, fillvalue=()):
        space = " " * (cells - spans_width(left))
        yield (*left, (space, ""), ("│", "dim"), *right)


def _pair(label: str, value: str, cells: int, role: str = "") -> Drawn:
    return beside([(f" {label}", "dim")], [(value, role), (" ", "")], cells)


def _item(scheme: Scheme, live: Live, cells: int, *, assumed: bool) -> list[Drawn]:
    places = scheme.places
    found: list[Drawn] = [line((" " + _("This item"), "strong"))]
    if assumed:
        found.append(line((" " + _("if the rest is without fault"), "warn")))
    trace = live.trace
    if trace is None:
        veto = live.veto
        acts = veto is not None and veto.acts
        words = _("acts") if acts else _("undecided") if veto and veto.undecided else _("does not act")
        found.append(_pair(_("veto"), words, cells, "bad" if acts else ""))
        if veto is not None and veto.warns:
            found += _hanging("▲ ", warning_words(scheme, veto.id), cells, "warn")
        return found
    if trace.points is None or trace.state == "none":
        found.append(_pair(_("state"), _(STATE_NAMES[trace.state]), cells, "accent"))
    elif trace.arithmetic:
        found += [line((f" {each}", "strong")) for each in wrap(trace.arithmetic, cells - 2)]
    else:
        found.append(_pair(_("points"), show(trace.points, places), cells, "strong"))
    if live.change:
        sign = "+" if live.change > 0 else "−"
        changed = f"{sign}{show(abs(live.change), places)}"
        found.append(_pair(_("changes the total by"), changed, cells, "warn"))
    return found


def _unit(scheme: Scheme, live: Live, cells: int) -> list[Drawn]:
    unit, places = live.unit, scheme.places
    found: list[Drawn] = [line((" " + _("Unit"), "strong"))]
    if unit.state == "stopped":
        return [*found, _pair(_("state"), _("stopped by a veto"), cells, "bad"), *_grade(live, cells)]
    if unit.state == "unassessed":
        return [*found, _pair(_("state"), _("not assessed"), cells)]
    found += _parts(scheme, unit, cells)
    found.append(_pair(_("base"), _points(unit.base, places, _("open")), cells))
    bonus = _("locked") if unit.bonus_locked else _points(unit.bonus, places, "—")
    found.append(_pair(_("bonus"), bonus, cells))
    major = (
        f"−{show(unit.major_deduction, places)}"
        if unit.major_deduction
        else _points(unit.major_deduction, places, "—")
    )
    found.append(_pair(_("major deductions"), major, cells))
    if unit.charged:
        found.append(_pair(_("taken from the total"), f"−{show(unit.charged, places)}", cells))
    found += _totals(unit, places, cells)
    rank = _("prov. {rank}").format(rank=unit.rank or "—") if live.provisional else str(unit.rank or "—")
    found.append(_pair(_("rank in the group"), f"{rank} / {live.group_size}", cells))
    found += _grade(live, cells)
    for why in standing_words(scheme, unit):
        found += _hanging("※ ", why, cells, "dim")
    if live.next_line is not None:
        away = _("to “{grade}” {line}").format(
            grade=live.next_line.name, line=show(live.next_line.line, places)
        )
        short = _short(live.next_line.missing, places)
        found.append(_pair(away, _("short of {points}").format(points=short), cells))
    return found


def _parts(scheme: Scheme, unit: UnitResult, cells: int) -> list[Drawn]:
    """Each part with its weight: its score, or the base that it has already."""
    places, found = scheme.places, []
    for part in for_unit(scheme, unit).model.part:
        result = unit.parts[part.id]
        label = f"{part.title} {percent_words(known(part.weight))}"
        if result.score is not None:
            value, role = show(result.score, places), "strong"
        elif result.state == "stopped":
            value, role = _("stopped by a veto"), "bad"
        elif result.state == "unassessed":
            value, role = _("nothing applicable"), "dim"
        elif result.base is not None:
            value, role = _("base {points}").format(points=show(result.base, places)), ""
        else:
            value, role = _("open"), ""
        found.append(_pair(label, value, cells, role))
        if result.grade is not None:
            found.append(_pair("", result.grade, cells, "accent"))
    return found


def _totals(unit: UnitResult, places: int, cells: int) -> list[Drawn]:
    if unit.total is not None:
        return [_pair(_("total"), show(unit.total, places), cells, "title")]
    low = _points(unit.low, places, _("no limit"))
    high = _points(unit.high, places, _("no limit"))
    return [
        _pair(_("so far"), _points(unit.so_far, places, "—"), cells, "title"),
        _pair(_("still possible"), f"{low} – {high}", cells),
    ]


def _grade(live: Live, cells: int) -> list[Drawn]:
    return [_pair(_("grade"), live.unit.grade, cells, "accent")] if live.unit.grade else []


def _points(points: Points | None, places: int, without: str) -> str:
    return without if points is None else show(points, places)


def _short(missing: Points, places: int) -> str:
    """What is missing, with four places if it would else read as nothing."""
    text = show(missing, places)
    return text if missing and any(digit in text for digit in "123456789") else show(missing, 4)


def _why(live: Live, cells: int) -> list[Drawn]:
    trace = live.trace
    if trace is None or not (trace.steps or trace.details or trace.reasons):
        return []
    found: list[Drawn] = [line(""), line((" " + _("Why"), "strong"))]
    for step in trace.steps:
        found += _hanging("· ", step.text, cells, "")
    for detail in trace.details:
        found += _hanging("- ", detail, cells, "")
    for reason in trace.reasons:
        found += _hanging("※ ", reason, cells, "dim")
    return found


def _hanging(sign: str, text: str, cells: int, role: str) -> list[Drawn]:
    first: Span = (f" {sign}", "dim")
    texts = wrap(text, cells - 4)
    return [line(first, (texts[0], role)), *(line((f"   {each}", role)) for each in texts[1:])]
