"""Results as frames, frames as rows."""

from __future__ import annotations

import datetime
from decimal import Decimal

import polars as pl
import pytest

import govscore
from govscore.errors import InputError
from govscore.i18n import speaking
from govscore.tables import rows_from_frame, units_from_frame
from tests.broken.small import SMALL, scheme, units


def test_a_result_is_a_frame_with_exact_texts() -> None:
    facts = govscore.load_facts(SMALL / "findings.csv", scheme(), units())
    frame = govscore.score(scheme(), facts, units()).to_polars()
    assert frame.columns == [
        *("unit", "name", "group", "base", "bonus", "major_deduction", "total", "rank"),
        *("grade", "state", "coverage", "covered", "provisional", "notice"),
    ]
    assert frame.row(0) == (
        *("jiaoyu", "教育局", "departments", "96", "1", "0", "97", 1),
        *("良好", "scored", "1.0000", True, False, "测试数据"),
    )
    assert frame["total"].to_list() == ["97", "62.5", "100", "89.09090909"]


def test_an_open_unit_has_nulls_where_it_has_no_number() -> None:
    frame = govscore.score(scheme(), govscore.load_facts([], scheme(), units()), units()).to_polars()
    assert frame.schema["total"] == pl.String
    assert frame.schema["rank"] == pl.Int64
    assert frame.select("base", "total", "rank", "grade").row(0) == (None, None, None, None)
    assert frame["provisional"].all()


def test_a_frame_is_read_with_its_own_types() -> None:
    frame = pl.DataFrame(
        {
            "unit": pl.Series(["jiaoyu", "dongjie"], dtype=pl.Categorical),
            "item": [4, 6],
            "fact": ["event", "visits"],
            "value": pl.Series([None, Decimal("2.50")], dtype=pl.Decimal(10, 2)),
            "start": [datetime.date(2024, 5, 6), None],
        }
    )
    first, second = rows_from_frame(frame, "f")
    assert (first.item, first.value, first.start) == ("4", "", "2024-05-06")
    assert (second.value, second.start, str(second.place)) == ("2.50", "", "f/[1]")


def test_a_time_is_read_with_its_offset() -> None:
    """Of cases: the moment is that of the zone; without one it would depend on the reader's clock."""
    moments = pl.Series([datetime.datetime(2024, 5, 6, 1, 30, tzinfo=datetime.UTC)])
    frame = pl.DataFrame(
        {
            "unit": ["a"],
            "item": ["1"],
            "start": moments.dt.convert_time_zone("Asia/Shanghai"),
            "finish": moments,
        }
    )
    (row,) = rows_from_frame(frame)
    assert (row.start, row.finish) == ("2024-05-06T09:30:00+08:00", "2024-05-06T01:30:00+00:00")


@pytest.mark.parametrize(
    ("values", "id"),
    [
        ([0.12345, 1.5], "intake.not-exact"),
        ([True, False], "intake.truth-value"),
        ([["a"], ["b"]], "intake.not-text"),
        ([datetime.datetime(2024, 5, 6, 7), None], "intake.not-text"),  # noqa: DTZ001 - it is about that
    ],
)
def test_what_is_not_exact_is_refused_in_its_cell(values: list[object], id: str) -> None:
    frame = pl.DataFrame({"unit": ["a", "b"], "item": ["1", "1"], "value": values})
    with pytest.raises(InputError) as caught:
        rows_from_frame(frame)
    assert caught.value.problems[0].id == id
    assert str(caught.value.problems[0].place) == "value[0]"


def test_an_inexact_number_is_told_to_be_passed_as_text() -> None:
    with pytest.raises(InputError) as caught, speaking("en"):
        rows_from_frame(pl.DataFrame({"unit": ["a"], "item": ["1"], "value": [1 / 3]}))
    with speaking("en"):
        assert "Pass the number as text" in str(caught.value)


def test_units_have_tags_separated_by_spaces() -> None:
    frame = pl.DataFrame({"unit": ["a"], "name": ["甲"], "group": ["streets"], "tags": ["media  grave"]})
    assert units_from_frame(frame)[0].tags == ("media", "grave")


def test_an_unknown_column_names_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        units_from_frame(pl.DataFrame({"unit": ["a"], "name": ["甲"], "grup": ["streets"]}))
    assert [(each.id, each.nearest) for each in caught.value.problems] == [
        ("intake.unknown-column", "group"),
        ("intake.missing-column", None),
    ]
