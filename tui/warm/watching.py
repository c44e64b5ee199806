"""What a person's own process does while the forked one runs: pass signals on, wait, and give the terminal back."""

from __future__ import annotations

import os
import signal
import socket
import sys
import termios
import time
from contextlib import suppress
from typing import Any, Final

from tui.warm import handover

_PASSED_ON: Final = (signal.SIGWINCH, signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
_UNTIL_STOPPED: Final = 2.0
"""Seconds in which the forked process gives the terminal back before both are stopped."""
_GLANCE: Final = 0.01

_AS_BEFORE: Final = b"\x1b[0m\x1b[r\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
"""Undoes all that the screens ask of a terminal; what the forked process does itself, where it can."""


def until_it_ends(connection: socket.socket, child: int, handle: int) -> int:
    """Waits for the forked process; its exit status, 128 and the signal's number when a signal ended it."""
    before = _modes()
    _pass_on(child, handle)
    word, number = _last_word(connection)
    if word == handover.EXITED:
        return number
    _give_back(before)
    return 128 + (number if word == handover.KILLED else signal.SIGKILL)


def _last_word(connection: socket.socket) -> tuple[bytes, int]:
    """What is said before the connection ends; nothing when everybody who could say it was killed."""
    last = b"", 0
    with suppress(OSError):
        while said := handover.line(connection)[0]:
            word, _mark, number = said.partition(b" ")
            last = word, int(number)
    return last


def _pass_on(child: int, handle: int) -> None:
    def send(number: int, _frame: Any) -> None:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(handle, number)

    def stop(number: int, frame: Any) -> None:
        send(number, frame)
        end = time.monotonic() + _UNTIL_STOPPED
        while not _is_stopped(child) and time.monotonic() < end:
            time.sleep(_GLANCE)
        os.kill(os.getpid(), signal.SIGSTOP)

    def go_on(number: int, frame: Any) -> None:
        try:
            in_front = os.tcgetpgrp(0) == os.getpgrp()
        except OSError:
            in_front = True
        if in_front:
            send(number, frame)
        else:
            os.kill(os.getpid(), signal.SIGSTOP)  # told to go on in the background, where it has no terminal

    for each in _PASSED_ON:
        signal.signal(each, send)
    signal.signal(signal.SIGTSTP, stop)
    signal.signal(signal.SIGCONT, go_on)


def _is_stopped(child: int) -> bool:
    """Also when it has ended: nobody waits for that to stop."""
    try:
        with open(f"/proc/{child}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] in ("T", "Z", "X")
    except OSError:
        return True


def _modes() -> list[Any] | None:
    try:
        return termios.tcgetattr(0)
    except termios.error:
        return None


def _give_back(modes: list[Any] | None) -> None:
    """The terminal as it was before, for one that was killed and could not."""
    with suppress(OSError):
        os.write(2 if os.isatty(2) else 1, _AS_BEFORE)
    if modes is not None:
        with suppress(termios.error):
            termios.tcsetattr(0, termios.TCSANOW, modes)
    sys.stdout.flush()
