"""Sentences come from the catalogue of the language that is set."""

from __future__ import annotations

import re

import pytest

from govscore import i18n
from tools import catalogue


def test_chinese_is_the_default() -> None:
    assert i18n.DEFAULT_LANGUAGE == "zh_CN"
    assert i18n.language() == "zh_CN"


def test_a_language_holds_until_another_is_set() -> None:
    i18n.use_language("en")
    assert i18n.language() == "en"


@pytest.mark.parametrize("name", ["", ".", "..", "fr", "zh_CN/LC_MESSAGES", "../locales", "C"])
def test_an_unknown_language_is_refused_and_changes_nothing(name: str) -> None:
    with pytest.raises(ValueError, match=re.escape(name) + r"\Z"):
        i18n.use_language(name)
    assert i18n.language() == "zh_CN"


def test_speaking_holds_inside_the_block_only_whatever_happens_there() -> None:
    inside: list[str] = []

    @i18n.speaking("en")
    def fails() -> None:
        inside.append(i18n.language())
        raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert inside == ["en"]
    assert i18n.language() == "zh_CN"


def test_no_sentence_is_still_no_sentence() -> None:
    """gettext gives its header for an empty msgid."""
    assert i18n.gettext("") == ""


def test_a_sentence_without_translation_is_shown_as_it_is() -> None:
    assert i18n.gettext("never written anywhere") == "never written anywhere"
    assert i18n.ngettext("{n} never", "{n} nevers", 2) in {"{n} never", "{n} nevers"}
    assert i18n.pgettext("nowhere", "never") == "never"
    assert i18n.mark_for_translation("never") == "never"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_compiled_catalogue_of_each_language_is_there(language: str) -> None:
    assert (i18n.LOCALE_DIR / language / "LC_MESSAGES" / "govscore.mo").is_file()


def test_a_sentence_is_translated_when_shown() -> None:
    kept = i18n.mark_for_translation("expected: {what}")
    assert "expected" not in i18n.gettext(kept)
    with i18n.speaking("en"):
        assert i18n.gettext(kept) == "expected: {what}"


def test_the_pseudo_language_wraps_every_sentence(pseudo: str) -> None:
    assert i18n.language() == pseudo == catalogue.PSEUDO
    assert i18n.gettext("expected: {what}") == "⟦expected: {what}⟧"
