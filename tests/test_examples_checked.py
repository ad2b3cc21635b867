"""Every example folder passes `govscore check --strict`, findings read before the scheme is looked over."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from govscore.cli.root import govscore

EXAMPLES: Final = Path(__file__).parent.parent / "examples"
FOLDERS: Final = sorted(each.parent.name for each in EXAMPLES.glob("*/scheme.toml"))


@pytest.mark.parametrize("name", FOLDERS)
def test_an_example_is_sound_and_raises_no_warning(name: str) -> None:
    done = CliRunner().invoke(govscore, ["check", "--strict", str(EXAMPLES / name)])
    assert (done.exit_code, done.stderr) == (0, "")
