"""Where the waiting process is met: a socket in a folder that only the account can enter."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping

SOCKET = "warm"
LONGEST = 107
"""Bytes of a socket's path (unix(7))."""

VARIABLE = "LOKET_WARM"
"""Names another folder; `no`: every start is cold."""


def folder(environ: Mapping[str, str]) -> str:
    """The folder of the account: LOKET_WARM, else the one systemd makes for the unit, else the one of a login.

    Empty where there shall be none.
    """
    named = environ.get(VARIABLE, "")
    if named:
        return "" if named == "no" else named
    made = unit_folder()
    return made if os.path.isdir(made) else f"/run/user/{os.getuid()}/loket"


def unit_folder() -> str:
    """What the unit has as its RuntimeDirectory."""
    return f"/run/loket-{os.getuid()}"


def path_in(place: str) -> str:
    """The path of the socket in a folder."""
    return f"{place}/{SOCKET}"


def is_own(place: str) -> bool:
    """Whether nobody but the account can have put a socket there, and its path is not too long for one."""
    if not place.startswith("/") or len(os.fsencode(path_in(place))) > LONGEST:
        return False
    try:
        found = os.lstat(place)
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077


def is_socket(path: str) -> bool:
    """Whether there is a socket of the account's own."""
    try:
        found = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISSOCK(found.st_mode) and found.st_uid == os.getuid()
