"""A database of an earlier release is brought up to today's: first a backup that was proved, then the steps, once.

Steps only add while colleagues may still run the earlier release (expand), and what nothing reads any more goes with a
later one (contract); so what was there before is in the backup, and the office can go back to it with `loket restore`.
"""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from store.database import Database, SqliteDatabase
from store.errors import BackupRefused, DatabaseTrouble
from store.migrations import LATEST
from store.office import setting
from store.snapshot import Snapshot

_LOCK: Final = ".naik"
BESIDE: Final = "SEBELUM-NAIK"
"""The folder in the home that takes the backup where whoever starts the new release may not write to the usual one."""


def bring_up_to_date(home: Path, database: Database, clock: Callable[[], datetime]) -> None:
    """Takes the missing steps; of many processes at once one makes the backup and works, the rest find it done.

    Raises DatabaseTrouble("no-backup") where none can be made, and then nothing was changed; "newer" for a later
    schema.
    """
    if not 0 < database.version() < LATEST:
        database.migrate()
        return
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home / _LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if database.version() < LATEST:
            try:
                _keep(home, database, clock())
            except (BackupRefused, OSError) as refusal:
                raise DatabaseTrouble("no-backup", str(refusal)) from refusal
            database.migrate()


def _keep(home: Path, database: Database, now: datetime) -> None:
    """One backup as `loket backup` makes them, encrypted where the office has keys. Raises BackupRefused, OSError.

    PostgreSQL where its programs are not installed: what its administrator keeps has to do.
    """
    from store.backup_copies import check_copy, check_dump, copy_at_once
    from store.backup_files import free_instant, publish, scratch
    from store.backups import FOLDER
    from store.opening import DATABASE_FILE, NOBODY
    from store.rules.backups import BackupName

    look = Snapshot(database, 0, NOBODY, now)
    office, keys = str(setting(look, "office.id"))[:8] or "00000000", [str(key) for key in setting(look, "backup.keys")]
    usual = home / (setting(look, "backup.folder") or FOLDER)
    kind = "sqlite" if isinstance(database, SqliteDatabase) else "dump"
    with scratch(home) as place:
        plain = place / DATABASE_FILE
        try:
            content = copy_at_once(database, plain)
        except BackupRefused as refusal:
            if kind == "dump" and refusal.why == "no-program":
                return
            raise
        if kind == "sqlite":
            check_copy(plain, content, content.head)
        else:
            check_dump(plain, content)
        for folder in (usual, home / BESIDE):
            with contextlib.suppress(PermissionError, BackupRefused):
                name = BackupName(office, free_instant(now, folder, office), content.head[:16], kind, bool(keys))
                publish(plain, folder, name, keys, content, "")
                return
    raise BackupRefused("folder", str(usual))
