"""The JSON Schema of the language: whole, composed, in words, and never stricter than `check`."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import jsonschema
import pytest
import tomli

from govscore.facts.base import FactType
from govscore.i18n import speaking
from govscore.rules import registry
from govscore.rules.base import Rule
from govscore.rules.values import AmountValue
from govscore.scheme import json_schema as composing
from govscore.scheme.entry import Entry
from govscore.scheme.json_schema import json_schema
from govscore.scheme.key_words import keys_with_words, words_of
from govscore.scheme.model import KINDS
from tests.broken import test_scheme
from tests.test_docs_examples import ALL, whole
from tests.test_docs_scheme import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

ROOT: Final = Path(__file__).resolve().parents[3]
EXAMPLES: Final = sorted((ROOT / "examples").glob("*/scheme.toml"))
FOLDER: Final = ROOT / "tests" / "broken" / "scheme" / "semantic"
STRUCTURE: Final = (
    "scheme.bounds-empty--rule", "scheme.cases-limit", "scheme.cases-limit--two", "scheme.effect-grade",
    "scheme.effect-none", "scheme.effect-two", "scheme.empty--event-levels", "scheme.empty--groups",
    "scheme.empty--yields-to", "scheme.empty-text", "scheme.format", "scheme.format--boolean",
    "scheme.hidden-sign--two-lines", "scheme.identifier", "scheme.identifier--chinese",
    "scheme.identifier--empty", "scheme.line-count", "scheme.line-form", "scheme.line-forms",
    "scheme.line-of", "scheme.line-of--steps", "scheme.line-of-with", "scheme.line-of-with--once",
    "scheme.line-range", "scheme.line-steps", "scheme.line-steps--every", "scheme.line-title",
    "scheme.missing-key", "scheme.negative", "scheme.not-a-condition", "scheme.not-a-duration",
    "scheme.not-a-number", "scheme.not-a-percentage", "scheme.not-a-word", "scheme.not-in-range",
    "scheme.not-positive", "scheme.number-in-quotes", "scheme.number-out-of-range",
    "scheme.points-here", "scheme.same-matter", "scheme.simple-identifier", "scheme.switch-by",
    "scheme.switch-date", "scheme.switch-empty", "scheme.switch-first", "scheme.switch-other--tag",
    "scheme.unknown-ask", "scheme.unknown-key", "scheme.unknown-kind",
    "scheme.wrong-type--boolean-for-a-number", "scheme.wrong-type--boolean-in-quotes",
    "scheme.wrong-type--kind-is-a-number", "scheme.wrong-type--lines-as-a-table",
    "scheme.wrong-type--list-for-a-table", "scheme.wrong-type--mixed-list",
    "scheme.wrong-type--number-for-a-fact", "scheme.wrong-type--number-for-a-text",
    "scheme.wrong-type--range-of-one", "scheme.wrong-type--range-of-three",
    "scheme.wrong-type--text-for-a-list",
)  # fmt: skip
"""Mistakes that one table shows by itself."""


def plain(value: Any) -> Any:
    """Parsed TOML as a language server hands it to a schema: dates are texts."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else value


def faults(text: str, schema: dict[str, Any] | None = None) -> list[str]:
    """Paths and sentences of everything that the schema refuses."""
    judge = jsonschema.Draft202012Validator(
        schema or json_schema(), format_checker=jsonschema.FormatChecker(["date"])
    )
    return [f"{each.json_path}: {each.message}" for each in judge.iter_errors(plain(tomli.loads(text)))]


def test_it_is_a_schema_of_its_dialect() -> None:
    schema = json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.parent.name)
def test_every_example_is_accepted(file: Path) -> None:
    assert faults(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", [name for name, example in ALL.items() if example.scheme])
def test_every_scheme_of_the_documents_is_accepted(name: str) -> None:
    assert faults(whole(ALL[name].scheme)) == []


@pytest.mark.parametrize("name", STRUCTURE)
def test_what_is_broken_in_structure_is_refused(name: str) -> None:
    assert faults((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("later", test_scheme.LATER, ids=lambda later: f"{later['where']}: {later['names']}")
def test_what_is_refused_by_name_is_not_offered(later: dict[str, str]) -> None:
    text, _places = test_scheme.marked(test_scheme.broken(later["where"], later["snippet"]))
    assert faults(text)


def test_a_wrong_word_is_refused_at_its_own_place() -> None:
    text = (FOLDER / "base.toml").read_text(encoding="utf-8")
    wrong = text.replace('kind = "deduct"', 'kind = "dedukt"').replace('ask = "count"', 'ask = "cuont"')
    places = {each.partition(":")[0] for each in faults(wrong)}
    assert {"$.base[0].rule.kind", "$.base[0].facts.posts.ask"} <= places


def properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key with its form."""
    for name, part in {"scheme": schema, **schema["$defs"]}.items():
        for key, form in part.get("properties", {}).items():
            yield f"{name}.{key}", form


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_key_has_its_words_in_the_language_set(language: str) -> None:
    with speaking(language):
        silent = [name for name, form in properties(json_schema()) if not form.get("description")]
        word = json_schema()["properties"]["base"]["description"]
    assert silent == []
    assert ("基础项" in word) == (language == "zh_CN")


def test_every_value_has_a_form() -> None:
    kinds = {"type", "anyOf", "oneOf", "const", "enum", "$ref"}
    assert [name for name, form in properties(json_schema()) if not kinds & set(form)] == []


def test_no_words_are_left_over() -> None:
    classes: list[type[BaseModel]] = [*PARTS, Entry, Rule, FactType]
    known = {each.__name__ for each in classes}
    for each in classes:
        keys = {field.alias or name for name, field in each.model_fields.items()}
        known |= {f"{each.__name__}.{key}" for key in keys | getattr(each, "later", frozenset())}
    assert keys_with_words() - known == set()


@pytest.mark.parametrize(
    "limit",
    [
        '"1 working day"',
        "2024-07-01",
        '{ by = "group", departments = "5 days", other = "1 month" }',
        '{ by = "date", first = "10 days", "2024-07-01" = 2024-12-01 }',
        '{ by = "tag", grave = "5 hours", other = "48 hours" }',
    ],
)
def test_a_limit_is_a_text_a_date_or_a_switch(limit: str) -> None:
    assert faults(with_item(limit=limit)) == []


@pytest.mark.parametrize(
    "limit", ['"soon"', '{ by = "group", a = "soon" }', '{ by = "date", later = "5 days" }']
)
def test_a_limit_that_is_none_of_these_is_refused(limit: str) -> None:
    assert faults(with_item(limit=limit))


LINE: Final = 'minus = [{{ of = "posts", {0} }}]'


@pytest.mark.parametrize(
    ("keys", "accepted"),
    [
        ('ceiling = { when = "posts < 3", at = "60 %" }, minus_cap = 3, plus_cap = "20 %"', True),
        ('bounds = { from = -1, to = "120 %" }, times = 1.5', True),
        (LINE.format('beyond = 5, every = 2, each = 0.5, steps = "whole", times = 2, from = "total"'), True),
        (LINE.format('short_of = 5, every = 1, each = "5 %", steps = "exact", unless = "posts = 0"'), True),
        ('ceiling = { when = "posts < 3" }', False),
        ('ceiling = { when = "posts < 3", at = -1 }', False),
        ('minus_cap = "none"', False),
        ('bounds = { below = 1 }', False),
        ("times = 0", False),
        ('times = "2"', False),
        (LINE.format('beyond = 5, every = 0, each = 1, steps = "whole"'), False),
        (LINE.format('beyond = 5, every = 1, each = 1, steps = "half"'), False),
        (LINE.format('beyond = "best", every = 1, each = 1, steps = "whole"'), True),
        (LINE.format('beyond = "worst", every = 1, each = 1, steps = "whole"'), False),
        (LINE.format('beyond = "mean", every = "best", each = 1, steps = "whole"'), False),
    ],
)  # fmt: skip
def test_modifiers_and_lines_have_their_forms(keys: str, accepted: bool) -> None:
    assert (faults(with_item(keys=keys)) == []) is accepted


def with_item(*, limit: str = '"3 days"', keys: str = "minus = []") -> str:
    """A scheme with one more item of such a limit and rule."""
    return (
        (FOLDER / "base.toml").read_text(encoding="utf-8")
        + f"""
[[base]]
id = "900"
title = "项"
points = 5
facts.posts = {{ ask = "count" }}
facts.reply = {{ ask = "cases", within = {limit} }}
rule = {{ kind = "deduct", {keys} }}
"""
    )


def test_items_take_the_keys_of_their_kind() -> None:
    schema = json_schema()
    keys = {
        kind: schema["$defs"][schema["properties"][kind]["items"]["$ref"].rpartition("/")[2]]
        for kind in KINDS
    }
    assert "points" in keys["base"]["required"]
    assert "cap" not in keys["base"]["properties"]
    assert all("points" not in keys[kind]["properties"] for kind in ("bonus", "major_deduction"))
    assert all("kind" not in each["properties"] for each in keys.values())


class Spark(Rule):
    """A start that nobody installed until now."""

    kind: Literal["spark"] = "spark"
    each: AmountValue

    @classmethod
    def key_words(cls) -> dict[str, str]:
        """Its words."""
        return {"": "sparks", "each": "points of a spark"}


def test_a_new_start_appears_without_anything_being_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = registry.start_kinds()
    monkeypatch.setattr(composing, "start_kinds", lambda: (*kinds, "spark"))
    monkeypatch.setattr(
        composing, "start_kind", lambda kind: Spark if kind == "spark" else registry.start_kind(kind)
    )
    schema = json_schema()
    spark = schema["$defs"]["Spark"]
    assert spark["properties"]["kind"] == {"const": "spark", "description": "sparks"}
    assert spark["properties"]["each"]["description"] == "points of a spark"
    assert spark["required"] == ["kind", "each"]
    text = (FOLDER / "base.toml").read_text(encoding="utf-8")
    start, _rule, rest = text.partition("rule = {")
    rule = 'rule = { kind = "spark", each = "5 %" }\n'
    assert faults(start + rule + rest[rest.index("\n[[grade]]") :], schema) == []
    assert faults(start + rule.replace("each", "eech") + rest[rest.index("\n[[grade]]") :], schema)


def test_words_are_not_taken_from_a_class_of_the_same_name_elsewhere() -> None:
    class Deduct(Rule):
        """Somebody else's start of a name that we have, too."""

    assert words_of(Deduct) == ""
    assert words_of(Deduct, "minus") == words_of(Rule, "minus") != ""
