"""Search, overview lines, tally, next grade line, findings in words."""

from __future__ import annotations

import pytest

from govscore.events import FactRow, Finding
from govscore.points import points
from govscore.review import tally
from govscore.review.describe import describe
from govscore.review.live import next_line
from govscore.review.roster import GroupLine, Neighbour, UnitLine, figures, neighbour, ranked, roster_lines
from govscore.review.search import matches
from tests.tui.example import example_book


@pytest.mark.parametrize("query", ["司法", "sfj", "sifaju", "sifj", "SFJ", "ｓｆｊ", "fa", "qu si"])
def test_a_unit_is_found_by_chinese_pinyin_and_initials(query: str) -> None:
    assert matches(query, "区司法局")


@pytest.mark.parametrize("query", ["sfk", "法司", "jfs", "x"])
def test_what_does_not_match_is_not_found(query: str) -> None:
    assert not matches(query, "区司法局")


@pytest.mark.parametrize(
    ("query", "name"), [("zz", "长治路街道"), ("cz", "长治路街道"), ("zgf", "曾国藩"), ("cgf", "曾国藩")]
)
def test_every_reading_of_a_character_counts(query: str, name: str) -> None:
    assert matches(query, name)


def test_the_overview_lists_groups_and_filters() -> None:
    board = example_book(without={"sifa": ()}).board
    counted = tally.count(board)
    every = roster_lines(board, counted)
    assert [line.id for line in every if isinstance(line, GroupLine)] == ["departments", "streets"]
    assert sum(isinstance(line, UnitLine) for line in every) == 36
    found = [line for line in roster_lines(board, counted, query="sfj") if isinstance(line, UnitLine)]
    assert [board.plan.units[line.place].unit for line in found] == ["sifa"]
    still = {
        board.plan.units[line.place].unit
        for line in roster_lines(board, counted, showing="open")
        if isinstance(line, UnitLine)
    }
    assert still == {"sifa", "bureau-03", "street-09"}
    by_open = [line for line in roster_lines(board, counted, sorting="open") if isinstance(line, UnitLine)]
    assert board.plan.units[by_open[0].place].unit == "sifa"


def test_an_open_unit_has_points_so_far_and_no_rank() -> None:
    board = example_book(without={"sifa": ()}).board
    shown = figures(board, tally.count(board), board.places["sifa"])
    assert (shown.state, shown.rank, shown.grade, shown.provisional) == ("open", None, None, True)


def test_the_tally_agrees_with_the_results() -> None:
    board = example_book(without={"sifa": ("7", "29"), "street-01": ()}).board
    counted = tally.count(board)
    for unit in board.result():
        place = board.places[unit.unit]
        own = [
            veto
            for veto in unit.vetoes
            if veto.id in board.scheme.vetoes and board.scheme.vetoes[veto.id].asked
        ]
        mine = [
            veto for veto in own if board.scheme.vetoes[veto.id].applies(unit.group, unit.unit, unit.tags)
        ]
        still = [veto for veto in mine if veto.undecided]
        assert counted.assigned[place] == unit.assigned + len(mine)
        assert counted.done[place] == unit.reviewed + len(mine) - len(still)


def test_progress_is_complete_only_if_everything_is() -> None:
    board = example_book(without={"sifa": ("7",)}).board
    assert tally.count(board).percent() == 99


def test_the_ranking_lists_scored_units_by_rank_then_open_ones() -> None:
    board = example_book(without={"sifa": ()}).board
    places = ranked(board, "departments")
    ranks = [board.rank_of(board.plan.units[place].unit) for place in places]
    assert ranks[:3] == [1, 2, 3]
    assert ranks[-2:] == [None, None]


def test_next_and_previous_unit_go_round() -> None:
    assert neighbour([4, 7, 9], 4, 1) == Neighbour(7)
    assert neighbour([4, 7, 9], 9, 1) == Neighbour(4, went_round=True)
    assert neighbour([4, 7, 9], 4, -1) == Neighbour(9, went_round=True)
    assert neighbour([4, 7], 1, 1) == Neighbour(4)


@pytest.mark.parametrize("listed", [[], [4]])
def test_where_no_other_unit_is_listed_there_is_no_neighbour(listed: list[int]) -> None:
    assert neighbour(listed, 4, 1) is None


@pytest.mark.parametrize(
    ("total", "name", "missing"),
    [("74.5", "良好", "5.5"), ("80", "优秀", "10"), ("59.9999", "合格", "0.0001")],
)
def test_the_next_line_is_the_nearest_above(total: str, name: str, missing: str) -> None:
    scheme = example_book().scheme
    if name not in {grade.name for grade in scheme.grades}:
        pytest.fail(f"the example has no grade {name}")
    found = next_line(scheme, points(total))
    assert found is not None
    assert (found.name, str(found.missing)) == (name, missing)


def test_above_the_best_line_there_is_none() -> None:
    assert next_line(example_book().scheme, points("99")) is None


def test_a_finding_in_words_names_its_answers_and_reason() -> None:
    scheme = example_book().scheme
    finding = Finding(state="none", rows=(FactRow(fact="reply.late", value="2"),), reason="抽查[/]")
    words = describe(scheme.entries["29"], finding)
    assert "逾期 2 件" in words
    assert "答复书要件不全" in words
    assert "抽查[/]" in words
    assert describe(scheme.entries["29"], Finding(state="na", reason="无此职能")) == "不涉及；理由：无此职能"
    assert describe(scheme.entries["29"], None) == "未评"
