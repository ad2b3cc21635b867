"""A line of a rule as a calculator follows it: what was counted, times what it is worth, under its cap.

Invariant: every result shown here was recorded while scoring; none is computed a second time.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from govscore.calendar.names import period_name
from govscore.i18n import gettext as _
from govscore.i18n import ngettext
from govscore.points import Points, plain, points
from govscore.rules.line_words import target_words
from govscore.rules.peer_words import measured_words, term_text
from govscore.rules.values import ONCE, decimal_text
from govscore.rules.words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govscore.facts.rows import Row
    from govscore.rules.lines import Line
    from govscore.rules.view import View
    from govscore.rules.words import Labels


def line_name(data: dict[str, Any], label: Labels) -> str:
    """What a line is about; of one that goes by steps, how many there are of them."""
    line: Line = data["line"]
    what = _bare_name(line, label)
    stack = data["view"].stack
    if line.of is not None and line.against is not None and stack is None:  # else each period has its own
        group = measured_words(data["view"], line.of, line.against)
        what = _("{what} ({group})").format(what=what, group=group)
    if stack is not None:
        return _of_periods(what, line, data)
    if line.of is None or line.steps == "exact":
        return what
    count = int(data["count"][0])
    if line.steps == "whole":
        template = ngettext(
            "{what} ({gap}: {count} whole step of {every})",
            "{what} ({gap}: {count} whole steps of {every})",
            count,
        )
    else:
        template = ngettext(
            "{what} ({gap}: {count} step of {every}, started ones included)",
            "{what} ({gap}: {count} steps of {every}, started ones included)",
            count,
        )
    _threshold, every, _rounding, _short = line.measure
    return template.format(what=what, gap=_gap(line, data["view"]), count=count, every=target_words(every))


def line_term(data: dict[str, Any], rows: Sequence[Row]) -> tuple[str, bool]:
    """`2 × 0.5`, or `min(2, 8 × 0.5)` where the line's own cap acts; and whether it came out exactly."""
    line: Line = data["line"]
    full, factor = data["full"], data["factor"]
    taken, uncapped = int(data["taken"][0]), int(data["uncapped"][0])
    capped = taken != uncapped and line.cap is not None
    if line.form == "range":
        typed = _typed(line, data, rows)
        several = len(typed) > 1
        term = " + ".join(map(plain, typed)) or "0"
        exact = sum(typed) * factor == uncapped
        if several and (factor != 1 or not capped):
            term = f"({term})"
        if data["options"] is not None:
            term, worth = _by_option(data)
            exact = worth * factor == uncapped
    elif data["options"] is not None:
        term, worth = _by_option(data)
        fixed = ONCE if line.worth.switch is not None else line.worth.of(full)
        if fixed is not ONCE:
            term = f"{term} × {line.worth.term(full)}"
        exact = worth * fixed * factor == uncapped
    else:
        term = _charged(line, data)
        exact = _count(data) * line.worth.of(full) * factor == uncapped
    if factor != 1:
        term = f"{term} × {decimal_text(factor)}"
    if not capped or line.cap is None:
        return term, exact
    return f"min({line.cap.term(full)}, {term})", line.cap.of(full) == taken


def _typed(line: Line, data: dict[str, Any], rows: Sequence[Row]) -> list[Points]:
    """Points as they were typed; of several periods what each comes to."""
    if data["by_period"] is not None:
        return [Points(int(each)) for each in data["by_period"][:, 0] if each]
    gone = {row for row, _item in spared(data)}
    mine = (row for row in rows if row.fact == line.id and not row.state)
    return [points(row.value) for row in mine if row not in gone]


def _of_periods(what: str, line: Line, data: dict[str, Any]) -> str:
    """What a line is about, with the periods in which it acts, and how often or how far in each."""
    stack, terms = data["view"].stack, []
    for place, (period, here) in enumerate(zip(stack.periods, data["by_period"][:, 0], strict=True)):
        if not here:
            continue
        if line.of is not None:
            text = _gap(line, data["view"], place)
        else:
            text = plain(int(here)) if line.form == "range" else str(int(here))
        once = line.form == "once"
        template = "{period}" if once else _("{period}: {text}")
        terms.append(template.format(period=period_name(period), text=text))
    return _("{what} ({periods})").format(what=what, periods=_(", ").join(terms))


def _by_option(data: dict[str, Any]) -> tuple[str, Fraction]:
    """`1 × 2 + 3 × 1`: how much meets each option, times what it comes to; and what that is."""
    line, options = data["line"], data["options"]
    stack = data["view"].stack
    terms, total = [], Fraction(0)
    for place, column in enumerate(data["met"]):
        met = int(column[0]) if stack is None else int(stack.apart(column).sum())
        if not met or not int(data["count"][0]):
            continue
        total += met * options.worth(place)
        shown = plain(met) if line.form == "range" else str(met)
        terms.append(options.text(place) if shown == "1" else f"{shown} × {options.text(place)}")
    text = " + ".join(terms) or "0"
    return (f"({text})" if len(terms) > 1 else text), total


def _count(data: dict[str, Any]) -> Fraction:
    parts = data["parts"]
    return Fraction(int(data["count"][0]), parts if isinstance(parts, int) else int(parts[0]))


def _charged(line: Line, data: dict[str, Any]) -> str:
    worth = line.worth.term(data["full"])
    if line.of is not None and line.steps == "exact":
        _threshold, every, _rounding, _short = line.measure
        if data["by_period"] is None:
            return f"({_gap(line, data['view'])}) ÷ {every} × {worth}"
        acting = [place for place, here in enumerate(data["by_period"][:, 0]) if here]
        gaps = " + ".join(f"({_gap(line, data['view'], place)}) ÷ {every}" for place in acting)
        return f"({gaps}) × {worth}"
    count = int(data["count"][0])
    return worth if count == 1 else f"{count} × {worth}"


def _gap(line: Line, view: View, place: int = 0) -> str:
    """How far the fact is from the threshold: `40 % − 36 ÷ 100`."""
    threshold, _every, _rounding, short = line.measure
    operand = view.operand(line.of or "")
    value, over = int(operand.value[place]), operand.over
    if operand.kind == "ratio" and not isinstance(over, int):
        scale = view.scale(line.of or "")
        shown = f"{decimal_text(Fraction(value, scale))} ÷ {decimal_text(Fraction(int(over[place]), scale))}"
    else:
        shown = decimal_text(Fraction(value, over if isinstance(over, int) else int(over[0])))
    limit = str(threshold)
    if isinstance(threshold, str):
        group = view.of_group(line.of or "", threshold)
        limit = term_text(Fraction(int(group.top[place]), int(group.bottom[place])), operand.kind)
    return f"{limit} − {shown}" if short else f"{shown} − {limit}"


def exempted(data: dict[str, Any], label: Labels) -> str:
    """That a line would have counted, but for its exemption; "" if it would not, or did."""
    line: Line = data["line"]
    if line.unless is None or data["exempt"] is None or not bool(data["exempt"][0]):
        return ""
    template = _("{what}: does not count, because {condition}")
    return template.format(what=_bare_name(line, label), condition=in_words(line.unless, label))


def spared(data: dict[str, Any]) -> tuple[tuple[Row, str], ...]:
    """The rows that a line leaves to other items, each with the item."""
    line: Line = data["line"]
    if line.yields_to is None or line.fact is None:
        return ()
    view: View = data["view"]
    return view.spared.get((line.yields_to, line.fact.partition(".")[0]), ())


def yielded_words(gone: Sequence[tuple[Row, str]], data: dict[str, Any], label: Labels) -> Iterator[str]:
    """For each matter that is not charged here: where it is recorded."""
    template = _("{what}: matter {matter} is not charged here, because it is recorded under “{title}”")
    for matter, id in dict.fromkeys((row.matter, id) for row, id in gone):
        yield template.format(what=_bare_name(data["line"], label), matter=matter, title=label.titled(id))


def _bare_name(line: Line, label: Labels) -> str:
    name = line.title or (label(line.count or line.of or "") if line.count or line.of else "")
    return name or (in_words(line.when, label) if line.when is not None else "")
