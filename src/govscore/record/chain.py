"""The hash chain: how an event's hash follows from the event before it.

Invariant: the bytes hashed are those of `docs/record-format.md`, "Hash chain", and never change
within a format.
"""

from __future__ import annotations

import hashlib
from typing import Final

FIRST: Final = bytes(32)
"""What stands in the place of the hash before the first event."""
_PURPOSE: Final = b"govscore/event/1\0"


def event_hash(previous: bytes, number: int, body: bytes) -> bytes:
    """SHA-256 of purpose (17 bytes), previous hash (32), number (8, big endian) and body."""
    return hashlib.sha256(_PURPOSE + previous + number.to_bytes(8, "big") + body).digest()
