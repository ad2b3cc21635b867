"""The example `pingcheng-2024` is true to its source table; its findings are invented and say so."""

from __future__ import annotations

import hashlib
import re
from fractions import Fraction
from typing import Any

import pytest

from tests.example_tables import (
    EXAMPLE,
    EXPECTED,
    FINDINGS,
    FIXTURE,
    FIXTURE_SHA256,
    ITEMS,
    NOTICE,
    REAL,
    ROWS,
    SCHEME,
    UNITS,
    SourceRow,
)  # fmt: skip


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
