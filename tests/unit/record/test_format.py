"""`docs/record-format.md` says what the program does, byte for byte."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from govscore.events import Decision, DecisionWithdrawn, Opened
from govscore.record import Record
from govscore.record.codec import TYPES, from_json, is_canonical
from govscore.record.schema import OBJECTS
from tests.unit.record.independent_verifier import KEYS, ROW, faults

PAGE = (Path(__file__).parents[3] / "docs" / "record-format.md").read_text(encoding="utf-8")


def example() -> list[tuple[int, str, str]]:
    """Number, hash and body of each event of the page's example."""
    return [
        (int(number), hash, body)
        for number, hash, body in re.findall(r"^(\d+) ([0-9a-f]{64})\n(.+)$", PAGE, re.MULTILINE)
    ]


def test_the_example_has_the_hashes_that_the_page_says() -> None:
    before = bytes(32)
    for number, hash, body in example():
        before = sha256(b"govscore/event/1\x00" + before + number.to_bytes(8, "big") + body.encode()).digest()
        assert before.hex() == hash
    assert len(example()) == 3
    short = " ".join(before.hex()[at : at + 4] for at in range(0, 16, 4))
    assert f"anchor: 3, `{short}`" in PAGE


def test_the_program_writes_the_example(tmp_path: Path) -> None:
    envelopes = [from_json(body) for _, _, body in example()]
    assert all(is_canonical(body, each) for each, (_, _, body) in zip(envelopes, example(), strict=True))
    opened, *others = envelopes
    assert isinstance(opened.body, Opened)
    with Record.create(tmp_path / "record.sqlite", opened.body, opened.author, opened.time) as record:
        for each in others:
            assert isinstance(each.body, Decision | DecisionWithdrawn)
            record.append(each.body, each.author, each.time)
        stored = record._connection.execute("SELECT number, lower(hex(hash)), body FROM event").fetchall()
        path = record.path
    assert stored == example()
    assert faults(path, example()[-1][:2]) == []


def test_the_page_holds_the_tables_and_every_key() -> None:
    for text in OBJECTS.values():
        assert text in PAGE
    for word in {*TYPES, *ROW, *(key for keys in KEYS.values() for key in keys)}:
        assert f"`{word}`" in PAGE
    assert set(KEYS) == set(TYPES)


def test_the_page_promises_no_more_than_it_can_keep() -> None:
    assert "tamper-proof" not in PAGE
    assert "防篡改" not in PAGE
    assert "changes can be detected (up to this anchor)" in PAGE


def test_the_independent_verifier_is_short_and_knows_nothing_of_the_program() -> None:
    source = Path(__file__).with_name("independent_verifier.py").read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 200
    assert "import govscore" not in source
    assert "from govscore" not in source
