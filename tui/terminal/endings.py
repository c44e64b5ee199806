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
LAST_RESORT = 0.9
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


def when_terminal_goes(act: Callable[[int], None]) -> None:
    """Calls `act` with SIGHUP inside the running loop once the terminal behind standard input is closed.

    A window that is not this process's own terminal goes without a signal; reading from what is left of it would spin.
    """
    if sys.__stdin__ is None or not sys.__stdin__.isatty():
        return
    loop, terminal = asyncio.get_running_loop(), sys.__stdin__.fileno()

    def watch() -> None:
        poll = select.poll()
        poll.register(terminal, 0)  # nothing asked for: only its end is told
        poll.poll()
        with suppress(RuntimeError):  # the loop has ended before
            loop.call_soon_threadsafe(act, int(signal.SIGHUP))

    threading.Thread(target=watch, daemon=True, name="terminal-watch").start()


def end_for_sure(status: int, restore: Callable[[], None], seconds: float = LAST_RESORT) -> threading.Timer:
    """Gives the terminal back and ends the process after `seconds`, whatever hangs; the timer can be cancelled."""

    def end() -> None:
        try:
            restore()
        finally:
            os._exit(status)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    return timer
