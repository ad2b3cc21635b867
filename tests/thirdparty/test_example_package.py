"""examples/third-party-kinds, installed as anybody would: every front door works with its kinds.

Worked by hand (5 points an item, full marks 10, nothing is rescaled):

    one    1 + 1.5 + 1 + 30 % × 5 = 5;              5 × 87.5 ÷ 100 = 4.375;     9.375
    two    1 (no draft: what follows counts nothing) − 1 × 0.25 = 0.75;
           5 × 39.99 ÷ 100 = 1.9995, but below 40 %: 0;                        0.75
    three  1 + 1.5 − 2 × 0.25 = 2;                  5 × 60 ÷ 100 = 3;           5
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Final

import pytest

from govscore.facts.base import FactType
from govscore.rules.base import Rule
from tools import catalogue

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = ROOT / "examples" / "third-party-kinds"
SECONDS: Final = 300

DESK: Final = """
import json
from govscore import load_scheme, use_language
from govscore.facts.rows import Row
from govscore.review.form import Form
from govscore.scoring.facts import read_entry

use_language({language!r})
scheme = load_scheme("scheme.toml")
first, second = Form(scheme.items["1"], None), Form(scheme.items["2"], None)
first.choose(first.slots[0], "yes")
for key in "60.5":
    second.type(key)
print(json.dumps({{
    "labels": [slot.field.label for form in (first, second) for slot in form.slots if slot.field],
    "kinds": [slot.field.kind for form in (first, second) for slot in form.slots if slot.field],
    "typed": [[row.fact, row.value] for form in (first, second) for row in form.finding.rows],
    "words": [item.words() for item in scheme.items.values()],
}}))
"""


class Env:
    """An environment that has the package, beside what this one has."""

    def __init__(self, folder: Path) -> None:
        self.python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"

    def __call__(self, *arguments: str, at: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Runs Python there."""
        done = subprocess.run(
            [self.python, *arguments], cwd=at, stdin=subprocess.DEVNULL, capture_output=True,
            encoding="utf-8", timeout=SECONDS, env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> Env:
    """The package installed by pip, without a network."""
    folder = tmp_path_factory.mktemp("env")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True, timeout=SECONDS)
    made = Env(folder)
    site = made("-c", "import sysconfig; print(sysconfig.get_path('purelib'))", at=folder).stdout.strip()
    own = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), str(ROOT / "src")}
    (Path(site) / "tests.pth").write_text("\n".join(sorted(own)), encoding="utf-8")
    source = folder / "source"
    shutil.copytree(PACKAGE, source, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    options = ["--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check", "--quiet"]
    made("-m", "pip", "install", *options, str(source), at=folder)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the package's assessment."""
    return Path(shutil.copytree(PACKAGE / "assessment", tmp_path / "assessment"))


def test_the_kinds_are_found_by_their_entry_points(env: Env, folder: Path) -> None:
    home = env("-c", "import govscore_more_kinds as m; print(m.__file__)", at=folder).stdout
    assert "site-packages" in home
    done = env("-m", "govscore", "check", ".", at=folder)
    assert "2 个指标项" in done.stdout


def test_the_scores_are_those_worked_by_hand(env: Env, folder: Path) -> None:
    done = env("-m", "govscore", "score", "--format", "json", at=folder)
    units = {each["unit"]: each for each in json.loads(done.stdout)["units"]}
    assert {id: each["total"] for id, each in units.items()} == {"one": "9.375", "two": "0.75", "three": "5"}
    assert [units[id]["rank"] for id in ("one", "three", "two")] == [1, 2, 3]


def test_the_arithmetic_is_explained_in_both_languages(env: Env, folder: Path) -> None:
    zh = env("-m", "govscore", "explain", "one", at=folder).stdout
    assert "1 + 1.5 + 1 + 30 % × 5" in zh
    assert "5 × 87.5 ÷ 100 = 4.375" in zh
    steps = env("-m", "govscore", "explain", "one", "--format", "json", at=folder).stdout
    assert "达到“反馈采纳情况”" in steps
    command = ("-m", "govscore", "explain", "two", "1", "--lang", "en")
    assert "reached up to “列入目录”" in env(*command, "--format", "json", at=folder).stdout
    assert "steps reached in order: " in env(*command, at=folder).stdout


def test_the_schema_has_them_with_their_words(env: Env, folder: Path) -> None:
    schema = json.loads(env("-m", "govscore", "schema", at=folder).stdout)
    definitions = schema["$defs"]
    assert "milestones" in definitions["Rule"]["properties"]["kind"]["enum"]
    assert "score_of_100" in definitions["FactType"]["properties"]["ask"]["enum"]
    kind = definitions["Milestones"]["properties"]
    assert kind["kind"]["description"] == "从依次达到的各步分值之和起评。"
    assert kind["steps"]["description"].startswith("按先后列出各步")
    assert definitions["Step"]["properties"]["points"]["description"] == "达到这一步加多少分。"
    assert definitions["ScoreOf100"]["properties"]["by"]["description"] == "由谁评出，供阅读。"
    ours = json.loads(subprocess.run(
        [sys.executable, "-m", "govscore", "schema"], capture_output=True, check=True, timeout=SECONDS
    ).stdout)  # fmt: skip
    assert "milestones" not in ours["$defs"]["Rule"]["properties"]["kind"]["enum"]


@pytest.mark.parametrize(
    ("language", "by", "words"),
    [
        ("zh_CN", "第三方机构评分", "依次达到各步："),
        ("en", "score by 第三方机构", "steps reached in order: "),
    ],
)
def test_the_desk_draws_its_form_from_them(
    env: Env, folder: Path, language: str, by: str, words: str
) -> None:
    done = json.loads(env("-c", DESK.format(language=language), at=folder).stdout)
    assert done["labels"] == ["列入目录", "公开草案", "征求意见", "反馈采纳情况", "迟公开", by]
    assert done["kinds"] == ["yes_no"] * 4 + ["whole", "number"]
    assert done["typed"] == [["list", "yes"], ["outside", "60.5"]]
    assert done["words"][0].startswith(words)


def test_the_workbook_is_written(env: Env, folder: Path) -> None:
    env("-m", "govscore", "export", at=folder)
    assert (folder / "ranking.xlsx").stat().st_size > 5000


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("scheme.toml", 'kind = "milestones"', 'kind = "milestone"', ["milestones", "scheme.unknown-kind"]),
        ("scheme.toml", '"score_of_100"', '"score_of_10"', ["score_of_100", "scheme.unknown-ask"]),
        ("scheme.toml", 'id = "draft"', 'id = "list"', ["scheme.toml:29:10", "步骤“list”列了两次"]),
        ("scheme.toml", "points = 1.5", 'points = "1.5"', ["scheme.number-in-quotes", "1.5"]),
        ("scheme.toml", "{ id = \"reply\"", "{ name = 1, id = \"reply\"", ["scheme.unknown-key", "name"]),
        ("findings.csv", "87.5", "87.555", ["单位 one 的 2 项：得分为 87.555", "more-kinds.score"]),
        ("findings.csv", "87.5", "101", ["0 到 100 的得分", "more-kinds.score"]),
    ],
)  # fmt: skip
def test_mistakes_are_told_like_those_in_our_own_kinds(
    env: Env, folder: Path, file: str, old: str, new: str, said: list[str]
) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    done = env("-m", "govscore", "check", ".", at=folder, check=False)
    assert done.returncode == 2
    assert [words for words in said if words not in done.stderr] == []


def test_without_the_package_its_words_are_unknown(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "govscore", "check", "."], cwd=folder, capture_output=True,
        encoding="utf-8", timeout=SECONDS,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("scheme.unknown-") == 2


LAWS: Final = """
import itertools, json
from govscore import load_scheme, score
from govscore.facts.rows import Row
from govscore.scheme.units import Unit
from govscore.scoring.facts import read_facts

scheme = load_scheme("scheme.toml")
steps = [step.id for step in scheme.items["1"].rule.steps]
ways = [dict(zip(steps, way)) for way in itertools.product(["no", "yes"], repeat=len(steps))]
units = tuple(Unit(unit=f"u{n}", name="甲", group="departments") for n in range(len(ways)))
rows = [
    Row(unit=unit.unit, item="1", fact=fact, value=value)
    for unit, way in zip(units, ways) for fact, value in {**way, "late": "0"}.items()
]
result = score(scheme, read_facts(rows, scheme, units), units)
points = {"".join(way.values()): int(result[unit.unit].items["1"].points) for unit, way in zip(units, ways)}
alone = {}
for unit, way in zip(units, ways):
    own = [row for row in rows if row.unit == unit.unit]
    alone["".join(way.values())] = int(
        score(scheme, read_facts(own, scheme, (unit,)), (unit,))[unit.unit].items["1"].points
    )
worse = [
    [one, other]
    for one, way in zip(points, ways) for other, more in zip(points, ways)
    if all(a <= b for a, b in zip(way.values(), more.values())) and points[one] > points[other]
]
print(json.dumps({"worse": worse, "best": max(points.values()), "same": alone == points}))
"""


def test_the_laws_hold_for_the_start(env: Env, folder: Path) -> None:
    """One more step never lowers the points, all of them are full marks, a unit alone has its points."""
    found = json.loads(env("-c", LAWS, at=folder).stdout)
    assert found == {"worse": [], "best": 5 * 10**8, "same": True}


def test_its_catalogue_is_complete_and_compiled() -> None:
    folder = PACKAGE / "src" / "govscore_more_kinds" / "locales" / "zh_CN" / "LC_MESSAGES"
    po = folder / "govscore_more_kinds.po"
    held = catalogue.read(po, "zh_CN")
    assert [entry.id for entry in catalogue.entries(held) if catalogue.entry_faults(entry, "zh_CN")] == []
    assert po.with_suffix(".mo").read_bytes() == catalogue.mo_bytes(held, "zh_CN")
    source = "".join(file.read_text("utf-8") for file in PACKAGE.rglob("*.py"))
    assert [entry.id for entry in catalogue.entries(held) if f'"{entry.id}"' not in source] == []


def test_the_page_shows_the_package_as_it_is() -> None:
    page = (ROOT / "docs" / "extending.md").read_text("utf-8")
    for title, file in (("entry points", "pyproject.toml"), ("words", "src/govscore_more_kinds/words.py")):
        block = page.split(f"<!-- extending: {title} -->")[1].split("```")[1].partition("\n")[2]
        assert block in (PACKAGE / file).read_text("utf-8")


@pytest.mark.parametrize("base", [Rule, FactType])
def test_the_page_names_everything_that_a_kind_may_provide(base: type) -> None:
    page = (ROOT / "docs" / "extending.md").read_text("utf-8")
    own = {name for name in vars(base) if name.startswith("start")}
    own |= set(base.__abstractmethods__) | {"key_words"}  # type: ignore[attr-defined]
    assert [name for name in own if f"`{name}" not in page] == []
