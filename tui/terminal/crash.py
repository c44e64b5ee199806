"""What stays of a crash: where it happened, never with which values.

Python's own reports say the message of an error, and a message may hold a name or a number. So none of them reaches the
terminal or a file: neither of what stops the program, nor of what nobody waits for (`only_places_are_told`), and the
memory of a process that the system ends is not written down either.
"""

from __future__ import annotations

import hashlib
import logging
import os
import resource
import sys
import threading
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path


def places(error: BaseException) -> Iterator[str]:
    """The kind of the error and where it went through, innermost causes last; no message, no value."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        # The message is left out: it may hold a name or a number.
        yield f"{type(current).__module__}.{type(current).__qualname__}"
        for frame, line in traceback.walk_tb(current.__traceback__):
            yield f"  {frame.f_code.co_filename}:{line} {frame.f_code.co_qualname}"
        current = current.__cause__ or current.__context__


def code_of(error: BaseException) -> str:
    """A short code that is the same for the same places."""
    return "L-" + hashlib.sha256("\n".join(places(error)).encode()).hexdigest()[:6].upper()


def record(error: BaseException, home: Path) -> str:
    """Writes the places of the crash to `home`/log/crash.log (mode 0600) and gives the code that names them.

    The code is the same for the same places. Where nothing can be written the code alone is given.
    """
    found = list(places(error))
    code = code_of(error)
    text = f"{datetime.now(UTC).isoformat(timespec='seconds')} {code} python {sys.version.split()[0]}\n"
    text += "\n".join(found) + "\n\n"
    try:
        folder = home / "log"
        folder.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(folder / "crash.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError:
        return code
    with os.fdopen(handle, "a", encoding="utf-8") as log:
        log.write(text)
    return code


def only_places_are_told(home: Path) -> None:
    """From now on faults that nobody waits for leave their places in `home`/log/crash.log, and nothing on the terminal.

    Those of threads, of objects that are cleared away, and of tasks that asyncio finds unasked-for. The system keeps no
    image of the memory (core) when it ends the process.
    """

    def noted(error: BaseException | None) -> None:
        if error is not None:
            record(error, home)

    def of_a_thread(fault: threading.ExceptHookArgs) -> None:
        noted(fault.exc_value)

    def on_clearing(fault: sys.UnraisableHookArgs) -> None:
        noted(fault.exc_value)

    threading.excepthook = of_a_thread
    sys.unraisablehook = on_clearing
    unasked = logging.getLogger("asyncio")
    unasked.handlers[:] = [_Places(home)]
    unasked.propagate = False
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


class _Places(logging.Handler):
    """Of what asyncio logs, the places of the error; its message names the task with all it was called with."""

    def __init__(self, home: Path) -> None:
        super().__init__(logging.ERROR)
        self._home = home

    def emit(self, told: logging.LogRecord) -> None:
        error = told.exc_info[1] if told.exc_info else None
        if error is not None:
            record(error, self._home)
