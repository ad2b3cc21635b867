"""Every visible sentence goes through gettext, and both catalogues are complete and compiled."""

from __future__ import annotations

import ast
import gettext
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.visible_strings import chinese, is_sentence, trees, untranslated
from tools import catalogue
from tools.msgids import extract

if TYPE_CHECKING:
    from tests.visible_strings import Literal

SOURCE = Path(__file__).resolve().parent.parent / "src"
ALLOWED = tomllib.loads((Path(__file__).parent / "cjk_allowed.toml").read_text(encoding="utf-8")).get(
    "allowed", []
)


def is_allowed(literal: Literal) -> bool:
    """Whether the list of exceptions holds this literal."""
    return any(
        each["file"] == literal.file and each.get("text", literal.text) == literal.text for each in ALLOWED
    )


def without_allowed(found: list[Literal]) -> list[str]:
    return [str(each) for each in found if not is_allowed(each)]


def test_catalogues_are_complete_and_compiled() -> None:
    assert catalogue.check() == []


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_a_compiled_catalogue_is_read_by_the_standard_library(language: str) -> None:
    with catalogue.po_path(language).with_suffix(".mo").open("rb") as file:
        translations = gettext.GNUTranslations(file)
    assert translations.charset() == "UTF-8"
    assert translations.gettext("expected: {what}").format(what="甲").endswith("甲")


def test_every_shown_sentence_goes_through_the_catalogue() -> None:
    found = [each for file, tree in trees(SOURCE) for each in untranslated(file, tree)]
    assert without_allowed(found) == []


def test_sentences_in_the_source_are_english() -> None:
    found = [each for file, tree in trees(SOURCE) for each in chinese(file, tree)]
    assert without_allowed(found) == []


def test_every_exception_is_still_needed_and_has_a_reason() -> None:
    found = [
        each for file, tree in trees(SOURCE) for each in (*chinese(file, tree), *untranslated(file, tree))
    ]
    for allowed in ALLOWED:
        assert allowed["reason"].strip()
        here = {each.text for each in found if each.file == allowed["file"]}
        assert here, allowed
        assert here.issuperset(allowed.get("texts", [])), allowed


# --- the tests of these tests ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    [
        'click.echo("Done")',
        'click.echo(f"{count} units")',
        'click.echo("a unit" if one else _("units"))',
        'click.echo(_("{n} of ") + "units")',
        'click.echo("{n} units".format(n=1))',
        'self.app.notify("Saved", title=_("x"))',
        'self.app.notify(_("x"), title="Saved")',
        'yield Static("[b]Overview[/b]")',
        'yield Button("保存")',
        'Binding("q", "quit", "Leave")',
        'Binding("q", "quit", _("x"), tooltip="Leave")',
        'sheet.write_string(0, 0, "Rank", bold)',
        'sheet.write_string("A1", "Rank")',
        '@click.option("--lang", help="Language")\ndef f(): ...',
        'class A(App):\n    TITLE = "Overview"',
        'self.border_title = "Trace"',
    ],
)
def test_a_sentence_past_the_catalogue_is_found(code: str) -> None:
    assert untranslated("x.py", ast.parse(code))


@pytest.mark.parametrize(
    "code",
    [
        'click.echo(_("Done"))',
        'click.echo(ngettext("{n} unit", "{n} units", n).format(n=n))',
        'click.echo(row["name"])',
        'click.echo(json.dumps(result, indent=" in "))',
        'click.echo(f"{name}: {total:>8}", err=True)',
        'Static(id="left", classes="wide")',
        'Static("[b]{}[/b]".format(inert(name)))',
        'Binding("q", "quit", _("Leave"), id="app.quit")',
        '@click.option("--lang", "language", help=_("Language"))\ndef f(): ...',
        'values.update({"unit": 1})',
        'title = "inner"',
    ],
)
def test_what_is_translated_or_no_sentence_is_not_found(code: str) -> None:
    assert untranslated("x.py", ast.parse(code)) == []


def test_chinese_in_docstrings_is_no_literal() -> None:
    tree = ast.parse('"""考核"""\nA = 1\n"""单位"""\ndef f():\n    """说明"""\n    return "得分"  # 注释\n')
    assert [each.text for each in chinese("x.py", tree)] == ["得分"]


@pytest.mark.parametrize(
    ("text", "sentence"), [("{name}: {total}", False), ("[red]{x}[/]", False), ("分", True)]
)
def test_placeholders_and_markup_are_no_words(text: str, sentence: bool) -> None:
    assert is_sentence(text) is sentence


# --- the catalogue tool ----------------------------------------------------------------------------

CODE = """
from govscore.i18n import gettext as _, mark_for_translation as N_, ngettext, pgettext
KIND = message_kind("x.y", N_("{found} is wrong"), expected="a number", todo=N_("Correct it."))
print(_("Saved" if ok else "Not saved"), f"{_('Open')}", ngettext("{n} unit", "{n} units", n))
print(pgettext("grade", "Good"), _("joined "
    "text"))
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package of one module, without catalogues."""
    folder = tmp_path / "govscore"
    folder.mkdir()
    (folder / "a.py").write_text(CODE, encoding="utf-8")
    return folder


def fragment(folder: Path, text: str) -> Path:
    path = folder / "fragment.po"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_way_to_mark_a_sentence_is_extracted(package: Path) -> None:
    found = extract(package)
    assert {key[1] for key in found.messages} == {
        "{found} is wrong",
        "a number",
        "Correct it.",
        "Saved",
        "Not saved",
        "Open",
        "{n} unit",
        "Good",
        "joined text",
    }
    assert found.messages[None, "{n} unit"].plural == "{n} units"
    assert found.messages["grade", "Good"].context == "grade"


@pytest.mark.parametrize("call", ['_(f"{n} units")', '_("{n} units".format(n=n))', '_("units: " + name)'])
def test_a_sentence_put_together_before_it_is_looked_up_is_a_fault(package: Path, call: str) -> None:
    (package / "b.py").write_text(call, encoding="utf-8")
    assert "put together" in extract(package).faults[0]
    assert extract(package).faults[0] in catalogue.check(package)


def test_english_is_complete_at_once_and_chinese_waits_for_its_translation(package: Path) -> None:
    catalogue.update(package)
    faults = catalogue.check(package)
    assert len(faults) == 9
    assert all(each.startswith("zh_CN: untranslated: ") for each in faults)


def test_an_update_without_news_changes_no_byte(package: Path) -> None:
    assert len(catalogue.update(package)) == 4
    assert catalogue.update(package) == []


def test_a_fragment_is_merged_and_compiled(package: Path, tmp_path: Path) -> None:
    notes = catalogue.add(
        fragment(
            tmp_path,
            'msgid "Saved"\nmsgstr "已保存"\n\n'
            'msgid "{n} unit"\nmsgid_plural "{n} units"\nmsgstr[0] "{n} 个单位"\n\n'
            'msgctxt "grade"\nmsgid "Good"\nmsgstr "良好"\n\nmsgid "Later"\nmsgstr "以后"\n',
        ),
        package=package,
    )
    assert notes == ["not in the source, kept as obsolete: 'Later'"]
    chinese_texts = gettext.translation("govscore", package / "locales", languages=["zh_CN"])
    assert chinese_texts.gettext("Saved") == "已保存"
    assert chinese_texts.ngettext("{n} unit", "{n} units", 1) == "{n} 个单位"
    assert chinese_texts.pgettext("grade", "Good") == "良好"
    (package / "b.py").write_text('_("Later")', encoding="utf-8")
    catalogue.update(package)
    assert not [each for each in catalogue.check(package) if "Later" in each]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "{found} is wrong"\nmsgstr "有误"\n', "placeholders differ"),
        ('msgid "{found} is wrong"\nmsgstr "{fund}有误"\n', "placeholders differ"),
        ('msgid "{found} is wrong"\nmsgstr "{found有误"\n', "placeholders differ"),
        ('#, fuzzy\nmsgid "Saved"\nmsgstr "已保存"\n', "fuzzy"),
        ('msgid "Later"\nmsgstr "以后"\n', "obsolete"),
        ('msgid "Not saved"\nmsgstr "Not saved"\n', "left in English"),
        ('msgid "Saved"\nmsgstr "已保存\\n"\n', "line breaks"),
        ('msgid "{n} unit"\nmsgid_plural "{n} units"\nmsgstr[0] "单位"\n', "placeholders differ"),
    ],
)
def test_what_is_not_in_order_is_listed(package: Path, tmp_path: Path, entry: str, fault: str) -> None:
    catalogue.add(fragment(tmp_path, entry), package=package)
    assert [each for each in catalogue.check(package) if fault in each]


def test_a_stale_compiled_catalogue_is_a_fault(package: Path) -> None:
    catalogue.update(package)
    catalogue.po_path("en", package).with_suffix(".mo").write_bytes(b"old")
    assert "en: the compiled catalogue is stale (run update)" in catalogue.check(package)


def test_what_went_out_of_use_is_dropped_when_asked(package: Path, tmp_path: Path) -> None:
    catalogue.add(fragment(tmp_path, 'msgid "Later"\nmsgstr "以后"\n'), package=package)
    catalogue.update(package, prune=True)
    assert not [each for each in catalogue.check(package) if "obsolete" in each]


def test_the_pseudo_language_keeps_placeholders(package: Path, tmp_path: Path) -> None:
    catalogue.pseudo(tmp_path / "locales", package)
    texts = gettext.translation("govscore", tmp_path / "locales", languages=[catalogue.PSEUDO])
    assert texts.gettext("{found} is wrong").format(found="甲") == "⟦甲 is wrong⟧"
    assert texts.ngettext("{n} unit", "{n} units", 2) == "⟦{n} units⟧"
