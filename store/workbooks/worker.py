"""The child process: reads one file from its standard input within limits and answers in JSON.

It answers on standard output with one document, and streams rows as lines into the file that the parent opened for it.
Whatever the foreign library does, even its panic, ends as one code.
"""

from __future__ import annotations

import errno
import hashlib
import importlib
import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from store.errors import FileRefused
from store.workbooks.limits import restrict

JOBS = {
    "participants": "store.workbooks.participants_child",
    "listing": "store.workbooks.listing_child",
    "paid": "store.workbooks.paid_child",
    "corrections": "store.workbooks.corrections_child",
    "register": "store.workbooks.register_child",
    "merge": "store.workbooks.merge_child",
}
"""What the child can be asked to do: each module has ``run(data, settings, emit) -> dict``. Others by their names."""

MOST_ANSWERED = 16 * 1024**2


def main(job: str, rows_fd: int, settings: str) -> None:
    """Does one job and exits with status 0 whenever an answer was given."""
    restrict()
    try:
        answer = _work(job, rows_fd, settings)
    except MemoryError:
        answer = {"refused": "too-large", "detail": "memory"}
    text = json.dumps(answer).encode("ascii")
    if len(text) > MOST_ANSWERED:
        text = b'{"refused": "too-large", "detail": "answer"}'
    sys.stdout.buffer.write(text)
    sys.stdout.buffer.flush()


def _work(job: str, rows_fd: int, settings: str) -> dict[str, Any]:
    try:
        module = importlib.import_module(JOBS.get(job, job))
        data = sys.stdin.buffer.read()
        digest = hashlib.sha256(data).hexdigest()
        with os.fdopen(rows_fd, "wb", buffering=1024 * 1024) as rows:
            found: dict[str, Any] = module.run(data, json.loads(settings), rows.write)
    except FileRefused as refused:
        return {"refused": refused.reason, "detail": refused.detail}
    except MemoryError:
        raise
    except OSError as error:  # only our own output file is written: a limit, or the disk
        return {
            "refused": "too-large" if error.errno == errno.EFBIG else "disk-full",
            "detail": os.strerror(error.errno or 0),
        }
    except BaseException as error:
        return _defect(error)
    return {"sha256": digest, "found": found}


def _defect(error: BaseException) -> dict[str, Any]:
    """A panic of the library is the file's fault; anything else is ours and says where, without a value of the file."""
    if type(error).__module__.startswith(("pyo3", "python_calamine")):
        return {"refused": "damaged", "detail": type(error).__name__}
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return {"refused": "defect", "detail": f"{type(error).__name__} {where}"}
