"""What was erased, kept beside the database, so that a restored backup from before can be brought up to date.

A line names rows by their numbers and by when they came in, never by what they said: a number that was given to
somebody else after the restore is not taken for the one that was erased.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from store.errors import BackupRefused
from store.office import setting
from store.plain_files import read_plain
from store.rules.erasures import DataKind
from store.snapshot import Snapshot
from store.value_class import value_class

LEDGER: Final = "penghapusan.jsonl"
"""In the home, and beside the backups."""

BACKUPS: Final = "CADANGAN"
"""The folder of backups in a home that has no other."""

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
    for line in _told(path).decode("utf-8", "replace").splitlines():
        try:
            plain = json.loads(line)
            rows = tuple((int(row_id), stamp) for row_id, stamp in plain["rows"])
            yield Erased(int(plain["n"]), datetime.fromisoformat(plain["at"]), DataKind(plain["kind"]), rows)
        except (ValueError, KeyError, TypeError):
            continue


def _told(path: Path) -> bytes:
    """Raises BackupRefused for what has the name of a ledger and is no plain file."""
    try:
        return read_plain(path)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise BackupRefused("damaged", path.name) from error


def beside(folder: Path, office: str) -> Path:
    """Where an office's ledger lies in a folder of backups; `office` is the first 8 digits of its id."""
    return folder / f"loket-{office}-{LEDGER}"


def backup_folder(look: Snapshot, home: Path) -> tuple[Path, str]:
    """The folder of the office's backups, and how its ledger is told there from another office's."""
    return home / (setting(look, "backup.folder") or BACKUPS), str(setting(look, "office.id"))[:8]


def keep_beside(home: Path, folder: Path, office: str) -> None:
    """A copy of the ledger where the backups are, so that it outlives the home; one that is longer already stays.

    A folder that is not there now gets it with the next backup.
    """
    source, target = home / LEDGER, beside(folder, office)
    if not source.exists() or not folder.is_dir():
        return
    told = _told(source)
    with contextlib.suppress(OSError):
        if not target.exists() or target.stat().st_size < len(told):
            part = target.with_name(f".{target.name}.part")
            part.write_bytes(told)
            part.replace(target)


def bring_along(file: Path, office: str, home: Path, at: datetime) -> int:
    """The ledger beside a backup comes into the home that is made of it; how many rows went after that instant."""
    source = beside(file.parent, office)
    if not source.exists():
        return 0
    (home / LEDGER).write_bytes(_told(source))
    return sum(len(line.rows) for line in read(home / LEDGER) if line.at > at)
