"""Law: the order of rows and of units changes nothing."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from govscore.scoring.facts import read_entry, read_facts
from govscore.scoring.score import score
from tests.cases import random_case
from tests.laws.schemes import UNITS, World, worlds
from tests.oracle.generate import case
from tests.oracle_agreement import as_answers, engine


@given(worlds(), st.randoms(use_true_random=False))
def test_shuffled_rows_and_units_give_the_same_results(world: World, shuffle: random.Random) -> None:
    """Every unit's whole result is equal, whatever the order of what was handed in."""
    scheme, rows, units = world.scheme(), world.rows(), list(UNITS)
    shuffle.shuffle(rows)
    shuffle.shuffle(units)
    mixed = score(scheme, read_facts(rows, scheme, units), units)
    plain = world.result()
    for unit in UNITS:
        assert mixed[unit.unit].total == plain[unit.unit].total
        assert mixed[unit.unit].rank == plain[unit.unit].rank
        assert mixed[unit.unit].grade == plain[unit.unit].grade


def test_shuffled_findings_of_any_kind_give_the_same_results() -> None:
    """The same over random schemes with every kind of rule, events and same matters included."""
    for seed in range(150):
        each = case(seed)
        shuffle = random.Random(seed)
        units, rows = list(each.units), list(each.findings)
        shuffle.shuffle(units)
        shuffle.shuffle(rows)
        before = as_answers(engine(each.scheme_text, each.units, each.findings))
        assert as_answers(engine(each.scheme_text, units, rows)) == before


def test_a_table_is_read_as_each_of_its_items_by_itself() -> None:
    """What several units have alike is read once; nothing may show of that."""
    for seed in range(150):
        each = random_case(seed)
        facts = each.facts()
        roster = {unit.unit: unit for unit in each.units}
        for (unit, item), entry in facts.entries.items():
            rows = [row for row in each.rows if (row.unit, row.item) == (unit, item)]
            alone, problems = read_entry(each.scheme.entries[item], rows, each.scheme.period, roster[unit])
            assert (repr(entry), problems) == (repr(alone), ())
