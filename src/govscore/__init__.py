"""govscore: exact, explained scores for the assessment of government units (政务公开考核).

    import govscore

    scheme = govscore.load_scheme("scheme.toml")
    units = govscore.load_units("units.csv", scheme)
    facts = govscore.load_facts("findings.csv", scheme, units)
    result = govscore.score(scheme, facts, units)

Everything here is loaded when it is first used, so that importing govscore stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from govscore.analysis.whatif import WhatIf, what_if
    from govscore.errors import GovscoreError, InputError, Problem, RefusedError, StorageError
    from govscore.i18n import use_language
    from govscore.intake.load import load_facts, load_scheme, load_units
    from govscore.points import Points
    from govscore.scheme.model import Scheme
    from govscore.scheme.units import Unit
    from govscore.scoring.facts import Facts
    from govscore.scoring.result import ItemResult, Result, UnitResult
    from govscore.scoring.score import score
    from govscore.scoring.trace import ItemTrace, UnitTrace, explain

__version__ = "0.1.0"

_HOMES: Final = {
    "Facts": "govscore.scoring.facts",
    "GovscoreError": "govscore.errors",
    "InputError": "govscore.errors",
    "ItemResult": "govscore.scoring.result",
    "ItemTrace": "govscore.scoring.trace",
    "Points": "govscore.points",
    "Problem": "govscore.errors",
    "RefusedError": "govscore.errors",
    "Result": "govscore.scoring.result",
    "Scheme": "govscore.scheme.model",
    "StorageError": "govscore.errors",
    "Unit": "govscore.scheme.units",
    "UnitResult": "govscore.scoring.result",
    "UnitTrace": "govscore.scoring.trace",
    "WhatIf": "govscore.analysis.whatif",
    "explain": "govscore.scoring.trace",
    "load_facts": "govscore.intake.load",
    "load_scheme": "govscore.intake.load",
    "load_units": "govscore.intake.load",
    "score": "govscore.scoring.score",
    "use_language": "govscore.i18n",
    "what_if": "govscore.analysis.whatif",
}

__all__ = [
    "Facts",
    "GovscoreError",
    "InputError",
    "ItemResult",
    "ItemTrace",
    "Points",
    "Problem",
    "RefusedError",
    "Result",
    "Scheme",
    "StorageError",
    "Unit",
    "UnitResult",
    "UnitTrace",
    "WhatIf",
    "explain",
    "load_facts",
    "load_scheme",
    "load_units",
    "score",
    "use_language",
    "what_if",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
