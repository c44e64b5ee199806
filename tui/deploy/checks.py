"""Whether a server is what `fragments` says: what is there is looked at, and asked of sshd and sudo themselves."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from store.plain_files import read_plain
from tui.deploy import fragments
from tui.deploy.fragments import Server

SECRET: Final = 0o077
FOREIGN: Final = 0o022


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be: a code, what it concerns, and what was found there."""

    code: str
    what: str
    found: str = ""


@dataclass(frozen=True)
class Places:
    """Where the files of the server are: elsewhere only in tests."""

    sshd: Path = fragments.SSHD
    sudoers: Path = fragments.SUDOERS
    sshd_config: Path = Path("/etc/ssh/sshd_config")


def findings(server: Server, places: Places) -> list[Finding]:
    """Everything that is not right; raises PermissionError for who is not root."""
    if os.geteuid() != 0:
        raise PermissionError(1, "not root", "sshd -T")
    try:
        owner = pwd.getpwnam(server.account)
        members = grp.getgrnam(server.group).gr_mem
    except KeyError as missing:
        return [Finding("no-account", server.account if server.account in str(missing) else server.group)]
    staff = sorted(set(members) - {server.account})
    return [
        *_folders(server, owner, staff),
        *_program(server),
        *_sudo(server, places, staff),
        *_sshd(server, places, staff),
        *_keys(server, owner),
    ]


def _mode(path: Path, uid: int, refused: int, code: str) -> Iterator[Finding]:
    """What is wrong with the owner of a path, or with what others may do with it."""
    try:
        found = path.lstat()
    except OSError:
        yield Finding("missing", str(path))
        return
    mode = stat.S_IMODE(found.st_mode)
    if found.st_uid != uid or (mode & refused and not stat.S_ISLNK(found.st_mode)):
        yield Finding(code, str(path), f"{_name(found.st_uid)} {mode:04o}")


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _folders(server: Server, owner: pwd.struct_passwd, staff: list[str]) -> Iterator[Finding]:
    from store.service import MARK

    for above in (*reversed(server.root.parents), server.root):
        yield from _mode(above, 0, FOREIGN, "root-folder")
    yield from _mode(server.home, owner.pw_uid, SECRET, "office-open")
    if server.home.is_dir():
        yield from _mode(server.home / MARK, owner.pw_uid, FOREIGN, "no-mark")
        for file in sorted(server.home.glob("loket.sqlite*")):
            yield from _mode(file, owner.pw_uid, 0o007, "office-open")
    inbox, outbox = server.root / "MASUK", server.root / "KELUAR"
    yield from _mode(inbox, owner.pw_uid, 0o007, "inbox")
    if inbox.is_dir() and stat.S_IMODE(inbox.lstat().st_mode) & 0o3070 != 0o3070:
        yield Finding("inbox", str(inbox), f"{stat.S_IMODE(inbox.lstat().st_mode):04o}")
    yield from _mode(outbox, owner.pw_uid, 0o026, "outbox")
    for login in staff:
        yield from _mode(outbox / login, owner.pw_uid, 0o027, "own-outbox")


def _program(server: Server) -> Iterator[Finding]:
    """Nobody but root may change what runs as the service account."""
    yield from wrong_in(server.program, fragments.text("program", server), "program")
    python = Path(server.python)
    places = {python, python.parent, python.parent.parent, python.parent.parent / "lib", python.resolve()}
    for path in sorted({*places, *(above for place in places for above in place.parents)}):
        yield from _mode(path, 0, FOREIGN, "program-open")


def wrong_in(path: Path, wanted: str, code: str) -> Iterator[Finding]:
    """What is wrong with a plain file that has to say this, whoever may change it included."""
    try:
        there = read_plain(path).decode("utf-8", "replace")
    except OSError:
        yield Finding("missing", str(path))
        return
    if _lines(there) != _lines(wanted):
        yield Finding(f"{code}-differs", str(path))
    yield from _mode(path, 0, FOREIGN, "program-open")


def _lines(text: str) -> list[str]:
    return [line for each in text.splitlines() if (line := each.split("#")[0].strip())]


def _sudo(server: Server, places: Places, staff: list[str]) -> Iterator[Finding]:
    yield from wrong_in(places.sudoers, fragments.text("sudo", server), "sudo")
    for login in staff:
        for rule in _may(login):
            if rule != f'({server.account}) NOPASSWD: {server.program} ""':
                yield Finding("sudo-more", login, rule)


def _may(login: str) -> list[str]:
    """What sudo says that an account may start, and as whom."""
    said = _asked("sudo", "-n", "-l", "-U", login)
    return [line.strip() for line in said.splitlines() if line.startswith(" ") and line.lstrip().startswith("(")]


def _sshd(server: Server, places: Places, staff: list[str]) -> Iterator[Finding]:
    for login in [*staff, server.account]:
        for port, wanted in _wanted(server, login).items():
            said = _asked(*_sshd_asks(server, places, login, port))
            if not said:
                yield Finding("sshd-unknown", str(places.sshd_config))
                return
            lines = dict(line.partition(" ")[::2] for line in said.splitlines())
            for keyword, value in wanted.items():
                if lines.get(keyword, "none") != value:
                    yield Finding("sshd", f"{login}, {port}: {keyword}", lines.get(keyword, "none"))


def _sshd_asks(server: Server, places: Places, login: str, port: int) -> tuple[str, ...]:
    who = f"user={login},host=localhost,addr=127.0.0.1,laddr=127.0.0.1,lport={port}"
    program = shutil.which("sshd") or "/usr/sbin/sshd"
    return (program, "-T", "-f", str(places.sshd_config), "-C", who)


_CLOSED: Final = {"disableforwarding": "yes", "permittunnel": "no", "permituserrc": "no", "permituserenvironment": "no"}


def _wanted(server: Server, login: str) -> dict[int, dict[str, str]]:
    """By port what sshd has to say of an account."""
    if login == server.account:
        return {server.port: _CLOSED, server.files_port: {"forcecommand": "/bin/false", "disableforwarding": "yes"}}
    files = "internal-sftp -u 0007 -P symlink,hardlink"
    return {
        server.port: {**_CLOSED, "forcecommand": f"sudo -n -u {server.account} {server.program}"},
        server.files_port: {**_CLOSED, "forcecommand": files, "chrootdirectory": str(server.root), "permittty": "no"},
    }


def _keys(server: Server, owner: pwd.struct_passwd) -> Iterator[Finding]:
    """Each key of the service account opens the screens of one person, and nothing else."""
    path, seen = Path(owner.pw_dir) / ".ssh" / "authorized_keys", set[str]()
    if not path.exists():
        return
    yield from _mode(path, owner.pw_uid if path.lstat().st_uid else 0, FOREIGN, "program-open")
    try:
        there = read_plain(path).decode("utf-8", "replace")
    except OSError:  # sshd reads whatever it is; who may come in by it cannot be said
        yield Finding("key-open", str(path))
        return
    for number, line in enumerate(there.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        before, mark, after = line.partition('command="')
        command, _quote, rest = after.partition('"')
        words, key = command.split(" "), " ".join(rest.split()[:2])
        plain = before == "restrict,pty," and mark and len(words) == 3 and words[:2] == [str(server.program), "--as"]
        if not plain or rest[:1] != " ":
            yield Finding("key-open", f"{path}:{number}", line[:60])
        elif key in seen:
            yield Finding("key-twice", f"{path}:{number}", words[2])
        seen.add(key)


def _asked(*command: str) -> str:
    """What a program says; nothing where it fails or is not there."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""
