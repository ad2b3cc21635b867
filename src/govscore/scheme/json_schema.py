"""The scheme language as JSON Schema, for editors: composed from the models and the registries.

Invariant: nothing here lists a key, a start or a fact type. What a model declares is offered, what it
only refuses by name (`later`) is not; a value whose written form nobody stated accepts anything, so a
scheme that `check` accepts is never underlined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from govscore.facts.base import FactType
from govscore.i18n import gettext as _
from govscore.i18n import language
from govscore.rules.base import Rule
from govscore.rules.registry import fact_type, fact_types, start_kind, start_kinds
from govscore.scheme.key_words import words_of
from govscore.scheme.model import KINDS, Item, SchemeModel
from govscore.scheme.pydantic_words import known_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import BaseModel
    from pydantic_core import CoreSchema, core_schema

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_NO_NULL: Final = "null"
_DATELESS: Final = "WithoutDates"


def json_schema() -> dict[str, Any]:
    """The whole language, with titles and descriptions in the language set.

    Returns:
        A JSON Schema (draft 2020-12) of a scheme after TOML parsing; dates are texts in format `date`.
    """
    whole = SchemeModel.model_json_schema(schema_generator=_Composer)
    for kind in KINDS:
        _item_of(kind, whole)
    whole["$defs"][_DATELESS] = _dateless()
    return {
        "$schema": DIALECT,
        "title": _("govscore scheme"),
        "$comment": _("made by `govscore schema`; {language}").format(language=language()),
        **{key: value for key, value in whole.items() if key != "title"},
        "if": {"not": {"required": ["part"]}},
        "then": {"properties": {"total": {"required": ["floor_at", "not_applicable"]}}},
    }


def _item_of(kind: str, whole: dict[str, Any]) -> None:
    """Gives a list of items the keys that items of this kind take."""
    definitions, array = whole["$defs"], whole["properties"][kind]
    name = array["items"]["$ref"].rpartition("/")[2]
    item = definitions[name]
    known = known_keys(Item, kind)
    required = [key for key in item["required"] if key in known] + ["points"] * (kind == "base")
    keys = {key: form for key, form in item["properties"].items() if key in known}
    dateless = {key: {"$ref": f"#/$defs/{_DATELESS}"} for key in keys if key not in ("facts", "effect")}
    definitions[f"{name}-{kind}"] = {
        **item,
        "properties": keys,
        "required": required,
        "if": {"properties": {"rule": {"required": ["per"]}}},
        "then": {"properties": dateless},
    }
    array["items"] = {"$ref": f"#/$defs/{name}-{kind}"}
    if kind == KINDS[-1]:
        del definitions[name]


def _dateless() -> dict[str, Any]:
    """Anything without a switch by date: an item with periods refuses it by name, but in its facts."""
    deeper = {"$ref": f"#/$defs/{_DATELESS}"}
    by_date = {"required": ["by", "first"], "properties": {"by": {"const": "date"}}}
    return {
        "if": {"type": "object"},
        "then": {"not": by_date, "additionalProperties": deeper},
        "else": {"items": deeper},
    }


class _Composer(GenerateJsonSchema):
    """Writes models as a scheme's author sees them."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """A table: its keys with their words; for a rule or fact all that are installed."""
        cls = schema["cls"]
        if cls is Rule:
            return self._one_of(cls, "kind", ((each, start_kind(each)) for each in start_kinds()))
        if cls is FactType:
            return self._one_of(cls, "ask", ((each, fact_type(each)) for each in fact_types()))
        made = super().model_schema(schema)
        made.pop("title", None)
        made.pop("description", None)
        if words := words_of(cls):
            made["description"] = words
        for key, form in made.get("properties", {}).items():
            form.pop("title", None)
            if form.get("default", _NO_NULL) in (None, "", {}, []):
                del form["default"]
            if words := words_of(cls, key):
                form["description"] = words
        return made

    def _one_of(
        self, base: type[BaseModel], key: str, each: Iterable[tuple[str, type[BaseModel] | None]]
    ) -> JsonSchemaValue:
        """A table that says by one key what it is.

        The key stands outside of the alternatives, too, so that an editor can underline a wrong word
        by itself.
        """
        classes = {name: cls for name, cls in each if cls is not None}
        alternatives = [self._alternative(cls, key, name) for name, cls in classes.items()]
        word = {"type": "string", "enum": list(classes), "description": words_of(base, key)}
        return {
            "type": "object",
            "required": [key],
            "properties": {key: word},
            "additionalProperties": True,
            "oneOf": alternatives,
        }

    def _alternative(self, cls: type[BaseModel], key: str, name: str) -> JsonSchemaValue:
        cls.model_rebuild()
        reference = self.generate_inner(cls.__pydantic_core_schema__)
        definition = self.get_schema_from_definitions(reference["$ref"]) if "$ref" in reference else reference
        if definition is not None:
            definition["required"] = [key, *(each for each in definition.get("required", ()) if each != key)]
            definition["properties"][key] = {"const": name} | _described(words_of(cls) or words_of(cls, key))
        return reference

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """TOML knows no null: a key is left out."""
        return self.generate_inner(schema["schema"])

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """A table with ids of the author's own: no other key is passed over."""
        made = super().dict_schema(schema)
        if patterns := made.pop("patternProperties", None):
            ((pattern, form),) = patterns.items()
            made |= {"propertyNames": {"pattern": pattern}, "additionalProperties": form}
        return made

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """A value that a function reads first: it may be more than what comes out of it."""
        return self._as_written(schema.get("json_schema_input_schema"))

    def _as_written(self, form: CoreSchema | None) -> JsonSchemaValue:
        return {} if form is None else self.generate_inner(form)

    def function_plain_schema(self, schema: core_schema.PlainValidatorFunctionSchema) -> JsonSchemaValue:
        """As `function_before_schema`."""
        return self._as_written(schema.get("json_schema_input_schema"))

    def function_wrap_schema(self, schema: core_schema.WrapValidatorFunctionSchema) -> JsonSchemaValue:
        """As `function_before_schema`."""
        return self._as_written(schema.get("json_schema_input_schema"))

    def handle_invalid_for_json_schema(
        self,
        schema: CoreSchema,  # noqa: ARG002  pydantic says what it asks for
        error_info: str,  # noqa: ARG002
    ) -> JsonSchemaValue:
        """Something that has no form in JSON Schema: anything."""
        return {}


def _described(words: str) -> dict[str, str]:
    return {"description": words} if words else {}
