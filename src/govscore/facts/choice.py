"""`choice`: one of the options that the fact lists in `of`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator
from pydantic import Field as ModelField
from pydantic_core import PydanticCustomError

from govscore.facts.base import FactType, Field, Question, Reader, Subject, Values
from govscore.facts.names import Label, SimpleIdentifier, simple_identifier
from govscore.facts.relations import relation
from govscore.text import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govscore.facts.rows import Row


Written = (
    Annotated[dict[SimpleIdentifier, Label], ModelField(min_length=1)]
    | Annotated[list[SimpleIdentifier], ModelField(min_length=1)]
)


def _options(value: object) -> object:
    """A list of ids becomes a table of id and label."""
    if isinstance(value, (list, tuple)):
        found: dict[str, str] = {}
        for place, each in enumerate(value):
            id = _option(each, place)
            if id in found:
                data = {"found": id, "at": str(place)}
                raise PydanticCustomError("options_twice", "an option is listed twice", data)
            found[id] = id
        return found
    return value


def _option(value: object, place: int) -> str:
    try:
        return simple_identifier(value)
    except PydanticCustomError as refused:
        data = {**(refused.context or {}), "at": str(place)}
        raise PydanticCustomError(refused.type, "not an option", data) from None


class Choice(FactType):
    """One answer of a list."""

    ask: Literal["choice"] = "choice"
    of: Annotated[
        dict[SimpleIdentifier, Label],
        BeforeValidator(_options, json_schema_input_type=Written),
        ModelField(min_length=1),
    ]
    clean: str | None = None

    @relation
    def _clean_is_an_option(self) -> None:
        if self.clean is not None and self.clean not in self.of:
            data = {"found": self.clean, "known": ", ".join(self.of), "at": "clean"}
            near = nearest(self.clean, self.of)
            raise PydanticCustomError(
                "not_an_option", "clean is not an option", data | ({"near": near} if near else {})
            )

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
