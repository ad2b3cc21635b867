"""A start and a fact type of somebody else's package: found by entry point, no file of ours changes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

SOURCE: Final = Path(__file__).resolve().parents[3] / "src"

MODULE: Final = '''
"""Pieces count in pairs; they are handed in as dozens and single ones."""

from typing import Literal

from govscore.facts.base import FactType, Field, Question, Subject
from govscore.rules.base import Rule, Start
from govscore.rules.values import AmountValue


class Dozens(FactType):
    ask: Literal["dozens"] = "dozens"

    @property
    def columns(self):
        return ("x",)

    def question(self, id):
        boxes = (Field(fact=id, label="dozens"), Field(fact=id, column="of", label="single", required=False))
        return Question(id=id, title=self.label(id), ask="dozens", fields=boxes, clean=True)

    def read(self, rows, reader):
        row = reader.single(rows)
        dozens = reader.whole(row)
        single = reader.whole(row, column="of") if row.of else 0
        return None if dozens is None or single is None else {"x": 12 * dozens + single}

    def subjects(self):
        return {"": Subject(kind="count")}

    def clean_values(self):
        return {"x": 0}


class Pairs(Rule):
    kind: Literal["pairs"] = "pairs"
    of: str
    each: AmountValue

    def start(self, view, frame, note):
        pairs = view.count(self.of) // 2
        points = view.amount(pairs, self.each.of(view.full))
        note(
            "start",
            points=points,
            expression=lambda: f"{int(pairs[0])} × {self.each.term(view.full)}",
            sentence=lambda: f"pairs of {self.of}",
        )
        return Start(points)

    def start_words(self, frame):
        return f"{self.each} for each pair of {self.of}"

    def start_amounts(self):
        return ((("each",), self.each),)
'''

ENTRY_POINTS: Final = """
[govscore.rules]
pairs = local_rules:Pairs

[govscore.facts]
dozens = local_rules:Dozens
"""

SCHEME: Final = """
format = 1
[scheme]
id = "third"
title = "第三方"
period = { from = 2024-01-01, to = 2024-12-31 }
points_source = "illustrative"
[groups]
all = "全部"
[total]
full_marks = 10
places = 2
floor_at = "item"
not_applicable = { policy = "rescale", to = "own", within = "part" }
[rank]
ties = "share"
[[base]]
id = "1"
title = "信息"
points = 10
facts.eggs = { ask = "dozens", title = "信息条数" }
rule = { kind = "pairs", of = "eggs", each = "5 %", minus = [{ id = "late", title = "迟报", each = 0.25 }] }
[[veto]]
id = "v"
title = "过少"
when = "1/eggs < 2"
effect = { at_most = 1 }
"""

SCRIPT: Final = """
import json, sys
from govscore import explain, score
from govscore.errors import InputError
from govscore.facts.rows import Row
from govscore.i18n import use_language
from govscore.scheme.read import read_scheme
from govscore.scheme.units import Unit
from govscore.scoring.facts import read_facts

use_language("en")
text = sys.stdin.read()
scheme = read_scheme(text)
item = scheme.items["1"]
units = (Unit(unit="u", name="甲", group="all"),)
rows = [
    Row(unit="u", item="1", fact="eggs", value="1", of="3"),
    Row(unit="u", item="1", fact="late", value="2"),
]
result = score(scheme, read_facts(rows, scheme, units), units)
trace = explain(result, "u").items[0]
try:
    read_scheme(text.replace('"pairs"', '"pair"').replace('"dozens"', '"dozen"'))
    nearest = []
except InputError as refused:
    nearest = [problem.nearest for problem in refused.problems]
print(json.dumps({
    "points": str(result["u"].total),
    "arithmetic": trace.arithmetic,
    "begin": trace.steps[0].text,
    "questions": [[field.label for field in question.fields] for question in item.questions],
    "words": item.words(),
    "nearest": nearest,
}))
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder that holds the package as pip would have installed it."""
    (tmp_path / "local_rules.py").write_text(MODULE, encoding="utf-8")
    metadata = tmp_path / "local_rules-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: local-rules\nVersion: 1.0\n", encoding="utf-8"
    )
    (metadata / "entry_points.txt").write_text(ENTRY_POINTS, encoding="utf-8")
    return tmp_path


def run(folder: Path | None) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(str(each) for each in (folder, SOURCE) if each is not None)
    return subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input=SCHEME,
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_a_start_and_a_fact_type_of_another_package_work_everywhere(package: Path) -> None:
    """Reading, scoring, explaining, the form, the rule in words, and the nearest spelling."""
    done = run(package)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    # 12 + 3 = 15 pieces are 7 pairs: 7 × 5 % × 10 = 3.5; 3.5 − 2 × 0.25 = 3
    assert answer["points"] == "3"
    assert answer["arithmetic"] == "7 × 5 % × 10 = 3.5; 3.5 − 2 × 0.25 = 3"
    assert answer["begin"] == "pairs of eggs: 7 × 5 % × 10 = 3.5"
    assert answer["questions"] == [["dozens", "single"], ["迟报"]]
    assert answer["words"].startswith("5 % for each pair of eggs; ")
    assert answer["nearest"] == ["dozens", "pairs"]


def test_without_the_package_its_words_are_unknown() -> None:
    done = run(None)
    assert done.returncode != 0
    assert "InputError" in done.stderr
