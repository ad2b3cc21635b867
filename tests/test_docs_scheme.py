"""`docs/scheme.md` is complete: every key, every kind, every state, everything that is refused by name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

import pytest
import tomli

from govscore.errors import InputError
from govscore.facts.base import FactType
from govscore.facts.rows import COLUMNS
from govscore.rules import registry
from govscore.rules.base import Rule
from govscore.rules.days import Window
from govscore.rules.events import EventLevel
from govscore.rules.level import PointsLevel
from govscore.rules.lines import Line
from govscore.rules.modifiers import Ceiling, RuleBounds
from govscore.scheme import limits, model, policies, settings, standing
from govscore.scheme.pydantic_words import LATER_WORDS
from govscore.scheme.read import MOST_ITEMS, read_scheme
from govscore.scheme.reviewing import Reviewers
from govscore.scheme.warning_kinds import Lint
from govscore.scoring.result import ItemState, UnitState
from tests.test_docs_examples import examples, whole

if TYPE_CHECKING:
    from pydantic import BaseModel

TEXT: Final = (Path(__file__).parent.parent / "docs" / "scheme.md").read_text(encoding="utf-8")
REFUSED: Final = TEXT[TEXT.index("## 暂不支持") :]
WORDS: Final = frozenset(re.findall(r"[a-z_]+", " ".join(re.findall(r"`+[^`]+`+", TEXT))))
"""Every word that stands in code somewhere on the page."""

STARTS: Final = [kind for kind in map(registry.start_kind, registry.start_kinds()) if kind]
FACTS: Final = [ask for ask in map(registry.fact_type, registry.fact_types()) if ask]
PARTS: Final[list[type[BaseModel]]] = [
    model.SchemeModel, model.Header, settings.SchemePeriod, settings.Total, settings.Gate, settings.Bounds,
    policies.NotApplicable, policies.OwnNotApplicable, settings.SchemePart, model.Section, model.Item,
    model.Veto,
    standing.Rank, standing.Grade, standing.Quota, standing.Effect,
    Lint, Reviewers, Line, Ceiling, RuleBounds, PointsLevel, EventLevel, Window, *STARTS, *FACTS,
]  # fmt: skip


def keys(part: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in part.model_fields.items()}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_key_is_on_the_page(part: type[BaseModel]) -> None:
    assert keys(part) - WORDS == set()


def keys_of_examples() -> set[str]:
    """Every key that stands in a scheme on the page that is run."""
    found: set[str] = set()

    def walk(value: object) -> None:
        if isinstance(value, dict):
            found.update(value)
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)

    for example in examples("scheme.md").values():
        walk(tomli.loads(whole(example.scheme)))
    return found


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_key_stands_in_an_example_that_is_run(part: type[BaseModel]) -> None:
    said_by_leaving_it_out = {"reviewers"}
    assert keys(part) - keys_of_examples() - said_by_leaving_it_out == set()


@pytest.mark.parametrize("part", [*PARTS, Rule, FactType], ids=lambda part: part.__name__)
def test_every_key_of_later_versions_is_named_as_refused(part: Any) -> None:
    assert {name for name in getattr(part, "later", ()) if f"`{name}`" not in REFUSED} == set()


def test_every_refused_kind_and_word_is_named() -> None:
    words = {*(word for each in LATER_WORDS.values() for word in each)}
    assert {word for word in words if f'"{word}"' not in REFUSED} == set()


def test_every_kind_and_fact_type_has_its_row() -> None:
    rows = set(re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE))
    assert {*registry.start_kinds(), *registry.fact_types()} <= rows


def test_every_state_is_explained() -> None:
    states = {*get_args(ItemState), *get_args(UnitState)}
    assert {state for state in states if f"`{state}`" not in TEXT} == set()


def test_every_column_of_the_findings_table_has_its_row() -> None:
    table = TEXT[TEXT.index("## 核定结果表") :]
    first = " ".join(re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE))
    assert {column for column in COLUMNS if f"`{column}`" not in first} == set()


def test_the_limits_of_a_file_are_those_of_the_program() -> None:
    for limit in (limits.MAX_LINES, MOST_ITEMS):
        assert f"{limit // 1000} 000" in TEXT
    for limit in (limits.MAX_DEPTH, limits.MAX_PARTS, limits.MAX_DIGITS):
        assert f" {limit} " in TEXT


HEAD: Final = """
format = 1
[scheme]
id = "a"
title = "甲"
period = { from = 2024-01-01, to = 2024-12-31 }
points_source = "official"
[groups]
g = "组"
[rank]
ties = "share"
"""
TOTAL: Final = """
[total]
full_marks = 10
places = 2
floor_at = "item"
not_applicable = { policy = "rescale", to = "own", within = "part" }
bonus_cap = "none"
"""
ITEM: Final = '[[base]]\nid = "1"\ntitle = "项"\npoints = 10\nfacts.x = { ask = "number" }\nrule = '
SOUND: Final = '{ kind = "deduct", minus = [{ id = "a", title = "甲", each = 1 }] }\n'


def ids(text: str) -> set[str]:
    """What is reported about a scheme."""
    try:
        read_scheme(text)
    except InputError as refused:
        return {problem.id for problem in refused.problems}
    return set()


def test_the_frame_of_these_tests_is_sound() -> None:
    assert ids(HEAD + TOTAL + ITEM + SOUND) == set()


LATER_ELSEWHERE: Final = {
    "hand_on": HEAD + TOTAL.replace("rescale", "hand_on") + ITEM + SOUND,
    "item hand_on": HEAD + TOTAL + ITEM + SOUND + 'not_applicable = { policy = "hand_on" }\n',
    "switch": HEAD + TOTAL + ITEM
    + '{ kind = "deduct", times = { by = "tag", a = 2, other = 1 } }\n',
}  # fmt: skip


@pytest.mark.parametrize("name", LATER_ELSEWHERE)
def test_what_belongs_to_later_versions_is_refused_by_name(name: str) -> None:
    assert "scheme.not-supported-yet" in ids(LATER_ELSEWHERE[name])
