"""The language of a process: asked for on the command line or in the environment."""

from __future__ import annotations

import gettext
import importlib.metadata
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from govscore import i18n
from govscore.cli import speech
from govscore.cli.root import govscore
from tools import catalogue, msgids

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Run


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (["--lang", "en", "score"], "en"),
        (["score", "--lang=en"], "en"),
        (["score", "--", "--lang", "en"], ""),
        (["score", "--lang"], ""),
        (["score"], ""),
    ],
)
def test_the_option_counts_wherever_it_stands(arguments: list[str], asked: str) -> None:
    assert speech.asked_for(arguments) == asked


def test_the_environment_is_asked_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVSCORE_LANG", "en")
    assert speech.asked_for(["score"]) == "en"
    assert speech.asked_for(["--lang", "zh_CN"]) == "zh_CN"


def test_what_was_set_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "fr")
    with speech.speaking_for(["--lang", "en"]):
        assert (i18n.language(), os.environ["LANGUAGE"]) == ("en", "en")
    assert (i18n.language(), os.environ["LANGUAGE"]) == ("zh_CN", "fr")
    assert gettext.textdomain() == "messages"
    monkeypatch.delenv("LANGUAGE")
    with speech.speaking_for([]):
        assert os.environ["LANGUAGE"] == "zh_CN"
    assert "LANGUAGE" not in os.environ


@pytest.mark.parametrize("where", ["option", "environment"])
def test_an_unknown_language_is_refused_with_the_known_ones(where: str, run: Run) -> None:
    done = run("--lang", "fr") if where == "option" else run(env={"GOVSCORE_LANG": "fr"})
    assert done.code == 2
    assert done.out == ""
    assert "zh_CN, en" in done.err


def test_english_is_english(process: Run) -> None:
    for done in (process("--lang", "en", "--help"), process("--help", env={"GOVSCORE_LANG": "en"})):
        assert done.out.isascii()
        assert "Usage: govscore" in done.out


def test_every_message_of_the_click_that_was_looked_at_is_translated() -> None:
    if not importlib.metadata.version("click").startswith("8.5."):
        pytest.skip("another click: its new messages show in English until they are translated")
    used = msgids.extract(Path(click.__file__).parent).messages
    path = catalogue.po_path("zh_CN").with_name("click.po")
    held = {catalogue.key_of(entry) for entry in catalogue.entries(catalogue.read(path, "zh_CN"))}
    assert set(used) <= held


def test_the_language_may_stand_behind_the_command() -> None:
    done = CliRunner().invoke(govscore, ["check", "/nonexistent/scheme.toml", "--lang", "en"])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.isascii() or "“" in done.stderr
