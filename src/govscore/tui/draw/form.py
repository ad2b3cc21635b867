"""The form: a line for each box, option or listed row, with what a mouse may hit in it.

Invariant: every slot of the form stands on exactly one line, so the cursor can always be seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govscore.calendar.names import period_name
from govscore.i18n import gettext as _
from govscore.review import answers
from govscore.review.describe import row_text
from govscore.review.form import PICK_LETTERS, Slot
from govscore.text import width
from govscore.tui.draw.spans import Drawn, Span, cut, fill, safe, spans_width, wrap

if TYPE_CHECKING:
    from govscore.facts.base import Question
    from govscore.review.form import Form

_LABEL_CELLS = 26
_BOX_CELLS = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """Cells of a line that a mouse may hit."""

    start: int
    end: int
    slot: int
    option: int | None = None


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of the form."""

    spans: Drawn
    hits: tuple[Hit, ...] = ()


class _Row:
    """A line being put together."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.hits: list[Hit] = []
        self.cells = 0

    def add(self, *spans: Span, slot: int | None = None, option: int | None = None) -> None:
        start = self.cells
        self.spans += spans
        self.cells += spans_width(spans)
        if slot is not None:
            self.hits.append(Hit(start, self.cells, slot, option))

    def done(self) -> FormLine:
        return FormLine(tuple(self.spans), tuple(self.hits))


def form_lines(form: Form, cells: int, *, focused: bool) -> list[FormLine]:
    """The whole form."""
    if form.finding.is_na:
        note = _("an explanation is published") if form.finding.is_explained else ""
        said = ((f" · {note}", "dim"),) if note else ()
        return [FormLine(((" – ", "dim"), (_("not applicable to this unit"), "strong"), *said))]
    if not form.questions:
        return [FormLine(((" · ", "dim"), (_("nothing to answer: it follows from other items"), "dim")))]
    slots = form.slots
    here = slots.index(form.slot) if form.slot is not None and focused else None
    label = min(_LABEL_CELLS, max(width(safe(each.title)) for each in form.questions))
    found: list[FormLine] = []
    period = ""
    for question in form.questions:
        if question.period != period:
            period = question.period
            found.append(_period(form, question, cells))
        mine = [(place, slot) for place, slot in enumerate(slots) if slot.question is question]
        listed = [each for each in mine if each[1].is_list]
        mine = [each for each in mine if not each[1].is_list]
        if question.repeated or not mine:
            found += _list(form, question, listed, here, cells)
        elif any(slot.field and slot.field.options for _place, slot in mine):
            found += _options(form, mine, here, label, cells)
        else:
            found += _boxes(form, question, mine, here, label, cells)
            found += _list(form, question, listed, here, cells)
        found += _remarks(form, question, cells)
    return found


def _period(form: Form, question: Question, cells: int) -> FormLine:
    """The header of a period, with what is said of all of it."""
    part = form.part(question)
    waiting = any(form.is_open(each) for each in form.questions if each.period == question.period)
    said = ""
    if part.is_na:
        why = answers.why_not(part)
        said = "  – " + _("not applicable") + (f" ※ {safe(why)}" if why else "")
    mark = "○" if waiting else "●"
    text = cut(f"{mark} {period_name(question.period)}{said}", cells - 1)
    return FormLine(((" ", ""), (text, "strong" if question.period == form.period else "dim")))


def _mark(form: Form, question: Question, *, here: bool) -> list[Span]:
    return [("▸", "here") if here else (" ", ""), ("○ " if form.is_open(question) else "● ", "dim")]


def _boxes(
    form: Form, question: Question, mine: list[tuple[int, Slot]], here: int | None, label: int, cells: int
) -> list[FormLine]:
    """Numbers: one beside its title, several flowing behind it."""
    row = _Row()
    alone = len(mine) == 1
    row.add(*_mark(form, question, here=here in [place for place, _slot in mine]))
    row.add((fill(question.title, label), ""))
    found: list[FormLine] = []
    for place, slot in mine:
        spans = _box(
            form, slot, here=place == here, label="" if alone else slot.field.label if slot.field else ""
        )
        if row.cells + spans_width(spans) > cells and row.hits:
            found.append(row.done())
            row = _Row()
            row.add((" " * (3 + label), ""))
        row.add(*spans, slot=place)
    return [*found, row.done()]


def _box(form: Form, slot: Slot, *, here: bool, label: str) -> list[Span]:
    field = slot.field
    if field is None:
        return []
    value = safe(form.shown(slot))
    text = fill(value, max(_BOX_CELLS, width(value)), right=True)
    role = "here" if here else "box"
    return [
        (f"  {label} " if label else " ", "dim"),
        (f"[{text}]", role),
        (f" {field.unit}" if field.unit else "", "dim"),
    ]


def _options(
    form: Form, mine: list[tuple[int, Slot]], here: int | None, label: int, cells: int
) -> list[FormLine]:
    """Answers to choose from: on one line if they fit, else one below the other."""
    place, slot = mine[0]
    if slot.field is None:
        return []
    now, is_here = form.shown(slot), place == here
    chosen = answers.option_label(slot.field, now) if now else None
    translate = slot.field.kind == "yes_no"
    shown = []
    for number, (option, _label) in enumerate(slot.field.options):
        text = answers.option_label(slot.field, option)
        spans = _option(number, _(text) if translate else text, chosen=text == chosen, here=is_here)
        shown.append(spans)
    row = _Row()
    row.add(*_mark(form, slot.question, here=is_here))
    row.add((fill(slot.question.title, label), ""), slot=place)
    fits = row.cells + sum(spans_width(spans) for spans in shown) <= cells
    found: list[FormLine] = []
    for number, spans in enumerate(shown):
        if not fits and number:
            found.append(row.done())
            row = _Row()
            row.add((" " * (3 + label), ""))
        row.add(*spans, slot=place, option=number)
    return [*found, row.done()]


def _option(number: int, text: str, *, chosen: bool, here: bool) -> list[Span]:
    letter = PICK_LETTERS[number] if number < len(PICK_LETTERS) else " "
    return [
        (f" {letter} ", "key"),
        ("(●) " if chosen else "( ) ", "here" if here and chosen else "box"),
        (f"{text} ", "strong" if chosen else ""),
    ]


def _list(
    form: Form, question: Question, mine: list[tuple[int, Slot]], here: int | None, cells: int
) -> list[FormLine]:
    """Events or typed points: a line each, and one that adds another."""
    found: list[FormLine] = []
    rows = form.listed(question)
    for place, slot in mine:
        row = _Row()
        is_here = place == here
        if slot.row is not None:
            row.add(("▸", "here") if is_here else (" ", ""), ("● ", "dim"))
            text = f"{slot.row + 1}. {row_text(question, rows[slot.row])}"
            row.add((cut(text, cells - 4), "here" if is_here else ""), slot=place)
            if comes_to := form.row_words(question, rows[slot.row]):
                found.append(row.done())
                row = _comes_to(comes_to, cells, found)
        else:
            row.add(*_mark(form, question, here=is_here))
            if question.row_fields and not rows:
                row.add((_("one by one"), "dim"), slot=place)
                row.add(("  " + _("+ adds a case by its dates"), "dim"))
                found.append(row.done())
                continue
            none = answers.says_none(form.part(question), question)
            said = _("none") if none else _("{count} listed").format(count=len(rows))
            row.add(
                (f"{safe(question.title)}  ", ""), (f"[{said}]", "here" if is_here else "box"), slot=place
            )
            row.add(("  " + _("+ adds, 0: none"), "dim"))
        found.append(row.done())
    return found


def _comes_to(text: str, cells: int, found: list[FormLine]) -> _Row:
    """What a row comes to, below it: all lines but the last are added, the last is given back."""
    row = _Row()
    for number, each in enumerate(wrap(text, cells - 9)):
        if number:
            found.append(row.done())
            row = _Row()
        row.add((f"      {' ' if number else '→'} {each}", "dim"))
    return row


def _remarks(form: Form, question: Question, cells: int) -> list[FormLine]:
    """Reasons that stand on single rows (from a file): shown, never lost."""
    if question.repeated or (question.row_fields and form.listed(question)):
        return []
    facts = {field.fact for field in question.fields}
    texts = [row.reason for row in form.part(question).rows if row.fact in facts and row.reason]
    return [FormLine(((cut(f"     ※ {text}", cells), "dim"),)) for text in texts]
