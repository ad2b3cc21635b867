"""What a `level` rule without conditions asks: which of its levels the reviewer picks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from govscore.facts.base import FactType, Field, Question, Reader, Values
from govscore.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govscore.facts.rows import Row


class LevelPick(FactType):
    """One of the rule's levels."""

    ask: Literal["level"] = "level"
    options: tuple[tuple[str, str], ...]
    clean: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """One column `x`: the level's place in the list, from 0."""
        return ("x",)

    def question(self, id: str) -> Question:
        """One pick of the levels."""
        box = Field(fact=id, label=self.label(id), kind="choice", options=self.options)
        return Question(id=id, title=self.label(id), ask="level", fields=(box,), clean=self.clean is not None)

    def read(self, rows: Sequence[Row], reader: Reader) -> Values | None:
        """The level of the only row."""
        reader.blank(rows, "of", "start", "finish", "sharers", "matter")
        row = reader.single(rows)
        ids = [id for id, _label in self.options]
        level = reader.one_of(row, ids) if row else None
        return None if level is None else {"x": ids.index(level)}

    def label(self, id: str) -> str:  # noqa: ARG002
        """What it is called: the rule that asks it has no title for it."""
        return self.title or _("level")

    def picked(self, values: Values) -> str:
        """The level that was picked, from what its row was read as."""
        return self.options[int(values["x"])][0]

    def clean_values(self) -> Values | None:
        """The level marked clean, if one is."""
        return None if self.clean is None else {"x": [id for id, _label in self.options].index(self.clean)}
