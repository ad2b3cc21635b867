"""docs/editors.md, really done: Taplo and Tombi read the schema, underline and complete."""

from __future__ import annotations

import json
import queue
import re
import shutil
import subprocess
import sys
import sysconfig
import threading
from pathlib import Path
from typing import IO, Any, Final

import pytest

ROOT: Final = Path(__file__).parent.parent
PAGE: Final = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
EXAMPLE: Final = ROOT / "examples" / "pingcheng-2024" / "scheme.toml"
BLOCK: Final = re.compile(r"<!-- editors: (\S+) -->\n```\w+\n(.*?)```", re.DOTALL)
BLOCKS: Final = dict(BLOCK.findall(PAGE))
SECONDS: Final = 60


def program(name: str) -> str:
    """A program beside this Python, or in the path; without it the test is skipped."""
    found = shutil.which(name, path=sysconfig.get_path("scripts")) or shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder set up as the page says."""
    arguments = BLOCKS["make"].split()[1:]
    subprocess.run([sys.executable, "-m", "govscore", *arguments], cwd=tmp_path, check=True, timeout=SECONDS)
    for name in (".taplo.toml", "tombi.toml"):
        (tmp_path / name).write_text(BLOCKS[name], encoding="utf-8")
    shutil.copy(EXAMPLE, tmp_path / "scheme.toml")
    return tmp_path


def taplo(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`taplo lint` of the folder's scheme."""
    return subprocess.run(
        [program("taplo"), "lint", "--colors", "never", *arguments, "scheme.toml"],
        cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=SECONDS,
    )  # fmt: skip


def lint_options(folder: Path, way: str) -> list[str]:
    """How Taplo is told of the schema: by its configuration, by the option, or by the comment."""
    if way == "option":
        return ["--no-auto-config", "--schema", (folder / "scheme.schema.json").as_uri()]
    if way == "comment":
        scheme = folder / "scheme.toml"
        scheme.write_text(BLOCKS["comment"] + scheme.read_text("utf-8"), encoding="utf-8")
        return ["--no-auto-config"]
    return []


@pytest.mark.parametrize("way", ["configuration", "option", "comment"])
def test_taplo_accepts_the_example_and_underlines_a_wrong_word(folder: Path, way: str) -> None:
    options = lint_options(folder, way)
    sound = taplo(folder, *options)
    assert sound.returncode == 0, sound.stderr
    scheme = folder / "scheme.toml"
    scheme.write_text(
        scheme.read_text("utf-8").replace('kind = "deduct"', 'kind = "dedukt"', 1), encoding="utf-8"
    )
    broken = taplo(folder, *options)
    assert broken.returncode != 0
    underlined = re.search(r'^ +│ +(\^+) "dedukt" is not one of \["deduct"', broken.stderr, re.MULTILINE)
    assert underlined is not None, broken.stderr
    assert len(underlined[1]) == len('"dedukt"')


def test_tombi_accepts_the_example(folder: Path) -> None:
    done = subprocess.run(
        [program("tombi"), "lint", "--offline", "scheme.toml"],
        cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=SECONDS,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


class Server:
    """A language server over stdio, as an editor talks to it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        self._process = subprocess.Popen(
            [program("tombi"), "lsp", "--offline"],
            cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._arrived: queue.Queue[dict[str, Any]] = queue.Queue()
        self._number = 0
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        folders = [{"uri": folder.as_uri(), "name": "scheme"}]
        self.ask(
            "initialize",
            {"processId": None, "rootUri": folder.as_uri(), "workspaceFolders": folders, "capabilities": {}},
        )
        self.tell("initialized", {})

    def close(self) -> None:
        """Ends it."""
        self._process.kill()
        self._process.wait()
        self._listener.join(SECONDS)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def _stream(self, stream: IO[bytes] | None) -> IO[bytes]:
        assert stream is not None
        return stream

    def _listen(self) -> None:
        out = self._stream(self._process.stdout)
        while True:
            length = 0
            while line := out.readline().strip():
                name, _colon, value = line.decode().partition(":")
                length = int(value) if name.lower() == "content-length" else length
            body = out.read(length)
            if not body or len(body) < length:  # it was ended
                return
            self._arrived.put(json.loads(body))

    def _send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        into = self._stream(self._process.stdin)
        into.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        into.flush()

    def tell(self, method: str, parameters: Any) -> None:
        """Notifies."""
        self._send(method=method, params=parameters)

    def await_told(self, method: str) -> Any:
        """What the server tells by itself."""
        while (message := self._arrived.get(timeout=SECONDS)).get("method") != method:
            if "method" in message and "id" in message:
                self._send(id=message["id"], result=None)
        return message["params"]

    def ask(self, method: str, parameters: Any) -> Any:
        """Requests, and answers what the server wants to know meanwhile."""
        self._number += 1
        self._send(id=self._number, method=method, params=parameters)
        while True:
            message = self._arrived.get(timeout=SECONDS)
            if "method" in message and "id" in message:
                self._send(id=message["id"], result=None)
            elif message.get("id") == self._number:
                return message["result"]


def document(server: Server, text: str) -> dict[str, str]:
    """The scheme as it stands in the editor."""
    uri = (server.root / "scheme.toml").as_uri()
    held = {"uri": uri, "languageId": "toml", "version": 1, "text": text}
    server.tell("textDocument/didOpen", {"textDocument": held})
    server.await_told("textDocument/publishDiagnostics")
    return {"uri": uri}


@pytest.fixture
def server(folder: Path) -> Any:
    """A running server."""
    running = Server(folder)
    yield running
    running.close()


def completed(server: Server, text: str) -> dict[str, str]:
    """What is offered at the mark in the text, with its words."""
    before = text[: text.index("▶")]
    held = document(server, text.replace("▶", ""))
    position = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
    answer = server.ask("textDocument/completion", {"textDocument": held, "position": position})
    items = answer if isinstance(answer, list) else answer["items"]
    return {each["label"]: str(each.get("documentation")) for each in items}


def test_a_language_server_completes_the_keys_of_a_table(server: Server) -> None:
    offered = completed(server, "format = 1\n[total]\nfull_marks = 100\n▶\n")
    assert {"places", "floor_at", "not_applicable", "fail", "bonus_cap"} <= set(offered)
    assert "full_marks" not in offered


def test_a_language_server_completes_the_keys_of_the_kind(server: Server) -> None:
    offered = completed(server, '[[base]]\nid = "1"\nrule = { kind = "deduct", ▶ }\n')
    assert {"plus", "minus", "zero_if"} <= set(offered)
    assert not {"levels", "same_matter", "of"} & set(offered)
    assert {"of", "target"} <= set(completed(server, '[[base]]\nid = "1"\nrule = { kind = "share", ▶ }\n'))


def test_a_language_server_underlines_a_wrong_kind_and_an_unknown_key(server: Server) -> None:
    text = EXAMPLE.read_text("utf-8")
    text = text.replace('kind = "deduct"', 'kind = "dedukt"', 1).replace("ties = ", "tyes = ", 1)
    held = document(server, text)
    found = server.ask("textDocument/diagnostic", {"textDocument": held})["items"]
    lines = text.splitlines()
    places = {(each["range"]["start"]["line"], each["range"]["start"]["character"]) for each in found}
    kind = next(number for number, line in enumerate(lines) if "dedukt" in line)
    key = next(number for number, line in enumerate(lines) if "tyes" in line)
    assert {(kind, lines[kind].index('"dedukt"')), (key, lines[key].index("tyes"))} <= places


def test_a_language_server_shows_what_a_key_means(server: Server) -> None:
    offered = completed(server, "format = 1\n[total]\n▶\n")
    assert "没有任何差错的单位得多少分" in offered["full_marks"]


def test_the_page_has_all_that_is_tried() -> None:
    assert set(BLOCKS) == {"make", "comment", ".taplo.toml", "tombi.toml"}
