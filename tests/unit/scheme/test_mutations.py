"""Whatever is done to a scheme: it is told what is wrong, or it can be scored; nothing else happens."""

from __future__ import annotations

import os
import re
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from govscore.errors import InputError
from govscore.facts.rows import Row
from govscore.i18n import speaking
from govscore.scheme.read import read_scheme, scheme_from_mapping
from govscore.scheme.report import STAND_IN
from govscore.scheme.units import Unit
from govscore.scoring.board import Board
from govscore.scoring.facts import Facts, read_facts
from govscore.scoring.trace import explain
from tests.oracle.generate_scheme import make_scheme, make_units
from tests.unit.scheme.mutations import mutate

if TYPE_CHECKING:
    from govscore.scheme.model import Scheme

EXAMPLES: Final = 20_000 if os.environ.get("GOVSCORE_FULL") == "1" else 1_000
TEXT: Final = (Path(__file__).parents[3] / "examples/pingcheng-2024/scheme.toml").read_text("utf-8")
EXAMPLE: Final[dict[str, Any]] = tomli.loads(TEXT, parse_float=Decimal)


def check_told(error: InputError) -> None:
    """Every problem has a place and a whole sentence in both languages, and none is told twice."""
    assert error.problems
    told = [(each.id, each.place, tuple(each.data.items())) for each in error.problems]
    assert len(set(told)) == len(told)
    for each in error.problems:
        assert each.id.startswith(("scheme.", "toml."))
        for language in ("en", "zh_CN"):
            with speaking(language):
                said = str(each)
                assert said
                assert STAND_IN not in said


def check_scorable(scheme: Scheme) -> None:
    """A scheme that is accepted is scored without findings, and with clean ones, and put into words."""
    groups = list(scheme.groups)
    units = [Unit(unit=f"unit-{n}", name=f"单位{n}", group=groups[n % len(groups)]) for n in range(3)]
    assert len(Board(scheme, Facts({}), units).result().units) == 3
    rows = [
        Row(unit=unit.unit, item=id, reviewer=reviewer, period=period, state="none")
        for unit in units
        for id, entry in scheme.entries.items()
        if entry.applies(unit.group, unit.unit, unit.tags)
        for reviewer in (("甲", "乙") if entry.several else ("",))
        for period in entry.spans(scheme.period)
    ]
    result = Board(scheme, read_facts(rows, scheme, units), units).result()
    assert explain(result, units[0].unit).items
    for item in scheme.items.values():
        assert item.questions is not None
        assert "{" not in re.sub(r"\{[^a-z]", "", item.words()) or "{" in str(scheme.model)


def generated(seed: int) -> dict[str, Any]:
    """A sound scheme of the supported language, or the example with a few of its items."""
    rng = Random(seed)
    if seed % 4:
        groups, units = make_units(rng)
        return {"format": 1, **make_scheme(rng, groups, units)}
    made = dict(EXAMPLE)
    for kind in ("base", "bonus", "major_deduction"):
        made[kind] = rng.sample(EXAMPLE[kind], k=min(4, len(EXAMPLE[kind])))
    made["veto"] = [veto for veto in EXAMPLE["veto"] if "/" not in veto["when"]]
    made["section"] = [
        {key: value for key, value in each.items() if key != "points"} for each in EXAMPLE["section"]
    ]
    return made


@settings(max_examples=EXAMPLES // 10)
@given(st.integers(0, 2**32))
def test_sound_schemes_are_accepted_and_scored(seed: int) -> None:
    check_scorable(scheme_from_mapping(generated(seed)))


@settings(max_examples=EXAMPLES)
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_a_changed_scheme_is_told_what_is_wrong_or_scored(seed: int, changes: int) -> None:
    rng = Random(seed)
    data: Any = generated(seed)
    for _change in range(changes):
        data = mutate(rng, data)
    try:
        scheme = scheme_from_mapping(data)
    except InputError as error:
        check_told(error)
    else:
        check_scorable(scheme)


@settings(max_examples=EXAMPLES // 10)
@given(st.integers(0, 2**32))
def test_a_changed_text_is_told_what_is_wrong_or_scored(seed: int) -> None:
    rng = Random(seed)
    lines = TEXT.split("\n")
    for _change in range(rng.randint(1, 3)):
        _change_text(rng, lines)
    try:
        scheme = read_scheme("\n".join(lines))
    except InputError as error:
        check_told(error)
        assert [each for each in error.problems if not each.place.line] == []  # noqa: PT017
    else:
        check_scorable(scheme)


def _change_text(rng: Random, lines: list[str]) -> None:
    place = rng.randrange(len(lines))
    line = lines[place]
    at = rng.randrange(len(line) + 1)
    match rng.randrange(6):
        case 0:
            del lines[place]
        case 1:
            lines.insert(rng.randrange(len(lines)), line)
        case 2:
            lines[place] = line[:at] + line[at + 1 :]
        case 3:
            lines[place] = line[:at] + rng.choice("\"'[]{}=,.#0a％＝ “\\") + line[at:]
        case 4:
            lines[place] = re.sub(
                r"[0-9]+", lambda _number: rng.choice(("-1", "0", "9999999", "0.00001", "nan")), line
            )
        case _:
            word = rng.choice(re.findall(r"[a-z_]+", TEXT))
            lines[place] = re.sub(r"[a-z_]{3,}", word, line, count=1)


@pytest.mark.parametrize("seed", [4, 8, 15])
def test_the_same_seed_gives_the_same_scheme(seed: int) -> None:
    assert mutate(Random(seed), generated(seed)).keys() == mutate(Random(seed), generated(seed)).keys()
