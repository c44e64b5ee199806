"""How the program ends when somebody else ends it: a signal, or a terminal that is gone."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
LAST_RESORT = 1.0
"""Seconds until a program that was told to end is ended for good."""


def on_signals(act: Callable[[int], None]) -> None:
    """Calls `act` with the signal's number inside the running loop. Outside the main thread (tests) nothing is set."""
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        loop.add_signal_handler(number, act, int(number))


def no_signals() -> None:
    """Takes the handlers away again."""
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        loop.remove_signal_handler(number)


def terminal_gone() -> bool:
    """True when the terminal behind standard input was closed. False where there never was one."""
    with suppress(OSError, ValueError, AttributeError):
        fileno = sys.__stdin__.fileno()  # type: ignore[union-attr]  # None is caught as AttributeError
        poll = select.poll()
        poll.register(fileno, 0)
        return any(mask & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _fd, mask in poll.poll(0))
    return False


def end_for_sure(status: int, seconds: float = LAST_RESORT) -> threading.Timer:
    """Ends the process after `seconds`, whatever still hangs; the timer can be cancelled."""
    timer = threading.Timer(seconds, os._exit, (status,))
    timer.daemon = True
    timer.start()
    return timer
