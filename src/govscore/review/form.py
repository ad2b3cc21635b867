"""A form in work: a finding, the slots it is shown in, and what a key does to the slot under the cursor.

Invariant: the form knows no fact type by name, only the kinds of boxes; it changes its own finding and
nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from govscore.review import answers
from govscore.review.layers import ONCE, of_period, with_period

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from govscore.events import FactRow, Finding
    from govscore.facts.base import Field, Question
    from govscore.scheme.model import Item, Veto

PICK_LETTERS: Final = "abcdfhjlmostvyz"
"""Letters that pick levels and choices: those that no command of the review screen uses."""
_NUMBERS: Final = frozenset(("whole", "number", "points"))
_MOST_CHARACTERS: Final = 20
_NEEDLESS_ZEROS: Final = re.compile(r"(?<![\d.])0+(?=\d)")
"""In front of a number: 007 is 7, and 000 is 0."""


def _lists(question: Question) -> bool:
    """Whether rows may answer the question, one by one."""
    return question.repeated or bool(question.row_fields)


@dataclass(frozen=True, slots=True)
class Slot:
    """One line of the form that the cursor can stand on."""

    question: Question
    field: Field | None = None
    """None: a line of a list (an event, typed points), or the line that adds one."""
    row: int | None = None
    """Place of the listed row; None with `field` None: the line that adds one."""

    @property
    def is_list(self) -> bool:
        """Whether it belongs to a list of rows."""
        return self.field is None


class Form:
    """A finding being made on one item or veto."""

    def __init__(
        self,
        entry: Item | Veto,
        finding: Finding | None,
        row_words: Callable[[Finding, Question, FactRow], str] | None = None,
        periods: Sequence[str] = ONCE,
    ) -> None:
        self.entry = entry
        self.periods = tuple(periods)
        """Those in which the item is asked, in order; one "" if it is asked once."""
        self._row_words = row_words
        self.finding = answers.EMPTY if finding is None else finding
        self.questions = tuple(
            replace(question, period=period) for period in self.periods for question in entry.questions
        )
        self.cursor = 0
        self._fresh = True
        """The next digit replaces what the box holds."""
        self._rows: dict[tuple[str, str], FactRow] = {}
        """The last row of each fact by period: an emptied box is one that is being corrected."""

    def part(self, question: Question) -> Finding:
        """What the finding says of the question's period."""
        return of_period(self.finding, question.period)

    def _say(self, question: Question, part: Finding) -> None:
        """Replaces what the finding says of the question's period."""
        self.finding = with_period(self.finding, question.period, part, self.periods)

    def listed(self, question: Question) -> tuple[FactRow, ...]:
        """The rows that answer a question one by one."""
        return answers.list_rows(self.part(question), question)

    @property
    def period(self) -> str:
        """The period under the cursor; "" if the item is asked once."""
        slot = self.slot
        return slot.question.period if slot is not None else self.periods[0]

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Every line that the cursor can stand on, from the top."""
        found: list[Slot] = []
        for question in self.questions:
            rows = self.listed(question) if _lists(question) else ()
            boxes = () if question.repeated else question.fields
            if question.row_fields and rows and not self._counted(question):
                boxes = ()  # rows and boxes never stand for one fact together
            found += [Slot(question, field) for field in boxes]
            if _lists(question):
                found += [Slot(question, row=place) for place in range(len(rows))]
                found.append(Slot(question))
        return tuple(found)

    @property
    def slot(self) -> Slot | None:
        """The slot under the cursor; None if the item asks nothing."""
        slots = self.slots
        return slots[min(self.cursor, len(slots) - 1)] if slots else None

    def shown(self, slot: Slot) -> str:
        """What the slot's box shows."""
        if slot.field is None:
            return ""
        return answers.shown(self.part(slot.question), self.entry, slot.question, slot.field)

    def is_open(self, question: Question) -> bool:
        """Whether a question still waits for an answer."""
        part = self.part(question)
        if part.is_na or answers.says_none(part, question):
            return False
        if question.repeated:
            return not self.listed(question)
        if question.row_fields and self.listed(question):
            return False
        given = [bool(answers.box(part, field)) for field in question.fields]
        needed = [field.required for field in question.fields]
        if not any(needed):
            return not any(given)
        return not all(has for has, must in zip(given, needed, strict=True) if must)

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """The questions that still wait for an answer."""
        return tuple(question for question in self.questions if self.is_open(question))

    @property
    def can_fill(self) -> bool:
        """Whether "without fault" would answer any of them, or say something else than now."""
        if self.finding.is_na:
            return True
        filled = Form(self.entry, self.finding, periods=self.periods)
        filled.fill_all()
        return len(filled.open_questions) < len(self.open_questions)

    def row_words(self, question: Question, row: FactRow) -> str:
        """What a listed row comes to ("" if it says itself all that there is)."""
        return self._row_words(self.part(question), question, row) if self._row_words else ""

    def _boxed(self, question: Question) -> bool:
        return not question.repeated and self._counted(question)

    def _counted(self, question: Question) -> bool:
        return any(answers.box(self.part(question), field) for field in question.fields)

    # --- the cursor -----------------------------------------------------------

    def move(self, step: int) -> bool:
        """Moves the cursor; False at either end."""
        target = self.cursor + step
        if not 0 <= target < len(self.slots):
            return False
        self.go(target)
        return True

    def go(self, place: int) -> None:
        """Puts the cursor on a slot."""
        self.cursor = max(0, min(place, len(self.slots) - 1))
        self._fresh = True

    def go_to_open(self) -> None:
        """Puts the cursor on the first blank box of the first question without an answer."""
        waiting = self.open_questions
        if not waiting:
            return
        mine = [(place, slot) for place, slot in enumerate(self.slots) if slot.question is waiting[0]]
        part = self.part(waiting[0])
        blank = [place for place, slot in mine if slot.field and not answers.box(part, slot.field)]
        self.go(blank[0] if blank else mine[0][0])

    # --- keys -----------------------------------------------------------------

    def type(self, character: str) -> bool:
        """A character typed on the form; False if it means nothing there."""
        slot = self.slot
        if slot is None or len(character) != 1:
            return False
        if slot.field is None:
            return self._type_on_list(slot.question, character)
        kind = slot.field.kind
        if kind in _NUMBERS:
            return self._type_number(slot, slot.field, character)
        if kind == "yes_no" and character in "10":
            self._set(slot, "yes" if character == "1" else "no")
            return True
        if kind in ("yes_no", "choice"):
            return self.pick(character)
        return False

    def step(self, by: int) -> bool:
        """Adds to a count (never below 0), or moves a choice by one."""
        slot = self.slot
        if slot is None or slot.field is None:
            return False
        field = slot.field
        if field.kind == "whole":
            text = self.shown(slot) or "0"
            if not text.isdecimal():
                return False
            self._set(slot, str(max(0, int(text) + by)))
            self._fresh = True
            return True
        options = [option for option, _label in field.options]
        if not options:
            return False
        now = self.shown(slot)
        place = options.index(now) + by if now in options else (0 if by > 0 else len(options) - 1)
        self._set(slot, options[place % len(options)])
        return True

    def pick(self, letter: str) -> bool:
        """Picks the level or answer with this letter."""
        slot = self.slot
        if slot is None or slot.field is None or not slot.field.options:
            return False
        place = PICK_LETTERS.find(letter)
        if len(letter) != 1 or not 0 <= place < len(slot.field.options):
            return False
        self.choose(slot, slot.field.options[place][0])
        return True

    def choose(self, slot: Slot, option: str) -> None:
        """Picks an option of a box."""
        self._set(slot, option)

    def erase(self) -> bool:
        """Takes the last character of a number, or a whole answer; on a list line, the row."""
        slot = self.slot
        if slot is None:
            return False
        if slot.field is None:
            return self.drop()
        own = answers.box(self.part(slot.question), slot.field)
        self._set(slot, own[:-1] if slot.field.kind in _NUMBERS else "")
        self._fresh = False
        return True

    def fill(self) -> str:
        """The clean finding for whatever has no answer yet in the period under the cursor.

        Where that one needs nothing more, it is the next that does. Returns the period.
        """
        waiting = [question.period for question in self.open_questions]
        period = self.period if not waiting or self.period in waiting else waiting[0]
        self._fill(period)
        self._fresh = True
        return period

    def fill_all(self) -> None:
        """The clean finding for whatever has no answer yet, in every period."""
        if self.finding.is_na and self.periods != ONCE:
            self.finding = replace(answers.EMPTY, evidence=self.finding.evidence)
        for period in self.periods:
            mine = [question for question in self.questions if question.period == period]
            if period == "" or any(map(self.is_open, mine)):
                self._fill(period)
        self._fresh = True

    def _fill(self, period: str) -> None:
        part = of_period(self.finding, period)
        self.finding = with_period(self.finding, period, answers.without_fault(part), self.periods)

    def skip(self, reason: str) -> None:
        """The period under the cursor does not concern the unit."""
        part = of_period(self.finding, self.period)
        self.finding = with_period(
            self.finding, self.period, answers.not_applicable(part, reason), self.periods
        )

    # --- lists ----------------------------------------------------------------

    def put_row(self, slot: Slot, row: FactRow) -> None:
        """Adds or replaces a row of events or typed points."""
        self._say(slot.question, answers.put_row(self.part(slot.question), slot.question, slot.row, row))
        if slot.row is None and slot.question.row_fields:  # the boxes are gone, so the lines moved up
            last = len(self.listed(slot.question)) - 1
            self.go(self.slots.index(Slot(slot.question, row=last)))

    def drop(self) -> bool:
        """Removes the row under the cursor."""
        slot = self.slot
        if slot is None or slot.row is None:
            return False
        self._say(slot.question, answers.drop_row(self.part(slot.question), slot.question, slot.row))
        return True

    def _type_on_list(self, question: Question, character: str) -> bool:
        if character != "0" or self.listed(question) or self._boxed(question):
            return False
        self._say(question, answers.none_for(self.part(question), question))
        return True

    def _type_number(self, slot: Slot, field: Field, character: str) -> bool:
        allowed = "0123456789" if field.kind == "whole" else "0123456789.-"
        if character not in allowed:
            return False
        text = "" if self._fresh else answers.box(self.part(slot.question), field)
        if len(text) >= _MOST_CHARACTERS:
            return True
        self._set(slot, _NEEDLESS_ZEROS.sub("", text + character))
        self._fresh = False
        return True

    def _set(self, slot: Slot, text: str) -> None:
        field, part = slot.field, self.part(slot.question)
        if field is None:
            return
        key = (slot.question.period, field.fact)
        if row := answers.one_row(part, field.fact):
            self._rows[key] = row
        self._say(slot.question, answers.set_box(part, field, text, self._rows.get(key)))
