"""The steps of a trace in words and in arithmetic that a calculator can follow.

Invariant: every number shown here was recorded while scoring; none is computed a second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govscore.i18n import gettext as _
from govscore.points import Points, plain
from govscore.rules.base import labels
from govscore.rules.conditions import in_words
from govscore.rules.lines import amount_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.rules.lines import Line
    from govscore.scheme.model import Item
    from govscore.scoring.board import Board
    from govscore.scoring.result import UnitResult
    from govscore.scoring.trace import Step

Heard = list[tuple[str, dict[str, Any]]]


def item_steps(item: Item, heard: Heard, make: type[Step]) -> tuple[tuple[Step, ...], str]:
    """The steps of one item, and its arithmetic in one line.

    Args:
        item: what was scored.
        heard: what the recorder kept while it was scored.
        make: the class of a step.
    """
    label = labels(item.asked)
    steps: list[Step] = []
    terms: list[str] = []
    raw = final = 0
    for name, data in heard:
        if name == "start":
            terms.append(data["expression"]())
            text = data["sentence"]() if "sentence" in data else _("start: {what}").format(what=terms[0])
            steps.append(make(name="begin", text=_with_value(text, terms[0]), points=Points(data["points"][0])))
        elif name == "line" and int(data["count"][0]):
            line: Line = data["line"]
            what = line.title or (label(line.count) if line.count else in_words(line.when, label) if line.when else "")
            term = _line_term(data)
            adds = _adds(item, data["side"])
            terms.append(f"{'+' if adds else '−'} {term}")
            template = _("{what}: + {term}") if adds else _("{what}: − {term}")
            taken = Points(data["taken"][0])
            text = _with_value(template.format(what=what, term=term), term, plain(int(taken)))
            steps.append(make(name=data["side"], text=text, points=taken))
        elif name == "zero_if" and bool(data["acts"][0]):
            terms.append("→ 0")
            text = _("no points, because {condition}").format(condition=in_words(data["condition"], label))
            steps.append(make(name="zero_if", text=text, points=Points(data["points"][0])))
        elif name == "limits":
            raw, final = int(data["before"][0]), int(data["points"][0])
            if raw != final:
                text = _limit_text(final, data["upper"])
                steps.append(make(name="limit", text=text, points=Points(final)))
    expression = " ".join(terms)
    arithmetic = f"{expression} = {plain(raw)}" if "→" not in expression else expression
    if raw != final:
        arithmetic += f" → {plain(final)}"
    return tuple(steps), arithmetic


def _adds(item: Item, side: str) -> bool:
    """Whether a line adds to the item's number: in a major deduction, what takes adds to the amount."""
    if item.kind != "major_deduction":
        return side == "plus"
    return side == "minus" or item.rule.plus_deducts


def _line_term(data: dict[str, Any]) -> str:
    """`2 × 0.5`, or `min(8 × 0.5, 2)` where the line's own cap acts."""
    line, count = data["line"], int(data["count"][0])
    if line.form == "range":
        term = plain(int(data["uncapped"][0]))
    else:
        worth = amount_words(line.worth, data["full"]).rpartition("(")[2].rstrip(")") or str(line.worth)
        term = worth if line.form == "once" or (line.form == "each" and count == 1) else f"{count} × {worth}"
    taken, uncapped = int(data["taken"][0]), int(data["uncapped"][0])
    return term if taken == uncapped else f"min({term}, {plain(taken)})"


def _with_value(text: str, term: str, value: str | None = None) -> str:
    return text if value is None or term == value else f"{text} = {value}"


def _limit_text(final: int, upper: int | None) -> str:
    if upper is not None and final == int(upper):
        return _("not above {points}").format(points=plain(final))
    return _("not below {points}").format(points=plain(final))


def total_steps(board: Board, unit: UnitResult) -> Iterator[Step]:
    """From sections to total, grade and rank, as far as the unit has them."""
    from govscore.scoring.trace import Step  # the class lives with the trace; importing it above would loop

    if unit.state == "stopped":
        yield from _vetoes(board, unit, Step)
        return
    yield from _sections(board, unit, Step)
    place = board.places[unit.unit]
    totals = board.totals
    if unit.base is not None:
        possible, full = Points(totals.possible[place]), Points(totals.full[place])
        if possible != full:
            text = _("rescaled: × {full} ÷ {possible} (what is not applicable is taken out)")
            yield Step(name="rescale", text=text.format(full=full, possible=possible), points=unit.base)
        yield Step(name="base", text=_("base: {points}").format(points=unit.base), points=unit.base)
        yield from _gates(board, unit, Step)
    if unit.state not in ("scored", "open"):
        return
    bonus, major = unit.bonus or Points(0), unit.major_deduction or Points(0)
    yield Step(name="bonus", text=_("+ bonus: {points}").format(points=bonus), points=bonus)
    yield Step(name="major_deduction", text=_("− major deductions: {points}").format(points=major), points=major)
    before = int(totals.base[place] + bonus - major)
    score = int(totals.score[place])
    if before != score:
        text = _("bounds of the total: {before} becomes {after}").format(before=plain(before), after=plain(score))
        yield Step(name="bounds", text=text, points=Points(score))
    yield from _vetoes(board, unit, Step)
    if unit.total is not None:
        yield Step(name="total", text=_("total: {points}").format(points=unit.total), points=unit.total)
    elif unit.so_far is not None:
        yield Step(name="so_far", text=_("so far: {points}").format(points=unit.so_far), points=unit.so_far)
    if unit.grade is not None:
        yield Step(name="grade", text=_("grade: {grade}").format(grade=unit.grade))
    if unit.rank is not None:
        yield Step(name="rank", text=_("rank in the group: {rank}").format(rank=unit.rank))


def _sections(board: Board, unit: UnitResult, make: type[Step]) -> Iterator[Step]:
    mine = _own_sections(board, unit)
    for id, points in unit.sections.items():
        if id not in mine:
            continue
        section = board.scheme.sections[id]
        capped = section.cap is not None and points == section.cap
        template = _("section {title}: {points} (its cap)") if capped else _("section {title}: {points}")
        yield make(name="section", text=template.format(title=section.title, points=points), points=points)


def _own_sections(board: Board, unit: UnitResult) -> set[str]:
    """Sections in which the unit has anything to do."""
    found: set[str] = set()
    for item in unit.items.values():
        above = board.scheme.items[item.item].section if item.state != "not_assigned" else None
        while above is not None and above not in found:
            found.add(above)
            above = board.scheme.sections[above].section
    return found


def _gates(board: Board, unit: UnitResult, make: type[Step]) -> Iterator[Step]:
    total = board.scheme.model.total

    def label(_name: str) -> str:
        return _("base")

    if total.bonus_when is not None and unit.bonus_locked:
        condition = in_words(total.bonus_when, label)
        yield make(name="gate", text=_("the bonus stays locked: it needs {condition}").format(condition=condition))
    if total.fail is not None and unit.failed:
        text = _("failed, because {condition}: grade {grade}")
        condition = in_words(total.fail.when, label)
        yield make(name="gate", text=text.format(condition=condition, grade=total.fail.grade))


def _vetoes(board: Board, unit: UnitResult, make: type[Step]) -> Iterator[Step]:
    place = board.places[unit.unit]
    lost = int(board.totals.score[place]) - int(board.totals.total[place]) if unit.state != "stopped" else 0
    for veto in unit.vetoes:
        if not veto.acts:
            continue
        title = board.scheme.entries[veto.id].title
        effect = veto.effect
        text = _("veto “{title}”: ").format(title=title) + _effect_words(effect)
        lowers = effect.zero is not None or effect.at_most is not None
        yield make(name=f"veto:{veto.id}", text=text, points=Points(lost) if lowers and lost > 0 else None)
        lost = 0 if lowers else lost


def _effect_words(effect: Any) -> str:
    parts = []
    if effect.stop is not None:
        parts.append(_("no score, grade {grade}").format(grade=effect.stop))
    if effect.zero is not None:
        parts.append(_("total 0, grade {grade}").format(grade=effect.zero))
    if effect.at_most is not None:
        parts.append(_("total at most {points}").format(points=effect.at_most))
    if effect.grade is not None:
        parts.append(_("grade {grade}").format(grade=effect.grade))
    if effect.cap_grade is not None:
        parts.append(_("grade at most {grade}").format(grade=effect.cap_grade))
    return _(", ").join(parts)
