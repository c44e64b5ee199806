"""A private server as docs/server.md describes it: accounts, folders, sudo rule and sshd of one test run, on loopback.

Needs root, Debian's `sshd`, `ssh`, `sudo` and `adduser`, and a Python that other accounts may start. What the files say
is what `loket deploy --print` says. Everything is taken away again at the end.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import select
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.terminal.driver import GLANCE, Terminal
from tui.deploy import fragments
from tui.deploy.checks import Places
from tui.deploy.fragments import Server

INSTALL_HINT = (
    "a server to log in to needs root and, on Debian: apt-get install openssh-server openssh-client sudo adduser"
)
_OF_NO_USE = ("visidata*", "fontTools*", "fonttools*", "hypothesis*", "grimp*", "fpdf*", "ruff*", "psycopg*")
_PACKAGES = ("tui", "store", "printing")
_CONFIG = """\
Include {folder}/loket.conf
ListenAddress 127.0.0.1
HostKey {folder}/host_key
PidFile {folder}/sshd.pid
AuthorizedKeysFile {folder}/keys/%u
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
AcceptEnv LANG LC_*
X11Forwarding yes
Subsystem sftp internal-sftp
"""


class SshdMissingError(Exception):
    """What such a server needs is not here."""


class SshdBrokenError(Exception):
    """It is here and does not start."""


@dataclass(frozen=True)
class SshServer:
    """A running server, its two members of the staff, and who is not of the staff at all."""

    folder: Path
    server: Server
    budi: str
    cici: str

    @property
    def places(self) -> Places:
        return Places(self.folder / "loket.conf", _sudoers(self.folder), self.folder / "sshd_config")

    def ssh(self, login: str, *options: str, port: int | None = None, program: str = "ssh") -> list[str]:
        """The client, as a person has it at home: their key and nothing else."""
        which = "-P" if program == "sftp" else "-p"
        quiet = ["-q", "-F", "none", "-i", str(self.folder / "id"), "-o", "IdentitiesOnly=yes"]
        known = ["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "BatchMode=yes"]
        return [program, *quiet, *known, which, str(port or self.server.port), *options, f"{login}@127.0.0.1"]

    def run(self, command: Sequence[str], told: str = "", as_: str | None = None) -> subprocess.CompletedProcess[str]:
        """A command, as an account of the machine."""
        who = {} if as_ is None else _identity(as_)
        return subprocess.run(command, input=told, capture_output=True, text=True, timeout=60, check=False, **who)  # type: ignore[call-overload,no-any-return]

    def loket(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of Loket, by the administrator Ani at the service account."""
        command = [self.server.python, "-I", "-m", "tui", "--home", str(self.server.home), "--as", "ani", *arguments]
        return self.run(command, as_=self.server.account)

    def sftp(self, login: str, *lines: str, port: int | None = None) -> subprocess.CompletedProcess[str]:
        """Lines of sftp, which ends at the first that is refused."""
        command = self.ssh(login, "-b", "-", port=port or self.server.files_port, program="sftp")
        return self.run(command, "\n".join(lines) + "\n")

    @contextmanager
    def screens(self, login: str, *options: str) -> Iterator[Terminal]:
        """A terminal in which somebody logs in."""
        terminal = Terminal(self.ssh(login, "-tt", *options), environment={"TERM": "xterm-256color", "LANG": "C.UTF-8"})
        try:
            yield terminal
        finally:
            terminal.close()

    def processes(self) -> set[int]:
        """Those of the service account."""
        return _processes(self.server.account)


def _identity(login: str) -> dict[str, object]:
    found = pwd.getpwnam(login)
    groups = os.getgrouplist(login, found.pw_gid)
    return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": groups, "cwd": "/"}


def _processes(login: str) -> set[int]:
    uid, found = pwd.getpwnam(login).pw_uid, set[int]()
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdecimal() and entry.stat().st_uid == uid:
                found.add(int(entry.name))
    return found


def _sudoers(folder: Path) -> Path:
    return Path("/etc/sudoers.d") / folder.name


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _interpreter() -> str:
    """A Python of this version that any account may start. Raises SshdMissingError."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for found in (Path(sys.base_prefix) / "bin" / version, Path("/usr/bin") / version):
        if found.exists() and all(
            above.stat().st_mode & 0o001 for above in (found.resolve(), *found.resolve().parents)
        ):
            return str(found)
    raise SshdMissingError(f"no {version} that other accounts may start: apt-get install {version}")


def until(condition: Callable[[], bool], seconds: float) -> bool:
    """Looks again and again, at most so long; whether it came true."""
    end = time.monotonic() + seconds
    while not (true := condition()) and time.monotonic() < end:
        select.select([], [], [], GLANCE)
    return true


def _check() -> None:
    programs = ("ssh", "ssh-keygen", "sftp", "sudo", "adduser", "addgroup", "useradd")
    missing = [each for each in programs if shutil.which(each) is None]
    if os.geteuid() != 0 or missing or not Path("/usr/sbin/sshd").exists():
        raise SshdMissingError(INSTALL_HINT)


def _run(*command: str | Path) -> None:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        raise SshdBrokenError(f"{command}: {done.stdout}{done.stderr}")


def _install(place: Path) -> str:
    """Loket and what it needs, as an administrator installs it; the interpreter."""
    _run(_interpreter(), "-m", "venv", "--without-pip", place)
    target = next((place / "lib").glob("python*")) / "site-packages"
    unused = shutil.ignore_patterns("*mypy*", "*loket*", "pip*", "setuptools*", "*pytest*", "[bB]abel*", *_OF_NO_USE)
    shutil.copytree(sysconfig.get_paths()["purelib"], target, dirs_exist_ok=True, ignore=unused)
    for name in _PACKAGES:
        shutil.copytree(Path(__file__).parents[1] / name, target / name)
    _run("chmod", "-R", "go+rX", place)
    return str(place / "bin" / "python")


def _write(path: Path, text: str, mode: int) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def _arrange(folder: Path, server: Server, people: Sequence[str]) -> None:
    """What docs/server.md has an administrator do."""
    _run("groupadd", server.group)
    for login in people:
        _run("useradd", "--no-create-home", "--shell", "/bin/sh", "--password", "*", "--groups", server.group, login)
    folders = folder / "folders.sh"
    _write(folders, fragments.text("folders", server), 0o700)
    _run("/bin/sh", folders)
    _run("usermod", "--password", "*", server.account)
    _write(server.program, fragments.text("program", server), 0o755)
    _write(folder / "loket.conf", fragments.text("sshd", server), 0o644)
    _write(folder / "sshd_config", _CONFIG.format(folder=folder), 0o644)
    _write(_sudoers(folder), fragments.text("sudo", server), 0o440)
    _run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / "host_key")
    _run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / "id")
    (folder / "keys").mkdir()
    public = (folder / "id.pub").read_text(encoding="utf-8")
    for login in people:
        _write(folder / "keys" / login, public, 0o644)
    line = fragments.text("key", server).splitlines()[-1].replace("LOGIN", "ani", 1)
    _write(folder / "keys" / server.account, line.split(" ssh-ed25519")[0] + " " + public, 0o644)


@contextmanager
def running_server() -> Iterator[SshServer]:
    """The server, with an office: Ani administers it, Budi and Cici are staff, by accounts of their own.

    Raises SshdMissingError, SshdBrokenError.
    """
    _check()
    folder = Path(tempfile.mkdtemp(dir="/srv", prefix="lk"))
    folder.chmod(0o755)
    name = folder.name.replace("_", "x").lower()
    budi, cici = f"{name}b", f"{name}c"
    try:
        python = _install(folder / "opt")
        ports = _free_port(), _free_port()
        server = Server(f"{name}s", f"{name}g", folder / "loket", *ports, python, program=folder / "loket-layar")
        _arrange(folder, server, (budi, cici))
        found = SshServer(folder, server, budi, cici)
        _fill(found)
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        log = folder / "sshd.log"
        with subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", str(folder / "sshd_config"), "-E", str(log)]) as sshd:
            try:
                if not until(lambda: _answers(server.port) or sshd.poll() is not None, 20) or sshd.poll() is not None:
                    raise SshdBrokenError(log.read_text())
                yield found
            finally:
                sshd.terminate()
    finally:
        _remove(folder, name, (budi, cici))


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _fill(found: SshServer) -> None:
    init = [found.server.python, "-I", "-m", "tui", "--home", str(found.server.home)]
    made = found.run([*init, "init", "--service", "--first", "ani", "--name", "Kantor Uji"], as_=found.server.account)
    if made.returncode:
        raise SshdBrokenError(made.stderr)
    for login, name in ((found.budi, "Budi"), (found.cici, "Cici")):
        added = found.loket("staff", "add", login, "--name", name, "--role", "pelayanan")
        if added.returncode:
            raise SshdBrokenError(added.stderr)


def _remove(folder: Path, name: str, people: Sequence[str]) -> None:
    _sudoers(folder).unlink(missing_ok=True)
    account = f"{name}s"
    for login in (*people, account):
        with contextlib.suppress(KeyError):
            for pid in _processes(login):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, 9)
            until(lambda login=login: not _processes(login), 5)  # type: ignore[misc]
        subprocess.run(["userdel", login], capture_output=True, check=False)
    for group in (f"{name}g", account):
        subprocess.run(["groupdel", group], capture_output=True, check=False)
    shutil.rmtree(folder, ignore_errors=True)
