"""The example `pingcheng-2024` as the library scores it, through the public names only."""

from __future__ import annotations

from functools import cache

from govscore import Result, load_facts, load_scheme, load_units, score
from tests.example_tables import EXAMPLE


@cache
def scored() -> Result:
    scheme = load_scheme(EXAMPLE / "scheme.toml")
    units = load_units(EXAMPLE / "units.csv", scheme)
    facts = load_facts(EXAMPLE / "findings.csv", scheme, units)
    return score(scheme, facts, units)
