"""The language of this process: ours and click's, set before anything is said.

Click looks its own messages up with the standard library's `gettext`, in the domain that is set
then and in the language that `LANGUAGE` names; `locales/` holds a domain `click` for it.
Invariant: what is set here is set back when the command has ended.
"""

from __future__ import annotations

import gettext
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from govscore import i18n

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VARIABLE: Final = "GOVSCORE_LANG"
OPTION: Final = "--lang"
CLICK_DOMAIN: Final = "click"
_GNU_VARIABLE: Final = "LANGUAGE"


def speak(language: str) -> None:
    """Says everything in this language from now on.

    Raises:
        ValueError: there is no such language.
    """
    i18n.use_language(language)
    os.environ[_GNU_VARIABLE] = language


@contextmanager
def speaking_for(arguments: Sequence[str]) -> Iterator[None]:
    """Inside the block everything is said in the language that these arguments ask for.

    A language that does not exist changes nothing here: the option itself refuses it later.
    """
    before, domain = os.environ.get(_GNU_VARIABLE), gettext.textdomain()
    asked = asked_for(arguments)
    with i18n.speaking(i18n.language()):
        gettext.bindtextdomain(CLICK_DOMAIN, str(i18n.LOCALE_DIR))
        gettext.textdomain(CLICK_DOMAIN)
        try:
            speak(i18n.language())
            if asked in i18n.LANGUAGES:
                speak(asked)
            yield
        finally:
            gettext.textdomain(domain)
            if before is None:
                del os.environ[_GNU_VARIABLE]
            else:
                os.environ[_GNU_VARIABLE] = before


def asked_for(arguments: Sequence[str]) -> str:
    """The language named by `--lang`, wherever it stands, else by the environment; "" if by neither.

    Help and usage errors are said before the option itself is read, so it is looked for first.
    """
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == OPTION and place + 1 < len(arguments):
            return arguments[place + 1]
        if argument.startswith(OPTION + "="):
            return argument.removeprefix(OPTION + "=")
    return os.environ.get(VARIABLE, "")
