"""The waiting process: it has everything loaded, opens nothing, and forks for each person."""

from __future__ import annotations

import fcntl
import gc
import importlib
import os
import pkgutil
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

from store.value_class import write_all
from tui import i18n
from tui.terminal import environment
from tui.warm import handover, likeness, person, place
from tui.warm.program import Program

PACKAGES: Final = ("store", "printing", "tui")
_APART: Final = ("store.migrations.m", "store.workbooks.", "tui.cli.", "tui.__main__")
"""Beginnings of the names of modules that no screen needs: old steps of the schema, what runs in a process of its own,
and commands."""

_LATER: Final = ("phonenumbers", "holidays", "segno", "reportlab.pdfgen.canvas")
"""What the screens load when it is first used."""

_LOOK: Final = 10.0
"""Seconds between two looks whether the program was changed, while nobody starts it."""

_BACKLOG: Final = 128
_SIGNALS: Final = (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class AlreadyWaitingError(Exception):
    """Another process of this account waits in the folder."""


class NoPlaceError(Exception):
    """The folder, whose name this is, cannot be made, or is not the account's alone."""


def load() -> Program:
    """Loads everything that a person at the screens may need. Nothing is opened, and no thread is started."""
    began = time.time()
    environment.calm()
    if os.environ.get("LOKET_DATABASE_URL", "").startswith("postgres"):
        from store.drivers import show_psycopg

        show_psycopg()
    for name in PACKAGES:
        package = importlib.import_module(name)
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not found.name.startswith(_APART):
                importlib.import_module(found.name)
    for name in ("tui.cli.office", *_LATER):
        importlib.import_module(name)
    for language in i18n.LANGUAGES:
        with i18n.speaking(language):  # the texts stay where they were read from the file
            pass
    write_all()
    roots = [Path(importlib.import_module(name).__path__[0]) for name in PACKAGES]
    program = Program(began, roots)
    gc.freeze()  # what is looked at in a fork is memory of its own; so are gaps that a collection would leave to fill
    return program


class Waiting:
    """One socket in one folder, and the people who came through it."""

    def __init__(self, folder: str, program: Program, run: Callable[[list[str]], int]) -> None:
        """Raises NoPlaceError, AlreadyWaitingError."""
        self._program, self._run = program, run
        self._interpreter = likeness.interpreter(os.environ)
        self._own = likeness.rights(os.getpid())
        self._connections: dict[int, socket.socket | None] = {}
        """By the number of the forked process; None when the person's own is gone."""
        self._lock = _locked(folder)
        self._path = place.path_in(folder)
        self._listening = _listening(self._path)
        self._told, self._wake = socket.socketpair()
        self._ending = False

    def serve(self) -> int:
        """Until it is told to end or the program was changed; the exit status.

        It returns once more in each forked process, with the status of that person's start.
        """
        self._wake.setblocking(False)
        signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        for number in _SIGNALS:
            signal.signal(number, self._end if number != signal.SIGCHLD else lambda *_: None)
        while not self._ending:
            status = self._turn()
            if status is not None:
                return status
        self._close(leave=True)
        return 0

    def _end(self, *_: object) -> None:
        self._ending = True

    def _turn(self) -> int | None:
        """Waits for something to happen and answers it; a status in a forked process that has ended."""
        poll = select.poll()
        poll.register(self._listening, select.POLLIN)
        poll.register(self._told, select.POLLIN)
        people = {each.fileno(): child for child, each in self._connections.items() if each is not None}
        for descriptor in people:
            poll.register(descriptor, 0)  # only its end is told
        ready = dict(poll.poll(_LOOK * 1000))
        if self._told.fileno() in ready:
            self._told.recv(4096)
        for descriptor, child in people.items():
            if descriptor in ready:
                os.kill(child, signal.SIGCONT)  # a stopped one could not end
                self._let_go(child)
        self._reap()
        status = self._accept() if self._listening.fileno() in ready else None
        # Each forked process looks as well before it takes anybody over: nobody else waits for that meanwhile.
        if status is None and self._program.changed():
            self._ending = True
        return status

    def _accept(self) -> int | None:
        """Forks for everybody who has come; a status in a forked process that has ended."""
        with suppress(BlockingIOError):
            while True:
                connection, _address = self._listening.accept()
                connection.setblocking(False)
                if handover.peer(connection)[1] != os.getuid():
                    connection.close()
                elif (status := self._fork(connection)) is not None:
                    return status
        return None

    def _fork(self, connection: socket.socket) -> int | None:
        assert threading.active_count() == 1
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            child = os.fork()
            if child:
                self._connections[child] = connection
                return None
            self._become_nobody()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        if self._program.changed():
            connection.close()
            return 0
        return person.serve(connection, self._interpreter, self._own, self._run)

    def _become_nobody(self) -> None:
        """The forked process lets go of what is the waiting one's: its socket, its lock, other people's connections."""
        signal.set_wakeup_fd(-1)
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._close(leave=False)
        os.setsid()

    def _reap(self) -> None:
        while True:
            try:
                child, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if child == 0:
                return
            connection = self._connections[child]
            if connection is not None and os.WIFSIGNALED(status):
                with suppress(OSError):
                    connection.sendall(b"%s %d\n" % (handover.KILLED, os.WTERMSIG(status)))
            self._let_go(child)
            del self._connections[child]

    def _let_go(self, child: int) -> None:
        connection = self._connections[child]
        if connection is not None:
            connection.close()
            self._connections[child] = None

    def _close(self, *, leave: bool) -> None:
        if leave:
            with suppress(OSError):
                os.unlink(self._path)
        for child in self._connections:
            self._let_go(child)
        for each in (self._listening, self._told, self._wake):
            each.close()
        os.close(self._lock)


def _locked(folder: str) -> int:
    """The lock of the folder, which is made where it is missing. One process waits there."""
    with suppress(OSError):
        Path(folder).mkdir(mode=0o700)
    if not place.is_own(folder):
        raise NoPlaceError(folder)
    lock = os.open(f"{folder}/lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise AlreadyWaitingError(folder) from None
    return lock


def _listening(path: str) -> socket.socket:
    """A socket of this name, in the place of one that was left."""
    with suppress(FileNotFoundError):
        os.unlink(path)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(path)
    os.chmod(path, 0o600)
    listening.listen(_BACKLOG)
    listening.setblocking(False)
    return listening


def wait(folder: str, run: Callable[[list[str]], int], ready: Callable[[], None]) -> int:
    """Loads, waits, and serves everybody who comes; see `Waiting.serve`. Raises what `Waiting` raises."""
    waiting = Waiting(folder, load(), run)
    ready()
    sys.stdout.flush()
    sys.stderr.flush()
    return waiting.serve()
