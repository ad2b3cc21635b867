"""How the desk begins: rows at once, the book when it is read, and no key lost in between.

Invariant: nothing that scores is loaded before the first frame; the book is opened on a thread of its
own, and what is typed reaches the screens in its order, each key after the work of the one before.
"""

from __future__ import annotations

import gc
from asyncio import get_running_loop
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from textual.app import App
from textual.events import Key, Paste

from govscore.tui.messages import BookOpened, Failed

if TYPE_CHECKING:
    from asyncio import TimerHandle
    from collections.abc import Callable
    from concurrent.futures import Future

    from textual.dom import DOMNode
    from textual.events import Event
    from textual.message import Message
    from textual.screen import Screen

    from govscore.review.book import Book
    from govscore.review.outline import Outline
    from govscore.tui.screens.overview import OverviewScreen

_LATE_SECONDS: Final = 1.0
"""A key that takes longer than this no longer holds up the next one."""
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
        """Keys that wait for the book, or for the key before."""
        self._at_work = 0
        """Number of the key that is doing its work; 0: none."""
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
        self.screen.call_after_refresh(self._next)

    # --- keys, one after the other --------------------------------------------

    @property
    def keys_wait(self) -> bool:
        """Whether a key is doing its work, or waits to."""
        return self._at_work > 0

    async def on_event(self, event: Event) -> None:
        """A key waits until the one before has done its work: it may have moved the focus."""
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._opener is not None and isinstance(event, Key) and event.key in _LEAVE:
            self.exit()
        elif self._opener is not None or self._at_work:
            self._kept.append(event)
        else:
            await self._feed(event)

    async def _feed(self, event: Key | Paste) -> None:
        self._at_work += 1
        if isinstance(event, Key) and event.key == "ctrl+j":
            event = Key("enter", "\r")  # as a terminal sends Enter before the desk has taken it over
        focus = (self.screen, self.focused)
        chain = list((self.focused or self.screen).ancestors_with_self)
        late = get_running_loop().call_later(_LATE_SECONDS, self._overdue, self._at_work)
        await super().on_event(event)
        self._follow(chain, focus, late)

    def _follow(self, chain: list[DOMNode], focus: object, late: TimerHandle) -> None:
        """Goes the way of the key, from queue to queue, and behind it."""
        while chain:
            if chain.pop(0).call_later(self._follow, chain, focus, late):
                return
        late.cancel()
        if (self.screen, self.focused) == focus:
            self.call_later(self._next)
        else:  # another screen has the focus where it belongs after its first frame
            self.screen.call_after_refresh(self.call_later, self._next)

    def _overdue(self, number: int) -> None:
        """A key whose work takes too long holds up no other."""
        if self._at_work == number:
            self.call_later(self._next)

    async def _next(self) -> None:
        if self._kept:
            await self._feed(self._kept.pop(0))
        else:
            self._at_work = 0

    def wait(self) -> None:
        """Waits until nothing is being opened any more."""
        self._opening.shutdown(wait=True)
