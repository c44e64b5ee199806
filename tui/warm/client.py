"""A person's own process: it finds the waiting one, hands over, passes signals on and ends as the other one ends.

Nothing heavy is loaded here, and whatever is not as it should be leads to a cold start without a word.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.warm import place

if TYPE_CHECKING:
    import socket

_LANGUAGES = ("id", "en")
_FAULT = 1


def started_warm(arguments: Sequence[str]) -> int | None:
    """Runs the screens in a process forked from the waiting one; the exit status, None where the start must be cold."""
    folder = place.folder(os.environ)
    path = place.path_in(folder)
    if not folder or not place.is_own(folder) or not place.is_socket(path):
        return None
    if not _opens_the_screens(arguments) or not _in_front():
        return None
    connection = _connected(path)
    if connection is None:
        return None
    with connection:
        child = _handed_over(connection)
        if child is None:
            return None
        from tui.warm.watching import until_it_ends

        return until_it_ends(connection, *child)


def _opens_the_screens(arguments: Sequence[str]) -> bool:
    """Whether there is no command, nor anything that would have to be parsed to know."""
    words = iter(arguments)
    for word in words:
        name, mark, value = word.partition("=")
        value = value if mark else next(words, "")
        if name not in ("--home", "--lang", "--as") or not value or value.startswith("-"):
            return False
        if name == "--lang" and value not in _LANGUAGES:
            return False
    return True


def _in_front() -> bool:
    """Whether this process may use the terminal now: a job in the background has to wait, and stops by itself."""
    if os.getuid() != os.geteuid() or not (os.isatty(0) and os.isatty(1)):
        return False
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return True  # not the terminal of this session: there are no jobs on it


def _connected(path: str) -> socket.socket | None:
    """A connection to a process of the same account."""
    import socket

    from tui.warm.handover import peer

    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(_PATIENCE)
    try:
        connection.connect(path)
        if peer(connection)[1] == os.getuid():
            return connection
    except OSError:
        pass  # a file that was left, or a process that does not answer
    connection.close()
    return None


_PATIENCE = 5.0
"""Seconds that the waiting process may take: it answers in hundredths, and where twenty people start in the same second
on two cores, a cold start of some of them would only make all of them slower."""


def _handed_over(connection: socket.socket) -> tuple[int, int] | None:
    """The number and the descriptor of the forked process that takes over; None when none does."""
    from tui.warm import handover, likeness

    streams = (sys.stdin, sys.stdout, sys.stderr)
    given = handover.Handover(
        likeness.interpreter(os.environ),
        tuple(word for stream in streams for word in (stream.encoding, stream.errors or "strict")),
        tuple(sys.argv),
        dict(os.environ),
    )
    try:
        here = os.open(".", os.O_PATH | os.O_DIRECTORY)
        try:
            handover.send(connection, given, [0, 1, 2, here])
        finally:
            os.close(here)
        said, descriptors = handover.line(connection)
        word, _mark, number = said.partition(b" ")
        if word != handover.TOOK or len(descriptors) != 1:
            return None
        connection.sendall(handover.GO)
    except OSError:
        return None
    connection.settimeout(None)
    return int(number), descriptors[0]
