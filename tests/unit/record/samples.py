"""Small events for the tests of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.events import Decision, DecisionWithdrawn, FactRow, Finding, Opened, Person, UnitEntry
from govscore.record import Record

if TYPE_CHECKING:
    from pathlib import Path

AUTHOR = "张三"
TIME = "2024-12-02T09:30:00+08:00"
OPENED = Opened(
    scheme_text="format = 1\n",
    scheme_name="scheme.toml",
    units=(
        UnitEntry(unit="jy", name="教育局", group="departments", tags=("school",)),
        UnitEntry(unit="cz", name="财政局", group="departments"),
    ),
    people=(Person(name="张三", roles=("reviewer",)), Person(name="李四", roles=("leader",))),
    program="govscore 0.1.0",
)


def new_record(folder: Path) -> Record:
    """A record with its first event only."""
    return Record.create(folder / "record.sqlite", OPENED, AUTHOR, TIME)


def decision(
    value: str = "1", *, item: str = "29", replaces: int | None = None, unit: str = "jy"
) -> Decision:
    """A decision with one counted fault."""
    finding = Finding(rows=(FactRow(fact="form", value=value),), reason="抽查")
    return Decision(unit=unit, item=item, finding=finding, replaces=replaces)


def withdrawn(replaces: int, *, item: str = "29") -> DecisionWithdrawn:
    """The withdrawal of a decision of `decision`."""
    return DecisionWithdrawn(unit="jy", item=item, replaces=replaces, reason="录错单位")
