"""What the reading child process may use, set by itself before it sees a byte of the file."""

from __future__ import annotations

import contextlib
import math
import os
import resource
from collections.abc import Iterator
from pathlib import Path

MEMORY = 1024**3
FOREIGN_CPU = 30  # seconds for the workbook library, over the whole file
TOTAL_CPU = 110  # seconds for everything; the parent's clock ends it at `child.WALL_CLOCK`
OUTPUT = 512 * 1024**2

_foreign_left: float | None = None  # None: this process is not the child, nothing is limited


def restrict() -> None:
    """Give up memory, time, file size and priority for good. Only ever called in the child."""
    global _foreign_left
    for what, limit in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_CPU, TOTAL_CPU),
    ):
        hard = resource.getrlimit(what)[1]
        allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(what, (allowed, allowed))
    os.nice(10)
    with contextlib.suppress(OSError):  # not everywhere; where it works the kernel ends us before the office
        Path("/proc/self/oom_score_adj").write_text("1000")
    _foreign_left = FOREIGN_CPU


def is_restricted() -> bool:
    """Whether this is the child."""
    return _foreign_left is not None


@contextlib.contextmanager
def foreign_code() -> Iterator[None]:
    """Runs the workbook library on what is left of its own seconds; our rules over many rows take theirs besides."""
    global _foreign_left
    if _foreign_left is None:
        yield
        return
    started = _used()
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (min(hard, math.ceil(started + max(_foreign_left, 1))), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))
        _foreign_left -= _used() - started


def _used() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
