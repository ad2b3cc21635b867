"""The record: append-only events of one assessment in one file, chained by hashes.

Invariant: an acknowledged event survives a crash, and a change to it can be detected.
"""

from govscore.record.replay import approval_steps, approvals, decisive, history, latest
from govscore.record.store import ConflictError, Record

__all__ = ["ConflictError", "Record", "approval_steps", "approvals", "decisive", "history", "latest"]
