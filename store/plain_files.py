"""Files that a person named, opened where they are plain files: a FIFO is not waited for, a device not read."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def open_plain(path: Path, flags: int, mode: int = 0o600, *, links: bool = False) -> int:
    """The descriptor of a plain file; `links`: also where the name is a link to one.

    Raises OSError, of errno EINVAL for what is there and is no plain file, and ValueError for a NUL inside the name.
    """
    handle = os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC | (0 if links else os.O_NOFOLLOW), mode)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "no plain file", str(path))
    return handle


def read_plain(path: Path) -> bytes:
    """All of a plain file, or of the one that the name is a link to. Raises as `open_plain` does."""
    with os.fdopen(open_plain(path, os.O_RDONLY, links=True), "rb") as file:
        return file.read()
