"""An office that a service account keeps, and to which staff come in over SSH (docs/server.md).

There the database belongs to an account whose programs no member of the staff can choose: a fixed one is started for
them, and says who they are. A file in the home says that it is so; elsewhere nobody is believed about who they are.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from store.errors import NotService

MARK: Final = "layanan"
"""The file in the home."""
_TEXT: Final = "A service account keeps this office: who comes in is told by sudo, or by --as in authorized_keys.\n"


def is_service(home: Path) -> bool:
    """Whether this process is the service account of a home that says so, in a file that nobody else can write."""
    try:
        found, owner = (home / MARK).lstat(), home.stat().st_uid
    except OSError:
        return False
    own = found.st_uid == owner == os.getuid()
    return own and stat.S_ISREG(found.st_mode) and not found.st_mode & 0o022


def make_service(home: Path) -> None:
    """Says so in a home. Raises PermissionError for who is not its owner."""
    if home.stat().st_uid != os.getuid():
        raise PermissionError(1, "not the owner", str(home))
    handle = os.open(home / MARK, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(_TEXT)


def named_login(home: Path, named: str) -> str:
    """Who an account is that several keys open, each with a name of its own. Raises NotService elsewhere."""
    if not is_service(home):
        raise NotService(str(home))
    return named


def own_outbox(outbox: Path, login: str) -> Path:
    """A person's own folder in KELUAR where the administrator made one, else KELUAR itself."""
    own = outbox / login
    plain = login not in ("", ".", "..") and "/" not in login
    return own if plain and own.is_dir() and not own.is_symlink() else outbox
