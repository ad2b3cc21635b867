"""`yes_no`: one answer. A `once` line asks it, too; there several rows mean yes if any says yes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from govscore.facts.base import FactType, Field, Question, Reader, Subject, Values
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govscore.facts.rows import Row

_ANSWERS: Final = {"yes": 1, "no": 0, "是": 1, "否": 0}
YES: Final = frozenset(word for word, answer in _ANSWERS.items() if answer)
"""The words that say yes in a table."""
YES_NO: Final = tuple(_ANSWERS)
YES_NO_OPTIONS: Final = (("yes", N_("yes")), ("no", N_("no")))


class YesNo(FactType):
    """Whether something is so."""

    ask: Literal["yes_no"] = "yes_no"
    clean: Literal["yes", "no"] = "no"

    @property
    def columns(self) -> tuple[str, ...]:
        """One column `x`: 1 for yes."""
        return ("x",)

    def question(self, id: str) -> Question:
        """One yes or no."""
        box = Field(fact=id, label=self.label(id), kind="yes_no", options=YES_NO_OPTIONS)
        return Question(id=id, title=self.label(id), ask="yes_no", fields=(box,), clean=True)

    def read(self, rows: Sequence[Row], reader: Reader) -> Values | None:
        """The answer of the only row."""
        row = reader.single(rows)
        return read_answers([row], reader) if row else None

    def is_fault(self, row: Row, reader: Reader) -> bool:  # noqa: ARG002
        """A yes."""
        return _ANSWERS.get(row.value) == 1

    def subjects(self) -> Mapping[str, Subject]:
        """The answer itself."""
        return {"": Subject(kind="yes_no", options=("no", "yes"))}

    def clean_values(self) -> Values | None:
        """The answer marked clean, "no" unless the fact says otherwise."""
        return {"x": _ANSWERS[self.clean]}


class AnyYes(YesNo):
    """What a `once` line asks: several cases may be recorded, and one is enough."""

    def read(self, rows: Sequence[Row], reader: Reader) -> Values | None:
        """Yes if any row says yes."""
        return read_answers(rows, reader)


def read_answers(rows: Sequence[Row], reader: Reader) -> Values | None:
    """1 if any of the rows says yes, 0 if all say no."""
    reader.blank(rows, "of", "finish", "sharers")
    answers = [reader.one_of(row, _ANSWERS) for row in rows]
    if None in answers:
        return None
    return {"x": max(_ANSWERS[answer] for answer in answers if answer is not None)}
