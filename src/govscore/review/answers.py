"""Answers: what the boxes of a form hold, read from and written into a finding.

Invariant: every change gives a new finding; what the form does not show (cases, tags, notes of rows that
came from a file) stays as it was until its own box is changed.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from govscore.events import FactRow, Finding
from govscore.facts.yes_no import YES_NO_OPTIONS

if TYPE_CHECKING:
    from govscore.facts.base import FactType, Field, Question
    from govscore.scheme.model import Item, Veto

EMPTY = Finding()
_ASIDE: Final = ("start", "finish", "matter", "sharers", "tags", "note")
"""What a row says beside its answer, its case and its reason."""


def value_rows(finding: Finding, fact: str) -> tuple[FactRow, ...]:
    """The rows that state something for a fact."""
    return tuple(row for row in finding.rows if row.fact == fact and not row.state)


def box(finding: Finding, field: Field) -> str:
    """What a box holds; several rows of a count are shown as their sum."""
    texts = [getattr(row, field.column) for row in value_rows(finding, field.fact)]
    if len(texts) < 2:
        return texts[0] if texts else ""
    if field.kind == "yes_no":
        return "yes" if any(text in ("yes", "是") for text in texts) else "no"
    try:
        return str(sum((Decimal(text) for text in texts), Decimal(0)))
    except InvalidOperation:
        return " + ".join(texts)


def one_row(finding: Finding, fact: str) -> FactRow | None:
    """The rows of a fact as one: their reasons together, and of the rest what they agree on."""
    mine = value_rows(finding, fact)
    if len(mine) < 2:
        return mine[0] if mine else None
    texts = {name: dict.fromkeys(getattr(row, name) for row in mine) for name in _ASIDE}
    agreed = {name: next(iter(each)) for name, each in texts.items() if len(each) == 1}
    reasons = dict.fromkeys(row.reason for row in mine if row.reason)
    return FactRow(fact=fact, **agreed, reason="; ".join(reasons))


def set_box(finding: Finding, field: Field, text: str, kept: FactRow | None = None) -> Finding:
    """The finding with something else in a box; an emptied box leaves its fact open.

    Args:
        finding: which.
        field: the box.
        text: what is put into it.
        kept: the row that was in the box before it was emptied; its reason and dates are still meant.
    """
    mine = value_rows(finding, field.fact)
    changed = replace(
        one_row(finding, field.fact) or kept or FactRow(fact=field.fact), **{field.column: text}
    )
    reviewed = _reviewed(finding)
    place = reviewed.rows.index(mine[0]) if mine else len(reviewed.rows)
    rows = [row for row in reviewed.rows if row.fact != field.fact]
    place = min(place, len(rows))
    if changed.value or changed.of:
        rows.insert(place, changed)
    return replace(reviewed, rows=tuple(rows))


def none_for(finding: Finding, question: Question) -> Finding:
    """The finding with "nothing found" for one fact of events or typed points."""
    reviewed = _reviewed(finding)
    rows = [row for row in reviewed.rows if row.fact != question.id]
    return replace(reviewed, rows=(*rows, FactRow(fact=question.id, state="none")))


def says_none(finding: Finding, question: Question) -> bool:
    """Whether nothing was found for this fact, by itself or as part of the clean finding."""
    if any(row.fact == question.id and row.state == "none" for row in finding.rows):
        return True
    return finding.state == "none" and question.clean and not answered(finding, question)


def answered(finding: Finding, question: Question) -> bool:
    """Whether any row states something for a question."""
    facts = {question.id, *(field.fact for field in question.fields)}
    return any(row.fact in facts and not row.state for row in finding.rows)


def clean_text(fact: FactType, field: Field) -> str:
    """What the clean finding puts into a box ("" if it leaves the fact open)."""
    values = fact.clean_values()
    if values is None:
        return ""
    value = values.get(field.fact.partition(".")[2] or "x")
    if value is None:
        return ""
    if field.kind == "yes_no":
        return "yes" if value else "no"
    return field.options[int(value)][0] if field.kind == "choice" else str(value)


def shown(finding: Finding, entry: Item | Veto, question: Question, field: Field) -> str:
    """What a box shows: its own answer, else what the clean finding says."""
    text = box(finding, field)
    if text or answered(finding, question) or not says_none(finding, question):
        return text
    return clean_text(entry.asked[question.id], field)


def level(finding: Finding, entry: Item | Veto) -> str | None:
    """The level that the finding picks, if the item asks for one."""
    for question in entry.questions:
        if question.ask == "level":
            return shown(finding, entry, question, question.fields[0]) or None
    return None


def without_fault(finding: Finding) -> Finding:
    """The clean finding, beside what is answered already."""
    return replace(EMPTY if finding.is_na else finding, state="none")


def not_applicable(finding: Finding, reason: str, *, explained: bool = False) -> Finding:
    """The item does not concern the unit.

    Args:
        finding: what stood there; its evidence stays.
        reason: why.
        explained: whether an explanation was published (`note`).
    """
    if explained:
        row = FactRow(state="na", note="yes")
        return Finding(rows=(row,), reason=reason, evidence=finding.evidence)
    return Finding(state="na", reason=reason, evidence=finding.evidence)


def why_not(finding: Finding) -> str:
    """Why the item does not concern the unit ("" if it does, or nothing is said)."""
    rows = (row.reason for row in finding.rows if row.state == "na" and not row.fact)
    return finding.reason or next(rows, "") if finding.is_na else ""


def list_rows(finding: Finding, question: Question) -> tuple[FactRow, ...]:
    """The rows of events or typed points."""
    return value_rows(finding, question.id)


def put_row(finding: Finding, question: Question, place: int | None, row: FactRow) -> Finding:
    """The finding with a row added (place None) or replaced; each row has a case of its own."""
    mine = list(list_rows(finding, question))
    if place is None:
        taken = {each.case for each in mine}
        case = next(str(number) for number in range(1, len(mine) + 2) if str(number) not in taken)
        mine.append(replace(row, fact=question.id, case=row.case or case))
    else:
        mine[place] = replace(row, fact=question.id, case=row.case or mine[place].case)
    reviewed = _reviewed(finding)
    others = [each for each in reviewed.rows if each.fact != question.id]
    return replace(reviewed, rows=(*others, *mine))


def drop_row(finding: Finding, question: Question, place: int) -> Finding:
    """The finding without one row of events or typed points."""
    gone = list_rows(finding, question)[place]
    return replace(finding, rows=tuple(row for row in finding.rows if row is not gone))


def option_label(field: Field, option: str) -> str:
    """What an answer is called (msgids for yes and no)."""
    options = dict(YES_NO_OPTIONS) if field.kind == "yes_no" else dict(field.options)
    return options.get({"是": "yes", "否": "no"}.get(option, option), option)


def _reviewed(finding: Finding) -> Finding:
    """The finding without what says that the item does not concern the unit."""
    return replace(finding, state="", rows=()) if finding.is_na else finding
