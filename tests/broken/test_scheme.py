"""Every way a scheme can be wrong has a file here, and is told once, at the right place, in two languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import pytest
import tomli

from govscore.errors import InputError, Problem, message_kinds
from govscore.i18n import speaking
from govscore.scheme.read import MOST_INSIDE, MOST_ITEMS, read_scheme
from govscore.scheme.report import MOST_PROBLEMS

FOLDER: Final = Path(__file__).with_name("scheme") / "semantic"
FILES: Final = sorted(path.name for path in FOLDER.glob("scheme.*.toml"))
EXPECTED: Final[dict[str, list[dict[str, Any]]]] = tomli.loads((FOLDER / "expected.toml").read_text("utf-8"))
BASE: Final = (FOLDER / "base.toml").read_text("utf-8")
ELSEWHERE: Final = {"scheme.not-supported-yet", "scheme.too-many"}
"""Told below, from snippets and from texts too large for a file."""
RULE: Final = BASE[BASE.index("rule = {") : BASE.index("\n[[grade]]")]
LINE: Final = next(line for line in BASE.splitlines() if "迟报" in line)
LIST: Final = '{ id = "n", title = "迟报", each = 1 }, '

LATER: Final[list[dict[str, str]]] = tomli.loads((FOLDER / "later.toml").read_text("utf-8"))["later"]
BONUS: Final = "\n[[bonus]]\nid = '44'\ntitle = '加分'\nrule = { kind = 'earn' }\n{snippet}\n"
VETO: Final = "\n[[veto]]\nid = 'v'\ntitle = '否决'\nfacts.fake = { ask = 'yes_no' }\nwhen = 'fake = yes'\n"
EFFECT: Final = "effect = { zero = '不合格' }\n"


def broken(where: str, snippet: str) -> str:
    """The base scheme with a snippet at its place."""
    places = {
        "scheme": ('scheme = { id = "example"', f'scheme = {{ {snippet}, id = "example"'),
        "total": ("places = 2", f"places = 2\n{snippet}"),
        "policy": ('policy = "rescale", to = "full", within = "part"', snippet),
        "rank": ('ties = "share"', f'ties = "share", {snippet}'),
        "grade": ('when = ">= 9"', f'when = ">= 9"\n{snippet}'),
        "item": ("points = 10", f"points = 10\n{snippet}"),
        "points": ("points = 10", snippet),
        "fact": ('facts.open = { ask = "yes_no" }', f"facts.open = {snippet}"),
        "rule": (RULE, f"rule = {snippet}\n"),
        "line": (LINE, f"  {snippet},"),
    }
    added = {
        "top": f"\n{snippet}\n",
        "bonus": BONUS.replace("{snippet}", snippet),
        "veto": f"{VETO}{EFFECT}{snippet}\n",
        "effect": f"{VETO}{snippet}\n",
    }
    if where in added:
        cap = "places = 2\nbonus_cap = 1" if where == "bonus" else "places = 2"
        return BASE.replace("places = 2", cap) + added[where]
    old, new = places[where]
    assert BASE.count(old) == 1
    return BASE.replace(old, new)


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and where they stood."""
    places, lines = [], text.split("\n")
    for number, line in enumerate(lines):
        while "▶" in lines[number]:
            places.append((number + 1, lines[number].index("▶") + 1))
            lines[number] = lines[number].replace("▶", "", 1)
        assert line.count("▶") == sum(place[0] == number + 1 for place in places)
    return "\n".join(lines), places


def problems_of(source: str | bytes, name: str = "scheme.toml") -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read_scheme(source, name)
    return caught.value.problems


def test_every_message_about_schemes_has_a_broken_file() -> None:
    ids = {id for id in message_kinds() if id.startswith("scheme.")}
    assert ids == {file.removesuffix(".toml").split("--")[0] for file in FILES} | ELSEWHERE


def test_every_broken_file_says_what_is_expected() -> None:
    assert sorted(EXPECTED) == FILES


def test_what_the_broken_files_are_made_from_is_sound() -> None:
    assert read_scheme(BASE).items["1"].id == "1"


@pytest.mark.parametrize("file", FILES)
def test_a_broken_scheme_is_told_exactly_what_is_wrong(file: str) -> None:
    problems = problems_of((FOLDER / file).read_bytes(), file)
    if file == "scheme.more.toml":
        assert len(problems) == MOST_PROBLEMS + 1
        problems = (problems[0], problems[-1])
    found = [(each.id, each.place.line, each.place.column) for each in problems]
    assert found == [(each["id"], each["line"], each["column"]) for each in EXPECTED[file]]
    assert file.removesuffix(".toml").split("--")[0] in {each.id for each in problems}
    for language, key in (("en", "en"), ("zh_CN", "zh")):
        with speaking(language):
            for each, wanted in zip(problems, EXPECTED[file], strict=True):
                said = str(each)
                assert said.startswith(f"{file}:{wanted['line']}:{wanted['column']}: ")
                assert [word for word in wanted[key] if word not in said] == []
                assert "{" not in re.sub(r"“[^”]*”", "", said), "a placeholder was left open"


@pytest.mark.parametrize("later", LATER, ids=[f"{each['where']}: {each['names']}" for each in LATER])
def test_what_is_not_supported_yet_is_refused_by_its_name(later: dict[str, str]) -> None:
    text, places = marked(broken(later["where"], later["snippet"]))
    problems = problems_of(text)
    assert {each.id for each in problems} == {"scheme.not-supported-yet"}
    assert [(each.place.line, each.place.column) for each in problems] == places
    told = [each.data["name"] for each in problems]
    assert " ".join(told) == later["names"]
    with speaking("en"):
        assert all(
            f"“{name}” is part of the language" in str(each)
            for name, each in zip(told, problems, strict=True)
        )
    with speaking("zh_CN"):
        assert all("尚不支持" in str(each) for each in problems)


@pytest.mark.parametrize(
    ("text", "path", "found", "most"),
    [
        (
            f"{BASE}" + "[[base]]\n" * MOST_ITEMS,
            "base", MOST_ITEMS + 1, MOST_ITEMS,
        ),
        (
            BASE.replace("迟报", "迟报").replace(LINE, f"  {LIST * 1001}\n"),
            "base[0].rule.minus", 1001, MOST_INSIDE,
        ),
        (
            BASE + "[[veto]]\n" * 1001,
            "veto", 1001, 1000,
        ),
        (
            BASE.replace('streets = "街道"', ", ".join(f"g{n} = 'x'" for n in range(1000))),
            "groups", 1001, 1000,
        ),
    ],
    ids=["items", "lines", "vetoes", "groups"],
)  # fmt: skip
def test_more_entries_than_anybody_needs_are_refused(text: str, path: str, found: int, most: int) -> None:
    (only,) = problems_of(text)
    assert (only.id, only.place.path) == ("scheme.too-many", path)
    assert (only.data["found"], only.data["most"]) == (str(found), str(most))
    with speaking("en"):
        assert f"at most {most}" in str(only)
