"""Why an item does not concern a unit: the reason and, where points depend on it, the note.

Invariant: nothing is decided here; whoever asks is told the answer, or nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.facts.base import Field, Question
from govscore.i18n import gettext as _
from govscore.scheme.policies import policy_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import App

    from govscore.events import FactRow
    from govscore.scheme.model import Scheme


def asks_note(scheme: Scheme, item: str) -> bool:
    """Whether a published explanation changes what an item is worth that is not applicable."""
    found = scheme.items.get(item)
    return found is not None and found.kind == "base" and policy_of(scheme, found).without_note is not None


def ask_why_not(
    app: App[None],
    title: str,
    texts: Sequence[str],
    *,
    scheme: Scheme,
    item: str,
    row: FactRow,
    then: Callable[[str, bool], None],
) -> None:
    """Asks for the reason, and for the note where it counts.

    Args:
        app: whose screens.
        title: the question.
        texts: what stands below it.
        scheme: which.
        item: about what.
        row: what stands in the boxes already: `reason` and `note`.
        then: is told reason and whether an explanation is published, unless the question is given up.
    """
    from govscore.tui.screens.question import AskText
    from govscore.tui.screens.row import RowQuestion

    if not asks_note(scheme, item):
        plain = AskText(title, texts, label=_("Reason"), value=row.reason)
        app.push_screen(plain, lambda reason: None if reason is None else then(reason, False))
        return
    said = (("no", _("no explanation is published")), ("yes", _("an explanation is published")))
    boxes = (
        Field(fact="", column="note", label=_("note"), kind="choice", options=said),
        Field(fact="", column="reason", label=_("Reason"), kind="text"),
    )
    question = Question(id="", title=title, ask="note", fields=boxes)
    app.push_screen(
        RowQuestion(question, row, scheme.period, texts),
        lambda answer: None if answer is None else then(answer.reason, answer.note == "yes"),
    )
