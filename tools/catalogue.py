"""The catalogues of visible sentences: extract, merge, check, compile.

    python -m tools.catalogue update [--prune]   source → .po → .mo, for every language
    python -m tools.catalogue add FRAGMENT.po    take translations from another file, then update
    python -m tools.catalogue check              fail and list whatever is not in order
    python -m tools.catalogue pseudo FOLDER      a language "qps" whose sentences are ⟦English⟧

Invariant: the same source and translations give the same bytes, on any day and with any version of
Babel; the compiled catalogues are committed, so that an installation needs no Babel.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
import string
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po, write_po

from tools.msgids import Extract, Key, Message, extract

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PACKAGE: Final = Path(__file__).resolve().parent.parent / "src" / "govscore"
DOMAIN: Final = "govscore"
PSEUDO: Final = "qps"
PLURAL_FORMS: Final = {
    "zh_CN": "nplurals=1; plural=0;",
    "en": "nplurals=2; plural=(n != 1);",
    PSEUDO: "nplurals=2; plural=(n != 1);",
}
LANGUAGES: Final = ("zh_CN", "en")
SOURCE_LANGUAGE: Final = "en"
"""The msgids are its sentences: what is not translated into it is taken over as it is."""

_LEFT_IN_ENGLISH: Final = re.compile(r"\b[A-Za-z][a-z]{2,} [a-z]{3,}\b")
_PERCENT: Final = re.compile(r"%(?:\(\w+\))?[sdrf]")


def po_path(language: str, package: Path = PACKAGE) -> Path:
    """Where the catalogue of this language stands; the compiled one lies beside it."""
    return package / "locales" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def header(language: str) -> str:
    """The header entry: nothing in it changes with the day or the tool."""
    return (
        "Content-Type: text/plain; charset=UTF-8\n"
        "Content-Transfer-Encoding: 8bit\n"
        f"Language: {language}\n"
        f"Plural-Forms: {PLURAL_FORMS[language]}\n"
    )


# --- reading, merging, writing ---------------------------------------------------------------------


def read(path: Path, language: str) -> Catalog:
    """The catalogue in this file, or an empty one."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def entries(catalog: Catalog) -> Iterator[Entry]:
    """All entries but the header."""
    return (entry for entry in catalog if entry.id)


def strings(entry: Entry) -> tuple[str, ...]:
    """What the entry is translated to, a string for each plural form."""
    return tuple(entry.string) if isinstance(entry.string, list | tuple) else (entry.string or "",)


def forms(entry: Entry) -> tuple[str, ...]:
    """The msgids of an entry: singular, and plural if there is one."""
    return tuple(entry.id) if isinstance(entry.id, list | tuple) else (entry.id,)


def key_of(entry: Entry) -> Key:
    """Context and singular of an entry."""
    return (entry.context, forms(entry)[0])


def known(catalog: Catalog) -> dict[Key, Entry]:
    """All translations a catalogue holds; those that went out of use come back if needed."""
    held = {key_of(entry): entry for entry in catalog.obsolete.values() if entry.id}
    return held | {key_of(entry): entry for entry in entries(catalog)}


def merge(found: Extract, held: dict[Key, Entry], language: str, *, prune: bool = False) -> Catalog:
    """The catalogue for these sentences with the translations held; the rest becomes obsolete."""
    catalog = Catalog(locale=language)
    for key in sorted(found.messages, key=_order):
        message, old = found.messages[key], held.get(key)
        catalog.add(
            message.forms if message.plural else message.singular,
            _translation(message, old, language),
            locations=[(file, 0) for file in message.files],
            flags={"fuzzy"} if old is not None and old.fuzzy else (),
            user_comments=old.user_comments if old is not None else (),
            context=message.context,
        )
    if not prune:
        for key in sorted(held.keys() - found.messages.keys(), key=_order):
            if any(strings(held[key])) and strings(held[key]) != forms(held[key]):
                catalog.obsolete[key[1] if key[0] is None else (key[1], key[0])] = held[key]
    return catalog


def _order(key: Key) -> tuple[str, str]:
    return (key[1], key[0] or "")


def _translation(message: Message, old: Entry | None, language: str) -> str | tuple[str, ...]:
    count = 1 if message.plural is None else _plural_count(language)
    texts = list(strings(old)) if old is not None else []
    texts = [*texts[:count], *[""] * (count - len(texts))]
    if language == SOURCE_LANGUAGE:
        texts = [text or form for text, form in zip(texts, message.forms, strict=True)]
    return texts[0] if message.plural is None else tuple(texts)


def _plural_count(language: str) -> int:
    return int(PLURAL_FORMS[language].removeprefix("nplurals=")[0])


def po_bytes(catalog: Catalog, language: str) -> bytes:
    """The catalogue as text for translators, one line a sentence."""
    lines = "".join(f'"{line}\\n"\n' for line in header(language).splitlines())
    body = io.BytesIO()
    write_po(body, catalog, width=0, omit_header=True, include_lineno=False)
    return f'msgid ""\nmsgstr ""\n{lines}\n'.encode() + body.getvalue()


def mo_bytes(catalog: Catalog, language: str) -> bytes:
    """The compiled catalogue in GNU's format, sorted, little-endian, without a hash table."""
    texts = {b"": header(language).encode()}
    for entry in entries(catalog):
        if all(strings(entry)) and not entry.fuzzy:
            msgid = "\0".join(forms(entry))
            if entry.context:
                msgid = f"{entry.context}\x04{msgid}"
            texts[msgid.encode()] = "\0".join(strings(entry)).encode()
    return _pack(texts)


def _pack(texts: dict[bytes, bytes]) -> bytes:
    pairs = sorted(texts.items())
    count, head = len(pairs), 28
    position, tables, data = head + 16 * count, [b"", b""], b""
    for which in (0, 1):
        for pair in pairs:
            tables[which] += struct.pack("<II", len(pair[which]), position + len(data))
            data += pair[which] + b"\0"
    start = struct.pack("<7I", 0x950412DE, 0, count, head, head + 8 * count, 0, position)
    return start + tables[0] + tables[1] + data


def write(path: Path, content: bytes) -> bool:
    """Writes a file whole or not at all; says whether anything changed."""
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)
    return True


@contextlib.contextmanager
def alone(package: Path) -> Iterator[None]:
    """One process at a time changes the catalogues of this package."""
    if sys.platform == "win32":  # no lock there: run one at a time
        yield
        return
    import fcntl

    folder = os.open(package, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


# --- what the commands do --------------------------------------------------------------------------


def update(package: Path = PACKAGE, *, prune: bool = False) -> list[str]:
    """Brings every catalogue up to the source and compiles it; gives back the names of changed files."""
    found, changed = extract(package), []
    with alone(package):
        for language in LANGUAGES:
            path = po_path(language, package)
            catalog = merge(found, known(read(path, language)), language, prune=prune)
            changed += _save(path, catalog, language)
            for foreign in foreign_paths(language, package):
                if write(foreign.with_suffix(".mo"), mo_bytes(read(foreign, language), language)):
                    changed.append(str(foreign.with_suffix(".mo")))
    return changed


def foreign_paths(language: str, package: Path = PACKAGE) -> list[Path]:
    """Catalogues of other packages' sentences (click's): written by hand, only compiled here."""
    folder = po_path(language, package).parent
    return sorted(path for path in folder.glob("*.po") if path.stem != DOMAIN)


def _save(path: Path, catalog: Catalog, language: str) -> list[str]:
    written = [(path, po_bytes(catalog, language)), (path.with_suffix(".mo"), mo_bytes(catalog, language))]
    return [str(each) for each, content in written if write(each, content)]


def add(fragment: Path, language: str = "zh_CN", package: Path = PACKAGE) -> list[str]:
    """Takes the translations of a fragment over (they win) and updates; gives back what to know."""
    news = known(read(fragment, language))
    found, notes = extract(package), []
    with alone(package):
        path = po_path(language, package)
        held = known(read(path, language))
        for key, entry in news.items():
            if not any(strings(entry)):
                continue
            if key not in found.messages:
                notes.append(f"not in the source, kept as obsolete: {key[1]!r}")
            elif key in held and any(strings(held[key])) and strings(held[key]) != strings(entry):
                notes.append(f"replaced: {key[1]!r}: {strings(held[key])!r} → {strings(entry)!r}")
            held[key] = entry
        _save(path, merge(found, held, language), language)
    update(package)
    return notes


def pseudo(folder: Path, package: Path = PACKAGE) -> Path:
    """Compiles the pseudo-language into this folder: what is shown without ⟦…⟧ missed the catalogue."""
    catalog = Catalog(locale=SOURCE_LANGUAGE)
    for message in extract(package).messages.values():
        wrapped = tuple(f"⟦{form}⟧" for form in message.forms)
        catalog.add(
            message.forms if message.plural else message.singular,
            wrapped if message.plural else wrapped[0],
            context=message.context,
        )
    path = folder / PSEUDO / "LC_MESSAGES" / f"{DOMAIN}.mo"
    write(path, mo_bytes(catalog, PSEUDO))
    return path


# --- check -----------------------------------------------------------------------------------------


def check(package: Path = PACKAGE) -> list[str]:
    """Everything that is not in order, a sentence each; empty if all is."""
    found = extract(package)
    faults = list(found.faults)
    for language in LANGUAGES:
        path = po_path(language, package)
        catalog = read(path, language)
        held = {key_of(entry): entry for entry in entries(catalog)}
        lines = [f"not extracted (run update): {key[1]!r}" for key in found.messages.keys() - held.keys()]
        lines += [
            f"not in the source (run update): {key[1]!r}" for key in held.keys() - found.messages.keys()
        ]
        lines += [f"obsolete (run update --prune): {forms(old)[0]!r}" for old in catalog.obsolete.values()]
        for entry in held.values():
            lines += entry_faults(entry, language)
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.read_bytes() != mo_bytes(catalog, language):
            lines.append("the compiled catalogue is stale (run update)")
        for foreign in foreign_paths(language, package):
            lines += _foreign_faults(foreign, language)
        faults += [f"{language}: {line}" for line in sorted(lines)]
    return faults


def _foreign_faults(path: Path, language: str) -> list[str]:
    catalog, compiled = read(path, language), path.with_suffix(".mo")
    lines = [f"{path.name}: {line}" for entry in entries(catalog) for line in entry_faults(entry, language)]
    if not compiled.exists() or compiled.read_bytes() != mo_bytes(catalog, language):
        lines.append(f"{path.name}: the compiled catalogue is stale (run update)")
    return lines


def entry_faults(entry: Entry, language: str) -> list[str]:
    """What is wrong with one translation."""
    name, texts = repr(forms(entry)[0]), strings(entry)
    if not all(texts):
        return [f"untranslated: {name}"]
    faults = [f"fuzzy: {name}"] if entry.fuzzy else []
    many = len(forms(entry)) > 1
    for place, text in enumerate(texts):
        model = forms(entry)[0 if many and len(texts) > 1 and place == 0 else -1]
        if placeholders(text) != placeholders(model):
            faults.append(f"placeholders differ: {name}: {text!r}")
        if _edges(text) != _edges(model):
            faults.append(f"line breaks at the ends differ: {name}")
        if language != SOURCE_LANGUAGE and text == model and _LEFT_IN_ENGLISH.search(text):
            faults.append(f"left in English: {name}")
    return faults


def placeholders(text: str) -> frozenset[str]:
    """The names that `{name}` and `%s` leave open; braces that do not close count as one of their own."""
    percent = _PERCENT.findall(text)
    try:
        braces = [
            name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None
        ]
    except ValueError:
        braces = ["unbalanced braces"]
    return frozenset([*braces, *percent])


def _edges(text: str) -> tuple[bool, bool]:
    return (text.startswith("\n"), text.endswith("\n"))


# --- command line ----------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; exit code 1 means that something is not in order."""
    options = _parser().parse_args(arguments)
    if options.command == "update":
        print("\n".join(update(prune=options.prune)) or "nothing changed")
    elif options.command == "add":
        for fragment in options.fragments:
            print("\n".join([f"{fragment}: taken over", *add(fragment, options.language)]))
    elif options.command == "pseudo":
        print(pseudo(options.folder))
        return 0
    faults = check()
    if options.command == "check":
        print("\n".join(faults) or "catalogues: all in order")
        return 1 if faults else 0
    print(f"{len(faults)} things not in order (see check)" if faults else "all in order")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.catalogue", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    updating = commands.add_parser("update", help="extract, merge, compile")
    updating.add_argument("--prune", action="store_true", help="drop what went out of use")
    adding = commands.add_parser("add", help="take translations from fragments")
    adding.add_argument("fragments", nargs="+", type=Path, metavar="FRAGMENT.po")
    adding.add_argument("--language", choices=LANGUAGES, default="zh_CN")
    commands.add_parser("check", help="list whatever is not in order")
    commands.add_parser("pseudo", help="compile the pseudo-language").add_argument("folder", type=Path)
    return parser


if __name__ == "__main__":
    sys.exit(main())
