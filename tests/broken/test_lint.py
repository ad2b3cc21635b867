"""Every warning has a doubtful file, is told at its place in two languages, and can be accepted."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest
import tomli

from govscore import load_scheme, load_units
from govscore.errors import message_kinds
from govscore.i18n import speaking
from govscore.lint import Found, look_over
from govscore.scheme.warning_kinds import WARNINGS

FOLDER: Final = Path(__file__).with_name("lint")
FILES: Final = sorted(path.name for path in FOLDER.glob("W*.toml"))
EXPECTED: Final[dict[str, list[dict[str, Any]]]] = tomli.loads((FOLDER / "expected.toml").read_text("utf-8"))


def found(name: str, monkeypatch: pytest.MonkeyPatch, extra: str = "") -> Found:
    """What is found in a file of the folder, with its units if it has any."""
    monkeypatch.chdir(FOLDER)
    scheme = load_scheme(Path(name)) if not extra else load_scheme(text=Path(name).read_text("utf-8") + extra)
    roster = Path(name).with_suffix(".csv")
    return look_over(scheme, load_units(roster, scheme) if roster.exists() else None)


def test_every_warning_has_a_doubtful_file() -> None:
    ids = {id for id in message_kinds() if id.startswith("W")}
    assert ids == set(WARNINGS) == {name.removesuffix(".toml").split("--")[0] for name in FILES}
    assert sorted(EXPECTED) == FILES


def test_what_the_doubtful_files_are_made_from_is_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found("sound.toml", monkeypatch) == Found(warnings=(), accepted=())


@pytest.mark.parametrize("name", FILES)
def test_a_doubtful_scheme_is_told_exactly_what_is_doubtful(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    warnings = found(name, monkeypatch).warnings
    told = [(each.id, str(each.place)) for each in warnings]
    assert told == [(each["id"], each["place"]) for each in EXPECTED[name]]
    assert name.removesuffix(".toml").split("--")[0] in {id for id, _place in told}
    for language in ("en", "zh_CN"):
        with speaking(language):
            for each, wanted in zip(warnings, EXPECTED[name], strict=True):
                said = str(each)
                assert [word for word in wanted["words"] if word not in said] == []
                assert said.endswith(f"[{each.id}]")
                assert "{" not in said, "a placeholder was left open"


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("W023")])
def test_a_warning_is_accepted_by_its_id(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = found(name, monkeypatch).warnings
    ids = sorted({each.id for each in before})
    accept = ", ".join(f'{id} = "按原文"' for id in ids)
    after = found(name, monkeypatch, f"\n[lint]\naccept = {{ {accept} }}\n")
    assert after.warnings == ()
    assert [each.id for each in after.accepted] == [each.id for each in before]


def test_what_needs_the_units_is_not_called_in_vain_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    extra = '\n[lint]\naccept = { W016 = "名称无误", W012 = "按原文" }\n'
    assert [each.data["found"] for each in found("sound.toml", monkeypatch, extra).warnings] == ["W012"]


def test_accepting_changes_no_meaning() -> None:
    text = (FOLDER / "W003.toml").read_text("utf-8")
    accepted = load_scheme(text=text + '\n[lint]\naccept = { W003 = "按原文" }\n')
    assert accepted.meaning() == load_scheme(text=text).meaning()


def test_the_warnings_are_in_the_order_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [each.place.line for each in found("W018.toml", monkeypatch).warnings]
    assert lines == sorted(lines)
    assert len(lines) > 1


def test_a_mapping_is_looked_over_too() -> None:
    data = tomli.loads((FOLDER / "W003.toml").read_text("utf-8"))
    (only,) = look_over(load_scheme(data)).warnings
    assert (only.id, str(only.place)) == ("W003", "base[0].rule.minus[0].once")
