"""A private PostgreSQL for one test run.

The first test that needs it starts a *keeper*: a process of its own session, which makes a cluster in a short folder
under /tmp, and waits. Every process that uses the cluster holds a shared lock on one file. When the last of them has
gone, whether by a good end, ctrl-C or `kill -9`, the kernel gives the keeper the exclusive lock, and the keeper stops
the cluster and removes its folder. Nobody has to remember to clean up.

Never as root: there the cluster belongs to `postgres` or `nobody`. It listens on a socket in a closed folder only, and
its tests run as the plain role `loket`, as an office would.
"""

from __future__ import annotations

import fcntl
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

INSTALL_HINT = "PostgreSQL is not installed here (Debian: apt-get install postgresql)"
PREPARED = "prepared"
"""The database that has today's tables already: a copy of it is there sooner than fifteen steps of migration."""
_SUPERUSER = "keeper"
_ROLE = "loket"
_STATE = "postgres.json"
_USERS = "postgres.users"
_STARTING = "postgres.starting"
_SIZES = (
    "SELECT relname, pg_table_size(oid) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)
_LARGE = 1_000_000  # bytes of one table: statistics of so many rows are no start for the next test
_COUNTED = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
_kept: dict[str, str] = {}
"""By cluster the emptied database of this process."""
# Ordinary tests ask what is stored, not whether it survives a power cut.
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}


class PostgresMissingError(Exception):
    """There is no PostgreSQL on this machine; the text says what to install."""


class PostgresBrokenError(Exception):
    """PostgreSQL is installed and did not start; the text is what it said."""


def find_binaries() -> Path | None:
    """The folder of `initdb`, `pg_ctl` and `postgres`: of the PATH, else the newest of Debian's; None without one."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    debian = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    folders += sorted(debian, key=lambda folder: float(folder.parent.name), reverse=True)
    for folder in folders:
        if all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
            return folder
    return None


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster: its socket folder, as long as the process that asked for it lives."""

    sockets: str

    def url(self, database: str) -> str:
        """The URL of a database of this cluster, as LOKET_DATABASE_URL takes it."""
        return f"postgresql:///{database}?host={self.sockets}&user={_ROLE}"

    @contextmanager
    def fresh_database(self) -> Iterator[str]:
        """The URL of a new empty database that belongs to the plain role; dropped afterwards, whoever is connected."""
        name = f"t{uuid.uuid4().hex[:12]}"
        with self._superuser() as connection:
            # Without fsync copying files takes a third of the time; before 15 there was only that, and no word for it.
            strategy = "STRATEGY FILE_COPY" if connection.info.server_version >= 150000 else ""
            connection.execute(f'CREATE DATABASE "{name}" OWNER "{_ROLE}" {strategy}')
        try:
            yield self.url(name)
        finally:
            with self._superuser() as connection:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    @contextmanager
    def emptied_database(self) -> Iterator[str]:
        """The URL of a database with today's tables and nobody in them, as `PREPARED`.

        This process keeps one and empties it after each use: that takes a tenth of the time of a new one. One that was
        filled with thousands of rows, or whose tables are others by now, is dropped.
        """
        name = _kept.pop(self.sockets, "")
        if not name:
            name = f"k{uuid.uuid4().hex[:12]}"
            with self._superuser() as connection:
                connection.execute(f'CREATE DATABASE "{name}" OWNER "{_ROLE}" TEMPLATE "{PREPARED}"')
        try:
            yield self.url(name)
        finally:
            if self._empty(name):
                _kept[self.sockets] = name
            else:
                with self._superuser() as connection:
                    connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _empty(self, name: str) -> bool:
        """Whether the database is again as it was: no connection, no row in any table, all counts at the first."""
        from store.migrations import LATEST
        from store.schema import TABLES

        with self._superuser(name) as connection:
            others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            connection.execute(f"SELECT pg_terminate_backend(pid, 10000) {others}")
            sizes = dict(connection.execute(_SIZES).fetchall())
            if set(sizes) != {*TABLES, "loket_schema"} or max(sizes.values()) > _LARGE:
                return False
            if connection.execute("SELECT version FROM loket_schema").fetchall() != [(LATEST,)]:
                return False
            connection.execute("SET session_replication_role = replica")  # no order among the tables
            connection.execute("; ".join(f'DELETE FROM "{table}"' for table in TABLES))
            for (sequence,) in connection.execute(_COUNTED).fetchall():
                connection.execute(f'ALTER SEQUENCE "{sequence}" RESTART')
        return True

    @contextmanager
    def away(self, url: str) -> Iterator[None]:
        """As if the server of this database were gone: who is connected is cut off, and nobody gets in."""
        name = url.removeprefix("postgresql:///").partition("?")[0]
        with self._superuser() as connection:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            connection.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s", (name,)
            )
            try:
                yield
            finally:
                connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')

    def prepare(self) -> None:
        """Makes the database of which others are copies: today's tables, and nobody in them."""
        from store.database import open_database

        with self._superuser() as connection:
            connection.execute(f'CREATE DATABASE "{PREPARED}" OWNER "{_ROLE}"')
            database = open_database(self.url(PREPARED))
            database.connect()
            database.migrate()
            database.close()
            connection.execute(f'ALTER DATABASE "{PREPARED}" ALLOW_CONNECTIONS false')

    def _superuser(self, database: str = "postgres") -> Any:
        import psycopg  # slow to import, and not needed by the tests on SQLite

        return psycopg.connect(host=self.sockets, user=_SUPERUSER, dbname=database, autocommit=True)


@contextmanager
def running_cluster(shared: Path) -> Iterator[Cluster]:
    """The cluster of this test run, started if need be; `shared` is a folder that all processes of the run see."""
    if find_binaries() is None:
        raise PostgresMissingError(INSTALL_HINT)
    with (shared / _USERS).open("a+") as users:
        with (shared / _STARTING).open("a") as starting:
            fcntl.lockf(starting, fcntl.LOCK_EX)
            # Waits here while a keeper is stopping the cluster of those who went before.
            fcntl.lockf(users, fcntl.LOCK_SH)
            state = shared / _STATE
            if not state.exists():
                _start_keeper(shared)
                Cluster(sockets=json.loads(state.read_text())["sockets"]).prepare()
            cluster = Cluster(sockets=json.loads(state.read_text())["sockets"])
        yield cluster


def _start_keeper(shared: Path) -> None:
    command = [sys.executable, "-I", str(Path(__file__).resolve()), str(shared)]
    # Its own session: ctrl-C on the test run does not reach it, so it can clean up after everybody.
    keeper = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert keeper.stdout is not None
    answer = keeper.stdout.readline()
    keeper.stdout.close()
    if answer != "ready\n":
        keeper.wait()
        raise PostgresBrokenError(answer)
    # It outlives this process; without this, Python would warn that a child is still running.
    keeper.returncode = 0


def _keep(shared: Path) -> int:
    """The keeper's life: start, say so, wait until nobody uses the cluster, stop, tidy up."""
    folder = Path(tempfile.mkdtemp(prefix="lk-", dir="/tmp"))  # short: a socket's path ends at 107 bytes
    state = shared / _STATE
    try:
        try:
            _start_cluster(folder)
        except subprocess.CalledProcessError as error:
            log = folder / "log"
            said = (error.stdout or "") + (log.read_text() if log.exists() else "")
            _answer(json.dumps(said))
            return 1
        state.write_text(json.dumps({"sockets": str(folder)}))
        _answer("ready")
        with (shared / _USERS).open("a+") as users:
            fcntl.lockf(users, fcntl.LOCK_EX)
            state.unlink()
            _pg(folder, "pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "-w", "stop")
        return 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _answer(line: str) -> None:
    """One line to whoever started the keeper; nobody listens afterwards."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.close()


def _start_cluster(folder: Path) -> None:
    owner = _owner()
    if owner is not None:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = str(folder / "data")
    _pg(
        folder,
        *("initdb", "-D", data, "--no-sync", "--auth=trust", f"--username={_SUPERUSER}"),
        *("--encoding=UTF8", "--locale=C.UTF-8"),
    )
    options = " ".join(f"-c {name}='{value}'" for name, value in _SETTINGS.items())
    log = str(folder / "log")
    _pg(folder, "pg_ctl", "-D", data, "-l", log, "-w", "-o", f"-k {folder} {options}", "start")
    # No psql: the client library of the tests is in the environment, the client program may not be.
    import psycopg

    with psycopg.connect(host=str(folder), user=_SUPERUSER, dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE ROLE "{_ROLE}" LOGIN')


def _owner() -> pwd.struct_passwd | None:
    """Whose cluster it is: None for the person who runs the tests, or a powerless account when that person is root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _pg(folder: Path, program: str, *arguments: str) -> None:
    binaries = find_binaries()
    assert binaries is not None
    owner = _owner()
    account: dict[str, Any] = {}
    if owner is not None:
        account = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    log: IO[str]
    with tempfile.TemporaryFile("w+") as log:  # a file, not a pipe: the server would hold the pipe open
        done = subprocess.run(
            [str(binaries / program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            **account,
        )
        if done.returncode:
            log.seek(0)
            raise subprocess.CalledProcessError(done.returncode, program, log.read())


if __name__ == "__main__":
    raise SystemExit(_keep(Path(sys.argv[1])))
