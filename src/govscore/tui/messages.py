"""What workers tell the app: the only way from another thread to the screen.

Invariant: messages are data; what to do about them is decided by their handlers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from govscore.errors import GovscoreError
    from govscore.events import Event
    from govscore.review.book import Book
    from govscore.review.undo import Step


@dataclass
class BookOpened(Message):
    """The assessment is read and scored."""

    book: Book


@dataclass
class Saved(Message):
    """The book returned from the disk."""

    step: Step
    events: tuple[Event, ...]
    """What was written for it."""
    at: datetime


@dataclass
class NotSaved(Message):
    """The book refused, or the disk was in the way."""

    step: Step
    error: GovscoreError | OSError


@dataclass
class Clashed(Message):
    """Somebody else decided first, so nothing of the step was written; the book knows theirs by now."""

    step: Step
    error: GovscoreError
    events: tuple[Event, ...]
    """What others did that was not told yet."""


@dataclass
class OthersDecided(Message):
    """Events of others."""

    events: tuple[Event, ...]


@dataclass
class NotRefreshed(Message):
    """The disk was in the way of looking for what others did; it is tried again."""

    error: GovscoreError | OSError


@dataclass
class StateChanged(Message):
    """The derived state of the assessment, looked up again."""

    state: str


@dataclass
class Exported(Message):
    """The workbook is written."""

    path: Path


@dataclass
class NotExported(Message):
    """The workbook could not be written."""

    error: GovscoreError | OSError


@dataclass
class ReadingsLoaded(Message):
    """Pinyin can be searched for."""


@dataclass
class Failed(Message):
    """A worker failed in a way that nobody foresaw."""

    error: BaseException
