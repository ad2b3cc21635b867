"""What approval refuses, by id.

Invariant: an id never changes its meaning; each has a refused request in `tests/broken/test_approval.py`.
"""

from __future__ import annotations

from typing import Final

from govscore.errors import message_kind
from govscore.i18n import mark_for_translation as N_

OPEN_ITEMS: Final = message_kind(
    "approval.open-items",
    N_("{name} ({unit}) has open items: {items}"),
    N_("a result without open items"),
    N_("Review them, or mark what is not applicable."),
)
ALREADY_SUBMITTED: Final = message_kind(
    "approval.already-submitted",
    N_("this very result was submitted by {author} at {time} and awaits approval"),
    todo=N_("Nothing is to be done; a leader approves or returns it."),
)
ALREADY_APPROVED: Final = message_kind(
    "approval.already-approved",
    N_("this very result was approved by {author} at {time}"),
    todo=N_("Nothing is to be done."),
)
STILL_RETURNED: Final = message_kind(
    "approval.still-returned",
    N_("{author} returned this very result at {time}: {reason}"),
    N_("a result that was submitted after its return"),
    N_("Let a reviewer submit it again, with what was asked for."),
)
NOT_SUBMITTED: Final = message_kind(
    "approval.not-submitted",
    N_("no result was submitted"),
    N_("a submitted result"),
    N_("Submit the finished result first: govscore submit"),
)
CHANGED: Final = message_kind(
    "approval.changed",
    N_("decisions changed since then: {count}, the first on {name}, item {item}, by {author}"),
    N_("the result that was submitted"),
    N_("Look at what changed, and submit the new result: govscore submit"),
)
COMPUTED: Final = message_kind(
    "approval.computed-differently",
    N_("the result computed now is another than the one submitted, though no decision changed"),
    N_("the result that was submitted"),
    N_("Use the version of govscore that it was submitted with, or submit it again: govscore submit"),
)
REVIEWED: Final = message_kind(
    "approval.reviewed",
    N_("{author} reviewed in this assessment: {count} decisions, the first on unit {unit}, item {item}"),
    N_("a leader who made no decision in it"),
    N_("Let another leader approve or return it."),
)
BEGAN: Final = message_kind(
    "approval.began",
    N_("{author} began this record"),
    N_("a leader who neither began it nor imported findings"),
    N_("Let another leader approve or return it."),
)
REASON: Final = message_kind(
    "approval.reason-needed",
    N_("a return without a reason"),
    N_("what is to be changed, in words"),
    N_("State the reason: govscore return --reason TEXT"),
)
