"""The digest binds a result: same meaning, decisions and numbers, same digest; anything else, another."""

from __future__ import annotations

import datetime
import json
import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

import govscore
from govscore.approval import digest
from govscore.approval.digest import canonical, fact_hashes, result_digest, scheme_digest
from govscore.i18n import speaking
from govscore.points import Points
from govscore.scheme.read import read_scheme
from tests.broken.small import SMALL, scheme, units

if TYPE_CHECKING:
    from pathlib import Path

    from govscore.scoring.result import Result

TEXT = (SMALL / "scheme.toml").read_text(encoding="utf-8")


def small_result() -> Result:
    return govscore.score(scheme(), govscore.load_facts(SMALL / "findings.csv", scheme(), units()), units())


def test_the_canonical_form_is_sorted_composed_and_without_space() -> None:
    value = {"b": (Points(3), None, True), "a": "e\u0301", "c": [Decimal("2.50"), Fraction(1, 3)]}
    assert canonical(value) == '{"a":"é","b":[3,null,true],"c":["5/2","1/3"]}'
    assert canonical(datetime.date(2024, 3, 1)) == '"2024-03-01"'
    assert canonical({1, 2, 10} | {"x"}) == json.dumps(sorted(["1", "2", "10", '"x"']), separators=(",", ":"))


@pytest.mark.parametrize("value", [1.5, {"a": [0.0]}, {1: "a"}, object(), b"x", float("nan")])
def test_what_has_no_stable_text_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


def test_the_scheme_is_digested_by_its_meaning() -> None:
    commented = "# Bemerkung\r\n" + TEXT.replace("\n", "\r\n").replace(
        "full_marks = 100", "full_marks = 100.0"
    )
    moved = TEXT.replace("format = 1\n", "", 1) + "\n"
    assert scheme_digest(read_scheme(commented)) == scheme_digest(scheme())
    assert scheme_digest(read_scheme("format = 1\n" + moved)) == scheme_digest(scheme())


def test_the_order_of_a_switch_s_cases_means_nothing() -> None:
    def of(switch: str) -> str:
        return scheme_digest(read_scheme(TEXT.replace('"20 working days"', switch)))

    one = of('{ by = "tag", grave = "5 days", slow = "9 days", other = "7 days" }')
    assert one == of('{ other = "7 days", slow = "9 days", grave = "5 days", by = "tag" }')
    assert one != of('{ by = "tag", grave = "9 days", slow = "5 days", other = "7 days" }')
    assert one != scheme_digest(scheme())


def test_an_office_s_own_calendar_belongs_to_the_meaning(tmp_path: Path) -> None:
    file = tmp_path / "calendar.toml"
    digests = [scheme_digest(scheme())]
    for text in (
        '[[local]]\nname = "甲"\nfrom = 2024-04-11\n',
        '[[local]]\nname = "甲"\nwork = [2024-04-13]\n',
    ):
        file.write_text(text, encoding="utf-8")
        digests.append(scheme_digest(govscore.load_scheme(SMALL / "scheme.toml", calendar=file)))
    assert len(set(digests)) == 3
    file.write_text('# anders\n[[local]]\nname = "乙"\nwork = [2024-04-13]\n', encoding="utf-8")
    same = govscore.load_scheme(SMALL / "scheme.toml", calendar=file)
    assert scheme_digest(same) == digests[-1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("each = 2", "each = 2.5"),
        ('ties = "share"', 'ties = "dense"'),
        ('kind = "deduct", minus = [{ when', 'kind = "earn", minus = [{ when'),
        ('{ ask = "number" }', '{ ask = "count" }'),
        ('title = "依申请公开"', 'title = "依申请"'),
        ("points = 20", "points = 25"),
        ('notice = "测试数据"', 'notice = "测试"'),
    ],
)
def test_another_meaning_is_another_digest(old: str, new: str) -> None:
    assert TEXT.count(old) >= 1
    assert scheme_digest(read_scheme(TEXT.replace(old, new, 1))) != scheme_digest(scheme())


def test_the_order_of_units_and_rows_changes_nothing() -> None:
    shuffled = list(units())
    random.Random(1).shuffle(shuffled)
    facts = govscore.load_facts(SMALL / "findings.csv", scheme(), units())
    rows = list(facts.rows())
    random.Random(2).shuffle(rows)
    one = small_result()
    other = govscore.score(scheme(), govscore.load_facts(rows, scheme(), shuffled), shuffled)
    assert result_digest(one, fact_hashes(one)) == result_digest(other, fact_hashes(other))


def test_the_language_changes_nothing() -> None:
    here = result_digest(small_result(), {})
    with speaking("en"):
        assert result_digest(small_result(), {}) == here


@pytest.mark.parametrize(
    "change",
    [
        {"rank": 7},
        {"grade": "一般"},
        {"total": Points(1)},
        {"total": None},
        {"state": "open"},
        {"name": "别的局"},
        {"base": Points(97 * 10**8 + 1)},
    ],
)
def test_any_changed_number_is_another_digest(change: dict[str, Any]) -> None:
    result = small_result()
    first, *others = result.units
    changed = replace(result, units=(replace(first, **change), *others))
    assert result_digest(changed, {}) != result_digest(result, {})


def test_the_decisions_in_force_are_part_of_it() -> None:
    result = small_result()
    digests = {
        result_digest(result, decisive)
        for decisive in ({}, {("a", "1"): "x"}, {("a", "1"): "y"}, {("b", "1"): "x"}, {("a", "2"): "x"})
    }
    assert len(digests) == 5


def test_without_a_record_the_rows_are_part_of_it() -> None:
    rows = list(govscore.load_facts(SMALL / "findings.csv", scheme(), units()).rows())
    changed = [row._replace(reason="另有说明") if row.state == "na" else row for row in rows]
    results = [
        govscore.score(scheme(), govscore.load_facts(each, scheme(), units()), units())
        for each in (rows, changed)
    ]
    assert len({result_digest(each, fact_hashes(each)) for each in results}) == 2


def test_the_edition_of_the_arithmetic_is_part_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    before = result_digest(small_result(), {})
    monkeypatch.setattr(digest, "ARITHMETIC_EDITION", 2)
    assert result_digest(small_result(), {}) != before
