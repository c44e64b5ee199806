"""The ground the other tests stand on: what is fixed, what is never skipped, what never stays behind."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.cups import INSTALL_HINT as CUPS_HINT
from tests.postgres import INSTALL_HINT, Cluster, find_binaries, running_cluster

ROOT = Path(__file__).parent.parent


def try_tests(folder: Path, source: str, *options: str, strict: bool) -> subprocess.CompletedProcess[str]:
    """Runs one small test file on this project's conftest, in a process of its own."""
    (folder / "tests").mkdir()
    for name in ("__init__.py", "conftest.py", "cups.py", "postgres.py"):
        shutil.copy(ROOT / "tests" / name, folder / "tests")
    (folder / "tests" / "test_small.py").write_text(source)
    environment = {**os.environ, "LOKET_TEST_STRICT": "1" if strict else "0"}
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_XDIST_TESTRUNUID", "PYTEST_ADDOPTS"):
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", f"--basetemp={folder}/base", *options],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


SKIPS = """
import pytest

@pytest.fixture
def printer():
    pytest.skip("no fixture")

def test_a():
    pytest.skip("no reason")

def test_b(printer):
    pass

@pytest.mark.xfail(reason="no hope")
def test_c():
    assert 0

def test_d():
    pass
"""


@pytest.mark.parametrize("options", [(), ("-n", "1")], ids=["alone", "workers"])
def test_where_nothing_may_be_skipped_a_skip_fails_the_run(tmp_path: Path, options: tuple[str, ...]) -> None:
    done = try_tests(tmp_path, SKIPS, *options, strict=True)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    section = done.stdout.partition("skipped, and nothing may be")[2]
    assert [reason for reason in ("no fixture", "no reason", "no hope") if reason not in section] == []


def test_a_skipped_module_fails_the_run_as_well(tmp_path: Path) -> None:
    source = "import pytest\npytest.skip('no module', allow_module_level=True)\n"
    done = try_tests(tmp_path, source, "-n", "1", strict=True)
    assert done.returncode != pytest.ExitCode.OK
    assert "no module" in done.stdout.partition("skipped, and nothing may be")[2]


def test_on_a_persons_machine_a_skip_is_a_skip(tmp_path: Path) -> None:
    done = try_tests(tmp_path, SKIPS, strict=False)
    assert done.returncode == pytest.ExitCode.OK
    assert "1 passed, 2 skipped, 1 xfailed" in done.stdout


def test_without_postgresql_its_tests_say_what_to_install(tmp_path: Path) -> None:
    none = "import tests.postgres\ntests.postgres.find_binaries = lambda: None\n"
    done = try_tests(tmp_path, none + "def test_a(postgres_url):\n    pass\n", strict=False)
    assert done.returncode == 0
    assert f"1 left out: {INSTALL_HINT}" in done.stdout


def test_without_cups_its_tests_say_what_to_install(tmp_path: Path) -> None:
    none = "import tests.cups\ntests.cups.find_cupsd = lambda: None\n"
    done = try_tests(tmp_path, none + "def test_a(cups):\n    pass\n", strict=False)
    assert done.returncode == 0
    assert f"1 left out: {CUPS_HINT}" in done.stdout


def test_every_test_starts_from_the_same_environment(tmp_path: Path) -> None:
    assert time.timezone == 5 * 3600
    assert os.environ["TERM"] == "xterm-256color"
    assert list(Path.home().iterdir()) == []
    spoiled = "import os, pathlib\ndef test_a():\n    os.environ['NO_COLOR'] = os.environ['PGHOST'] = 'x'\n"
    spoiled += (
        "    pathlib.Path.home().joinpath('left').mkdir()\n    pathlib.Path.home().joinpath('link').symlink_to('/')\n"
    )
    clean = "def test_b():\n    assert not {'NO_COLOR', 'PGHOST'} & set(os.environ)\n"
    clean += "    assert list(pathlib.Path.home().iterdir()) == []\n"
    done = try_tests(tmp_path, spoiled + clean, strict=False)
    assert (done.returncode, "2 passed" in done.stdout) == (0, True), done.stdout


def test_a_database_is_fresh_and_belongs_to_a_plain_role(postgres_cluster: Cluster) -> None:
    with postgres_cluster.fresh_database() as first, postgres_cluster.fresh_database() as second:
        assert first != second
        with psycopg.connect(first) as connection:
            connection.execute("CREATE TABLE left_behind (id int)")
            row = connection.execute("SELECT current_user, current_setting('is_superuser')").fetchone()
        assert row == ("loket", "off")
        with psycopg.connect(second) as connection:
            assert connection.execute("SELECT to_regclass('left_behind')").fetchone() == (None,)
            # Still connected when it is dropped: that hinders nobody.
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(first)


def test_the_server_never_runs_as_root_and_listens_nowhere_else(postgres_cluster: Cluster) -> None:
    server = Path(postgres_cluster.sockets, "data", "postmaster.pid").read_text().split()[0]
    assert Path("/proc", server).stat().st_uid != 0
    with psycopg.connect(postgres_cluster.url("postgres")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert Path(postgres_cluster.sockets).stat().st_mode & 0o077 == 0
    assert len(postgres_cluster.sockets) < 20


def wait_until(true: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether it became true in time."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder for a cluster of its own, where there is a PostgreSQL to make one."""
    if find_binaries() is None:
        pytest.skip(INSTALL_HINT)
    return tmp_path


HOLD = "import sys; from pathlib import Path; from tests.postgres import running_cluster\n"
HOLD += (
    "with running_cluster(Path(sys.argv[1])) as cluster:\n    print(cluster.sockets, flush=True); sys.stdin.read()\n"
)


def hold_cluster(shared: Path) -> tuple[subprocess.Popen[str], Path]:
    """Another process that uses the cluster of the folder until it is killed, and the cluster's own folder."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(shared)], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    return holder, Path(holder.stdout.readline().strip())


def kill(holder: subprocess.Popen[str], number: signal.Signals) -> None:
    """Ends the process and closes our ends of its pipes."""
    holder.send_signal(number)
    holder.communicate()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_the_last_one_out_stops_the_server_however_it_ends(shared: Path, number: signal.Signals) -> None:
    first, folder = hold_cluster(shared)
    second, same = hold_cluster(shared)
    assert same == folder
    server = Path("/proc", Path(folder, "data", "postmaster.pid").read_text().split()[0])
    kill(first, number)
    with running_cluster(shared) as cluster:
        assert Path(cluster.sockets) == folder
        psycopg.connect(cluster.url("postgres")).close()
    assert server.exists()
    kill(second, number)
    assert wait_until(lambda: not server.exists() and not folder.exists())


def test_who_comes_after_the_last_gets_a_new_server(shared: Path) -> None:
    with running_cluster(shared) as first:
        psycopg.connect(first.url("postgres")).close()
    with running_cluster(shared) as second:
        psycopg.connect(second.url("postgres")).close()


def test_the_second_start_sets_nothing_up(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for made in ("bin/python", ".run", ".dev"):
        (tmp_path / ".venv" / made).touch()

    def steps(goal: str) -> list[str]:
        done = subprocess.run(
            ["make", "-n", goal], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
        )
        return [line for line in done.stdout.splitlines() if "pip install" in line or "venv .venv" in line]

    assert steps("run") == steps("test") == []
    newer = time.time() + 60
    os.utime(tmp_path / "constraints.txt", (newer, newer))
    assert len(steps("run")) == 1
    assert len(steps("test")) == 1
    shutil.rmtree(tmp_path / ".venv")
    assert len(steps("run")) == 2
