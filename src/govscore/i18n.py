"""Every visible sentence: looked up in a gettext catalogue, Chinese unless told otherwise.

Invariant: a sentence is translated when it is shown, never when it is made, so that one problem
can be printed in either language. The msgids are English; `locales/` holds the compiled catalogues.
"""

from __future__ import annotations

import gettext as _gettext
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

DOMAIN: Final = "govscore"
LANGUAGES: Final = ("zh_CN", "en")
DEFAULT_LANGUAGE: Final = "zh_CN"
LOCALE_DIR: Final = Path(__file__).with_name("locales")

_chosen: list[str] = [DEFAULT_LANGUAGE]


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    return _gettext.translation(DOMAIN, LOCALE_DIR, languages=[language], fallback=True)


def language() -> str:
    """The language sentences are shown in: "zh_CN" or "en"."""
    return _chosen[0]


def use_language(name: str) -> None:
    """Show sentences in this language from now on, in every thread of this process.

    Raises:
        ValueError: not one of `LANGUAGES`.
    """
    if name not in LANGUAGES and not (name.isidentifier() and (LOCALE_DIR / name).is_dir()):
        raise ValueError(name)
    _chosen[0] = name


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Show sentences in this language inside the block only."""
    before = _chosen[0]
    use_language(name)
    try:
        yield
    finally:
        _chosen[0] = before


def gettext(message: str) -> str:
    """The sentence in the language that is set."""
    return _catalogue(language()).gettext(message) if message else ""


def ngettext(singular: str, plural: str, number: int) -> str:
    """The sentence for this number in the language that is set."""
    return _catalogue(language()).ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """The sentence in a context that tells two meanings of one English word apart."""
    return _catalogue(language()).pgettext(context, message)


@cache
def _foreign_catalogue(domain: str, folder: Path, language: str) -> _gettext.NullTranslations:
    return _gettext.translation(domain, folder, languages=[language], fallback=True)


class Catalogue(NamedTuple):
    """The sentences of another package, shown in the language that is set here."""

    domain: str
    folder: Path
    """Holds `zh_CN/LC_MESSAGES/DOMAIN.mo`; what is not in it is shown as its msgid."""

    def gettext(self, message: str) -> str:
        """The sentence in the language that is set."""
        return _foreign_catalogue(self.domain, self.folder, language()).gettext(message) if message else ""

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The sentence for this number in the language that is set."""
        return _foreign_catalogue(self.domain, self.folder, language()).ngettext(singular, plural, number)


class Sentence(str):
    """A msgid, told apart from foreign text that happens to be spelled like one."""

    __slots__ = ()


def mark_for_translation(message: str) -> Sentence:
    """Marks a sentence for the catalogue; it is translated where it is shown."""
    return Sentence(message)
