"""What stays of a crash: where it happened, never with which values."""

from __future__ import annotations

import hashlib
import os
import sys
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
