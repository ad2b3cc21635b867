"""A problem names its place, what was found and expected, the nearest word, and what to do."""

from __future__ import annotations

import copy
import pickle

import pytest

from govscore import errors, i18n
from govscore.errors import (
    GovscoreError,
    InputError,
    MessageKind,
    Place,
    RefusedError,
    StorageError,
    message_kind,
    message_kinds,
    problem,
    raise_problems,
)

KIND = MessageKind(
    id="test.kind", found="“{found}” is wrong", expected="one of {known}", todo="Write another."
)
BARE = MessageKind(id="test.bare", found="nothing there")


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place(), ""),
        (Place(file="scheme.toml"), "scheme.toml"),
        (Place(file="scheme.toml", line=3), "scheme.toml:3"),
        (Place(file="scheme.toml", line=3, column=7), "scheme.toml:3:7"),
        (Place(file="u.xlsx", sheet="名单", cell="B7"), "u.xlsx/名单/B7"),
        (Place(file="u.xlsx", cell="B7"), "u.xlsx/B7"),
        (Place(path="base[3].rule.minus[0].each"), "base[3].rule.minus[0].each"),
        (Place(file="a\x1b\u202e.toml", line=1), "a␛‹U+202E›.toml:1"),
    ],
)
def test_a_place_is_written_so_that_an_editor_finds_it(place: Place, text: str) -> None:
    assert str(place) == text


def test_a_problem_says_everything_in_order(english: None) -> None:
    shown = str(
        problem(KIND, Place(file="s.toml", line=2, column=1), "deduct", found="dedcut", known="deduct, earn")
    )
    assert shown.splitlines() == [
        "s.toml:2:1: “dedcut” is wrong",
        "    expected: one of deduct, earn",
        "    did you mean “deduct”?",
        "    Write another. [test.kind]",
    ]


def test_a_problem_without_a_place_begins_with_what_was_found(english: None) -> None:
    assert str(problem(BARE)) == "nothing there [test.bare]"


def test_a_problem_is_put_into_words_in_the_language_set_when_shown() -> None:
    one = problem(KIND, None, "deduct", found="dedcut", known="deduct")
    chinese = str(one)
    with i18n.speaking("en"):
        english = str(one)
    assert "did you mean" in english
    assert "did you mean" not in chinese
    assert one.id == "test.kind"
    assert "[test.kind]" in chinese


def test_data_are_inert_and_never_a_template(english: None) -> None:
    shown = str(problem(KIND, found="{known}\x1b[2J\u202e", known=3))
    assert "“{known}␛[2J‹U+202E›” is wrong" in shown
    assert "one of 3" in shown


def test_long_data_are_cut(english: None) -> None:
    assert len(str(problem(KIND, found="x" * 100_000, known="y"))) < 400


def test_an_id_stands_for_one_kind_of_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "_KINDS", {})
    kind = message_kind("test.once", "found")
    assert message_kinds() == {"test.once": kind}
    with pytest.raises(ValueError, match=r"test\.once"):
        message_kind("test.once", "another")


def test_all_problems_are_raised_at_once_in_order_of_their_places(english: None) -> None:
    places = [Place(file="b", line=1), Place(file="a", line=10), Place(file="a", line=9, column=2)]
    with pytest.raises(InputError) as caught:
        raise_problems(problem(BARE, place) for place in places)
    assert [str(each.place) for each in caught.value.problems] == ["a:9:2", "a:10", "b:1"]
    assert str(caught.value).splitlines() == [
        f"{place}: nothing there [test.bare]" for place in ["a:9:2", "a:10", "b:1"]
    ]


def test_nothing_wrong_raises_nothing() -> None:
    raise_problems([])


def test_there_is_one_root_split_by_whose_fault_it_is() -> None:
    assert all(issubclass(each, GovscoreError) for each in (InputError, RefusedError, StorageError))
    assert not issubclass(InputError, RefusedError)


def test_an_error_survives_the_way_between_processes() -> None:
    error = InputError(problem(KIND, Place(file="s.toml", line=1), found="a", known="b"))
    for other in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):
        assert type(other) is InputError
        assert other.problems == error.problems
