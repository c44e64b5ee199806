"""What every test stands on: a fixed environment, an empty home, a fresh database of each kind."""

from __future__ import annotations

import gc
import os
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.cups import CupsMissingError, PrivateCups, private_cups
from tests.postgres import Cluster, PostgresMissingError, running_cluster

STRICT = os.environ.get("LOKET_TEST_STRICT") == "1"
"""Nothing may be skipped: what is missing is a failure. Set by .ci/run."""

ORIGINAL_ENVIRONMENT = dict(os.environ)
"""As the run was started, for the one test that installs packages like a person does."""

_REMOVED = ("XDG_", "LOKET_", "TEXTUAL_", "PG", "LC_", "SUDO_", "SSH_", "CLICOLOR", "TMUX")
_REMOVED_NAMES = (
    *("NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLORFGBG", "COLUMNS", "LINES", "LANGUAGE", "STY", "ESCDELAY"),
    *("TERM_PROGRAM", "TERM_PROGRAM_VERSION", "WT_SESSION", "EDITOR", "VISUAL", "PAGER", "CI"),
    "PYTHONDONTWRITEBYTECODE",  # every program a test starts would read all sources again
)
_KEPT = "TEXTUAL_SNAPSHOT_TEMPDIR"  # the snapshot plugin's own, from its start to its end
_FIXED = {
    "TERM": "xterm-256color",
    "LANG": "C.UTF-8",
    # Neither UTC nor WIB: whoever asks the machine for its local time is found out. No name of the tz database.
    "TZ": "TST5",
}


def _fix_environment() -> None:
    for name in list(os.environ):
        if name != _KEPT and (name.startswith(_REMOVED) or name in _REMOVED_NAMES):
            del os.environ[name]
    os.environ.update(_FIXED)
    time.tzset()


_fix_environment()  # at once: Textual reads its variables when it is imported

# Two shared cores: how long one example takes says nothing. A failure in CI must come again on a person's machine.
settings.register_profile("loket", deadline=None, derandomize=STRICT, print_blob=True)
settings.load_profile("loket")


@pytest.fixture(scope="session")
def _empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("person")


@pytest.fixture(autouse=True)
def fixed_environment(_empty_home: Path) -> Iterator[None]:
    """The same variables and an empty HOME for every test, whatever the one before it left."""
    _fix_environment()
    os.environ["HOME"] = str(_empty_home)
    yield
    for left in _empty_home.iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            left.unlink()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty folder for one office, what `--home` names."""
    folder = tmp_path / "office"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def postgres_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """The PostgreSQL of this run, shared by its worker processes."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    try:
        with running_cluster(shared) as cluster:
            yield cluster
    except PostgresMissingError as missing:
        pytest.skip(str(missing))


@pytest.fixture
def postgres_url(postgres_cluster: Cluster) -> Iterator[str]:
    """The URL of a PostgreSQL database that has today's tables and no office yet."""
    with postgres_cluster.emptied_database() as url:
        yield url


@pytest.fixture
def empty_postgres_url(postgres_cluster: Cluster) -> Iterator[str]:
    """The URL of a new empty PostgreSQL database, dropped afterwards."""
    with postgres_cluster.fresh_database() as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that does not exist yet, in a folder that does."""
    folder = tmp_path / "database"
    folder.mkdir()
    return f"sqlite:///{folder}/loket.sqlite"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database of each kind: whatever goes through the store's door is tried on both."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", "empty_postgres"])
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """The same without any table: for what the steps of migration are tried on."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def cups(request: pytest.FixtureRequest) -> Iterator[PrivateCups]:
    """A running private CUPS with one queue, as a voucher queue should be; a parameter is more of its configuration."""
    try:
        with private_cups(directives=f"MaxJobs 2000\nMaxJobTime 0\n{getattr(request, 'param', '')}") as server:
            yield server
    except CupsMissingError as missing:
        pytest.skip(str(missing))


def pytest_collection_finish() -> None:
    """What the collection left stays to the end: looking for garbage in it again and again took a fifth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


_skipped: list[tuple[str, str]] = []


def _note_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped:
        reason = (
            report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr or "expected failure")
        )
        _skipped.append((report.nodeid, reason))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Under xdist the controller hears the reports of all workers here."""
    _note_skip(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """A whole module may be skipped while it is collected."""
    _note_skip(report)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In strict mode a skipped test fails the run."""
    if STRICT and _skipped and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says what strict mode does not forgive; on a person's machine, what to install for the tests left out."""
    if STRICT and _skipped:
        terminalreporter.section("skipped, and nothing may be (LOKET_TEST_STRICT=1)", red=True)
        for nodeid, reason in dict(_skipped).items():
            terminalreporter.write_line(f"{nodeid}: {reason}")
    elif _skipped:
        for reason, count in Counter(reason for _nodeid, reason in _skipped).items():
            terminalreporter.write_line(f"{count} left out: {reason.removeprefix('Skipped: ')}", yellow=True)
