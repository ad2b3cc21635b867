"""The small assessment that broken files are read with."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import govscore
from govscore.errors import GovscoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from govscore.errors import Problem
    from govscore.scheme.model import Scheme
    from govscore.scheme.units import Unit

SMALL: Final = Path(__file__).resolve().parent.parent / "fixtures" / "small"


@cache
def scheme() -> Scheme:
    return govscore.load_scheme(SMALL / "scheme.toml")


@cache
def units() -> tuple[Unit, ...]:
    return govscore.load_units(SMALL / "units.csv", scheme())


def problems_of(call: Callable[[], object]) -> list[Problem]:
    """What a call that must be refused is told."""
    with pytest.raises(GovscoreError) as caught:
        call()
    return list(caught.value.problems)


def facts_problems(source: object) -> list[Problem]:
    """What is wrong with findings."""
    return problems_of(lambda: govscore.load_facts(source, scheme(), units()))  # type: ignore[arg-type]
