"""A section's `same_matter`: events of several items count together, each item's points stay its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govscore.i18n import speaking
from govscore.scheme.rule_words import rule_words
from govscore.scoring.facts import NOTHING, read_entry
from govscore.scoring.trace import explain
from tests.unit.scoring.small import Table, board, clean, extra, found, item, na, scheme, unit

if TYPE_CHECKING:
    from govscore.facts.rows import Row

LEVELS = {"national": 5, "provincial": 3, "city": 1}


def events(**more: Any) -> Table:
    return {"kind": "events", "levels": LEVELS, "shared": "divide", **more}


def world(same_matter: object, *ids: str, section: Table | None = None, **caps: int) -> Table:
    """Bonus items with events in one section that counts them together."""
    made = [
        extra(id, events(), section="s", **({"cap": caps[id]} if id in caps else {}))
        for id in ids or ("a", "b")
    ]
    top = {"id": "s", "title": "表彰奖励", "same_matter": same_matter, **(section or {})}
    return scheme(base=[item("base", 100, {"kind": "deduct"})], bonus=made, section=[top])


def event(id: str, case: str, level: str, matter: str = "", **cells: str) -> Row:
    return found(
        id, "event", level, case=case, start=cells.pop("start", "2024-05-01"), matter=matter, **cells
    )


def points(data: Table, *rows: Row) -> dict[str, str]:
    result = unit(data, *rows)
    items = {id: str(each.points) for id, each in result.items.items() if id != "base"}
    return items | {"bonus": str(result.bonus)}


def test_of_one_matter_only_the_highest_of_all_items_counts() -> None:
    """m: 5 in a and 3 in b, of which 5 count; n: 1 in b alone."""
    rows = [
        event("a", "1", "national", "m"),
        event("b", "1", "provincial", "m"),
        event("b", "2", "city", "n"),
    ]
    assert points(world("highest"), *rows) == {"a": "5", "b": "1", "bonus": "6"}


def test_the_order_is_of_points_after_sharing() -> None:
    """National, shared by two: 5 ÷ 2 = 2.5 in a; provincial 3 in b is more, and only b's counts."""
    rows = [event("a", "1", "national", "m", sharers="2"), event("b", "1", "provincial", "m")]
    assert points(world("highest"), *rows) == {"a": "0", "b": "3", "bonus": "3"}


def test_equal_points_go_by_item_then_date_then_case() -> None:
    """Three equal ones: a before b, though b's date is earlier; within b the earlier date, then the case."""
    shares = ["100 %", "50 %", "20 %"]
    rows = [
        event("b", "1", "national", "m", start="2024-02-01"),
        event("a", "9", "national", "m", start="2024-06-01"),
        event("b", "0", "national", "m", start="2024-03-01"),
    ]
    assert points(world(shares), *rows) == {"a": "5", "b": "3.5", "bonus": "8.5"}  # 50 % and 20 % of 5
    same_day = [
        event("b", "1", "national", "m"),
        event("b", "0", "national", "m"),
        event("a", "9", "national", "m"),
    ]
    trace = explain(board(world(shares), [*same_day, clean("base")]).result(), "u")
    own = next(each for each in trace.items if each.item == "b")
    assert own.arithmetic == "50 % × 5 + 20 % × 5 = 3.5"


def test_shares_go_on_across_items_and_nothing_comes_after_them() -> None:
    """5, 3 and 1 of one matter: 100 % and 50 %, the third counts nothing."""
    rows = [
        event("a", "1", "national", "m"),
        event("b", "1", "provincial", "m"),
        event("a", "2", "city", "m"),
    ]
    assert points(world(["100 %", "50 %"]), *rows) == {"a": "5", "b": "1.5", "bonus": "6.5"}


def test_events_without_matter_count_by_themselves() -> None:
    """Two items may use the same case ids."""
    rows = [event("a", "1", "national"), event("b", "1", "national")]
    assert points(world("highest"), *rows) == {"a": "5", "b": "5", "bonus": "10"}


def test_sum_counts_all_whatever_the_items_say() -> None:
    data = world("sum")
    for each in data["bonus"]:
        each["rule"]["same_matter"] = "highest"
    rows = [event("a", "1", "national", "m"), event("a", "2", "city", "m"), event("b", "1", "city", "m")]
    assert points(data, *rows) == {"a": "6", "b": "1", "bonus": "7"}


def test_then_come_the_caps_of_items_and_sections() -> None:
    """The highest is a's 5, which a's cap makes 2: b's 3 does not take its place. Then the section's cap."""
    rows = [
        event("a", "1", "national", "m"),
        event("b", "1", "provincial", "m"),
        event("b", "2", "provincial", "n"),
    ]
    assert points(world("highest", a=2), *rows) == {"a": "2", "b": "3", "bonus": "5"}
    assert points(world("highest", a=2, section={"cap": 4}), *rows)["bonus"] == "4"


def test_it_acts_on_items_of_inner_sections() -> None:
    data = world("highest")
    data["section"].append({"id": "t", "title": "内", "section": "s"})
    data["bonus"][1]["section"] = "t"
    rows = [event("a", "1", "provincial", "m"), event("b", "1", "national", "m")]
    assert points(data, *rows) == {"a": "0", "b": "5", "bonus": "5"}


def test_an_item_that_is_not_applicable_has_no_events() -> None:
    data = world("highest")
    assert points(data, na("a"), event("b", "1", "provincial", "m"))["b"] == "3"


def test_each_item_is_rounded_by_itself() -> None:
    """5 ÷ 3 and 1 ÷ 3, each rounded to 1/100 000 000."""
    rows = [event("a", "1", "national", sharers="3"), event("b", "1", "city", sharers="3")]
    assert points(world("highest"), *rows) == {"a": "1.66666667", "b": "0.33333333", "bonus": "2"}


def test_a_decision_on_one_item_counts_the_others_again() -> None:
    """a's event takes the matter over from b; withdrawn, b has it again."""
    made = board(world("highest"), [clean("base"), clean("a"), event("b", "1", "provincial", "m")])

    def now() -> dict[str, str]:
        return {id: str(each.points) for id, each in made.unit("u").items.items()}

    assert now() == {"base": "100", "a": "0", "b": "3"}
    entry, problems = read_entry(
        made.scheme.items["a"], [event("a", "1", "national", "m")], made.scheme.period
    )
    assert problems == ()
    made.put("u", "a", entry)
    assert now() == {"base": "100", "a": "5", "b": "0"}
    made.put("u", "a", NOTHING)
    assert now() == {"base": "100", "a": "None", "b": "3"}


def test_the_rule_in_words_names_the_section() -> None:
    made = board(world("highest"), []).scheme
    for language, said in (
        ("en", "of the same matter only the highest counts in all of “表彰奖励”"),
        ("zh_CN", "“表彰奖励”各项中，同一事项只计最高的一件"),
    ):
        with speaking(language):
            assert said in rule_words(made, made.items["a"])
    shares = board(world(["100 %", "50 %"]), []).scheme
    with speaking("en"):
        words = rule_words(shares, shares.items["a"])
        assert "in all of “表彰奖励”, in order of points: 100 %, 50 %, nothing after" in words


def test_a_window_takes_the_place_of_the_period() -> None:
    """Events from July 2023 to June 2024, beside an assessment of 2024."""
    import datetime

    window = {"from": datetime.date(2023, 7, 1), "to": datetime.date(2024, 6, 30)}
    rule = events(same_matter="sum", window=window)
    data = scheme(base=[item("base", 100, {"kind": "deduct"})], bonus=[extra("a", rule)])
    for day, counts in (
        ("2023-06-30", False), ("2023-07-01", True), ("2024-06-30", True), ("2024-07-01", False),
    ):  # fmt: skip
        made = board(data, []).scheme
        entry, problems = read_entry(made.items["a"], [event("a", "1", "city", start=day)], made.period)
        assert (entry.state == "reviewed", [each.id for each in problems]) == (
            counts, [] if counts else ["findings.event-date"],
        )  # fmt: skip
        with speaking("en"):
            assert all("from 2023-07-01 to 2024-06-30" in str(each) for each in problems)
            assert "events from 2023-07-01 to 2024-06-30" in rule_words(made, made.items["a"])
