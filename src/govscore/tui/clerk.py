"""The clerk: does everything that touches the disk, one job after the other, off the screen's thread.

Invariant: jobs are done in the order given, and each ends in exactly one message; a save is told as
saved only after the book has returned. What a job replaces was fixed when its key was pressed.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from govscore.errors import GovscoreError
from govscore.events import Decision, DecisionWithdrawn
from govscore.review.book import MeanwhileError, alike, other_event, state_now
from govscore.review.search import warm_up
from govscore.tui.messages import (
    Clashed,
    Exported,
    Failed,
    NotExported,
    NotRefreshed,
    NotSaved,
    OthersDecided,
    ReadingsLoaded,
    Saved,
    StateChanged,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from datetime import datetime
    from pathlib import Path

    from textual.message import Message

    from govscore.events import Event
    from govscore.review.book import Book, Key
    from govscore.review.undo import Change, Step


class Clerk:
    """One thread for the book."""

    def __init__(self, book: Book, post: Callable[[Message], object], clock: Callable[[], datetime]) -> None:
        self._book = book
        self._post = post
        self._clock = clock
        self._wrote: dict[Key, int] = {}
        """The last event written on an item: a second decision of the same hand may not know it yet."""
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="clerk")

    def save(self, step: Step) -> None:
        """Saves a step: `Saved`, `NotSaved` or `Clashed`."""
        self._do(lambda: self._save(step))

    def refresh(self) -> None:
        """Looks for decisions of others: `OthersDecided` if there are any, `NotRefreshed` if it cannot."""
        self._do(self._refresh)

    def look(self) -> None:
        """Looks up the state again: `StateChanged`."""
        self._do(lambda: StateChanged(state_now(self._book)))

    def export(self, export: Callable[[], Path]) -> None:
        """Writes the workbook: `Exported` or `NotExported`."""
        self._do(lambda: self._export(export))

    def load_readings(self) -> None:
        """Loads what a search by letters needs: `ReadingsLoaded`."""
        self._do(self._readings)

    def wait(self) -> None:
        """Waits until the jobs given so far are done (their messages may still be on their way)."""
        self._pool.submit(int).result()

    def close(self) -> None:
        """Waits for the jobs given so far."""
        self._pool.shutdown(wait=True)

    # --- inside ---------------------------------------------------------------

    def _do(self, job: Callable[[], Message | None]) -> None:
        self._pool.submit(job).add_done_callback(self._report)

    def _report(self, done: Future[Message | None]) -> None:
        error = done.exception()
        message = Failed(error) if error is not None else done.result()
        if message is not None:
            self._post(message)

    def _refresh(self) -> Message | None:
        try:
            events = tuple(self._book.refresh())
        except (GovscoreError, OSError) as error:
            return NotRefreshed(error)
        return OthersDecided(events) if events else None

    def _save(self, step: Step) -> Message:
        try:
            return Saved(step, self._write(step), self._clock())
        except GovscoreError as error:
            if isinstance(error, MeanwhileError) or other_event(error) is not None:
                return self._clashed(step, error)
            return NotSaved(step, error)
        except OSError as error:
            return NotSaved(step, error)

    def _clashed(self, step: Step, error: GovscoreError) -> Message:
        try:
            return Clashed(step, error, tuple(self._book.refresh()))
        except (GovscoreError, OSError) as unread:
            return NotSaved(step, unread)

    def _write(self, step: Step) -> tuple[Event, ...]:
        """Writes a step over what the screen showed, or over what this clerk wrote there since."""
        changes = [
            replace(change, replaces=max(change.replaces, self._wrote.get(change.key, 0)))
            for change in step.changes
        ]
        changes = [change for change in changes if not self._is_written(change)]
        events = tuple(self._book.write(changes)) if changes else ()
        for event in events:
            if isinstance(event.body, Decision | DecisionWithdrawn):
                self._wrote[event.body.unit, event.body.item] = event.number
        return events

    def _is_written(self, change: Change) -> bool:
        """Whether this very decision holds already, by the same hand: what replaced it was not saved."""
        event = self._book.decision_event(*change.key)
        if event is None or change.after is None or not isinstance(event.body, Decision):
            return False
        mine = (event.number, event.author) == (change.replaces, self._book.author)
        return mine and alike(event.body.finding, change.after)

    def _export(self, export: Callable[[], Path]) -> Message:
        try:
            return Exported(export())
        except (GovscoreError, OSError) as error:
            return NotExported(error)

    def _readings(self) -> Message:
        texts = [text for unit in self._book.units for text in (unit.name,)]
        texts += [entry.title for entry in self._book.scheme.entries.values()]
        warm_up(texts)
        return ReadingsLoaded()
