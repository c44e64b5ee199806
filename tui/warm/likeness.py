"""What a forked process has from the waiting one and cannot change: where it differs, the start must be cold."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress

_RIGHTS = (
    *("Uid", "Gid", "Groups", "NoNewPrivs", "Seccomp"),
    *("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"),
)
"""Lines of /proc/PID/status: who a process is and what it may."""

_SPACES = ("mnt", "pid", "net", "ipc", "user", "uts")
"""Namespaces: which files, processes, addresses and names a process sees."""

_OBEYED_AT_START = ("PYTHON", "LD_", "MALLOC_", "GLIBC_")
"""Variables that the interpreter and the system's library obey at their start only."""


def interpreter(environ: Mapping[str, str]) -> str:
    """How Python was started: program, version, switches, where it looks for modules, and what it obeys at its start.

    The letters of names of files must be the same ones; those of the terminal are handed over.
    """
    flags = [getattr(sys.flags, name) for name in _switches()]
    obeyed = sorted((name, value) for name, value in environ.items() if name.startswith(_OBEYED_AT_START))
    said = (sys.executable, sys.version, flags, sys.path, sys.warnoptions, sorted(sys._xoptions.items()), obeyed)
    return repr((said, sys.getfilesystemencoding(), __file__))


def _switches() -> list[str]:
    # UTF-8 mode only chooses how letters are read, and that is compared and handed over.
    return [name for name in dir(sys.flags) if not name.startswith("_") and name not in ("count", "index", "utf8_mode")]


def rights(pid: int) -> list[object]:
    """Who a process is, what it may and what it sees. Raises OSError for one that is gone or somebody else's."""
    process = f"/proc/{pid}"
    status = _status(process)
    spaces = [os.readlink(f"{process}/ns/{name}") for name in _SPACES]
    label = ""
    with suppress(OSError), open(f"{process}/attr/current", encoding="utf-8") as confinement:
        label = confinement.read()
    return [*(status.get(name) for name in _RIGHTS), spaces, os.readlink(f"{process}/root"), label]


def umask(pid: int) -> int:
    """The umask of a process. Raises OSError for one that is gone."""
    return int(_status(f"/proc/{pid}")["Umask"], 8)


def _status(process: str) -> dict[str, str]:
    with open(f"{process}/status", encoding="utf-8", errors="replace") as file:
        lines = [line.partition(":") for line in file]
    return {name: value.strip() for name, _mark, value in lines}
