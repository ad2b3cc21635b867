"""What is wrong with findings rows: every problem by its id, at the place of its row, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from govscore.errors import InputError, Place, message_kinds
from govscore.facts.count import Count
from govscore.scheme.read import scheme_from_mapping
from govscore.scoring.facts import NOTHING, read_entry, read_facts
from tests.unit.scoring.small import clean, extra, found, item, loses, na, scheme, units, veto

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govscore.facts.base import Reader, Values
    from govscore.facts.rows import Row

FACTS: Final[dict[str, Any]] = {
    "posts": {"ask": "count"},
    "hours": {"ask": "number"},
    "list": {"ask": "yes_no"},
    "way": {"ask": "choice", "of": ["web", "paper"]},
    "rate": {"ask": "ratio"},
    "reply": {"ask": "cases", "within": "7 working days"},
}
LIMITS = {
    "leak": {"ask": "cases", "within": "5 hours"},
    "answer": {
        "ask": "cases",
        "within": {"by": "tag", "grave": "1 day", "slow": "9 days", "other": "2 days"},
    },
}
EVENTS = {"kind": "events", "levels": {"city": 1}, "same_matter": "sum", "shared": "divide"}
RANGE = {"kind": "deduct", "minus": [{"id": "other", "title": "其他", "range": [0.5, 2]}]}
DATA = scheme(
    groups={"all": "全部", "others": "其他"},
    base=[
        item("i", 10, loses(1), facts=FACTS),
        item("r", 10, RANGE),
        item(
            "l",
            10,
            {
                "kind": "level",
                "levels": [
                    {"id": "full", "title": "有", "points": 1},
                    {"id": "none", "title": "无", "points": 0},
                ],
            },
        ),
        item("o", 10, loses(1), applies_to=["others"]),
        item("c", 10, loses(1), facts=LIMITS),
        item("s", 10, loses(1), reviewers="same"),
        item("q", 10, loses(1) | {"per": "quarter", "combine": "mean"}),
    ],
    bonus=[extra("e", EVENTS)],
    veto=[veto("v", "down = yes", {"at_most": 1}, facts={"down": {"ask": "yes_no"}})],
)
SCHEME = scheme_from_mapping(DATA)
UNITS = units("u", "w")


def event(start: str = "2024-05-01", level: str = "city", **cells: str) -> Row:
    return found("e", "event", level, start=start, **cells)


WRONG: Final[list[tuple[str, list[Row], int]]] = [
    ("findings.unknown-unit", [found("i", "x", 1, unit="uu")], 0),
    ("findings.unknown-item", [found("ii", "x", 1)], 0),
    ("findings.unknown-fact", [found("i", "post", 1)], 0),
    ("findings.unknown-fact", [found("v", "x", 1)], 0),
    ("findings.not-assigned", [found("o", "x", 1)], 0),
    ("findings.not-assigned", [na("o")], 0),
    ("findings.state", [found("i", "x", 1, state="ok")], 0),
    ("findings.note", [found("i", "x", 1, note="已发布")], 0),
    ("findings.no-fact", [found("i", "", 1)], 0),
    ("findings.na-of-item", [found("i", "posts", state="na")], 0),
    ("findings.na-and-values", [na("i"), found("i", "x", 1)], 0),
    ("findings.na-and-values", [clean("i"), na("i")], 1),
    ("findings.na-and-values", [found("i", "", 3, state="na")], 0),
    ("findings.none-and-values", [found("i", "x", 1), found("i", "x", state="none", case="2")], 0),
    ("findings.none-and-values", [found("i", "x", 1, state="none")], 0),
    ("findings.row-twice", [found("i", "x", 1), found("i", "x", 2)], 1),
    ("findings.row-twice", [na("i"), na("i")], 1),
    ("findings.reviewer-alone", [found("i", "x", 1, reviewer="甲")], 0),
    ("findings.reviewer-needed", [found("s", "x", 1, reviewer="甲"), found("s", "x", 1)], 1),
    ("findings.period-needed", [found("q", "x", 1, period="2024-Q1"), found("q", "x", 1)], 1),
    ("findings.unknown-period", [found("q", "x", 1, period="2024-01")], 0),
    ("findings.period-not-here", [found("i", "x", 1, period="2024-03")], 0),
    ("findings.not-a-number", [found("i", "x", "一")], 0),
    ("findings.not-a-number", [found("i", "x", "")], 0),
    ("findings.not-a-number", [found("i", "hours", "nan")], 0),
    ("findings.number-out-of-range", [found("i", "hours", "1000000.1")], 0),
    ("findings.not-a-number", [found("i", "rate", "1")], 0),
    ("findings.too-low", [found("i", "x", "-1")], 0),
    ("findings.too-low", [found("i", "rate", "-1", of="3")], 0),
    ("findings.too-low", [event(sharers="0")], 0),
    ("findings.not-whole", [found("i", "x", "1.5")], 0),
    ("findings.not-whole", [found("i", "reply.late", "0.5")], 0),
    ("findings.not-an-option", [found("i", "list", "maybe")], 0),
    ("findings.not-an-option", [found("i", "way", "fax")], 0),
    ("findings.not-an-option", [found("l", "level", "half")], 0),
    ("findings.not-an-option", [event(level="province")], 0),
    ("findings.one-row", [found("i", "list", "no"), found("i", "list", "no", case="2")], 1),
    ("findings.one-row", [found("i", "rate", 1, of="2"), found("i", "rate", 1, of="2", case="2")], 1),
    ("findings.not-here", [found("i", "x", 1, of="3")], 0),
    ("findings.not-here", [found("i", "hours", 1, start="2024-01-01")], 0),
    ("findings.part-above-whole", [found("i", "rate", 4, of="3")], 0),
    ("findings.cases-mixed", [found("i", "reply", start="2024-01-02"), found("i", "reply.late", 1)], 1),
    ("findings.case-start", [found("i", "reply", finish="2024-01-09")], 0),
    ("findings.case-moment", [found("i", "reply", start="2024-01-02", finish="9.1.2024")], 0),
    ("findings.case-moment", [found("c", "leak", start="2024-01-02T09:30")], 0),
    ("findings.case-time", [found("c", "leak", start="2024-01-02", finish="2024-01-02T09:30Z")], 0),
    ("findings.unknown-year", [found("i", "reply", start="2026-12-31", finish="2027-01-04")], 0),
    ("findings.two-tags", [found("c", "answer", start="2024-01-02", tags="grave slow")], 0),
    ("findings.all-is-a-sum", [found("i", "reply.all", 3)], 0),
    ("findings.event-date", [event("2023-12-31")], 0),
    ("findings.event-date", [event("2024-5-1")], 0),
    ("findings.event-date", [event("")], 0),
    ("findings.points-out-of-range", [found("r", "other", "2.5", reason="酌情")], 0),
    ("findings.points-out-of-range", [found("r", "other", "0.4999", reason="酌情")], 0),
    ("findings.points-out-of-range", [found("r", "other", "0.50001", reason="酌情")], 0),
    ("findings.points-out-of-range", [found("r", "other", "多", reason="酌情")], 0),
    ("findings.reason-needed", [found("r", "other", "1", reason=" ")], 0),
]


def placed(rows: list[Row]) -> list[Row]:
    return [
        row._replace(place=Place(file="findings.csv", line=2 + number)) for number, row in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("id", "rows", "wrong"), WRONG, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_problem_is_reported_at_its_row(id: str, rows: list[Row], wrong: int) -> None:
    with pytest.raises(InputError) as refused:
        read_facts(placed(rows), SCHEME, UNITS)
    reported = {(problem.id, problem.place.line) for problem in refused.value.problems}
    assert (id, 2 + wrong) in reported
    assert str(refused.value)


def test_every_message_about_findings_is_tried() -> None:
    """Those of tables of findings (columns, encodings) belong to whoever reads tables."""
    from govscore.facts import messages as about_facts
    from govscore.scoring import messages as about_rows

    mine = {
        kind.id
        for module in (about_facts, about_rows)
        for kind in vars(module).values()
        if getattr(kind, "id", "").startswith("findings.")
    }
    assert mine <= set(message_kinds())
    assert mine == {id for id, _rows, _wrong in WRONG}


def test_all_problems_are_reported_at_once() -> None:
    rows = [rows[wrong] for id, rows, wrong in WRONG if len(rows) == 1 and id != "findings.na-of-item"]
    apart = [row._replace(case=f"{row.case}{number}") for number, row in enumerate(rows)]
    with pytest.raises(InputError) as refused:
        read_facts(placed(apart), SCHEME, UNITS)
    lines = {problem.place.line for problem in refused.value.problems}
    # rows on an unassigned item are reported at the first of them
    assert len(lines) >= len(rows) - 1
    assert [problem.place.line for problem in refused.value.problems] == sorted(
        problem.place.line for problem in refused.value.problems
    )


@pytest.mark.parametrize(
    ("rows", "nearest"),
    [
        ([found("i", "post", 1)], "posts"),
        ([found("i", "x", "１２")], "12"),
        ([found("i", "x", "1,200")], "1200"),
        ([found("i", "way", "Web")], "web"),
        ([found("i", "x", 1, state="NA")], "na"),
    ],
)
def test_the_nearest_spelling_is_named(rows: list[Row], nearest: str) -> None:
    with pytest.raises(InputError) as refused:
        read_facts(rows, SCHEME, UNITS)
    assert nearest in {problem.nearest for problem in refused.value.problems}


def test_a_mistake_is_told_for_every_unit_that_has_it() -> None:
    rows = [found("i", "posts", "x", unit=unit) for unit in ("u", "w")]
    with pytest.raises(InputError) as refused:
        read_facts(placed(rows), SCHEME, UNITS)
    told = [(each.data["unit"], each.place.line) for each in refused.value.problems]
    assert told == [("u", 2), ("w", 3)]


# --- what is read ---------------------------------------------------------------------------------


def state_of(*rows: Row) -> str:
    facts, problems = read_entry(SCHEME.items["i"], rows, SCHEME.period)
    assert problems == ()
    return facts.state


ALL: Final = [
    found("i", "posts", 1), found("i", "hours", "2.5"), found("i", "list", "是"), found("i", "way", "web"),
    found("i", "rate", 1, of="3"), found("i", "reply.late", 1), found("i", "x", 0),
]  # fmt: skip


def test_an_item_is_open_until_every_fact_has_a_row() -> None:
    assert state_of(*ALL) == "reviewed"
    for left_out in range(len(ALL)):
        assert state_of(*ALL[:left_out], *ALL[left_out + 1 :]) == "open"


def test_nothing_found_answers_counts_answers_and_cases_but_no_measured_value() -> None:
    """`none` with empty `fact`; numbers, ratios and unmarked choices stay open."""
    assert state_of(clean("i")) == "open"
    assert (
        state_of(clean("i"), found("i", "hours", 1), found("i", "way", "web"), found("i", "rate", 1, of="2"))
        == "reviewed"
    )
    facts, _problems = read_entry(SCHEME.items["i"], [clean("i"), found("i", "posts", 4)], SCHEME.period)
    assert (facts.values["posts"], facts.values["list"], facts.values["x"]) == ({"x": 4}, {"x": 0}, {"x": 0})
    assert facts.values["reply"] == {"on_time": 0, "late": 0, "early": 0, "missing": 0, "all": 0}
    assert set(facts.values) == {"posts", "list", "reply", "x"}


def test_nothing_found_of_one_fact_answers_that_fact_only() -> None:
    facts, problems = read_entry(SCHEME.items["i"], [found("i", "posts", state="none")], SCHEME.period)
    assert (facts.values, problems) == ({"posts": {"x": 0}}, ())


def test_an_item_without_rows_is_open_and_one_that_asks_nothing_needs_one_row() -> None:
    facts = read_facts([clean("i")], SCHEME, UNITS)
    assert facts.of("w", "i") is NOTHING
    asks_nothing = scheme_from_mapping(scheme(base=[item("i", 3, {"kind": "deduct"})])).items["i"]
    assert read_entry(asks_nothing, [clean("i")], SCHEME.period)[0].state == "reviewed"
    assert read_entry(asks_nothing, [na("i")], SCHEME.period)[0].state == "not_applicable"


def test_what_units_have_alike_is_read_once_and_keeps_its_own_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[str] = []

    def read(self: Count, rows: Sequence[Row], reader: Reader) -> Values | None:
        counted.append(rows[0].unit)
        return original(self, rows, reader)

    original = Count.read
    monkeypatch.setattr(Count, "read", read)
    rows = placed([found("i", "posts", value, unit=unit) for unit, value in zip("uwx", "112", strict=True)])
    facts = read_facts(rows, SCHEME, units("u", "w", "x"))
    assert counted == ["u", "x"]
    for row in rows:
        entry = facts.of(row.unit, "i")
        assert entry.values["posts"] == {"x": int(row.value)}
        assert [(each, each.place) for each in entry.rows] == [(row, row.place)]


@pytest.mark.parametrize("day", ["2024-01-01", "2024-12-31"])
def test_the_first_and_last_day_of_the_period_belong_to_it(day: str) -> None:
    facts = read_facts([event(day)], SCHEME, UNITS)
    assert facts.of("u", "e").state == "reviewed"


def test_typed_points_at_both_ends_of_the_range_are_taken() -> None:
    rows = [found("r", "other", value, case=value, reason="酌情") for value in ("0.5", "2", "0.5001")]
    # 0.5 + 2 + 0.5001 = 3.0001
    assert read_facts(rows, SCHEME, UNITS).of("u", "r").values["other"] == {"x": 300_010_000}
