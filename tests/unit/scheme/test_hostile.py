"""Schemes that are meant to hurt: each is told what is wrong, soon, in few words, and at its place."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import tomli

from govscore.errors import InputError, Problem
from govscore.i18n import speaking
from govscore.scheme.read import MOST_ITEMS, read_scheme, scheme_from_mapping
from govscore.scheme.report import MOST_PROBLEMS
from govscore.scheme.units import Unit
from govscore.scoring.board import Board
from govscore.scoring.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Callable

    from govscore.scheme.model import Scheme

BASE: Final = (Path(__file__).parents[2] / "broken/scheme/semantic/base.toml").read_text("utf-8")
SECONDS: Final = 3
"""Of processor time; most need a tenth of it."""


def scheme(**tables: object) -> dict[str, Any]:
    """A sound mapping with some tables replaced."""
    return {**tomli.loads(BASE, parse_float=Decimal), **tables}


def item(number: object = 1, **keys: object) -> dict[str, object]:
    rule = {"kind": "deduct", "minus": [{"id": "late", "title": "迟报", "each": 1}]}
    return {"id": f"i{number}", "title": "公开", "points": 1, "rule": rule, **keys}


def section(number: int, parent: int | None = None, **keys: object) -> dict[str, object]:
    above = {} if parent is None else {"section": f"s{parent}"}
    return {"id": f"s{number}", "title": "指标", **above, **keys}


def lines(number: int, **keys: object) -> dict[str, object]:
    minus = [{"id": f"a{n}", "title": "错", "each": 1, **keys} for n in range(number)]
    return {"kind": "deduct", "minus": minus}


def nested(levels: int, wrap: Callable[[Any], Any]) -> Any:
    value: Any = 1
    for _level in range(levels):
        value = wrap(value)
    return value


def endless() -> dict[str, Any]:
    made = scheme()
    made["scheme"] = made
    return made


def told(data: object) -> tuple[Problem, ...]:
    """The problems of a scheme, which come soon and can be shown."""
    start = time.process_time()
    with pytest.raises(InputError) as caught:
        scheme_from_mapping(data)
    with speaking("en"):
        shown = str(caught.value)
    assert time.process_time() - start < SECONDS
    problems = caught.value.problems
    assert 0 < len(problems) <= MOST_PROBLEMS + 1
    assert len(shown) < 400 * len(problems) + 400
    return problems


COUNTS: Final = {
    "10^5 items": lambda: scheme(base=[item(n) for n in range(10**5)]),
    "10^5 keys": lambda: scheme(base=[item(**{f"key{n}": 1 for n in range(10**5)})]),
    "10^4 lines": lambda: scheme(base=[item(rule=lines(10**4))]),
    "10^5 options": lambda: scheme(base=[item(facts={"x": {"ask": "choice", "of": ["o"] * 10**5}})]),
    "10^5 names": lambda: scheme(base=[item(applies_to=["Ｘ"] * 10**5)]),
}
MISTAKES: Final[dict[str, tuple[Callable[[], Any], set[str]]]] = {
    "unknown sections": (
        lambda: scheme(
            base=[item(n, section="sx") for n in range(5000)], section=list(map(section, range(5000)))
        ),
        {"unknown-section"},
    ),
    "unknown keys": (lambda: scheme(base=[item(n, secton=1) for n in range(5000)]), {"unknown-key"}),
    "unknown facts": (
        lambda: scheme(base=[item(n, rule={"kind": "deduct", "zero_if": "zz > 3"}) for n in range(5000)]),
        {"no-facts"},
    ),
    "equal ids": (lambda: scheme(base=[item() for _n in range(5000)]), {"id-twice"}),
    "lines": (lambda: scheme(base=[item(rule=lines(1000, each="y"))]), {"not-a-number"}),
    "lines without form": (lambda: scheme(base=[item(rule=lines(1000, once=1))]), {"line-forms"}),
    "conditions": (lambda: scheme(base=[item(rule=lines(1000, when="b > 3"))]), {"unknown-fact"}),
    "loops": (lambda: scheme(section=[section(n, n ^ 1) for n in range(5000)]), {"section-loop"}),
}
SINGLE: Final[dict[str, tuple[Callable[[], Any], str, str]]] = {
    "a long loop": (
        lambda: scheme(section=[section(n, (n + 1) % 5000) for n in range(5000)]),
        "section-loop",
        "section[0].section",
    ),
    "1 000 levels": (
        lambda: scheme(
            section=[section(0), *(section(n, n - 1) for n in range(1, 1000))],
            base=[item(n, section="s999") for n in range(2000)],
        ),
        "sections-too-deep",
        "section[20].section",
    ),
    "5 000 levels, innermost first": (
        lambda: scheme(section=[*(section(n, n - 1) for n in range(4999, 0, -1)), section(0)]),
        "sections-too-deep",
        "section[4979].section",
    ),
    "a long condition": (
        lambda: scheme(base=[item(rule={"kind": "deduct", "zero_if": "late > 1 and " * 10**4 + "late > 2"})]),
        "not-a-condition",
        "base[0].rule.zero_if",
    ),
    "a condition of spaces": (
        lambda: scheme(base=[item(rule={"kind": "deduct", "zero_if": "late" + " " * 990})]),
        "not-a-condition",
        "base[0].rule.zero_if",
    ),
    "a long id": (lambda: scheme(base=[item(id="а" * 10**6)]), "identifier", "base[0].id"),
    "a long title": (lambda: scheme(base=[item(title="a\x01" * 10**5)]), "hidden-sign", "base[0].title"),
    "a deep value": (
        lambda: scheme(base=[item(points=nested(10**5, lambda each: {"a": each}))]),
        "not-a-number",
        "base[0].points",
    ),
    "a deep list": (lambda: scheme(base=nested(10**5, lambda each: [each])), "wrong-type", "base[0]"),
    "a digit too many": (
        lambda: scheme(base=[item(points=10**4000)]),
        "number-out-of-range",
        "base[0].points",
    ),
    "many digits": (lambda: scheme(base=[item(points=10**5000)]), "number-out-of-range", "base[0].points"),
    "a number of digits": (
        lambda: scheme(base=[item(points=Decimal("1e400"))]),
        "number-out-of-range",
        "base[0].points",
    ),
    "not a number": (lambda: scheme(base=[item(points=Decimal("nan"))]), "not-a-number", "base[0].points"),
    "infinity": (lambda: scheme(base=[item(points=float("inf"))]), "not-a-number", "base[0].points"),
    "true": (lambda: scheme(base=[item(points=True)]), "not-a-number", "base[0].points"),
    "five decimals": (lambda: scheme(base=[item(points=0.12345)]), "too-many-decimals", "base[0].points"),
    "a fraction of a float": (
        lambda: scheme(base=[item(points=0.1 + 0.2)]),
        "too-many-decimals",
        "base[0].points",
    ),
    "a half surrogate": (lambda: scheme(base=[item(text="\ud800")]), "hidden-sign", "base[0].text"),
    "bytes": (lambda: scheme(base=[item(title=b"title")]), "wrong-type", "base[0].title"),
    "itself": (endless, "missing-key", "scheme.id"),
    "a list": (lambda: [scheme()], "wrong-type", ""),
    "nothing": (lambda: None, "wrong-type", ""),
}


@pytest.mark.parametrize("make", COUNTS.values(), ids=COUNTS.keys())
def test_more_than_anybody_needs_is_refused_before_it_is_read(make: Callable[[], Any]) -> None:
    (only,) = told(make())
    assert only.id == "scheme.too-many"


@pytest.mark.parametrize(("make", "ids"), MISTAKES.values(), ids=MISTAKES.keys())
def test_thousands_of_mistakes_are_listed_up_to_a_hundred(make: Callable[[], Any], ids: set[str]) -> None:
    problems = told(make())
    assert len(problems) == MOST_PROBLEMS + 1
    assert {each.id for each in problems[:-1]} == {f"scheme.{id}" for id in ids}
    assert problems[-1].id == "scheme.more"
    assert int(problems[-1].data["more"]) >= 1000


@pytest.mark.parametrize(("make", "id", "path"), SINGLE.values(), ids=SINGLE.keys())
def test_a_hostile_value_is_told_at_its_place(make: Callable[[], Any], id: str, path: str) -> None:
    problems = told(make())
    assert f"scheme.{id}" in {each.id for each in problems}
    assert path in {each.place.path for each in problems}


@pytest.mark.parametrize("wrong", ["total", "rank", "groups", "base", "scheme", "section", "veto", "grade"])
@pytest.mark.parametrize("value", [1, "x", True, [], {}, [1], [[]], [{}], {"x": {}}, None], ids=str)
def test_a_table_of_another_kind_is_told(wrong: str, value: object) -> None:
    if value == [] and wrong in ("section", "veto", "grade"):
        assert scheme_from_mapping(scheme(**{wrong: value}))
    else:
        assert all(each.place.path.startswith(wrong) for each in told(scheme(**{wrong: value})))


@pytest.mark.parametrize("text", ["[[total]]", "base = {}", "rule = []", "facts = 1", "veto = [[]]"])
def test_hostile_toml_is_told_with_its_line(text: str) -> None:
    found = BASE.replace("[total]", text) if "total" in text else f"{text}\n{BASE}"
    with pytest.raises(InputError) as caught:
        read_scheme(found)
    assert all(each.place.line for each in caught.value.problems)


def largest() -> Scheme:
    """As much as is accepted at once."""
    sections = [section(0), *(section(n, n - 1) for n in range(1, 20))]
    return scheme_from_mapping(
        scheme(
            section=sections, base=[item(n, section=f"s{n % 20}", points=10**6) for n in range(MOST_ITEMS)]
        )
    )


def test_the_largest_scheme_is_read_and_scored() -> None:
    start = time.process_time()
    found = largest()
    assert time.process_time() - start < SECONDS
    units = [Unit(unit="a", name="甲", group="streets")]
    assert len(Board(found, Facts({}), units).result()["a"].items) == MOST_ITEMS


def test_what_is_in_a_section_is_found_without_looking_through_everything() -> None:
    found = largest()
    start = time.process_time()
    assert sum(len(found.items_of(f"s{n % 20}")) for n in range(20_000)) == 20_000 * (MOST_ITEMS // 20)
    assert [each.id for each in found.children(None)] == ["s0"]
    assert found.children("s19") == () == found.items_of(None)
    assert time.process_time() - start < SECONDS
