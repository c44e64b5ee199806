"""What is wrong with an office's disk and database, seen from outside: also where the office cannot be opened.

For `loket doctor`. Nothing is written but a file without a name, and nobody is made to wait.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from store.backup_files import left_of_restores
from store.clocks import later_than_now
from store.database import TURN_FILES, Database, SqliteDatabase, open_database
from store.errors import DatabaseTrouble, NoOffice
from store.faults import closed_files, is_there, network_of, refused_by, trouble
from store.migrations import LATEST
from store.office import setting
from store.opening import NOBODY, database_url
from store.snapshot import Snapshot
from store.value_class import value_class

LEAST_ROOM: Final = 64 * 1024 * 1024
"""Bytes that should be free beside one more copy of the database, which every backup makes for a while."""
_PATIENCE: Final = 5.0  # seconds; long work writes in turns of a tenth of one, an import of a large list in one of some
_LOOKS_EACH: Final = 0.02


@value_class
class Fault:
    """One thing that is wrong: `reason` as in `store.faults`, or little-room, clock, left-over; what it is about."""

    reason: str
    detail: str = ""


def faults_of(home: Path, url: str | None, now: datetime) -> tuple[Fault, ...]:
    """All that is wrong, the gravest first. `now` is the machine's clock. Raises NoOffice where there is none."""
    whole_url = database_url(home, url)
    found = [Fault("left-over", str(folder)) for folder in left_of_restores(home)]
    try:
        database = open_database(whole_url)
    except DatabaseTrouble as error:
        return (Fault(error.reason, error.detail), *found)
    if isinstance(database, SqliteDatabase):
        found = [*_of_disk(database.path), *found]
    if any(fault.reason in ("read-only", "disk", "rights", "missing", "busy") for fault in found):
        return tuple(found)
    try:
        if not database.exists():
            raise NoOffice(str(home))
        with closing(database):
            return (*_inside(database, now), *found)
    except NoOffice:
        raise
    except PermissionError as error:
        return (Fault("rights", str(error.filename)), *found)
    except Exception as error:
        said = error if isinstance(error, DatabaseTrouble) else trouble(error)
        if said is None:
            raise
        near = database.nearer(said)
        return (Fault(near.reason, near.detail), *found)


def _of_disk(path: Path) -> list[Fault]:
    """Of a SQLite file's place: what keeps it from being written."""
    folder = path.parent
    refused = refused_by(folder)
    if refused == "disk":
        return [Fault("disk", str(folder))]
    if not is_there(folder):
        return []
    found = []
    if refused:
        found.append(Fault(refused, str(folder)))
    elif closed := closed_files(path):
        found.extend(Fault("rights", str(file)) for file in closed)
    elif is_there(path) and not _turn_comes(path):
        found.append(Fault("busy"))
    room = shutil.disk_usage(folder).free
    if room < 4096:
        found.append(Fault("full", str(folder)))
    elif room < LEAST_ROOM + (path.stat().st_size if is_there(path) else 0):
        found.append(Fault("little-room", str(folder)))
    if kind := network_of(folder):
        found.append(Fault("network-disk", kind))
    return found


def _turn_comes(path: Path) -> bool:
    """Whether a turn to write can be had soon."""
    file = Path(f"{path}{TURN_FILES[0]}")
    if not is_there(file):
        return True
    handle, end = os.open(file, os.O_RDWR | os.O_CLOEXEC), time.monotonic() + _PATIENCE
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > end:
                    return False
                time.sleep(_LOOKS_EACH)
            else:
                return True
    finally:
        os.close(handle)


def _inside(database: Database, now: datetime) -> list[Fault]:
    """Of what is in the database: its version, its pages, and entries of the trail that are from later than now."""
    database.connect()
    version = database.version()
    if version > LATEST:
        return [Fault("newer", str(version))]
    if isinstance(database, SqliteDatabase):
        for (said,) in database.rows("PRAGMA quick_check(1)", ()):
            if said != "ok":
                return [Fault("damaged", str(said).splitlines()[0])]
    if version < LATEST:
        return []
    with database.reading():
        look = Snapshot(database, 0, NOBODY, now)
        latest = later_than_now(look, practice=bool(setting(look, "office.practice")))
    return [] if latest is None else [Fault("clock", latest.isoformat(timespec="minutes"))]
