"""A server that staff reach over SSH (docs/server.md): a real sshd and a real sudo, on loopback."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sshd import SshdMissingError, SshServer, running_server, until
from tui.deploy.checks import findings

pytestmark = pytest.mark.xdist_group("sshd")
PATIENCE = 30.0


@pytest.fixture(scope="module")
def server() -> Iterator[SshServer]:
    try:
        with running_server() as running:
            yield running
    except SshdMissingError as missing:
        if os.environ.get("LOKET_TEST_STRICT"):
            raise
        pytest.skip(str(missing))


def codes(server: SshServer) -> list[str]:
    return [each.code for each in findings(server.server, server.places)]


def test_each_person_gets_the_screens_as_themselves(server: SshServer) -> None:
    for login, name in ((server.budi, "Budi (pelayanan)"), (server.cici, "Cici (pelayanan)")):
        with server.screens(login) as terminal:
            terminal.wait_for(name, PATIENCE)
            terminal.press("f8")
            terminal.wait_for("Peserta")
            assert b"38;5;" in terminal.output  # in colours
    with server.screens(server.server.account) as terminal:  # a key that says who it is
        terminal.wait_for("ani", PATIENCE)
        terminal.wait_for("F2 ")


def test_nobody_says_who_they_are_themselves(server: SshServer) -> None:
    uid = str(os.getuid())
    spoofed = [f"SUDO_UID={uid}", "SUDO_USER=ani", "LOGNAME=ani", "USER=ani", "LOKET_HOME=/tmp", "PYTHONPATH=/tmp"]
    options = [word for each in spoofed for word in ("-o", f"SetEnv={each}")]
    with server.screens(server.budi, *options, "-o", "SendEnv=LC_*", "-o", "SetEnv=LC_LOKET=ani") as terminal:
        terminal.wait_for("Budi (pelayanan)", PATIENCE)
    for word in ("--as", "ani"), ("--home", "/tmp"), ("staff", "list"):
        told = ["sudo", "-n", "-u", server.server.account, str(server.server.program), *word]
        assert server.run(told, as_=server.budi).returncode != 0
    for told in (["/bin/sh", "-c", "id"], [server.server.python, "-c", "print(1)"], ["-s"], ["-e", "/etc/hosts"]):
        done = server.run(["sudo", "-n", "-u", server.server.account, *told], as_=server.budi)
        assert (done.returncode != 0, done.stdout) == (True, "")
    given = ["sudo", "-n", "-u", server.server.account, "PYTHONPATH=/tmp", str(server.server.program)]
    assert "not allowed to set" in server.run(given, as_=server.budi).stderr
    direct = [
        server.server.python,
        "-I",
        "-m",
        "tui",
        "--home",
        str(server.server.home),
        "--as",
        "ani",
        "staff",
        "list",
    ]
    assert server.run(direct, as_=server.budi).returncode == 1


def test_no_other_command_is_started(server: SshServer) -> None:
    for login in (server.budi, server.server.account):
        for told in ("id", "/bin/sh", "loket staff list", f"{server.server.python} -c 'print(1)'", "internal-sftp"):
            done = server.run([*server.ssh(login), told])
            assert (done.returncode, done.stdout) == (1, ""), told
            assert "terminal" in done.stderr
        assert server.sftp(login, "pwd", port=server.server.port).returncode != 0
    assert "sftp connections only" in server.run([*server.ssh(server.budi, port=server.server.files_port), "id"]).stdout
    assert server.sftp(server.server.account, "pwd").returncode != 0


def test_files_go_through_two_folders(server: SshServer, tmp_path: Path) -> None:
    brought, back = tmp_path / "daftar.csv", tmp_path / "back.csv"
    brought.write_text("KPJ,NAMA\n", encoding="utf-8")
    assert server.sftp(server.budi, "cd MASUK", f"put {brought}", "ls").returncode == 0
    inside = server.server.root / "MASUK" / "daftar.csv"
    assert server.run(["cat", str(inside)], as_=server.server.account).stdout == "KPJ,NAMA\n"
    assert server.sftp(server.cici, "rm MASUK/daftar.csv").returncode != 0
    own = server.server.root / "KELUAR" / server.budi
    server.run(["cp", str(inside), str(own / "hasil.csv")], as_=server.server.account)
    assert server.sftp(server.budi, f"get KELUAR/{server.budi}/hasil.csv {back}").returncode == 0
    assert back.read_text(encoding="utf-8") == "KPJ,NAMA\n"
    refused = (
        *(
            f"get KELUAR/{server.budi}/hasil.csv {back}",
            f"ls KELUAR/{server.budi}",
            f"put {brought} KELUAR/{server.budi}/",
        ),
        *("ls kantor", f"get kantor/loket.sqlite {back}", f"put {brought} /", "mkdir /baru", "get /etc/passwd"),
        *("symlink /kantor/loket.sqlite MASUK/x.csv", "ln MASUK/daftar.csv MASUK/y.csv", "cd .."),
    )
    for line in refused[:-1]:
        who = server.cici if server.budi in line and not line.startswith("put") else server.budi
        assert server.sftp(who, line).returncode != 0, line
    assert "/etc" not in server.sftp(server.budi, "cd ..", "ls").stdout
    inside.unlink()


def test_nothing_is_forwarded(server: SshServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as inside:
        port = inside.getsockname()[1]
        for login in (server.budi, server.server.account):
            through = server.run(server.ssh(login, "-W", f"127.0.0.1:{port}"))
            assert through.returncode != 0
            away = ("-o", "ExitOnForwardFailure=yes", "-N", "-R", f"0:127.0.0.1:{port}")
            assert server.run(server.ssh(login, *away)).returncode != 0
        inside.settimeout(0)
        with pytest.raises(BlockingIOError):
            inside.accept()


def test_a_lost_line_ends_the_process_and_keeps_what_was_typed(server: SshServer) -> None:
    before = server.processes()
    with server.screens(server.budi) as terminal:
        terminal.wait_for("Budi (pelayanan)", PATIENCE)
        terminal.press("f9", "t")
        terminal.wait_for("ketik")
        terminal.press("t")
        terminal.type("telepon balik Pak Arif")
        terminal.wait_for("Pak Arif")
        terminal.idle()
        assert server.processes() - before
        os.kill(terminal.process.pid, 9)
        gone = time.monotonic()
        assert until(lambda: not server.processes() - before, 10)
        assert time.monotonic() - gone < 1.0
    with server.screens(server.budi) as terminal:
        terminal.wait_for("Budi (pelayanan)", PATIENCE)
        terminal.press("f9", "t")
        terminal.wait_for("ketik")
        terminal.press("t")
        terminal.wait_for("telepon balik Pak Arif")


def test_the_check_finds_what_was_loosened(server: SshServer) -> None:
    assert findings(server.server, server.places) == []
    home, rules, conf = server.server.home, server.places.sudoers, server.folder / "loket.conf"
    spoilt = {home: 0o755, server.server.root: 0o777, server.server.root / "MASUK": 0o770, home / "layanan": 0o666}
    for path, mode in spoilt.items():
        right = path.stat().st_mode & 0o7777
        path.chmod(mode)
        assert codes(server), path
        path.chmod(right)
    for path, line, code in (
        (rules, f"{server.budi} ALL=(ALL) NOPASSWD: ALL\n", "sudo-more"),
        (conf, "", "sshd"),
    ):
        right = path.read_text(encoding="utf-8")
        path.write_text(right + line if line else right.replace("DisableForwarding yes", ""), encoding="utf-8")
        assert code in codes(server)
        path.write_text(right, encoding="utf-8")
    keys = server.server.root / ".ssh"
    keys.mkdir()
    (keys / "authorized_keys").write_text("ssh-ed25519 AAAA ani\n", encoding="utf-8")
    assert codes(server) == ["key-open"]
    (keys / "authorized_keys").unlink()
    keys.rmdir()
    assert findings(server.server, server.places) == []


def test_the_command_says_what_to_do(server: SshServer) -> None:
    told = [server.server.python, "-I", "-m", "tui", "--lang", "en", "deploy", "--root", str(server.server.root)]
    refused = server.run([*told, "--check"], as_=server.budi)
    assert refused.returncode == 1 and "sudo loket deploy --check" in refused.stderr
    done = server.run([*told, "--check", "--json", "--account", server.server.account, "--group", server.server.group])
    said = json.loads(done.stdout)
    assert (done.returncode, said["right"]) == (2, False)  # this machine's own sshd and sudo know nothing of it
    assert all(each["says"] for each in said["findings"])
    assert "Match Group loket-kantor" in server.run([*told, "--print", "sshd"]).stdout
