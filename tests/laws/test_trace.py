"""Law: a trace is arithmetic that anyone can add up again, and it ends in the numbers of the result."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Final

import pytest

from govscore import i18n
from govscore.facts.switches import known
from govscore.scheme.unit_schemes import for_unit
from govscore.scoring.score import score
from govscore.scoring.trace import UnitTrace, explain, explain_item, explain_on
from tests.cases import random_case
from tests.sums import end_of, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govscore.scheme.model import Scheme
    from govscore.scoring.result import PartResult
    from govscore.scoring.steps import ItemTrace, Step

SEEDS: Final = range(300)
UNFILLED: Final = re.compile(r"\{[a-z_]*\}")


def points(value: int | None) -> Fraction:
    assert value is not None
    return Fraction(int(value), 10**8)


@pytest.fixture(scope="module")
def told() -> list[tuple[Scheme, UnitTrace]]:
    """Every unit's trace, beside the scheme that it is scored by."""
    found = []
    for seed in SEEDS:
        case = random_case(seed)
        result = score(case.scheme, case.facts(), case.units)
        found += [(case.scheme, explain(result, unit.unit)) for unit in case.units]
    return found


@pytest.fixture(scope="module")
def traces(told: list[tuple[Scheme, UnitTrace]]) -> list[UnitTrace]:
    return [trace for _scheme, trace in told]


def items(traces: list[UnitTrace]) -> Iterator[ItemTrace]:
    return (item for trace in traces for item in trace.items)


def moves(steps: Iterable[Step]) -> list[Step]:
    """The steps that change the running value."""
    return [step for step in steps if step.amount is not None]


def of(trace: UnitTrace, part: str = "") -> list[Step]:
    """The steps of a part; "": those of the total."""
    return [step for step in trace.totals if step.part == part]


def led_to(steps: list[Step]) -> int:
    """What steps add up to, each leading to the running value that it states."""
    running = 0
    for step in moves(steps):
        assert step.amount is not None
        running += step.amount
        assert running == step.points, steps
    return running


def named(steps: list[Step], name: str) -> list[int | None]:
    """The points of the steps of a name."""
    return [step.points for step in steps if step.name == name]


def test_an_items_arithmetic_gives_its_points(traces: list[UnitTrace]) -> None:
    """Every equation holds with the one rounding where it says `=`, and the last gives the points."""
    for item in items(traces):
        if item.points is None:
            assert item.arithmetic == ""
            # How far it has come, while it waits for others of the group.
            assert item.steps == () or item.state == "provisional"
        else:
            assert end_of(item.arithmetic) == points(item.points), item


def test_an_items_steps_add_up(traces: list[UnitTrace]) -> None:
    """Each step's amount leads to its running value, the last to the points."""
    for item in items(traces):
        running, steps = 0, item.steps
        if item.state == "provisional":  # whom it waits for is said last, and moves nothing
            *steps_before, waits = steps
            steps = tuple(steps_before)
            assert (waits.name, waits.amount, waits.points) == ("waits", None, None)
        for step in steps:
            assert step.amount is not None
            running += step.amount
            assert running == step.points, item
            if step.arithmetic:
                assert end_of(step.arithmetic) == abs(points(step.amount)) * (
                    1 if step.amount >= 0 or step.name not in ("begin", "given") else -1
                )
        assert item.points is None or running == item.points


def test_the_steps_of_a_unit_lead_to_its_total(traces: list[UnitTrace]) -> None:
    """Base, bonus, deductions, bounds and vetoes add up to the total, or to the points so far."""
    for trace in traces:
        unit, running = trace.unit, led_to(of(trace))
        if unit.total is not None:
            assert running == unit.total
        elif unit.so_far is not None:
            assert running == unit.so_far
        else:
            assert moves(trace.totals) == []


def test_the_steps_of_a_part_lead_to_its_score(traces: list[UnitTrace]) -> None:
    """They stand together, in the order of the parts and before the total's, and add up to the score of
    the part, or to its points so far; a part without any score says why."""
    for trace in traces:
        unit = trace.unit
        if unit.state == "unassessed":
            assert [step.part for step in trace.totals] == [""]
            continue
        owners = [owner for owner, _steps in groupby(step.part for step in trace.totals)]
        assert [owner for owner in owners if owner] == list(unit.parts)
        assert "" not in owners[:-1]
        for id, part in unit.parts.items():
            steps = of(trace, id)
            assert (steps[0].name, len(named(steps, "part"))) == ("part", 1)
            ends = [(name, points) for name in ENDS for points in named(steps, name)]
            if unit.state == "stopped" and part.state != "unassessed":
                assert ends == [], trace
            else:
                assert ends == [end_of_part(part, led_to(steps))], trace
            if unit.state == "stopped" or part.state in ("stopped", "unassessed"):
                assert moves(steps) == []


ENDS: Final = ("part_score", "part_so_far", "part_out")


def end_of_part(part: PartResult, running: int) -> tuple[str, int | None]:
    """The step that ends a part, and its points, from the result and from what the steps add up to."""
    if part.score is not None:
        assert running == part.score
        return "part_score", part.score
    if part.state == "stopped":
        return "part_score", 0
    return ("part_out", None) if part.state == "unassessed" else ("part_so_far", running)


def test_the_shares_of_the_parts_lead_to_the_base(told: list[tuple[Scheme, UnitTrace]]) -> None:
    """Full marks × Σ share × score ÷ the part's full marks, over the parts that count, rounded once."""
    for scheme, trace in told:
        if not scheme.has_parts or trace.unit.state not in ("scored", "open"):
            continue
        mine = for_unit(scheme, trace.unit)
        settings = {part.id: part for part in mine.parts}
        weights = {id: known(part.weight) for id, part in settings.items()}
        counting = [id for id, part in trace.unit.parts.items() if part.weight is not None]
        all_of_them = sum(weights[id] for id in counting)
        shares = Fraction(0)
        for id in counting:
            assert trace.unit.parts[id].weight == weights[id] / all_of_them
            steps = of(trace, id)
            (end,) = named(steps, "part_score") + named(steps, "part_so_far")
            shares += weights[id] / all_of_them * points(end) / points(known(settings[id].full_marks))
        (base,) = named(of(trace), "base")
        assert points(base) == rounded(points(known(mine.model.total.full_marks)) * shares), trace


def test_every_equation_on_the_way_to_the_total_holds(traces: list[UnitTrace]) -> None:
    """Sections with their caps, rescaling, base, bonus with its cap, bounds and limits."""
    for step in (step for trace in traces for step in trace.totals):
        if not step.arithmetic:
            continue
        stated = {"bonus": step.amount, "major_deduction": -(step.amount or 0)}.get(step.name, step.points)
        assert end_of(step.arithmetic) == points(stated), step
        assert step.name.startswith("veto:") or step.arithmetic in step.text


def test_the_numbers_added_up_are_those_of_the_items(traces: list[UnitTrace]) -> None:
    """Sections are listed once each, with their result; bases, bonus and deductions are the result's."""
    for trace in traces:
        unit = trace.unit
        listed = [step for step in trace.totals if step.name == "section"]
        assert len(listed) <= len(unit.sections)
        if unit.base is not None:
            assert named(of(trace), "base") == [unit.base]
        for id, part in unit.parts.items():
            steps = of(trace, id)
            if part.score is not None:
                assert named(steps, "base") == [part.base]
                assert sum(step.amount or 0 for step in steps if step.name == "bonus") == part.bonus
                taken = [step.amount or 0 for step in steps if step.name == "major_deduction"]
                assert -sum(taken) == part.major_deduction
            elif part.base is not None and part.state == "open":
                assert named(steps, "base") == [part.base]


def test_what_is_lost_is_what_is_missing(traces: list[UnitTrace]) -> None:
    """Of base items the points missing, of deductions the points taken, of charges what they take
    elsewhere, of bonus items what is below 0, of vetoes what they lowered."""
    for trace in traces:
        lost = dict.fromkeys(("base", "bonus", "major_deduction", "charge", "veto"), 0)
        for loss in trace.losses:
            lost[loss.kind] += loss.lost
            assert loss.title
            assert loss.why
        mine = [item for item in trace.items if item.points is not None]
        assert lost["base"] == sum(
            max(0, (item.full or 0) - (item.points or 0)) for item in mine if item.kind == "base"
        )
        assert lost["bonus"] == -sum(min(0, item.points or 0) for item in mine if item.kind == "bonus")
        charged = [amount for item in trace.unit.items.values() for amount in item.charges.values()]
        assert lost["charge"] == sum(charged)
        taken = sum(item.points or 0 for item in mine if item.kind == "major_deduction")
        assert lost["major_deduction"] == taken
        vetoed = [step.amount or 0 for step in moves(trace.totals) if step.name.startswith("veto:")]
        assert lost["veto"] == -sum(amount for amount in vetoed if amount < 0)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_sentence_is_filled_in_both_languages(language: str) -> None:
    """No placeholder is left, no step is without words."""
    i18n.use_language(language)
    for seed in SEEDS[::6]:
        case = random_case(seed)
        result = score(case.scheme, case.facts(), case.units)
        for trace in (explain(result, unit.unit) for unit in case.units):
            texts = [step.text for item in trace.items for step in item.steps]
            texts += [step.text for step in trace.totals]
            texts += [loss.why for loss in trace.losses]
            assert all(texts)
            assert [text for text in texts if UNFILLED.search(text)] == []


def test_the_board_explains_what_the_result_explains() -> None:
    """One unit scored alone, and the same unit on a board with all others, have the same trace."""
    for seed in SEEDS[::6]:
        case = random_case(seed)
        board = case.board()
        result = board.result()
        for unit in case.units:
            trace = explain(result, unit.unit)
            assert explain_on(board, unit.unit) == trace
            assert tuple(explain_item(board, unit.unit, item.item) for item in trace.items) == trace.items


def test_the_random_cases_take_every_step(traces: list[UnitTrace]) -> None:
    """Nothing above holds only because a step never came up."""
    inside = {step.name for item in items(traces) for step in item.steps}
    assert inside == {
        "begin", "ceiling", "minus", "plus", "exempt", "charge", "minus_cap", "plus_cap", "zero_if", "limit",
        "unclaimed", "rated", "reviewers", "yield", "period", "no_period", "mean", "given", "waits",
    }  # fmt: skip
    totals = {step.name.partition(":")[0] for trace in traces for step in trace.totals}
    assert totals == {
        "section", "rescale", "base", "gate", "bonus", "major_deduction", "charge", "bounds", "veto",
        "warning", "total", "so_far", "coverage", "grade", "rank", "unassessed",
        "part", "part_out", "part_score", "part_so_far", "part_grade",
    }  # fmt: skip
    accounts = " ".join(item.arithmetic for item in items(traces))
    for sign in ("min(", "max(", " → 0", " ÷ ", " % × ", "; ", " + ", " − "):
        assert sign in accounts, sign
