"""A score put into lines of text: items with their arithmetic, then how they come to the total.

Invariant: every number and sentence comes from the trace; nothing is computed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.cli.words import KINDS, foot, heading, item_state, unit_remark
from govscore.i18n import gettext as _
from govscore.scheme.rule_words import rule_words
from govscore.scoring.display import display
from govscore.text import inert

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.office.assessment import Assessment
    from govscore.scheme.model import Item, Scheme, Veto
    from govscore.scoring.display import Display
    from govscore.scoring.result import UnitResult
    from govscore.scoring.trace import ItemTrace, Step, UnitTrace


def unit_text(assessment: Assessment, trace: UnitTrace) -> str:
    """Everything about one unit."""
    result = assessment.result()
    shown = display(result)
    lines = [*heading(assessment), "", *unit_lines(assessment, trace.unit, shown)]
    for kind in ("base", "bonus", "major_deduction"):
        mine = [item for item in trace.items if item.kind == kind and item.state != "not_assigned"]
        if mine:
            lines += ["", _("— {kind} —").format(kind=_(KINDS[kind]))]
        for item in mine:
            lines += _item_lines(item, shown, assessment.scheme)
    lines += ["", _("— from the items to the total —"), *(f"  {inert(step.text)}" for step in trace.totals)]
    return _joined(lines, foot(result, trace.unit.group))


def item_text(assessment: Assessment, unit: str, trace: ItemTrace) -> str:
    """One item of one unit, with what the scheme requires and how it is scored."""
    result = assessment.result()
    shown = display(result)
    item = assessment.scheme.item(trace.item, result[unit])
    lines = [
        *heading(assessment), "", *unit_lines(assessment, result[unit], shown), "",
        *_item_lines(trace, shown, assessment.scheme), "", *_requirement(item),
        _("Rule: {words}").format(words=inert(rule_words(assessment.scheme, item))),
    ]  # fmt: skip
    return _joined(lines, foot(result, result[unit].group))


def veto_text(assessment: Assessment, unit: UnitResult, veto: str) -> str:
    """One veto on one unit."""
    result = assessment.result()
    found = next((each for each in unit.vetoes if each.id == veto), None)
    entry = assessment.scheme.vetoes[veto]
    if found is None or not entry.applies(unit.group, unit.unit, unit.tags):
        state = item_state("not_assigned")
    elif found.undecided:
        state = _("undecided: a fact it reads is open")
    elif found.warns:
        state = _("warns, without effect")
    else:
        state = _("acts") if found.acts else _("does not act")
    lines = [
        *heading(assessment), "", *unit_lines(assessment, unit, display(result)), "",
        f"{veto} {inert(entry.title)}", f"    {state}",
        "    " + _("Condition: {condition}").format(condition=entry.when.text), *_warning(entry),
        *_requirement(entry),
    ]  # fmt: skip
    return _joined(lines, foot(result, unit.group))


def _warning(entry: Veto) -> Iterator[str]:
    if entry.warn_when is not None:
        yield "    " + _("Warning if: {condition}").format(condition=entry.warn_when.text)


def _joined(lines: list[str], last: list[str]) -> str:
    return "\n".join([*lines, *([""] if last else []), *last]) + "\n"


def unit_lines(assessment: Assessment, unit: UnitResult, shown: Display) -> Iterator[str]:
    """Who it is, and what it came to."""
    group = assessment.scheme.groups[unit.group]
    yield _("{name} ({id}, {group})").format(name=inert(unit.name), id=unit.unit, group=inert(group))
    parts = []
    if unit.total is not None:
        parts.append(f"{_('Total')} {shown.total_text(unit)}")
    if unit.rank is not None:
        parts.append(f"{_('Rank')} {unit.rank}")
    if unit.grade is not None:
        parts.append(f"{_('Grade')} {inert(unit.grade)}")
    provisional = assessment.result().is_provisional(unit.group)
    remark = unit_remark(assessment.scheme, unit, shown, provisional=provisional)
    yield "  " + " · ".join([*parts, *([remark] if remark else [])])


def _item_lines(trace: ItemTrace, shown: Display, scheme: Scheme) -> Iterator[str]:
    """One item: its points, its steps, the arithmetic and what reviewers wrote."""
    yield f"{trace.item} {inert(trace.title)}  {_points(trace, shown)}"
    if trace.points is not None:
        told = _told(trace, scheme)
        yield from (f"    {inert(step.text)}" for step in told)
        if trace.arithmetic and not (len(told) == 1 and told[0].text.endswith(trace.arithmetic)):
            yield f"    {trace.arithmetic}"
    if trace.points is not None or trace.state == "open":
        yield from (f"    {inert(detail)}" for detail in trace.details)
    if trace.points is None:
        return
    yield from ("    " + _("Reason: {reason}").format(reason=inert(reason)) for reason in trace.reasons)


def _points(trace: ItemTrace, shown: Display) -> str:
    if trace.points is None:
        return item_state(trace.state)
    sign = "−" if trace.kind == "major_deduction" and trace.points else ""
    points = f"{sign}{shown.text(trace.points)}"
    points = points if trace.full is None else f"{points} / {shown.text(trace.full)}"
    return f"{points} · {item_state(trace.state)}" if trace.state == "none" else points


def _told(trace: ItemTrace, scheme: Scheme) -> tuple[Step, ...]:
    """The steps worth a line; the start alone says nothing that the arithmetic does not.

    Where others of the group, or a policy, have made the points, it says which.
    """
    others = trace.state == "not_applicable" or scheme.items[trace.item].rule.start_compares()
    return trace.steps if others or len(trace.steps) > 1 or not trace.arithmetic else ()


def _requirement(entry: Item | Veto) -> Iterator[str]:
    """What the scheme says about it, as far as it says anything."""
    said = (
        (_("Requirement: {text}"), entry.text),
        (_("Source: {text}"), entry.source),
        (_("Lead: {text}"), entry.lead),
        (_("Responsible: {text}"), entry.responsible),
        (_("Deadline: {text}"), entry.deadline),
        (_("Note: {text}"), entry.note),
    )
    yield from (template.format(text=inert(text)) for template, text in said if text)
