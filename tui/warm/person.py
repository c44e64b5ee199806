"""A forked process becomes what a cold start of the same person would have been."""

from __future__ import annotations

import locale
import os
import resource
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from store.sessions import forked_for
from tui.warm import handover, likeness
from tui.warm.handover import Handover

_ENDS_WITHIN: Final = 2.0
"""Seconds that the program may take to end in order, once the person's own process is gone."""

_LIMITS: Final = sorted({getattr(resource, name) for name in dir(resource) if name.startswith("RLIMIT_")})


def serve(connection: socket.socket, interpreter: str, own: list[object], run: Callable[[list[str]], int]) -> int:
    """Takes one person's start over and carries it out; the exit status, which the connection is told.

    `interpreter` and `own` are the likeness of the waiting process. Where anything differs that cannot be changed the
    connection is closed, and that person starts cold.
    """
    with connection:
        taken = _taken(connection, interpreter, own)
        if taken is None:
            return 0
        person, descriptors = taken
        become(person, descriptors)
        threading.Thread(target=_end_with, args=(connection.fileno(),), daemon=True, name="person-watch").start()
        status = _status_of(lambda: run(list(person.argv[1:])))
        sys.stdout.flush()
        sys.stderr.flush()
        with suppress(OSError):
            connection.sendall(b"%s %d\n" % (handover.EXITED, status & 0xFF))
        return status


def _taken(connection: socket.socket, interpreter: str, own: list[object]) -> tuple[Handover, list[int]] | None:
    """The start to carry out, once both sides have agreed on it."""
    connection.settimeout(_ENDS_WITHIN)
    pid, _uid = handover.peer(connection)
    try:
        person, descriptors = handover.receive(connection)
        if person.interpreter != interpreter or likeness.rights(pid) != own:
            return None
        _take_limits(pid)
        os.umask(likeness.umask(pid))
        forked_for(pid)
        handle = os.pidfd_open(os.getpid())
        socket.send_fds(connection, [b"%s %d\n" % (handover.TOOK, os.getpid())], [handle])
        os.close(handle)
        if connection.recv(len(handover.GO)) != handover.GO:
            return None
    except (OSError, ValueError, KeyError):
        return None
    connection.settimeout(None)
    return person, descriptors


def _take_limits(pid: int) -> None:
    """Limits and priority of the person's own process. Raises OSError or ValueError for what this one may not have."""
    for limit in _LIMITS:
        theirs = resource.prlimit(pid, limit)
        if theirs != resource.getrlimit(limit):
            resource.setrlimit(limit, theirs)
    nice = os.getpriority(os.PRIO_PROCESS, pid)
    if nice != os.getpriority(os.PRIO_PROCESS, 0):
        os.setpriority(os.PRIO_PROCESS, 0, nice)


def become(person: Handover, descriptors: list[int]) -> None:
    """Environment, language of the system, time zone, folder, terminal and arguments of a person."""
    *streams, folder = descriptors
    os.fchdir(folder)
    for number, descriptor in enumerate(streams):
        os.dup2(descriptor, number)
    for descriptor in descriptors:
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(person.environment)
    with suppress(locale.Error):  # as Python does at its start: one that is not installed is none
        locale.setlocale(locale.LC_CTYPE, "")
    time.tzset()
    sys.argv[:] = person.argv
    _open_streams(person.letters)
    with suppress(OSError):
        Path("/proc/self/comm").write_text("loket", encoding="ascii")


def _open_streams(letters: tuple[str, ...]) -> None:
    """Standard input, output and error of Python, with the letters that the person's own process has."""
    names = ("stdin", "stdout", "stderr")
    for number, name in enumerate(names):
        encoding, errors = letters[2 * number : 2 * number + 2]
        mode, buffering = ("w", 1) if number else ("r", -1)
        stream = open(number, mode, buffering, encoding, errors, closefd=False)  # noqa: SIM115 - stays open
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _end_with(connection: int) -> None:
    """Ends this process when the person's own one is gone: as a hang-up does, and for sure soon after."""
    poll = select.poll()
    poll.register(connection, 0)  # nothing asked for: only its end is told
    poll.poll()
    os.kill(os.getpid(), signal.SIGHUP)
    time.sleep(_ENDS_WITHIN)
    os.kill(os.getpid(), signal.SIGKILL)


def _status_of(run: Callable[[], int]) -> int:
    """What the interpreter makes of how a program ends."""
    try:
        return run()
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        sys.stderr.write(f"{end.code}\n")
        return 1
