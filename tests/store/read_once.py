"""Setting up reads the same invented lists again and again: each is read by the limited child once in this process.

What the child said of the very same bytes under the same name is said again, a tenth of a second sooner. Only inside
`as_read_before`, which helpers that set an office up use; tests of files coming in read theirs anew.
"""

from __future__ import annotations

import copy
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO

from store.workbooks import corrections, finance_files, participants
from store.workbooks.child import Spool, run_child

_under_way = 0
_said: dict[tuple[str, ...], tuple[dict[str, Any], bytes]] = {}


@contextmanager
def as_read_before() -> Iterator[None]:
    """While an office is set up: a file that was read here before is not read by a child again."""
    global _under_way
    _under_way += 1
    try:
        yield
    finally:
        _under_way -= 1


def _read(file: BinaryIO, name: str, job: str, settings: Mapping[str, Any], spool: Spool, **more: Any) -> Any:
    if not _under_way or more:
        return run_child(file, name, job, settings, spool, **more)
    data = os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0)
    key = (hashlib.sha256(data).hexdigest(), name, job, json.dumps(settings, sort_keys=True))
    if key not in _said:
        said = run_child(file, name, job, settings, spool)
        _said[key] = copy.deepcopy(said), b"".join(spool.blocks(0, spool.size()))
        return said
    said, lines = _said[key]
    while lines:
        lines = lines[os.write(spool.fileno(), lines) :]
    return copy.deepcopy(said)


for _module in (participants, finance_files, corrections):
    _module.run_child = _read
