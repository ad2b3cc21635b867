"""Whatever goes wrong: an exit code, a sentence on stderr, nothing on stdout, never a traceback."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import click
import pytest
from click.testing import CliRunner

from govscore.cli import failures, streams
from govscore.cli.exit_codes import ExitCode
from govscore.cli.root import COMMANDS, govscore
from govscore.errors import GovscoreError, InputError, RefusedError, StorageError
from tests.unit.cli import small
from tests.unit.cli.conftest import EXAMPLE, Run

if TYPE_CHECKING:
    from pathlib import Path


def fail_with(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str, str]:
    """Runs a command that raises this."""

    @click.command()
    def command() -> None:
        raise error

    monkeypatch.setattr(type(govscore), "get_command", lambda *_: command)
    done = CliRunner().invoke(govscore, ["score"])
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RefusedError(), ExitCode.REFUSED),
        (InputError(), ExitCode.WRONG_INPUT),
        (GovscoreError(), ExitCode.WRONG_INPUT),
        (StorageError(), ExitCode.STORAGE),
        (OSError(28, "No space left on device", "/a/b"), ExitCode.STORAGE),
        (PermissionError(13, "Permission denied"), ExitCode.STORAGE),
        (KeyboardInterrupt(), ExitCode.INTERRUPTED),
        (click.Abort(), ExitCode.INTERRUPTED),
        (click.ClickException("no"), ExitCode.WRONG_INPUT),
        (streams.ReaderGoneError(), ExitCode.FINE),
        (ZeroDivisionError("oh"), ExitCode.INTERNAL),
    ],
)
def test_each_failure_has_its_code(
    error: BaseException, code: ExitCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, out, err = fail_with(error, monkeypatch)
    assert found == code
    assert out == ""
    assert "Traceback" not in err


def test_a_fault_of_the_program_leaves_a_log_with_the_traceback(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _code, _out, err = fail_with(ZeroDivisionError("oh\x1b[31m"), monkeypatch)
    [log] = (home / ".local" / "state" / "govscore").glob("fault-*.log")
    assert str(log) in err
    assert "\x1b" not in err
    text = log.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in text
    assert "Traceback" in text


def test_the_log_goes_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    fail_with(ZeroDivisionError(), monkeypatch)
    assert len(list((tmp_path / "govscore").iterdir())) == 1


def test_without_a_place_for_the_log_the_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "_write", lambda _text: None)
    code, _out, err = fail_with(ZeroDivisionError("oh"), monkeypatch)
    assert code == ExitCode.INTERNAL
    assert "ZeroDivisionError: oh" in err


def test_a_folder_where_no_log_can_be_written_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "temporary"))
    _code, _out, err = fail_with(ZeroDivisionError(), monkeypatch)
    assert str(tmp_path / "temporary") in err


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break in another way there")
def test_a_reader_that_stops_ends_the_command_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "govscore", "score", str(EXAMPLE)],
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=60,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_give_no_traceback(closed: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -m govscore rank "$1" {closed}', sys.executable, str(EXAMPLE)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
    )
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


@pytest.mark.parametrize("locale", ["C", "POSIX", "zh_CN.GBK", "en_US.ISO-8859-1"])
def test_stdout_is_utf_8_in_every_locale(locale: str, process: Run) -> None:
    done = process("rank", str(EXAMPLE), env={"LC_ALL": locale, "LANG": locale, "PYTHONCOERCECLOCALE": "0"})
    assert done.code == 0
    assert "示例数据，非真实考核结果" in done.out


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_stderr_can_always_show_chinese(encoding: str, process: Run) -> None:
    done = process("score", "/nonexistent", env={"PYTHONIOENCODING": encoding})
    assert done.code == 2
    assert "应为：" in done.err


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"demo", "init", "check"}))
def test_a_folder_that_is_not_there_is_refused(name: str, run: Run, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    arguments = {name: ["x", "--folder", "nowhere"] for name in ("explain", "whatif")} | {
        "return": ["nowhere", "--reason", "x"]
    }
    done = run(name, *arguments.get(name, ["nowhere"]))
    assert done.code == 2
    assert done.out == ""
    assert done.err
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"demo", "init", "status", "review", "schema"}))
def test_a_folder_without_a_scheme_is_refused(name: str, run: Run, tmp_path: Path) -> None:
    arguments = {name: ["x"] for name in ("explain", "whatif")} | {"return": ["--reason", "x"]}
    done = run(name, *arguments.get(name, []))
    assert done.code == 2
    assert done.out == ""
    assert "scheme.toml" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_closed_stdout_is_a_fault_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for closed in (None, closed_stream()):
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", closed)
            with pytest.raises(OSError, match="stdout"):
                streams.say("data")
            streams.finish()


def closed_stream() -> io.StringIO:
    stream = io.StringIO()
    stream.close()
    return stream


def test_without_stderr_the_exit_code_still_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    for gone in (None, closed_stream()):
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stderr", gone)
            streams.narrate("nobody hears this")


@pytest.mark.skipif(sys.platform == "win32", reason="such a name is not allowed there")
def test_a_hostile_folder_name_is_shown_inert(run: Run, tmp_path: Path) -> None:
    folder = small.write(tmp_path / "a\x1b[31m\u202eb [] $(c)")
    for arguments in (["check"], ["status"], ["rank"], ["init", "--reviewer", "x"], ["status", "--full"]):
        done = run(*arguments, str(folder))
        assert "\x1b" not in done.out + done.err
        assert "\u202e" not in done.out + done.err


LATE: Final = (
    "from govscore.office import folder;"
    "folder.open_folder = lambda *_, **__: os.kill(os.getpid(), signal.SIGINT)"
)
EARLY: Final = (
    "sys.meta_path.insert(0, type('F', (), {'find_spec': lambda *_: os.kill(os.getpid(), signal.SIGINT)})())"
)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")
@pytest.mark.parametrize(("moment", "said"), [(LATE, "中断"), (EARLY, "")])
def test_control_c_ends_a_process_quietly(moment: str, said: str) -> None:
    code = f"import os, signal, sys; sys.argv[1:] = ['rank', {str(EXAMPLE)!r}];"
    done = subprocess.run(
        [sys.executable, "-c", f"{code} from govscore import cli; {moment}; cli.main()"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (130, b"")
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr
