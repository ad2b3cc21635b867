"""Run as a process of its own: adds decisions to a record until it is killed, or counts with others."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from govscore.events import Decision, FactRow, Finding
from govscore.record import ConflictError, Record, latest

TIME = "2024-12-02T09:30:00+08:00"


def add_for_ever(path: Path, name: str) -> None:
    """Adds one decision after another and prints the number of each as soon as it is acknowledged."""
    with Record.open(path) as record:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        for at in count():
            finding = Finding(reason="理由" * (at % 40))
            event = record.append(Decision(unit="jy", item=f"{name}-{at}", finding=finding), name, TIME)
            sys.stdout.write(f"{event.number} {event.hash}\n")
            sys.stdout.flush()


def add_some(path: Path, name: str, times: int) -> None:
    """Adds so many decisions, one by one."""
    with Record.open(path) as record:
        for at in range(times):
            record.append(Decision(unit="jy", item=f"{name}-{at}", finding=Finding()), name, TIME)


def count_up(path: Path, name: str, times: int) -> None:
    """Raises a shared number by one, so many times: reads it, then replaces it; on a conflict again."""
    with Record.open(path) as record:
        done = 0
        while done < times:
            event = latest(record.events()).get(("jy", "sum", ""))
            value, replaces = 0, None
            if event and isinstance(event.body, Decision):
                value, replaces = int(event.body.finding.rows[0].value), event.number
            finding = Finding(rows=(FactRow(fact="form", value=str(value + 1)),))
            try:
                record.append(Decision(unit="jy", item="sum", finding=finding, replaces=replaces), name, TIME)
            except ConflictError:
                continue
            done += 1


if __name__ == "__main__":
    task, file, who, *rest = sys.argv[1:]
    if task == "for_ever":
        add_for_ever(Path(file), who)
    else:
        {"count_up": count_up, "some": add_some}[task](Path(file), who, int(rest[0]))
