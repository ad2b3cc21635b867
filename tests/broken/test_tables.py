"""Every mistake in a units' list or findings table is told with its id, its place and the right words."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

import govscore
from govscore.i18n import speaking
from govscore.office.init import init_folder
from tests.broken.small import SMALL, facts_problems, problems_of, scheme, units

if TYPE_CHECKING:
    from govscore.errors import Problem

HERE: Final = Path(__file__).parent
EXPECTED: Final[dict[str, dict[str, list[dict[str, Any]]]]] = {
    folder: tomllib.loads((HERE / folder / "expected.toml").read_text(encoding="utf-8"))
    for folder in ("findings", "units", "intake")
}
CASES: Final = [(folder, name) for folder, files in EXPECTED.items() for name in files]


OTHER_WORDS: Final = {
    "findings.case-time.csv": ('"20 working days"', '"5 hours"'),
    "findings.two-tags.csv": (
        '"20 working days"', '{ by = "tag", grave = "5 days", media = "9 days", other = "20 days" }',
    ),
    "findings.reviewer-needed.csv": ('id = "1"', 'id = "1"\nreviewers = { take = "mean", raters = 2 }'),
}  # fmt: skip
"""Files that are read with other words in the small scheme."""


SHARE: Final = '{ kind = "share", of = "rate"'
BY_QUARTER: Final = frozenset({"findings.period-needed.csv", "findings.unknown-period.csv"})
"""Files that are read with a small scheme of which item 3 is asked every quarter."""


def found(folder: str, path: Path) -> list[Problem]:
    if folder == "units":
        return problems_of(lambda: govscore.load_units(path, scheme()))
    if path.name in OTHER_WORDS:
        text = scheme().text.replace(*OTHER_WORDS[path.name])
        other = govscore.load_scheme(text=text)
        return problems_of(lambda: govscore.load_facts(path, other, units()))
    if path.name in BY_QUARTER:
        text = scheme().text.replace(SHARE, f'{SHARE}, per = "quarter", combine = "mean"')
        other = govscore.load_scheme(text=text)
        return problems_of(lambda: govscore.load_facts(path, other, units()))
    return facts_problems(path)


@pytest.mark.parametrize(("folder", "name"), CASES, ids=[name for _folder, name in CASES])
def test_a_broken_file_is_told_under_its_id_in_its_place(folder: str, name: str) -> None:
    path = HERE / folder / name
    problems = found(folder, path)
    expected = EXPECTED[folder][name]
    assert [each.id for each in problems] == [each["id"] for each in expected]
    assert [str(each.place) for each in problems] == [f"{path}{each['place']}" for each in expected]
    with speaking("en"):
        for each, wanted in zip(problems, expected, strict=True):
            for words in wanted["words"]:
                assert words in str(each)


@pytest.mark.parametrize(("folder", "name"), CASES, ids=[name for _folder, name in CASES])
def test_with_a_broken_file_no_record_begins(tmp_path: Path, folder: str, name: str) -> None:
    words = OTHER_WORDS.get(name, ("", ""))
    if name in BY_QUARTER:
        words = (SHARE, f'{SHARE}, per = "quarter", combine = "mean"')
    (tmp_path / "scheme.toml").write_text(scheme().text.replace(*words), encoding="utf-8")
    path = HERE / folder / name
    problems = problems_of(
        lambda: init_folder(
            tmp_path / "new",
            scheme=tmp_path / "scheme.toml",
            units=path if folder == "units" else SMALL / "units.csv",
            findings=path if folder != "units" else None,
            reviewers=["甲"],
            leaders=["乙"],
        )
    )
    ids = [each.id for each in problems]
    assert ids in ([each["id"] for each in EXPECTED[folder][name]], ["scheme.not-supported-yet"])
    assert [each.name for each in tmp_path.iterdir()] == ["scheme.toml"]


@pytest.mark.parametrize("folder", EXPECTED)
def test_every_broken_file_is_expected(folder: str) -> None:
    names = {path.name for path in (HERE / folder).iterdir()} - {"expected.toml"}
    assert names == set(EXPECTED[folder])


def test_the_file_is_named_after_what_it_breaks() -> None:
    for files in EXPECTED.values():
        for name, expected in files.items():
            id = name.partition("--")[0].removesuffix(Path(name).suffix)
            assert id == expected[0]["id"]


def test_a_problem_is_shown_without_a_control_character() -> None:
    for each in found("findings", HERE / "findings" / "findings.unknown-unit--escape.csv"):
        assert "\x1b" not in str(each)
        assert "\u202e" not in str(each)
