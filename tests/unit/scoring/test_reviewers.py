"""What several raters' points come to, worked by hand."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from govscore.scoring.reviewers import Combined, Panel, combine

POINT = 100_000_000
MEAN = Panel(take="mean", raters=2)
MEDIAN = Panel(take="median", raters=2)
TRIMMED = Panel(take="trimmed", raters=2, above=4)
PAIR = Panel(take="pair", raters=2, tolerance=1 * POINT)


def taken(panel: Panel, *points: float | None, leader: float | None = None) -> Combined:
    """The answer for one unit; None: a rater who has not rated."""
    column = [[0 if each is None else round(each * POINT)] for each in points]
    rated = [[each is not None] for each in points]
    lead = np.array([0 if leader is None else round(leader * POINT)], dtype=np.int64)
    return combine(
        np.array(column, dtype=np.int64), np.array(rated), panel, lead, np.array([leader is not None])
    )


def points(panel: Panel, *given: float | None, leader: float | None = None) -> float | None:
    """The points in whole points; None: open."""
    found = taken(panel, *given, leader=leader)
    return int(found.points[0]) / POINT if found.settled[0] else None


def test_the_mean_counts_everybody_who_rated() -> None:
    """(4 + 3) ÷ 2 = 3.5; (4 + 3 + 2) ÷ 3 = 3; who has not rated is not a 0."""
    assert points(MEAN, 4, 3) == 3.5
    assert points(MEAN, 4, 3, 2) == 3
    assert points(MEAN, 4, None, 3) == 3.5


def test_with_fewer_raters_than_asked_for_it_is_open() -> None:
    """One of two, two of three, nobody."""
    for panel in (MEAN, MEDIAN, TRIMMED, PAIR):
        assert points(panel, 4, None) is None
        assert points(panel, None, None) is None
    assert points(Panel(take="mean", raters=3), 4, 3) is None
    assert points(Panel(take="mean", raters=3), 4, 3, 2) == 3


def test_a_mean_is_rounded_once_half_away_from_zero() -> None:
    """1 and 2 of the finest units: 1.5 → 2; −1 and −2: −1.5 → −2; 1, 1, 2: 4 ÷ 3 = 1.33… → 1."""
    one = np.array([[1], [2]], dtype=np.int64)
    rated = np.ones((2, 1), dtype=bool)
    nobody, none = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=bool)
    assert combine(one, rated, MEAN, nobody, none).points.tolist() == [2]
    assert combine(-one, rated, MEAN, nobody, none).points.tolist() == [-2]
    assert combine(one, rated, MEDIAN, nobody, none).points.tolist() == [2]
    assert combine(one, rated, PAIR, nobody, none).points.tolist() == [2]
    three = np.array([[1], [1], [2]], dtype=np.int64)
    assert combine(three, np.ones((3, 1), dtype=bool), MEAN, nobody, none).points.tolist() == [1]


def test_the_median_is_the_one_in_the_middle_or_the_mean_of_the_middle_two() -> None:
    """2, 9, 3 → 3; 2, 9, 3, 4 → (3 + 4) ÷ 2 = 3.5; 5, 5 → 5; below 0, too: −2, −1, 4 → −1."""
    assert points(MEDIAN, 2, 9, 3) == 3
    assert points(MEDIAN, 2, 9, 3, 4) == 3.5
    assert points(MEDIAN, 5, 5) == 5
    assert points(MEDIAN, -2, None, 4, -1) == -1


def test_trimmed_drops_one_highest_and_one_lowest_of_more_than_above() -> None:
    """Of five 1, 2, 3, 4, 10: (2 + 3 + 4) ÷ 3 = 3; four are not more than four: (1 + 2 + 3 + 10) ÷ 4 = 4."""
    assert points(TRIMMED, 10, 1, 3, 2, 4) == 3
    assert points(TRIMMED, 10, 1, 3, 2) == 4
    assert points(TRIMMED, 10, 1, 3, 2, None) == 4


def test_trimmed_drops_only_one_of_several_highest() -> None:
    """Of 1, 5, 5, 5, 5 one 5 and the 1 go: 5."""
    assert points(TRIMMED, 5, 5, 1, 5, 5) == 5
    assert taken(TRIMMED, 5, 5, 1, 5, 5).counts.sum() == 3


def test_two_within_the_tolerance_are_averaged() -> None:
    """4 and 3 are 1 apart, which is within 1: 3.5; 4 and 2.99 are not."""
    assert points(PAIR, 4, 3) == 3.5
    found = taken(PAIR, 4, 2.99)
    assert not found.settled[0]
    assert found.wanted[0]
    assert not found.leads[0]


def test_a_third_rater_settles_it_with_the_nearer_of_the_two() -> None:
    """4, 2 and then 3.5: 4 and 3.5 are nearest (0.5): 3.75, made of these two."""
    found = taken(PAIR, 4, 2, 3.5)
    assert found.points.tolist() == [3.75 * POINT]
    assert found.counts[:, 0].tolist() == [True, False, True]
    assert not found.wanted[0]


def test_of_three_far_apart_the_leader_decides() -> None:
    """0, 2 and 4 have no pair within 1: open until the leader says 2.5."""
    assert points(PAIR, 0, 2, 4) is None
    assert taken(PAIR, 0, 2, 4).leads[0]
    assert points(PAIR, 0, 2, 4, leader=2.5) == 2.5


def test_two_pairs_equally_near_with_different_means_go_to_the_leader() -> None:
    """1, 2, 3: (1, 2) and (2, 3) are both 1 apart, with means 1.5 and 2.5."""
    assert points(PAIR, 1, 2, 3) is None
    assert points(PAIR, 1, 2, 3, leader=0) == 0
    assert points(PAIR, 1, 1, 3, 3, leader=2) == 2


def test_pairs_equally_near_with_the_same_mean_need_no_leader() -> None:
    """3, 3, 3: every pair has the mean 3; 2, 2, 2, 3: the pairs of equals all have 2."""
    assert points(PAIR, 3, 3, 3) == 3
    assert points(PAIR, 2, 2, 2, 3) == 2


def test_the_leader_is_not_heard_where_a_pair_settles_it() -> None:
    """What the leader entered beside 4 and 3 changes nothing."""
    assert points(PAIR, 4, 3, leader=0) == 3.5


def test_the_leader_does_not_stand_in_for_a_third_rater() -> None:
    """Of two far apart a third rater is wanted, whatever the leader entered."""
    assert points(PAIR, 4, 1, leader=2) is None


@pytest.mark.parametrize("panel", [MEAN, MEDIAN, TRIMMED, PAIR])
def test_the_order_of_raters_changes_nothing(panel: Panel) -> None:
    """Every order of 1, 2.5, 2.5, 7 and nobody gives the same."""
    found = {points(panel, *order) for order in permutations((1, 2.5, 2.5, 7, None))}
    assert len(found) == 1


def test_numbers_beyond_int64_stay_exact() -> None:
    """The mean of 10^30 and 10^30 + 1 is 10^30 + 1 (half away from zero)."""
    big = np.array([[10**30], [10**30 + 1]], dtype=object)
    rated, nobody, none = np.ones((2, 1), dtype=bool), np.zeros(1, dtype=np.int64), np.zeros(1, dtype=bool)
    for panel in (MEAN, MEDIAN, PAIR):
        assert combine(big, rated, panel, nobody, none).points.tolist() == [10**30 + 1]


def test_a_block_is_the_same_as_its_units() -> None:
    """Units with different numbers of raters, at once and one by one."""
    column = np.array([[4, 4, 0], [3, 1, 2], [0, 2, 4]], dtype=np.int64) * POINT
    rated = np.array([[1, 1, 1], [1, 1, 1], [0, 1, 1]], dtype=bool)
    lead, led = np.array([0, 0, 3], dtype=np.int64) * POINT, np.array([False, False, True])
    for panel in (MEAN, MEDIAN, TRIMMED, PAIR):
        whole = combine(column, rated, panel, lead, led)
        for unit in range(3):
            part = slice(unit, unit + 1)
            one = combine(column[:, part], rated[:, part], panel, lead[part], led[part])
            assert one.points[0] == whole.points[unit]
            assert one.settled[0] == whole.settled[unit]
