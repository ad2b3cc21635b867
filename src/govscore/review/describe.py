"""Findings in words: what a reviewer established, in one line.

Invariant: the sentence names every answer that the finding holds; foreign text in it is inert.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.calendar.names import period_name
from govscore.i18n import gettext as _
from govscore.review import answers
from govscore.review.layers import of_period
from govscore.text import inert

if TYPE_CHECKING:
    from govscore.events import FactRow, Finding
    from govscore.facts.base import Field, Question
    from govscore.scheme.model import Item, Veto


_PLAIN = frozenset(("value", "case", "start", "reason"))
"""Columns that are read without their label."""


def describe(entry: Item | Veto, finding: Finding | None) -> str:
    """A finding in words, its reason at the end."""
    if finding is None:
        return _("not reviewed")
    if finding.is_na:
        parts = [_("not applicable"), *([_("an explanation is published")] if finding.is_explained else [])]
    else:
        parts = _periods(entry, finding) if entry.layered else _answers(entry, finding)
    parts = parts or [_("nothing stated")]
    if reason := finding.reason or answers.why_not(finding):
        parts.append(_("reason: {text}").format(text=inert(reason)))
    return _("; ").join(parts)


def _answers(entry: Item | Veto, finding: Finding) -> list[str]:
    return [text for question in entry.questions if (text := _question(entry, finding, question))]


def _periods(entry: Item | Veto, finding: Finding) -> list[str]:
    """Every period that the finding says something of."""
    found = []
    for period in dict.fromkeys(row.period for row in finding.rows):
        part = of_period(finding, period)
        said = [_("not applicable")] if part.is_na else _answers(entry, part)
        texts = _("; ").join(said or [_("nothing stated")])
        found.append(_("{period}: {steps}").format(period=period_name(period), steps=texts))
    return found


def answer(field: Field, text: str) -> str:
    """One answer as it is read: an option by its label, a number with its measure word."""
    if not text:
        return "—"
    if field.kind == "yes_no":
        return _(answers.option_label(field, text))
    if field.kind == "choice":
        return inert(answers.option_label(field, text))
    return inert(f"{text} {field.unit}".strip())


def row_text(question: Question, row: FactRow) -> str:
    """A listed row in words: an event, or typed points."""
    parts: list[str] = []
    for field in question.row_fields or question.fields:
        text = getattr(row, field.column)
        if text:
            said = answer(field, text)
            parts.append(said if field.column in _PLAIN else f"{inert(field.label)} {said}")
    return " ".join(parts)


def _question(entry: Item | Veto, finding: Finding, question: Question) -> str:
    title = inert(question.title)
    rows = answers.list_rows(finding, question) if question.repeated or question.row_fields else ()
    if rows:
        return f"{title} " + _(", ").join(row_text(question, row) for row in rows)
    if question.repeated:
        return _("{what}: none").format(what=title) if answers.says_none(finding, question) else ""
    given = [(field, answers.shown(finding, entry, question, field)) for field in question.fields]
    texts = [
        answer(field, text)
        if field.label in ("", question.title)
        else f"{inert(field.label)} {answer(field, text)}"
        for field, text in given
        if text
    ]
    return f"{title} " + _(", ").join(texts) if texts else ""
