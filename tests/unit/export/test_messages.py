"""Every message about workbooks is shown by something that brings it about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from govscore.errors import GovscoreError, message_kinds
from govscore.export import messages
from govscore.export.cells import MOST_ROWS, Book, as_double
from govscore.export.live import Live
from govscore.export.save import save
from govscore.export.workbook import ranking_bytes
from govscore.points import Points
from govscore.scoring.trace import explain_on
from tests.unit.export.samples import CLOCK, example

if TYPE_CHECKING:
    from collections.abc import Callable


def disagree() -> None:
    one = example()
    unit = one.result["sifa"]
    assert unit.base is not None
    forged = replace(unit, base=Points(unit.base - 1))
    units = tuple(forged if each.unit == "sifa" else each for each in one.result.units)
    ranking_bytes(replace(one.result, units=units), lambda unit: explain_on(one.board, unit), one.stamp())


BROKEN: dict[str, tuple[Callable[[], object], str]] = {
    "export.not-exact": (lambda: as_double(10**15), "10000000 points"),
    "export.formula-disagrees": (disagree, "unit sifa: the workbook's formula for base"),
    "export.too-large": (lambda: Book().sheet("x").text(MOST_ROWS, 0, "x"), "1048577 rows"),
    "export.formula-too-long": (lambda: Live("A" * 9_000, 0).formula("base"), "9001 characters"),
    "export.cannot-write": (lambda: save(b"", Path("/nowhere/at/all.xlsx"), CLOCK), "/nowhere/at/all.xlsx"),
}


def test_every_message_is_brought_about() -> None:
    assert messages.NOT_EXACT.id in message_kinds()
    assert {id for id in message_kinds() if id.startswith("export.")} == set(BROKEN)


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("id", BROKEN)
def test_a_message_says_what_is_wrong(id: str) -> None:
    make, words = BROKEN[id]
    with pytest.raises(GovscoreError) as caught:
        make()
    (only,) = caught.value.problems
    assert only.id == id
    assert words in str(only)
