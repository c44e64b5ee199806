"""A private PostgreSQL on a socket, for the tests and for the benches; nothing of Loket is imported here.

The first process that needs it starts a *keeper*: a process of its own session, which starts the server and waits.
Every process that uses the server holds a shared lock on one file. When the last of them has gone, whether by a good
end, ctrl-C or `kill -9`, the kernel gives the keeper the exclusive lock, and the keeper stops the server and removes
its folder, or leaves the data where they are to be used again. Nobody has to remember to clean up.

Never as root: there the server belongs to `postgres` or `nobody`. It listens on a socket in a closed folder only.
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
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

INSTALL_HINT = "PostgreSQL is not installed here (Debian: apt-get install postgresql)"
SUPERUSER = "keeper"
ROLE = "loket"
_STATE = "postgres.json"
_USERS = "postgres.users"
_STARTING = "postgres.starting"


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


def role_url(sockets: str, database: str) -> str:
    """The URL of a database of a server as the plain role sees it, as LOKET_DATABASE_URL takes it."""
    return f"postgresql:///{database}?host={sockets}&user={ROLE}"


@contextmanager
def running_server(
    shared: Path,
    settings: Mapping[str, str],
    *,
    kept: Path | None = None,
    prepare: Callable[[str], None] = lambda _sockets: None,
) -> Iterator[str]:
    """The folder of the sockets of a server, started if need be.

    `shared` is a folder that all its users see. `kept` is where its data stay when it stops; without it they go.
    `prepare` is called once with the sockets, while all others wait. Raises PostgresBrokenError.
    """
    with (shared / _USERS).open("a+") as users:
        with (shared / _STARTING).open("a") as starting:
            fcntl.lockf(starting, fcntl.LOCK_EX)
            # Waits here while a keeper is stopping the server of those who went before.
            fcntl.lockf(users, fcntl.LOCK_SH)
            state = shared / _STATE
            if not state.exists():
                _start_keeper(shared, settings, kept)
                prepare(json.loads(state.read_text())["sockets"])
            sockets = str(json.loads(state.read_text())["sockets"])
        yield sockets


def _start_keeper(shared: Path, settings: Mapping[str, str], kept: Path | None) -> None:
    where = "" if kept is None else str(kept)
    command = [sys.executable, "-I", str(Path(__file__).resolve()), str(shared), json.dumps(dict(settings)), where]
    # Its own session: ctrl-C on the run does not reach it, so it can clean up after everybody.
    keeper = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert keeper.stdout is not None
    answer = keeper.stdout.readline()
    keeper.stdout.close()
    if answer != "ready\n":
        keeper.wait()
        raise PostgresBrokenError(answer)
    # It outlives this process; without this, Python would warn that a child is still running.
    keeper.returncode = 0


def _keep(shared: Path, settings: Mapping[str, str], kept: Path | None) -> int:
    """The keeper's life: start, say so, wait until nobody uses the server, stop, tidy up."""
    folder = Path(tempfile.mkdtemp(prefix="lk-", dir="/tmp"))  # short: a socket's path ends at 107 bytes
    data = kept or folder / "data"
    state = shared / _STATE
    try:
        try:
            _start_server(folder, data, settings)
        except subprocess.CalledProcessError as error:
            log = folder / "log"
            said = (error.stdout or "") + (log.read_text() if log.exists() else "")
            _answer(json.dumps(said))
            return 1
        state.write_text(json.dumps({"sockets": str(folder)}))
        _answer("ready")
        with (shared / _USERS).open("a+") as users:
            fcntl.lockf(users, fcntl.LOCK_EX)
            state.unlink(missing_ok=True)
            way = "immediate" if kept is None else "fast"
            _pg(folder, "pg_ctl", "-D", str(data), "-m", way, "-w", "-t", "600", "stop")
        return 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _answer(line: str) -> None:
    """One line to whoever started the keeper; nobody listens afterwards."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.close()


def _start_server(folder: Path, data: Path, settings: Mapping[str, str]) -> None:
    owner = _owner()
    if owner is not None:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    new = not (data / "PG_VERSION").exists()
    if new:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        if owner is not None:
            os.chown(data, owner.pw_uid, owner.pw_gid)
        _pg(
            folder,
            *("initdb", "-D", str(data), "--no-sync", "--auth=trust", f"--username={SUPERUSER}"),
            *("--encoding=UTF8", "--locale=C.UTF-8"),
        )
    options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    log = str(folder / "log")
    _pg(folder, "pg_ctl", "-D", str(data), "-l", log, "-w", "-t", "600", "-o", f"-k {folder} {options}", "start")
    if new:
        # No psql: the client library is in the environment, the client program may not be.
        import psycopg

        with psycopg.connect(host=str(folder), user=SUPERUSER, dbname="postgres", autocommit=True) as connection:
            connection.execute(f'CREATE ROLE "{ROLE}" LOGIN')


def stop_server(sockets: str) -> None:
    """Ends a running server at once, as when its machine loses power; its data stay."""
    folder = Path(sockets)
    _pg(folder, "pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "-w", "stop")


def start_server(sockets: str, settings: Mapping[str, str]) -> None:
    """Starts one again that was stopped so."""
    _start_server(Path(sockets), Path(sockets) / "data", settings)


def _owner() -> pwd.struct_passwd | None:
    """Whose server it is: None for the person who runs it, or a powerless account when that person is root."""
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
    raise SystemExit(_keep(Path(sys.argv[1]), json.loads(sys.argv[2]), Path(sys.argv[3]) if sys.argv[3] else None))
