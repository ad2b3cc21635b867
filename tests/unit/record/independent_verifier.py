"""Verifies a record: written from `docs/record-format.md` alone, with the standard library only."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import sys
import unicodedata
from pathlib import Path
from typing import Any

KEYS = {
    "opened": {"edition", "people", "program", "scheme_name", "scheme_text", "units"},
    "decision": {"finding", "item", "replaces", "unit"},
    "decision_withdrawn": {"item", "reason", "replaces", "unit"},
    "submitted": {"head", "note", "result_digest"},
    "approved": {"head", "note", "result_digest"},
    "returned": {"head", "reason", "result_digest"},
}
ROW = {
    *("fact", "case", "state", "value", "of", "start", "finish"),
    *("matter", "sharers", "tags", "note", "reason"),
}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)


def faults(path: Path, anchor: tuple[int, str] | None = None) -> list[str]:
    """One short text for every fault found; an empty list if the record holds together."""
    found: list[str] = []
    header = path.read_bytes()[:100]
    if header[68:72] != bytes.fromhex("676f7673"):
        return ["application_id"]
    connection = sqlite3.connect(path)
    if connection.execute("PRAGMA user_version").fetchone() != (1,):
        found.append("user_version")
    rows = connection.execute("SELECT number, CAST(body AS BLOB), hash FROM event ORDER BY number").fetchall()
    connection.close()
    previous = b"\0" * 32
    last: dict[tuple[str, str, str], tuple[int, str]] = {}
    for expected, (number, body, stored) in enumerate(rows, 1):
        if number != expected:
            found.append(f"number {number}")
        if hash_of(previous, number, body) != stored:
            found.append(f"hash {number}")
        found += [f"body {number}: {fault}" for fault in body_faults(number, body, last)]
        if anchor and anchor[0] == number and anchor[1] != stored.hex():
            found.append(f"anchor {number}")
        previous = stored
    if not rows:
        found.append("empty")
    if anchor and len(rows) < anchor[0]:
        found.append("cut")
    return found


def hash_of(previous: bytes, number: int, body: bytes) -> bytes:
    return hashlib.sha256(b"govscore/event/1\0" + previous + number.to_bytes(8, "big") + body).digest()


def body_faults(number: int, data: bytes, last: dict[tuple[str, str, str], tuple[int, str]]) -> list[str]:
    try:
        text = data.decode()
        body: dict[str, Any] = json.loads(text)
    except ValueError:
        return ["no JSON"]
    found = []
    if json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")) != text:
        found.append("form")
    if unicodedata.normalize("NFC", text) != text or not only_allowed(body):
        found.append("values")
    kind = body.get("type")
    if (kind == "opened") != (number == 1):
        found.append("opened")
    if kind not in KEYS:
        return [*found, "type"]
    optional = {"program", "reviewer"} if kind.startswith("decision") else {"program"}
    if body.keys() - optional != (KEYS[kind] | {"author", "time", "type"}) - {"program"}:
        return [*found, "keys"]
    if not body["author"] or not TIME.fullmatch(body["time"]):
        found.append("author or time")
    if kind == "decision" and not finding_is_sound(body["finding"]):
        found.append("finding")
    if kind.startswith("decision"):
        where = (body["unit"], body["item"], body.get("reviewer", ""))
        before, kind_before = last.get(where, (None, ""))
        if body["replaces"] != before or (kind == "decision_withdrawn" and kind_before != "decision"):
            found.append("replaces")
        last[where] = (number, kind)
    return found


def finding_is_sound(finding: dict[str, Any]) -> bool:
    rows = finding.get("rows", [])
    return finding.keys() == {"state", "rows", "reason", "evidence"} and all(
        set(row) <= ROW and all(row.values()) for row in rows
    )


def only_allowed(value: object) -> bool:
    if isinstance(value, dict):
        return all(map(only_allowed, value.values()))
    if isinstance(value, list):
        return all(map(only_allowed, value))
    return value is None or isinstance(value, str) or (type(value) is int and abs(value) < 10**15)


if __name__ == "__main__":
    faults_found = faults(Path(sys.argv[1]))
    sys.stdout.write("\n".join(faults_found or ["ok"]) + "\n")
    sys.exit(bool(faults_found))
