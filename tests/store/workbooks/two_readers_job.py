"""A job of the limited child that asks something of 3,000 rows in two processes; the other one may go wrong."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from store.workbooks.two_readers import TwoReaders

ROWS = 3_000


def run(_data: bytes, settings: Mapping[str, Any], emit: Callable[[bytes], object]) -> dict[str, Any]:
    """``settings``: ``processors`` that may be used, ``at`` which row something happens, and what: ``killed`` (the
    other process), ``wrong`` (a fault of ours), ``endless`` (a row that never ends; a file ``note`` has who they are).
    """
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: settings["processors"]])
    first = os.getpid()

    def tell(row: int) -> bytes:
        if row >= settings["at"] and settings["what"] == "endless":
            Path(settings["note"]).write_text(f"{first} {os.getpid()}", encoding="ascii")
            signal.pause()
        if row == settings["at"] and settings["what"] == "wrong":
            raise ZeroDivisionError
        if row >= settings["at"] and settings["what"] == "killed" and os.getpid() != first:
            os.kill(os.getpid(), signal.SIGKILL)
        return f"{row} {'here' if os.getpid() == first else 'there'}\n".encode()

    with TwoReaders(tell, emit) as readers:
        for row in range(ROWS):
            readers.take(row)
    return {}
