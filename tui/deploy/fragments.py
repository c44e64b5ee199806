"""The files of a server as they are to be installed. `checks` holds what is there against the same texts."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final

SSHD: Final = Path("/etc/ssh/sshd_config.d/loket.conf")
SUDOERS: Final = Path("/etc/sudoers.d/loket")
PROGRAM: Final = Path("/usr/local/bin/loket-layar")


@dataclass(frozen=True)
class Server:
    """How a server is arranged: the service account, the group of who comes in, the folder above the office."""

    account: str
    group: str
    root: Path
    port: int
    files_port: int
    python: str
    """The interpreter with Loket."""
    database: str = ""
    """A URL, for PostgreSQL."""
    program: Path = PROGRAM

    @property
    def home(self) -> Path:
        """The office: closed to everybody but the service account."""
        return self.root / "kantor"


_FOLDERS: Final = Template("""\
#!/bin/sh
# Once, as root. $root is what sftp shows; the office in it is closed to all but $account.
set -eu
getent group $group >/dev/null || addgroup --system $group
getent passwd $account >/dev/null || adduser --system --group --home $root --no-create-home --shell /bin/sh $account
adduser --quiet $account $group
install -d -o root -g root -m 0755 $root
install -d -o $account -g $account -m 2700 $home
install -d -o $account -g $group -m 3770 $root/MASUK
install -d -o $account -g $group -m 0751 $root/KELUAR
ln -sfn ../MASUK $home/MASUK
ln -sfn ../KELUAR $home/KELUAR
# Everybody of the group gets a folder of their own in KELUAR: run this again after each new member.
for login in $$(getent group $group | cut -d: -f4 | tr ',' ' '); do
    [ "$$login" = $account ] || install -d -o $account -g "$$(id -gn "$$login")" -m 2750 "$root/KELUAR/$$login"
done
""")

_PROGRAM: Final = Template("""\
#!/bin/sh
# The screens of Loket and nothing else, as $account: started by sudo, or by a key with --as LOGIN in authorized_keys.
# Nothing of the environment comes along but the kind of terminal and the language.
case "$${1-}" in
    '') [ "$$#" -eq 0 ] || exit 64 ;;
    --as) [ "$$#" -eq 2 ] || exit 64 ;;
    *) exit 64 ;;
esac
exec /usr/bin/env -i PATH=/usr/bin:/bin SSH_TTY=1 TERM="$${TERM-dumb}" LANG="$${LANG-C.UTF-8}" \\
    $${LC_ALL:+LC_ALL="$$LC_ALL"} $${NO_COLOR:+NO_COLOR=1} $${SUDO_UID:+SUDO_UID="$$SUDO_UID"} HOME=$root$database \\
    $python -I -m tui --home $home "$$@"
""")

_SUDO: Final = Template("""\
# Members of $group start the screens as $account, without arguments and with nothing of their environment.
Defaults!$program env_reset, !setenv, use_pty, env_keep = "LANG LC_ALL TERM NO_COLOR"
%$group ALL=($account) NOPASSWD: $program ""
""")

_SSHD: Final = Template("""\
# Port $files_port is sftp into $root/MASUK and $root/KELUAR; on any other port the group gets the screens.
Port $port
Port $files_port
Match LocalPort $files_port Group $group User !$account,*
    ChrootDirectory $root
    ForceCommand internal-sftp -u 0007 -P symlink,hardlink
    DisableForwarding yes
    PermitTunnel no
    PermitTTY no
    PermitUserRC no
Match LocalPort $files_port
    ForceCommand /bin/false
    DisableForwarding yes
    PermitTTY no
Match Group $group User !$account,*
    ForceCommand sudo -n -u $account $program
    DisableForwarding yes
    PermitTunnel no
    PermitUserRC no
Match User $account
    AuthenticationMethods publickey
    DisableForwarding yes
    PermitTunnel no
    PermitUserRC no
""")

_KEY: Final = Template("""\
# One line for each key in $root/.ssh/authorized_keys, in place of sudo, where people have no accounts of their own.
# LOGIN is the name by which Loket knows the person.
restrict,pty,command="$program --as LOGIN" ssh-ed25519 AAAA… LOGIN
""")

_ALL: Final = {"folders": _FOLDERS, "program": _PROGRAM, "sudo": _SUDO, "sshd": _SSHD, "key": _KEY}


def text(name: str, server: Server) -> str:
    """One of the files. `name` is a key of what `loket deploy --print` offers."""
    database = f" LOKET_DATABASE_URL={shlex.quote(server.database)}" if server.database else ""
    return _ALL[name].substitute(
        account=server.account,
        group=server.group,
        root=server.root,
        home=server.home,
        port=server.port,
        files_port=server.files_port,
        program=server.program,
        python=shlex.quote(server.python),
        database=database,
    )
