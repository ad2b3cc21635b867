"""What every test starts from: Chinese, an empty home, one time zone, no network, repeatable examples.

A test marked `full` takes long, and runs with GOVSCORE_FULL=1 only; `full("soffice")` needs these
programs, and runs wherever they are. With GOVSCORE_FULL=1 nothing may be skipped.
"""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import sys
import time
from typing import TYPE_CHECKING, Any, Final

import hypothesis
import pytest

from govscore import i18n
from tools import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FULL: Final = os.environ.get("GOVSCORE_FULL") == "1"
DEBIAN: Final = {"soffice": "libreoffice-calc", "tmux": "tmux", "pdftotext": "poppler-utils"}
"""Programs that `full` tests need, and the Debian packages that have them."""
_HOME_VARIABLES: Final = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
_XDG: Final = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
_UNSET: Final = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "LANGUAGE", "LC_ALL", "TMUX")

hypothesis.settings.register_profile(
    "default", max_examples=100, deadline=None, derandomize=True, database=None, print_blob=True
)
hypothesis.settings.register_profile(
    "full", max_examples=2_000, deadline=None, derandomize=False, database=None, print_blob=True
)
hypothesis.settings.load_profile("full" if FULL else "default")


# --- which tests run -------------------------------------------------------------------------------


def _skip_reason(marker: pytest.Mark) -> str | None:
    if FULL:
        return None
    if not marker.args:
        return "takes long: runs with GOVSCORE_FULL=1 (.ci/full)"
    missing = [name for name in marker.args if shutil.which(name) is None]
    packages = ", ".join(f"{name} (Debian: {DEBIAN.get(name, name)})" for name in missing)
    return f"needs {packages}" if missing else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked `full` skip themselves, with the reason, where they cannot or need not run."""
    for item in items:
        reasons = [_skip_reason(marker) for marker in item.iter_markers("full")]
        for reason in filter(None, reasons):
            item.add_marker(pytest.mark.skip(reason=reason))


def _skipped(reporter: Any) -> list[tuple[str, str]]:
    """Names and reasons of skipped tests."""
    reports = reporter.stats.get("skipped", [])
    reasons = [each.longrepr[2] if isinstance(each.longrepr, tuple) else "" for each in reports]
    pairs = zip((each.nodeid for each in reports), reasons, strict=True)
    return sorted((name, reason.removeprefix("Skipped: ")) for name, reason in pairs)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With GOVSCORE_FULL=1 a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if FULL and reporter is not None and session.exitstatus == pytest.ExitCode.OK and _skipped(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_configure(config: pytest.Config) -> None:
    """In long runs a failed test is named when it fails, not only at the end."""
    if FULL and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Failures(), "failures-at-once")


class _Failures:
    """Writes the name of each failed test past whatever captures output."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            print(f"\nfailed: {report.nodeid} ({report.when})", file=sys.__stdout__, flush=True)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Prints every skipped test by its name."""
    skipped = _skipped(terminalreporter)
    if skipped and FULL:
        terminalreporter.write_line("GOVSCORE_FULL=1: nothing may be skipped", red=True)
    for name, reason in skipped:
        terminalreporter.write_line(f"skipped: {name}: {reason}")


# --- what they run in ------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder, time zone and environment of the tests' own."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in _HOME_VARIABLES:
            patch.setenv(name, str(folder))
        for name in (*_XDG, *_UNSET, *(each for each in os.environ if each.startswith("GOVSCORE_"))):
            if name != "GOVSCORE_FULL":
                patch.delenv(name, raising=False)
        for name, value in {"TZ": "Asia/Shanghai", "TERM": "xterm-256color", "LANG": "C.UTF-8"}.items():
            patch.setenv(name, value)
        _apply_zone()
        yield folder
    _apply_zone()


def _apply_zone() -> None:
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture(autouse=True)
def fresh(home: Path) -> Iterator[None]:
    """Each test begins in Chinese, with an empty home folder."""
    i18n.use_language(i18n.DEFAULT_LANGUAGE)
    yield
    i18n.use_language(i18n.DEFAULT_LANGUAGE)
    for left in home.iterdir():
        shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()


def _is_local(address: object) -> bool:
    if not isinstance(address, tuple):
        return True  # a path: a socket of this machine
    host = str(address[0])
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in {"localhost", ""}


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """A connection to another machine is a fault of the test."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any, /) -> None:
        if not _is_local(address):
            raise AssertionError(f"a test wanted to reach the network: {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", local_only)
        yield


# --- languages -------------------------------------------------------------------------------------


@pytest.fixture
def english() -> None:
    """Sentences in English."""
    i18n.use_language("en")


@pytest.fixture
def pseudo(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A language whose sentences are ⟦English⟧: what is shown without brackets missed the catalogue."""
    folder = tmp_path_factory.mktemp("pseudo")
    catalogue.pseudo(folder)
    monkeypatch.setattr(i18n, "LOCALE_DIR", folder)
    i18n._catalogue.cache_clear()
    i18n.use_language(catalogue.PSEUDO)
    yield catalogue.PSEUDO
    i18n._catalogue.cache_clear()
