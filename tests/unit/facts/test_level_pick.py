"""The pick of a level."""

from __future__ import annotations

from govscore.facts.level_pick import LevelPick
from govscore.i18n import speaking


def test_it_is_called_in_the_language_set_when_it_is_shown() -> None:
    pick = LevelPick(options=(("full", "有"), ("none", "无")))
    said = []
    for language in ("zh_CN", "en"):
        with speaking(language):
            said.append((pick.question("level").title, pick.label("level")))
    assert said == [("等次", "等次"), ("level", "level")]
