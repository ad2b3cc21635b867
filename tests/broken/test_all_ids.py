"""No message without a broken file: findings, units, intake, approval, office and calendar."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Final

import pytest

import govscore
from govscore.errors import message_kinds
from tests.broken import (
    test_approval,
    test_calendar,
    test_intake,
    test_office,
    test_tables,
    test_workbooks,
)

ELSEWHERE: Final = {"intake.no-sheet"}
"""Asserted in `test_workbooks.py`, but not in its list."""


def broken() -> set[str]:
    """Every id that a broken file, folder or request provokes."""
    files = {
        each["id"] for names in test_tables.EXPECTED.values() for file in names.values() for each in file
    }
    books = {name.partition("--")[0] for name in test_workbooks.BOOKS}
    return {
        *files,
        *books,
        *test_intake.CASES,
        *test_approval.CASES,
        *test_office.CASES,
        *test_calendar.CASES,
        *ELSEWHERE,
    }


@pytest.mark.parametrize("family", ["findings", "units", "intake", "approval", "office", "calendar"])
def test_every_message_has_a_broken_file(family: str) -> None:
    for module in pkgutil.walk_packages(govscore.__path__, "govscore."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    known = {id for id in message_kinds() if id.startswith(f"{family}.")}
    assert known
    assert known - broken() == set()
    assert {id for id in broken() if id.startswith(f"{family}.")} - known == set()
