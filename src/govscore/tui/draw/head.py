"""The two lines on top of every screen: what is assessed, how it stands, how far it is.

Invariant: the scheme's notice is always whole; what is cut when the screen is narrow is the title.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from govscore.approval.standing import STATE_WORDS
from govscore.i18n import gettext as _
from govscore.tui.draw.spans import Drawn, Span, bar, beside, line, spans_width

WORDS: Final = {str(state): words for state, words in STATE_WORDS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the two lines say."""

    title: str
    period: str
    notice: str
    state: str
    provisional: bool
    done: int
    assigned: int
    percent: int
    author: str


def standing(state: str, *, provisional: bool) -> str:
    """The state in words, with the word that ranks may still change."""
    name = _(WORDS.get(state, state))
    return _("{state} · provisional").format(state=name) if provisional else name


def head_lines(head: Head, cells: int) -> tuple[Drawn, Drawn]:
    """Title and state; notice and progress."""
    wide = cells >= 100
    state: Span = (standing(head.state, provisional=head.provisional) + " ", "accent")
    first = beside([(f" {head.title}", "title")], [state], cells)
    progress = _("reviewed {done} / {all}").format(done=head.done, all=head.assigned)
    right: list[Span] = [
        (f"{progress} ", ""),
        (bar(head.done, head.assigned, 20 if wide else 8), "bar"),
        (f" {head.percent:>3} % ", ""),
    ]
    if head.author:
        right.append((f" {head.author} ", "dim"))
    left = [(" ", ""), (head.notice, "warn")] if head.notice else []
    while len(right) > 1 and spans_width(left) + spans_width(right) >= cells:
        del right[1 if len(right) > 2 else -1]  # the bar, then the percentage, then the name
    period: list[Span] = [(f"  {head.period}", "dim")] if wide else []
    return first, beside([*line(*left), *period], right, cells)
