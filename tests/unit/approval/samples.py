"""A small record in memory: people, decisions, steps, without a file and without a clock."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from govscore.approval.digest import decisive_hashes, result_digest, scheme_digest
from govscore.approval.standing import Standing, derive
from govscore.events import (
    Approved,
    Decision,
    DecisionWithdrawn,
    Event,
    Opened,
    Person,
    Returned,
    Submitted,
)
from govscore.office.findings import by_entry
from govscore.office.reading import facts_of_events
from govscore.scoring.board import Board
from tests.broken.small import SMALL, scheme, units

if TYPE_CHECKING:
    from govscore.events import Body, Finding
    from govscore.scoring.result import Result

PEOPLE: Final = (
    Person(name="张三", roles=("reviewer",)),
    Person(name="李四", roles=("reviewer", "leader")),
    Person(name="赵主任", roles=("leader",)),
    Person(name="钱主任", roles=("leader",)),
)
LEADER: Final = "赵主任"


class Log:
    """Events that are only added, each with a hash of its own."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        opened = Opened(scheme_text="", scheme_name="", units=(), people=PEOPLE, program="test")
        self.add(opened)

    def add(self, body: Body, author: str = "张三") -> Event:
        number = len(self.events) + 1
        previous = self.events[-1].hash if self.events else ""
        hash = hashlib.sha256(f"{previous}{number}{body}".encode()).hexdigest()
        event = Event(
            number=number,
            time=f"2025-01-01T09:00:{number % 60:02d}+08:00",
            author=author,
            body=body,
            hash=hash,
        )
        self.events.append(event)
        return event

    def decide(self, unit: str, item: str, finding: Finding, author: str = "张三") -> Event:
        return self.add(Decision(unit=unit, item=item, finding=finding), author)

    def withdraw(self, unit: str, item: str) -> Event:
        return self.add(DecisionWithdrawn(unit=unit, item=item, replaces=1, reason=""))

    def submit(self, author: str = "张三") -> Event:
        return self.add(Submitted(result_digest=self.digest(), head=self.events[-1].hash), author)

    def approve(self, author: str = LEADER) -> Event:
        return self.add(Approved(result_digest=self.digest(), head=self.events[-1].hash), author)

    def send_back(self, author: str = LEADER) -> Event:
        return self.add(
            Returned(result_digest=self.digest(), head=self.events[-1].hash, reason="请复核"), author
        )

    def result(self, number: int | None = None) -> Result:
        force: dict[tuple[str, str], Event] = {}
        for event in self.events[:number]:
            if isinstance(event.body, Decision):
                force[event.body.unit, event.body.item] = event
            elif isinstance(event.body, DecisionWithdrawn):
                force.pop((event.body.unit, event.body.item), None)
        return Board(scheme(), facts_of_events(force.values(), scheme(), units()), units()).result()

    def digest(self) -> str:
        return result_digest(self.result(), decisive_hashes(self.events))

    def standing(self) -> Standing:
        return derive(
            self.events,
            self.result(),
            result_digest=self.digest(),
            scheme_digest=scheme_digest(scheme()),
            result_at=self.result,
        )


def findings() -> dict[tuple[str, str], Finding]:
    """Findings that leave nothing open."""
    from govscore.intake.load import load_facts

    rows = tuple(load_facts(SMALL / "findings.csv", scheme(), units()).rows())
    return {(unit, item): finding for (unit, item, _), finding in by_entry(rows).items()}


def reviewed() -> Log:
    """A log in which everything is decided."""
    log = Log()
    for (unit, item), finding in findings().items():
        log.decide(unit, item, finding)
    return log
