"""What was erased, kept beside the database, so that a restored backup from before can be brought up to date.

A line names rows by their numbers and by when they came in, never by what they said: a number that was given to
somebody else after the restore is not taken for the one that was erased.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from store.rules.erasures import DataKind
from store.value_class import value_class

LEDGER: Final = "penghapusan.jsonl"
"""In the home, and beside the backups."""

Stamp = int | str


@value_class
class Erased:
    """Some rows of one kind that went together, each with what tells it from a later one of its number."""

    erasure_id: int
    at: datetime
    kind: DataKind
    rows: tuple[tuple[int, Stamp], ...]


def note(home: Path, erasure_id: int, at: datetime, kind: DataKind, rows: Sequence[tuple[int, Stamp]]) -> None:
    """Adds a line and sees it onto the disk: before the rows go, because saying it twice does no harm."""
    plain = {"n": erasure_id, "at": at.astimezone(UTC).isoformat(), "kind": str(kind), "rows": [list(r) for r in rows]}
    with (home / LEDGER).open("a", encoding="utf-8") as file:
        file.write(json.dumps(plain, separators=(",", ":")) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> Iterator[Erased]:
    """The lines of a ledger that are whole; a power cut may have left the last one in part."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            plain = json.loads(line)
            rows = tuple((int(row_id), stamp) for row_id, stamp in plain["rows"])
            yield Erased(int(plain["n"]), datetime.fromisoformat(plain["at"]), DataKind(plain["kind"]), rows)
        except (ValueError, KeyError, TypeError):
            continue


def count(lines: Iterable[Erased]) -> int:
    return sum(len(line.rows) for line in lines)
