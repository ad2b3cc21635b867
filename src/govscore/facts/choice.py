"""`choice`: one of the options that the fact lists in `of`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, model_validator
from pydantic import Field as ModelField
from pydantic_core import PydanticCustomError

from govscore.facts.base import FactType, Field, Question, Reader, Subject, Values
from govscore.text import SIMPLE_IDENTIFIER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govscore.facts.rows import Row


def _options(value: object) -> object:
    """A list of ids becomes a table of id and label."""
    if isinstance(value, (list, tuple)):
        if len(set(map(str, value))) != len(value):
            raise PydanticCustomError("options_twice", "an option is listed twice")
        value = (
            {each: each for each in value if isinstance(each, str)}
            if all(isinstance(each, str) for each in value)
            else value
        )
    if isinstance(value, dict) and not all(SIMPLE_IDENTIFIER.match(str(key)) for key in value):
        wrong = next(str(key) for key in value if not SIMPLE_IDENTIFIER.match(str(key)))
        raise PydanticCustomError("identifier", "not an identifier", {"found": wrong})
    return value


class Choice(FactType):
    """One answer of a list."""

    ask: Literal["choice"] = "choice"
    of: Annotated[dict[str, str], BeforeValidator(_options), ModelField(min_length=1)]
    clean: str | None = None

    @model_validator(mode="after")
    def _clean_is_an_option(self) -> Choice:
        if self.clean is not None and self.clean not in self.of:
            raise PydanticCustomError(
                "not_an_option", "clean is not an option", {"found": self.clean, "known": ", ".join(self.of)}
            )
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """One column `x`: the option's place in the list, from 0."""
        return ("x",)

    def question(self, id: str) -> Question:
        """One pick of the list."""
        box = Field(fact=id, label=self.label(id), kind="choice", options=tuple(self.of.items()))
        return Question(
            id=id, title=self.label(id), ask="choice", fields=(box,), clean=self.clean is not None
        )

    def read(self, rows: Sequence[Row], reader: Reader) -> Values | None:
        """The option of the only row."""
        reader.blank(rows, "of", "start", "finish", "sharers", "matter")
        row = reader.single(rows)
        option = reader.one_of(row, self.of) if row else None
        return None if option is None else {"x": tuple(self.of).index(option)}

    def subjects(self) -> Mapping[str, Subject]:
        """The option itself."""
        return {"": Subject(kind="choice", options=tuple(self.of))}

    def clean_values(self) -> Values | None:
        """The option marked clean, if one is."""
        return None if self.clean is None else {"x": tuple(self.of).index(self.clean)}
