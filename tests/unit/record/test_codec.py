"""Bodies to canonical JSON and back; hostile text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govscore.errors import InputError
from govscore.events import Approved, Decision, DecisionWithdrawn, FactRow, Finding, Unknown
from govscore.record.codec import LARGEST_BODY, BodyError, canonical, from_json, is_canonical, to_json
from govscore.text import normal
from tests.unit.record.samples import AUTHOR, OPENED, TIME, decision, new_record

if TYPE_CHECKING:
    from pathlib import Path

    from govscore.events import Body

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(normal)
IDS = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,8}", fullmatch=True)
ROWS = st.builds(FactRow, fact=TEXT, value=TEXT, of=TEXT, tags=TEXT, reason=TEXT)
FINDINGS = st.builds(
    Finding,
    state=st.sampled_from(["", "na", "none"]),
    rows=st.lists(ROWS, max_size=3).map(tuple),
    reason=TEXT,
)
BODIES = st.one_of(
    st.builds(Decision, unit=IDS, item=IDS, finding=FINDINGS, replaces=st.none() | st.integers(1, 10**9)),
    st.builds(DecisionWithdrawn, unit=IDS, item=IDS, replaces=st.integers(1, 10**9), reason=TEXT),
    st.builds(Approved, result_digest=TEXT, head=TEXT, note=TEXT),
)


@given(body=BODIES, program=TEXT)
def test_a_body_survives_the_way_there_and_back(body: Body, program: str) -> None:
    text = to_json(body, author=AUTHOR, time=TIME, program=program)
    envelope = from_json(text)
    assert (envelope.body, envelope.author, envelope.time, envelope.program) == (body, AUTHOR, TIME, program)
    assert is_canonical(text, envelope)


def test_what_is_empty_in_a_row_is_left_out() -> None:
    finding = json.loads(to_json(decision(), author=AUTHOR, time=TIME))["finding"]
    assert finding == {
        "evidence": "",
        "reason": "抽查",
        "rows": [{"fact": "form", "value": "1"}],
        "state": "",
    }


def test_texts_are_stored_in_normal_form_c() -> None:
    text = to_json(Approved(result_digest="", head="", note="e\u0301"), author=AUTHOR, time=TIME)
    assert "\u00e9" in text
    assert from_json(text).body == Approved(result_digest="", head="", note="\u00e9")


@pytest.mark.parametrize(
    "hostile", ["\0", "\x1b[2J", "\u202e\u2066", "\r\n\t\u2028", "'); DROP TABLE event;--", "𠮷"]
)
def test_hostile_text_comes_back_as_it_went(tmp_path: Path, hostile: str) -> None:
    with new_record(tmp_path) as record:
        event = record.append(
            Approved(result_digest=hostile, head=hostile, note=hostile), hostile + "x", TIME
        )
        assert event.body == Approved(result_digest=hostile, head=hostile, note=hostile)
        assert record.events()[-1] == event
        assert record.verify() == []


def test_a_reason_of_a_megabyte_is_kept(tmp_path: Path) -> None:
    reason = "理由\x1b" * 333_333
    with new_record(tmp_path) as record:
        record.append(Decision(unit="jy", item="1", finding=Finding(reason=reason)), AUTHOR, TIME)
        body = record.events()[-1].body
        assert isinstance(body, Decision)
        assert body.finding.reason == reason
        assert record.verify() == []


@pytest.mark.parametrize(
    ("body", "author", "time", "id"),
    [
        (Approved(result_digest="\ud800", head=""), AUTHOR, TIME, "record.surrogate"),
        (Approved(result_digest="", head=""), "张\udcff", TIME, "record.surrogate"),
        (Approved(result_digest=1.5, head=""), AUTHOR, TIME, "record.value"),  # type: ignore[arg-type]
        (Approved(result_digest=True, head=""), AUTHOR, TIME, "record.value"),  # type: ignore[arg-type]
        (decision(replaces=10**15), AUTHOR, TIME, "record.value"),
        (decision(item="a\0b"), AUTHOR, TIME, "record.identifier"),
        (decision(unit=" "), AUTHOR, TIME, "record.identifier"),
        (Approved(result_digest="x" * LARGEST_BODY, head=""), AUTHOR, TIME, "record.too_long"),
        (OPENED, " ", TIME, "record.author"),
        (OPENED, AUTHOR, "2024-12-02T09:30:00", "record.time"),
        (OPENED, AUTHOR, "2024-13-02T09:30:00+08:00", "record.time"),
        (OPENED, AUTHOR, "2024-12-02\x0009:30:00+08:00", "record.time"),
        (OPENED, AUTHOR, "２024-12-02T09:30:00+08:00", "record.time"),
    ],
)
def test_what_a_record_does_not_take_is_refused_with_a_message(
    body: Body, author: str, time: str, id: str
) -> None:
    with pytest.raises(InputError) as caught:
        to_json(body, author=author, time=time)
    assert [each.id for each in caught.value.problems] == [id]
    assert str(caught.value).isprintable() or "\n" in str(caught.value)


GOOD = to_json(decision(), author=AUTHOR, time=TIME)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"type":"decision"}',
        GOOD.replace("null", "1.0"),
        GOOD.replace("null", "NaN"),
        GOOD.replace("null", '"1"'),
        GOOD.replace("null", "true"),
        GOOD.replace('"rows":[', '"rows":[1,'),
        GOOD.replace('"rows":[', '"rows":{},"x":['),
        GOOD.replace('"value":"1"', '"value":1'),
        GOOD.replace('"value":"1"', '"value":"1","更多":""'),
        GOOD.replace('"unit":', '"unit":"a","z":'),
        to_json(OPENED, author=AUTHOR, time=TIME).replace('["reviewer"]', "[7]"),
    ],
)
def test_a_text_that_is_no_body_is_refused(text: str) -> None:
    with pytest.raises(BodyError):
        from_json(text)


@pytest.mark.parametrize(
    "text",
    [
        GOOD + " ",
        GOOD.replace(",", ", "),
        GOOD.replace("抽查", "\\u62bd查"),
        GOOD.replace('"value":"1"', '"note":"","value":"1"'),
        GOOD.replace('"state":""', '"state":"","state":""'),
        GOOD.replace("抽查", "e\u0301"),
        GOOD.replace("抽查", "\\ud800"),
        '{"time":"","author":"","type":"later"}',
    ],
)
def test_another_way_to_write_the_same_is_noticed(text: str) -> None:
    assert not is_canonical(text, from_json(text))


def test_an_unknown_type_is_kept_as_text() -> None:
    text = canonical({"author": "a", "type": "later", "time": "t", "program": "p 2"})
    envelope = from_json(text)
    assert envelope.body == Unknown(type="later", text=text)
    assert envelope.program == "p 2"
    assert is_canonical(text, envelope)
