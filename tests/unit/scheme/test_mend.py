"""What stands at a path of the model, and what takes the place of a faulty value."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from govscore.facts.base import FactType
from govscore.facts.cases import Cases
from govscore.points import Points
from govscore.rules.base import Rule
from govscore.rules.events import EventLevel, Events
from govscore.rules.level import Level, PointsLevel
from govscore.rules.lines import Line
from govscore.scheme.mend import annotation_at, bare, mend, part_at, stand_in, value_at
from govscore.scheme.model import (
    Header,
    Item,
    SchemeModel,
    Section,
    Veto,
)
from govscore.scheme.policies import NotApplicable
from govscore.scheme.report import STAND_IN
from govscore.scheme.settings import Bounds, Gate, SchemePeriod, Total
from govscore.scheme.standing import Effect, Grade


@pytest.mark.parametrize(
    ("cls", "path", "part"),
    [
        (SchemeModel, (), SchemeModel),
        (SchemeModel, ("scheme",), Header),
        (SchemeModel, ("scheme", "period"), SchemePeriod),
        (SchemeModel, ("total",), Total),
        (SchemeModel, ("total", "not_applicable"), NotApplicable),
        (SchemeModel, ("total", "fail"), Gate),
        (SchemeModel, ("total", "bounds"), Bounds),
        (SchemeModel, ("section", 3), Section),
        (SchemeModel, ("grade", 0), Grade),
        (SchemeModel, ("base", 12), Item),
        (SchemeModel, ("base", 12, "effect"), Effect),
        (SchemeModel, ("base", 12, "rule"), Rule),
        (SchemeModel, ("base", 12, "rule", "minus", 3), Line),
        (SchemeModel, ("base", 12, "facts", "reply"), FactType),
        (SchemeModel, ("veto", 1), Veto),
        (Level, ("levels", 2), PointsLevel),
        (Events, ("levels", "city"), EventLevel),
        (SchemeModel, ("total", "bounds", "from"), None),
        (SchemeModel, ("section",), None),
        (SchemeModel, ("groups", "streets"), None),
        (SchemeModel, ("base", 12, "facts"), None),
        (SchemeModel, ("nowhere",), None),
        (SchemeModel, ("nowhere", 1, "x"), None),
        (Line, ("range", 0), None),
    ],
)
def test_the_model_at_a_path(
    cls: type[BaseModel], path: tuple[str | int, ...], part: type[BaseModel] | None
) -> None:
    assert part_at(cls, path) is part


def test_an_annotation_at_a_path_is_found_by_the_written_name() -> None:
    assert bare(annotation_at(Bounds, ("from",))) is Points
    assert annotation_at(Bounds, ("from_",)) is None


@pytest.mark.parametrize(
    "name", [name for name, field in SchemeModel.model_fields.items() if field.is_required()]
)
def test_a_stand_in_is_as_good_as_what_it_stands_for(name: str) -> None:
    """The whole model takes it, though nothing else of it is given."""
    made = {
        each: stand_in(annotation_at(SchemeModel, (each,)))
        for each in ("format", "scheme", "groups", "total")
    }
    made |= {"rank": stand_in(annotation_at(SchemeModel, ("rank",))), "base": ()}
    assert name in made
    assert SchemeModel.model_validate(made).format == 1


@pytest.mark.parametrize("cls", [Item, Line, Section, Grade, Veto, EventLevel, PointsLevel])
def test_stand_ins_have_names_of_their_own(cls: type[BaseModel]) -> None:
    one, two = stand_in(cls), stand_in(cls)
    assert isinstance(one, cls)
    if "id" in cls.model_fields and cls.model_fields["id"].is_required():
        assert one.id.startswith(STAND_IN)  # type: ignore[attr-defined]
        assert one.id != two.id  # type: ignore[attr-defined]


def faults(cls: type[BaseModel], data: Any) -> Any:
    with pytest.raises(ValidationError) as caught:
        cls.model_validate(data)
    return caught.value.errors()


def test_what_is_mended_is_sound_and_what_was_handed_in_stays() -> None:
    data = {"id": "a", "title": 3, "each": "x", "cap": 1, "more": 2}
    before = dict(data)
    mended, guessed = mend(data, faults(Line, data), Line, {})
    assert data == before
    assert guessed == {("title",), ("each",)}
    line = Line.model_validate(mended)
    assert (line.id, line.cap is not None) == ("a", True)


def test_a_missing_key_is_a_guess() -> None:
    mended, guessed = mend({"id": "s"}, faults(Section, {"id": "s"}), Section, {})
    assert guessed == {("title",)}
    assert Section.model_validate(mended).id == "s"


def test_a_key_that_is_no_name_keeps_its_value() -> None:
    data = {"kind": "events", "levels": {"City": 1, "county": 2}, "same_matter": "sum", "shared": "full"}
    mended, guessed = mend(data, faults(Events, data), Events, {})
    assert ("levels", "City") in guessed
    assert sorted(str(level.points) for level in Events.model_validate(mended).levels.values()) == ["1", "2"]


def test_sound_keys_that_do_not_fit_together_are_kept() -> None:
    data = {"ask": "cases", "within": "3 days", "at_least": "4 days"}
    told: dict[int, BaseModel] = {}
    mended, guessed = mend(data, faults(Cases, data), Cases, told)
    assert isinstance(mended, Cases)
    assert (mended.within, mended.at_least, guessed) == ("3 days", "4 days", set())
    assert told == {id(mended): mended}


def test_what_is_not_there_is_nothing() -> None:
    assert value_at({"a": [{"b": 1}]}, ("a", 0, "b")) == 1
    assert value_at({"a": [{"b": 1}]}, ("a", 1, "b")) is None
    assert value_at({"a": 3}, ("a", "b", 0)) is None
