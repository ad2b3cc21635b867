"""The sentences of this package, in a catalogue of its own; msgids are English."""

from pathlib import Path

from govscore.i18n import Catalogue

CATALOGUE = Catalogue("govscore_more_kinds", Path(__file__).with_name("locales"))
_ = CATALOGUE.gettext
