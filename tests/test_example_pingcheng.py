"""The example `pingcheng-2024`: true to its source table, worked by hand, with every hard case it claims."""

from __future__ import annotations

import csv
import hashlib
import re
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "pingcheng-2024"
FIXTURE = Path(__file__).parent / "fixtures" / "pingcheng-2024.txt"
FIXTURE_SHA256 = "ca2e25b25ad3ec2a71b14fd760c2d06d4d30d9ada1ca20f4a6ba57ed29cce35f"
NOTICE = "示例数据，非真实考核结果"

SCHEME_TEXT = (EXAMPLE / "scheme.toml").read_text(encoding="utf-8")
SCHEME = tomllib.loads(SCHEME_TEXT)
EXPECTED = tomllib.loads((EXAMPLE / "expected.toml").read_text(encoding="utf-8"))
ITEMS = {item["id"]: item for kind in ("base", "bonus", "major_deduction") for item in SCHEME[kind]}


def read_csv(name: str) -> list[dict[str, str]]:
    with (EXAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


UNITS = {row["unit"]: row for row in read_csv("units.csv")}
FINDINGS = read_csv("findings.csv")
REAL = {unit for unit, row in UNITS.items() if not row["name"].startswith("示例")}


# --- the source table -----------------------------------------------------------------------------


class SourceRow(NamedTuple):
    number: str
    column: str
    title: str
    text: str
    lead: str
    responsible: str
    deadline: str


def source_rows() -> Iterator[SourceRow]:
    """The table's rows; a blank merged cell repeats what stands above it, across pages, too."""
    column = title = ""
    for line in FIXTURE.read_text(encoding="utf-8").split("\n"):
        cells = line.split("\t")
        if len(cells) == 1:
            assert line in ("", "2024年平城区政务公开工作任务分解表")
            continue
        assert len(cells) == 7
        if cells[0] == "序号":  # the header, repeated on every page
            assert cells == ["序号", "任务名称", "", "具体内容", "牵头单位", "责任单位", "完成时限"]
            continue
        column, title = cells[1] or column, cells[2] or title
        yield SourceRow(cells[0], column, title, *cells[3:])


ROWS = list(source_rows())


def expected_title(row: SourceRow) -> str:
    """A merged title is numbered, to tell its rows apart."""
    alike = [other for other in ROWS if (other.column, other.title) == (row.column, row.title)]
    return row.title if len(alike) == 1 else f"{row.title}（{'一二三四'[alike.index(row)]}）"


def top_section(item: dict[str, Any]) -> dict[str, Any]:
    sections = {section["id"]: section for section in SCHEME["section"]}
    section: dict[str, Any] = sections[item["section"]]
    while "section" in section:
        section = sections[section["section"]]
    return section


def test_fixture_is_the_stored_document() -> None:
    assert hashlib.sha256(FIXTURE.read_bytes()).hexdigest() == FIXTURE_SHA256


def test_the_table_has_fifty_rows_and_the_scheme_their_numbers_in_order() -> None:
    assert [row.number for row in ROWS] == [str(number) for number in range(1, 51)]
    in_scheme = [item["id"] for kind in ("base", "bonus", "major_deduction") for item in SCHEME[kind]]
    assert in_scheme == [row.number for row in ROWS]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"row-{row.number}")
def test_a_row_is_kept_word_for_word(row: SourceRow) -> None:
    item = ITEMS[row.number]
    assert item["title"] == expected_title(row)
    assert item["text"] == row.text
    assert item["lead"] == row.lead
    assert item.get("responsible", "") == row.responsible
    assert item["deadline"] == row.deadline
    assert item["source"] == f"序号{row.number}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"row-{row.number}")
def test_a_row_is_of_the_kind_and_section_of_its_first_columns(row: SourceRow) -> None:
    kinds = {"综合加分项": "bonus", "重大扣分项": "major_deduction"}
    kind = kinds.get(row.title, "base")
    assert ITEMS[row.number] in SCHEME[kind]
    section = row.title if row.column == "其他指标" else row.column
    assert top_section(ITEMS[row.number])["title"] == section


PHRASES = {
    "各部门、各街道": None,
    "各部门": ["departments"],
    "各街道便民服务中心": ["streets"],
    "涉及政务新媒体账号单位": ["media"],
    "区政府信息化中心、涉及政务新媒体账号单位": ["xinxihua", "media"],
    "区行政审批服务管理局配合": ["xinxihua", "shenpi"],  # assists only, so the lead is assessed, too
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"row-{row.number}")
def test_a_row_is_assigned_to_whom_the_table_names(row: SourceRow) -> None:
    applies_to = ITEMS[row.number].get("applies_to")
    phrase = row.responsible or row.lead
    if phrase in PHRASES:
        assert applies_to == PHRASES[phrase]
    else:
        assert [UNITS[unit]["name"] for unit in applies_to] == re.split("[、 ]", phrase)


def test_the_scheme_says_that_its_points_are_illustrative() -> None:
    assert SCHEME["scheme"]["points_source"] == "illustrative"
    assert SCHEME["scheme"]["notice"] == NOTICE == EXPECTED["notice"]
    assert NOTICE in (EXAMPLE / "README.md").read_text(encoding="utf-8")
    assert sum(Fraction(str(item["points"])) for item in SCHEME["base"]) == 100


# --- units and findings ---------------------------------------------------------------------------


def test_there_are_36_units_and_the_real_ones_are_those_that_the_table_names() -> None:
    assert len(UNITS) == 36
    source = FIXTURE.read_text(encoding="utf-8")
    assert {UNITS[unit]["name"] for unit in REAL} == {
        UNITS[unit]["name"] for unit in UNITS if UNITS[unit]["name"] in source
    }
    assert {row["group"] for row in UNITS.values()} == set(SCHEME["groups"])


def test_findings_name_known_units_and_items_once_and_say_that_they_are_invented() -> None:
    vetoes = {veto["id"] for veto in SCHEME["veto"]}
    keys = [(row["unit"], row["item"], row["fact"], row["case"]) for row in FINDINGS]
    assert len(set(keys)) == len(keys)
    for row in FINDINGS:
        assert row["unit"] in UNITS
        assert row["item"] in ITEMS.keys() | vetoes
        assert not row["reviewer"]
        assert not row["period"]
        assert not row["reason"] or row["reason"].startswith("示例：")
        assert row["state"] != "na" or row["reason"]


def test_no_veto_and_no_grave_fact_names_a_real_unit() -> None:
    """Vetoes, rows 47 to 50 and fraud are for invented units only, in the scheme and in the findings."""
    for veto in SCHEME["veto"]:
        assert not REAL & set(veto.get("applies_to", []))
    for row in FINDINGS:
        if row["unit"] not in REAL:
            continue
        if row["item"] in ("47", "48", "50"):
            assert (row["state"], row["fact"]) == ("none", "")
        if row["item"] == "49":
            assert (row["fact"], row["value"]) == ("level", "none")
        if row["item"] == "site-down":
            assert Fraction(row["value"]) / Fraction(row["of"]) < Fraction(3, 100)
        assert row["fact"] != "release.missing"


# --- worked by hand -------------------------------------------------------------------------------

TOKEN = re.compile(r"\s*(\d+(?:\.\d+)?|min|max|[%−×÷+(),])")


class Sum:
    """Adds up a line such as `3 − min(1, 2 × 0.5)` in fractions."""

    def __init__(self, text: str) -> None:
        self.tokens = TOKEN.findall(text)
        assert re.sub(r"\s", "", text) == "".join(self.tokens), f"not arithmetic: {text}"

    def value(self) -> Fraction:
        value = self.terms()
        assert not self.tokens
        return value

    def next_is(self, *wanted: str) -> str:
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in wanted else ""

    def terms(self) -> Fraction:
        value = self.factors()
        while sign := self.next_is("+", "−"):
            value += self.factors() if sign == "+" else -self.factors()
        return value

    def factors(self) -> Fraction:
        value = self.atom()
        while sign := self.next_is("×", "÷"):
            value = value * self.atom() if sign == "×" else value / self.atom()
        return value

    def atom(self) -> Fraction:
        token = self.tokens.pop(0)
        if token in ("min", "max", "("):
            if token != "(":
                assert self.next_is("(")
            values = [self.terms()]
            while self.next_is(","):
                values.append(self.terms())
            assert self.next_is(")")
            assert token != "(" or len(values) == 1
            return max(values) if token == "max" else min(values)
        value = Fraction(token)
        return value / 100 if self.next_is("%") else value


def rounded(value: Fraction) -> Fraction:
    """To eight decimals, half away from zero."""
    scaled = (2 * abs(value) * 10**8 + 1) // 2
    return Fraction(scaled if value >= 0 else -scaled, 10**8)


def result_of(line: str) -> str:
    """The result that a line states, after checking it."""
    text, equals, stated = line.rpartition(" = ")
    assert equals
    assert rounded(Sum(text).value()) == Fraction(stated), line
    return stated


def joined(points: list[str]) -> str:
    return " + ".join(points)


def of_kind(unit: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    ids = {item["id"] for item in SCHEME[kind]}
    return [item for item in unit["item"] if item["id"] in ids and "points" in item]


def scheme_block(item: str) -> str:
    """The text of one item in `scheme.toml`."""
    blocks = re.split(r"(?m)^(?=\[\[)", SCHEME_TEXT)
    return next(block for block in blocks if f'\nid = "{item}"\n' in block)


HAND = EXPECTED["unit"]
BY_HAND = pytest.mark.parametrize("unit", HAND, ids=[unit["id"] for unit in HAND])


def test_rounding_is_half_away_from_zero() -> None:
    assert rounded(Fraction(1, 2 * 10**8)) == Fraction(1, 10**8)
    assert rounded(Fraction(-1, 2 * 10**8)) == Fraction(-1, 10**8)
    assert rounded(Fraction(1, 3)) == Fraction(33333333, 10**8)


def test_the_evaluator_refuses_a_wrong_line() -> None:
    assert result_of("3 − 2 × 0.5 = 2") == "2"
    with pytest.raises(AssertionError):
        result_of("3 − 2 × 0.5 = 0.5")


@BY_HAND
def test_every_line_worked_by_hand_adds_up(unit: dict[str, Any]) -> None:
    for item in unit["item"]:
        if "state" in item:
            assert item == {"id": item["id"], "state": "not_applicable"}
            continue
        stated = [result_of(line) for line in item["lines"]]
        assert stated[-1] == item["points"], item["id"]


@BY_HAND
def test_rules_quoted_by_hand_stand_in_the_scheme(unit: dict[str, Any]) -> None:
    for item in unit["item"]:
        if "state" in item:
            continue
        rest = scheme_block(item["id"])
        for quote in item["rule"].split(" … "):
            _before, found, rest = rest.partition(quote)
            assert found, (item["id"], quote)


@BY_HAND
def test_totals_worked_by_hand_add_up(unit: dict[str, Any]) -> None:
    base = of_kind(unit, "base")
    scores, possible = result_of(unit["scores"]), result_of(unit["possible"])
    bonus, deduction = result_of(unit["bonus"]), result_of(unit["major_deduction"])
    assert unit["scores"].startswith(joined([item["points"] for item in base]) + " = ")
    assert unit["possible"].startswith(joined([f"{ITEMS[item['id']]['points']:g}" for item in base]) + " = ")
    assert unit["base"] == f"{scores} × 100 ÷ {possible} = {result_of(unit['base'])}"
    for kind, cap in (("bonus", 10), ("major_deduction", 12)):
        amounts = joined([item["points"] for item in of_kind(unit, kind)])
        assert unit[kind].startswith(f"min({cap}, {amounts}) = ")
    total = f"max(0, min(105, {result_of(unit['base'])} + {bonus} − {deduction}))"
    assert unit["total"] == f"{total} = {result_of(unit['total'])}"


@BY_HAND
def test_items_worked_by_hand_are_those_assigned_to_the_unit(unit: dict[str, Any]) -> None:
    row = UNITS[unit["id"]]
    mine = {row["unit"], row["group"], *row["tags"].split()}
    everyone = set(SCHEME["groups"])
    assigned = [id for id, item in ITEMS.items() if mine & set(item.get("applies_to", everyone))]
    assert [item["id"] for item in unit["item"]] == assigned
    assert unit["name"] == row["name"]


# --- govscore -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def result() -> Any:
    from govscore import load_facts, load_scheme, load_units, score

    scheme = load_scheme(EXAMPLE / "scheme.toml")
    units = load_units(EXAMPLE / "units.csv", scheme)
    facts = load_facts(EXAMPLE / "findings.csv", scheme, units)
    return score(scheme, facts, units)


@BY_HAND
def test_govscore_gets_what_was_worked_by_hand(unit: dict[str, Any], result: Any) -> None:
    scored = result[unit["id"]]
    for item in unit["item"]:
        mine = scored.items[item["id"]]
        assert mine.state == item.get("state", "reviewed")
        if "points" in item:
            assert str(mine.points) == item["points"], item["id"]
        else:
            assert mine.points is None
    assert scored.state == "scored"
    for name in ("base", "bonus", "major_deduction", "total"):
        assert str(getattr(scored, name)) == result_of(unit[name]), name
    assert scored.grade == unit["grade"]


def test_no_real_unit_fails_or_is_stopped(result: Any) -> None:
    for unit in REAL:
        assert result[unit].state == "scored"
        assert result[unit].grade in ("优秀", "良好")


def points(scored: Any, *items: str) -> list[str]:
    return [str(scored.items[item].points) for item in items]


def states(scored: Any, *items: str) -> set[str]:
    return {scored.items[item].state for item in items}


def number(amount: Any) -> Fraction:
    return Fraction(str(amount))


def not_assigned(unit: Any) -> None:
    assert states(unit, "43") == {"not_assigned"}
    assert unit.items["43"].points is None


def not_applicable(unit: Any) -> None:
    assert states(unit, "9", "10", "36") == {"not_applicable"}
    assert str(unit.base) == "91.77185858"


def no_value(unit: Any) -> None:
    assert states(unit, "25", "32", "34") == {"not_applicable"}
    assert unit.state == "scored"


def open_base(unit: Any) -> None:
    assert states(unit, "29") == {"open"}
    assert (unit.state, unit.base, unit.total, unit.rank, unit.grade) == ("open", None, None, None, None)


def open_bonus(unit: Any) -> None:
    assert states(unit, "44") == {"open"}
    assert unit.base is not None
    assert (unit.state, unit.total, unit.rank, unit.grade) == ("open", None, None, None)


def line_cap(unit: Any) -> None:
    assert points(unit, "8") == ["1.6"]


def zero_if(unit: Any) -> None:
    assert states(unit, "31") == {"reviewed"}
    assert points(unit, "31") == ["0"]


def shared(unit: Any) -> None:
    assert points(unit, "44") == ["1.33333333"]


def same_matter(unit: Any) -> None:
    assert points(unit, "45") == ["3.75"]


def item_cap(unit: Any) -> None:
    assert points(unit, "44") == ["6"]


def bonus_cap(unit: Any) -> None:
    assert points(unit, "44", "45", "46") == ["6", "3.75", "2"]
    assert str(unit.bonus) == "10"


def total_bound(unit: Any) -> None:
    assert number(unit.base) + 10 > 105
    assert str(unit.total) == "105"


def bonus_locked(unit: Any) -> None:
    assert states(unit, "44", "45", "46") == {"locked"}
    assert unit.items["44"].points is None
    assert str(unit.base) == str(unit.total) == "80"
    assert unit.grade == "良好"


def fail(unit: Any) -> None:
    assert number(unit.base) < 60
    assert unit.grade == "不合格"
    assert unit.total is not None
    assert unit.rank is not None


def stop(unit: Any) -> None:
    assert unit.state == "stopped"
    assert (unit.base, unit.total, unit.rank, unit.grade) == (None, None, None, "不合格")


def veto_at_most(unit: Any) -> None:
    assert number(unit.base) > 90
    assert (str(unit.total), unit.grade) == ("75", "合格")


def veto_cap_grade(unit: Any) -> None:
    assert number(unit.items["29"].points) < 3
    assert 80 <= number(unit.total) == number(unit.base)
    assert unit.grade == "合格"


def grade_capped(unit: Any) -> None:
    assert number(unit.total) >= 90
    assert unit.grade == "良好"


def section_cap(unit: Any) -> None:
    assert points(unit, "47", "49") == ["8", "6"]
    assert str(unit.major_deduction) == "12"
    assert 80 <= number(unit.total) < 90
    assert unit.grade == "合格"


def at_most(unit: Any) -> None:
    assert number(unit.base) - number(unit.major_deduction) > 59
    assert (str(unit.total), unit.grade) == ("59", "不合格")


def zero(unit: Any) -> None:
    assert number(unit.base) > 90
    assert (str(unit.total), unit.grade) == ("0", "不合格")
    assert unit.rank is not None


HARD_CASES: dict[str, tuple[Callable[[Any], None], str]] = {
    "not-assigned": (not_assigned, "caizheng"),
    "not-applicable": (not_applicable, "wenlv"),
    "no-value": (no_value, "gongbao"),
    "open-base": (open_base, "bureau-03"),
    "open-bonus": (open_bonus, "street-09"),
    "line-cap": (line_cap, "street-01"),
    "zero-if": (zero_if, "street-08"),
    "shared": (shared, "street-08"),
    "same-matter": (same_matter, "bureau-01"),
    "item-cap": (item_cap, "bureau-01"),
    "bonus-cap": (bonus_cap, "bureau-01"),
    "total-bound": (total_bound, "bureau-01"),
    "bonus-locked": (bonus_locked, "bureau-04"),
    "fail": (fail, "bureau-02"),
    "stop": (stop, "street-05"),
    "veto-at-most": (veto_at_most, "street-06"),
    "veto-cap-grade": (veto_cap_grade, "street-02"),
    "grade-capped": (grade_capped, "street-07"),
    "section-cap": (section_cap, "street-11"),
    "at-most": (at_most, "street-10"),
    "zero": (zero, "street-12"),
}
TIED = ("street-03", "street-04")


@pytest.mark.parametrize("case", HARD_CASES)
def test_a_hard_case_is_there(case: str, result: Any) -> None:
    check, unit = HARD_CASES[case]
    check(result[unit])


def test_equal_totals_share_a_rank_and_the_next_is_skipped(result: Any) -> None:
    first, second = (result[unit] for unit in TIED)
    assert str(first.total) == str(second.total)
    assert first.rank == second.rank
    ranks = [result[unit].rank for unit, row in UNITS.items() if row["group"] == "streets"]
    assert ranks.count(first.rank) == 2
    assert first.rank + 1 not in ranks
    assert first.rank + 2 in ranks


def test_the_readme_lists_exactly_these_hard_cases() -> None:
    table = re.findall(
        r"(?m)^\| `([a-z-]+)` \| ((?:`[a-z0-9-]+` ?)+)\| ([^|]+) \|",
        (EXAMPLE / "README.md").read_text(encoding="utf-8"),
    )
    listed = {case: tuple(re.findall(r"`(.*?)`", units)) for case, units, _name in table}
    assert listed == {case: (unit,) for case, (_check, unit) in HARD_CASES.items()} | {"tie": TIED}
    for _case, units, names in table:
        assert names.split("、") == [UNITS[unit]["name"] for unit in re.findall(r"`(.*?)`", units)]
