"""How the desk begins: rows at once, the book when it is read, and no key lost in between.

Invariant: nothing that scores is loaded before the first frame; the book is opened on a thread of its
own, and what is typed meanwhile reaches the overview in its order.
"""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from textual.app import App
from textual.events import Key, Paste

from govscore.tui.messages import BookOpened, Failed

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from textual.events import Event
    from textual.message import Message
    from textual.screen import Screen

    from govscore.review.book import Book
    from govscore.review.outline import Outline
    from govscore.tui.screens.overview import OverviewScreen

_APART_SECONDS: Final = 0.03
"""Time for a key to do its work before the next one comes."""
_LEAVE = frozenset({"q", "ctrl+q", "ctrl+c"})


class OpeningApp(App[None], inherit_bindings=False):
    """An app whose first screen is there before its book."""

    overview_screen: OverviewScreen

    def __init__(self, book: Book | Callable[[], Book], outline: Outline | None) -> None:
        super().__init__()
        self._opener: Callable[[], Book] | None = None
        """Opens the book; None: it is open."""
        self._outline = outline
        self._opening = ThreadPoolExecutor(max_workers=1, thread_name_prefix="opening")
        self._kept: list[Key | Paste] = []
        self._replaying: Key | Paste | None = None
        self._keeps = callable(book)
        """Whether keys are kept for the overview."""
        if callable(book):
            self._opener = book
        else:
            self.take(book)

    def take(self, book: Book) -> None:
        """Makes everything that needs the book, `overview_screen` too."""
        raise NotImplementedError

    def begin(self) -> None:
        """Starts what goes on as long as the overview is there."""
        gc.freeze()  # the book stays: the collector need not walk over it
        gc.enable()

    @property
    def is_open(self) -> bool:
        """Whether the book is read."""
        return self._opener is None

    def get_default_screen(self) -> Screen[None]:
        """The overview, or its outline, is there from the first frame."""
        if self._opener is None:
            return self.overview_screen
        from govscore.tui.screens.opening import OpeningScreen

        return OpeningScreen(self._outline)

    def on_mount(self) -> None:
        """Begins to read the book as soon as its outline is on the screen."""
        if self._opener is None:
            self.begin()
        else:
            self.call_after_refresh(self._open, self._opener)

    def _open(self, opener: Callable[[], Book]) -> None:
        self._opening.submit(opener).add_done_callback(self._opened)

    def _opened(self, done: Future[Book]) -> None:
        error = done.exception()
        self.hear(BookOpened(done.result()) if error is None else Failed(error))

    def hear(self, message: Message) -> None:
        """Takes a worker's message over to the screen's thread."""
        if self.is_running:
            self.post_message(message)

    async def on_book_opened(self, message: BookOpened) -> None:
        """Shows the overview over its outline; then comes what was typed meanwhile."""
        self.take(message.book)
        await self.push_screen(self.overview_screen)  # the first screen of an app cannot be switched
        self._opener = None
        self.begin()
        self._replay()

    def _replay(self) -> None:
        """Gives the kept keys to the screens, one after the other: a key may move the focus of the next."""
        if not self._kept:
            self._keeps = False
            return
        self._replaying = self._kept.pop(0)
        self.post_message(self._replaying)
        self.set_timer(_APART_SECONDS, self._replay)

    async def on_event(self, event: Event) -> None:
        """Keeps what is typed before the overview is there."""
        if not self._keeps or not isinstance(event, Key | Paste) or event is self._replaying:
            await super().on_event(event)
        elif isinstance(event, Key) and event.key in _LEAVE:
            self.exit()
        else:
            self._kept.append(event)

    def wait(self) -> None:
        """Waits until nothing is being opened any more."""
        self._opening.shutdown(wait=True)
