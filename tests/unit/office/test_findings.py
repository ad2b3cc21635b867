"""Rows and findings are two forms of the same thing."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govscore
from govscore.events import FactRow, Finding
from govscore.facts.rows import Row
from govscore.office.demo import example_folder
from govscore.office.findings import by_entry, rows_of
from govscore.scoring.findings import finding_of

TEXTS = st.sampled_from(["", "1", "x", "说明"])
ROWS = st.lists(
    st.builds(
        lambda **cells: Row(unit="u", item="i", **cells),
        state=st.sampled_from(["", "na", "none"]),
        **{each.name: TEXTS for each in fields(FactRow) if each.name != "state"},
    ),
    max_size=4,
)


def last_state_row(rows: list[Row]) -> list[Row]:
    """The rows with the first plain state row at the end."""
    plain = [
        row
        for row in rows
        if row.state and row == Row(unit="u", item="i", state=row.state, reason=row.reason)
    ]
    return [*(row for row in rows if not plain or row is not plain[0]), *plain[:1]]


@given(ROWS)
def test_no_text_of_a_row_is_lost(rows: list[Row]) -> None:
    assert list(rows_of("u", "i", finding_of(rows))) == last_state_row(rows)


def test_the_whole_example_survives_the_way_through_findings() -> None:
    folder = example_folder()
    scheme = govscore.load_scheme(folder / "scheme.toml")
    units = govscore.load_units(folder / "units.csv", scheme)
    facts = govscore.load_facts(folder / "findings.csv", scheme, units)
    rows = [
        row
        for (unit, item, _), one in by_entry(tuple(facts.rows())).items()
        for row in rows_of(unit, item, one)
    ]
    before = govscore.score(scheme, facts, units)
    after = govscore.score(scheme, govscore.load_facts(rows, scheme, units), units)
    assert after.units == before.units
    assert sorted(map(str, rows), key=str) != []


@pytest.mark.parametrize(
    ("finding", "reasons"),
    [
        (Finding(state="na", reason="无此类信息"), ["无此类信息"]),
        (Finding(rows=(FactRow(fact="a", value="1"), FactRow(fact="b", value="1", reason="己"))), ["", "己"]),
        (
            Finding(rows=(FactRow(fact="a", value="1"), FactRow(fact="b", reason="己")), reason="总"),
            ["总", "己"],
        ),
        (Finding(rows=(FactRow(fact="a", value="1"),), state="none", reason="总"), ["", "总"]),
    ],
)
def test_the_reason_of_a_finding_stands_on_its_state_row_or_on_rows_without_one(
    finding: Finding, reasons: list[str]
) -> None:
    assert [row.reason for row in rows_of("u", "i", finding)] == reasons
